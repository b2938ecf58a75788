"""How times, rooms, days and people read where one is chosen from a list."""

from flask_babel import format_time

from youthcourt.i18n import _

from .text import clock_time, day, short_day


def place(block, room):
    return f"{clock_time(block.starts_at)}, {room.name}"


def place_and_day(block, room):
    return f"{day(block.court_session.held_on)}, {place(block, room)}"


def time_of_day(time):
    return format_time(time, "short", rebase=False).replace("\u202f", " ")


def case(case):
    return f"{case.number}, {case.respondent.name}"


def person(person):
    """Enough to tell two people of one name apart, and nothing of what either is to the court."""
    known = [person.name]
    if person.born_on:
        known.append(_("born %(day)s", day=short_day(person.born_on)))
    if person.school:
        known.append(person.school.name)
    return ", ".join(known)


def juror(row):
    return f"{row.given_name} {row.family_name}"


def at(hearing):
    """Where and when somebody finds a hearing."""
    return place(hearing.block, hearing.room)


def hearing(hearing):
    """Enough to find a hearing on the docket."""
    return f"{at(hearing)}, {hearing.case.number}"


def stand_in(each):
    """Who may take a seat, and what it changes for them and for others."""
    name, here = each.juror.person.name, _("here") if each.is_here else _("not here yet")
    if each.is_own_reserve:
        return _(
            "%(name)s, from the reserve of this panel (%(here)s). Nobody else moves.", name=name, here=here
        )
    if each.waits_for:
        where = {"name": name, "here": here, "room": each.waits_for}
        return _("%(name)s, from the reserve of %(room)s (%(here)s). Nobody else moves.", **where)
    return _("%(name)s, without a place at this time (%(here)s). Nobody else moves.", name=name, here=here)
