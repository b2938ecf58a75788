"""How coordinators seat panels without a planner. Each way keeps every rule; whom they ask first differs."""

from collections import Counter, defaultdict
from random import Random

from youthcourt.planning.day import PANEL_ROLES, Day
from youthcourt.planning.eligibility import what_bars


def first_come(facts, seed):
    """Who always answers first is asked first."""
    return _seated(facts, lambda who: who.id)


def first_come_with_a_duty_list(facts, seed):
    """The same, but whoever must sit now comes before."""
    return _seated(facts, lambda who: (not _must_sit(who), who.id))


def random_draw(facts, seed):
    """Names out of a hat."""
    lots = _lots(facts, seed)
    return _seated(facts, lambda who: lots[who.id])


def rotation(facts, seed):
    """Whoever must sit now, then whoever is owed most turns; names out of a hat between equals."""
    lots = _lots(facts, seed)
    return _seated(facts, lambda who: (not _must_sit(who), -who.credit, lots[who.id]))


def _must_sit(who):
    return who.owes > 0 and who.chances <= who.owes


def _lots(facts, seed):
    random = Random(f"{seed}-{facts['day']}")
    return {who["id"]: random.random() for who in sorted(facts["candidates"], key=lambda who: who["id"])}


class Sheet:
    """The sheet of paper on which the day is written up."""

    def __init__(self, facts):
        self.day = Day.of(facts)
        self.people = {who.id: who for who in self.day.candidates}
        self.places = []
        self.taken = set()  # (person, block)
        self.places_of, self.seats_of = Counter(), Counter()
        self.block_of = {hearing.id: hearing.block for hearing in self.day.hearings}

    def write(self, who, role, where):
        self.places.append((who, role, where))
        self._count(who, role, where, 1)

    def strike(self, place):
        self.places.remove(place)
        self._count(*place, -1)

    def _count(self, who, role, where, one):
        self.places_of[who] += one
        self.seats_of[who] += one * (role != "reserve")
        (self.taken.add if one > 0 else self.taken.discard)((who, self.block_of.get(where, where)))

    def has_time(self, who, block):
        left = self.day.rules.places_a_day - who.places_taken
        return (who.id, block) not in self.taken and self.places_of[who.id] < left

    def panel(self, hearing):
        return [who for who, role, where in self.places if where == hearing.id and role in PANEL_ROLES]

    def may_join(self, who, role, hearing):
        """Whether the rules let somebody who has the time take this seat beside those who sit there."""
        if who.places_left is not None and self.seats_of[who.id] >= who.places_left:
            return False
        if what_bars(who, hearing, role, self.day):
            return False
        return role not in PANEL_ROLES or self._fits(who, hearing)

    def _fits(self, who, hearing):
        panel = self.panel(hearing)
        new = sum(self.people[each].served == 0 for each in panel)
        if who.served == 0 and new >= hearing.seats * self.day.rules.first_timers_most // 100:
            return False
        return not any(who.id in group and group & set(panel) for group in self.day.apart)

    def may_wait(self, who, block):
        return any(
            not what_bars(who, hearing, "juror", self.day)
            for hearing in self.day.hearings
            if hearing.block == block
        )


def _seated(facts, first):
    """Hearing by hearing: a foreperson, jurors, a bailiff; then those in reserve."""
    sheet = Sheet(facts)
    people = sorted(sheet.day.candidates, key=first)
    for hearing in sorted(sheet.day.hearings, key=lambda each: (each.block, each.id)):
        _seat(sheet, hearing, people)
    for block in sheet.day.blocks:
        waiting = (who for who in people if sheet.has_time(who, block.id) and sheet.may_wait(who, block.id))
        for _each, who in zip(range(block.reserves), waiting, strict=False):
            sheet.write(who.id, "reserve", block.id)
    return sheet.places


def _seat(sheet, hearing, people):
    def ask(role):
        for who in people:
            if sheet.has_time(who, hearing.block) and sheet.may_join(who, role, hearing):
                sheet.write(who.id, role, hearing.id)
                return True
        return False

    if not ask("foreperson"):
        return
    while len(sheet.panel(hearing)) < hearing.seats and ask("juror"):
        pass
    if len(sheet.panel(hearing)) < hearing.least:
        _give_up(sheet, hearing)
    elif hearing.bailiffs:
        ask("bailiff")


def _give_up(sheet, hearing):
    for place in [place for place in sheet.places if place[2] == hearing.id]:
        sheet.strike(place)


def repaired(facts, places, absent):
    """At the door: strike the absent, let a trained juror lead, and fill up from the reserve of that time."""
    sheet = Sheet(facts)
    for who, role, where in places:
        if who not in absent:
            sheet.write(who, role, where)
    reserve = defaultdict(list)
    for who, role, where in sheet.places:
        if role == "reserve":
            reserve[where].append(sheet.people[who])
    for hearing in sorted(sheet.day.hearings, key=lambda each: (each.block, each.id)):
        if any(where == hearing.id for _who, _role, where in places):
            _repair(sheet, hearing, reserve[hearing.block])
    return sheet.places


def _repair(sheet, hearing, reserve):
    there = {role for _who, role, where in sheet.places if where == hearing.id}
    if "foreperson" not in there and not _new_foreperson(sheet, hearing, reserve):
        _give_up(sheet, hearing)
        return
    while len(sheet.panel(hearing)) < hearing.seats and _call(sheet, hearing, reserve, "juror"):
        pass
    if len(sheet.panel(hearing)) < hearing.least:
        _give_up(sheet, hearing)
    elif hearing.bailiffs and "bailiff" not in there:
        _call(sheet, hearing, reserve, "bailiff")


def _new_foreperson(sheet, hearing, reserve):
    for who in sheet.panel(hearing):
        if not what_bars(sheet.people[who], hearing, "foreperson", sheet.day):
            sheet.strike((who, "juror", hearing.id))
            sheet.write(who, "foreperson", hearing.id)
            return True
    return _call(sheet, hearing, reserve, "foreperson")


def _call(sheet, hearing, reserve, role):
    for who in reserve:
        if sheet.may_join(who, role, hearing):
            reserve.remove(who)
            sheet.strike((who.id, "reserve", hearing.block))
            sheet.write(who.id, role, hearing.id)
            return True
    return False
