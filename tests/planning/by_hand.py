"""A plan as it is made on a sheet of paper: hearing by hearing, whoever is next on the list and may."""

from collections import Counter, defaultdict

from youthcourt.checker.reading import ON_THE_PANEL, Day


def plan(facts):
    """The places, in the order in which they were given. It keeps every rule, and is seldom the best."""
    day = Day(facts)
    sheet = Sheet(day)
    for who, role, where in filter(day.is_place, day.pins):
        if role == "reserve":
            sheet.write(who, role, where)
    for name in sorted(day.hearings, key=lambda name: -day.hearings[name]["priority"]):
        before = len(sheet.places)
        if not has_a_panel(day, sheet, name):
            sheet.strike_out(before)
    for block in day.blocks:
        fill(day, sheet, "reserve", block, day.blocks[block]["reserves"])
    return sheet.places


def has_a_panel(day, sheet, name):
    """Whether this hearing's people could all be written down."""
    hearing = day.hearings[name]
    for who, role, where in dict.fromkeys(pin for pin in day.pins if pin[2] == name and day.is_place(pin)):
        if role != "reserve":
            if not sheet.has_room(who, role, where):
                return False
            sheet.write(who, role, where)
    fill(day, sheet, "foreperson", name, 1)
    fill(day, sheet, "juror", name, hearing["seats"] - 1)
    fill(day, sheet, "bailiff", name, hearing["bailiffs"])
    fill(day, sheet, "clerk", name, hearing["clerks"])
    forepersons = sheet.filled["foreperson", name]
    return forepersons == 1 and hearing["least"] <= len(sheet.panels[name]) <= hearing["seats"]


def fill(day, sheet, role, where, wanted):
    for who in day.people:
        if sheet.filled[role, where] >= wanted:
            break
        if sheet.has_room(who, role, where):
            sheet.write(who, role, where)


class Sheet:
    """The paper, with what somebody looks at before writing down another name."""

    def __init__(self, day):
        self.day, self.places = day, []
        self.filled, self.has, self.sits = Counter(), Counter(), Counter()
        self.busy, self.panels = set(), defaultdict(set)

    def write(self, who, role, where):
        self.places.append((who, role, where))
        self._note(who, role, where, 1)

    def strike_out(self, since):
        """Everything that was written after so many places."""
        while len(self.places) > since:
            self._note(*self.places.pop(), -1)

    def _note(self, who, role, where, one):
        self.filled[role, where] += one
        self.has[who] += one
        self.sits[who] += one * (role != "reserve")
        (self.busy.add if one > 0 else self.busy.discard)((who, self.day.block_of(role, where)))
        if role in ON_THE_PANEL:
            (self.panels[where].add if one > 0 else self.panels[where].discard)(who)

    def has_room(self, who, role, where):
        day = self.day
        if (who, day.block_of(role, where)) in self.busy or not self._has_a_place_left(who, role):
            return False
        if role == "reserve":
            return day.may_wait(who, where)
        is_full = role not in ON_THE_PANEL and self.filled[role, where] >= day.asked_for(role, where)
        return day.may_take(who, role, where) and not is_full and self._suits_the_panel(who, role, where)

    def _has_a_place_left(self, who, role):
        person = self.day.people[who]
        left = person.get("places_left")
        today = (person.get("places_taken") or 0) + self.has[who] < self.day.rules["places_a_day"]
        return today and (role == "reserve" or left is None or self.sits[who] < left)

    def _suits_the_panel(self, who, role, where):
        if role not in ON_THE_PANEL:
            return True
        panel = self.panels[where] | {who}
        if any(who in group and len(group & panel) > 1 for group in self.day.apart):
            return False
        new = sum(map(self.day.is_new, panel))
        return self.day.rules["experience"] != "needed" or new <= self.day.first_timers(where)
