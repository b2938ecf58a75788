"""A plan as it is made on a sheet of paper: hearing by hearing, whoever is next on the list and may."""

from youthcourt.checker.reading import Day, Seating
from youthcourt.checker.rules import RULES, pins


def plan(facts):
    """The places, in the order in which they were given. It keeps every rule, and is seldom the best."""
    day = Day(facts)
    sheet = [pin for pin in day.pins if pin[1] == "reserve" and day.is_place(pin)]
    for name in sorted(day.hearings, key=lambda name: -day.hearings[name]["priority"]):
        sheet = with_panel(day, sheet, name)
    for block in day.blocks:
        sheet = filled(day, sheet, "reserve", block, day.blocks[block]["reserves"])
    return sheet


def with_panel(day, sheet, name):
    """The sheet with this hearing's people, or as it was if its panel cannot be made."""
    hearing = day.hearings[name]
    first = sheet + [pin for pin in day.pins if pin[2] == name and pin[1] != "reserve" and day.is_place(pin)]
    if len(set(first)) != len(first) or breaks(day, first):
        return sheet
    made = filled(day, first, "foreperson", name, 1)
    made = filled(day, made, "juror", name, hearing["seats"] - 1)
    made = filled(day, made, "bailiff", name, hearing["bailiffs"])
    made = filled(day, made, "clerk", name, hearing["clerks"])
    return sheet if breaks(day, made, finished=True) else made


def filled(day, sheet, role, where, wanted):
    for who in day.people:
        if sum(place[1:] == (role, where) for place in sheet) >= wanted:
            break
        if may_take(day, who, role, where) and not breaks(day, [*sheet, (who, role, where)]):
            sheet = [*sheet, (who, role, where)]
    return sheet


def may_take(day, who, role, where):
    return day.may_wait(who, where) if role == "reserve" else day.may_take(who, role, where)


UNFINISHED = {"size", "foreperson", "bailiff", "clerk", "pin"}


def breaks(day, sheet, finished=False):
    """Whether a rule is broken; an unfinished panel may be short, and pins come with their own hearing."""
    seating = Seating(day, sheet)
    for rule in RULES:
        if rule is pins and not finished:
            continue
        for fault in rule(day, seating):
            if finished or fault.rule not in UNFINISHED:
                return True
    return False
