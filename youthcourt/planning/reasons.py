"""Why somebody has a place, and why somebody has none: codes and figures, without facts of a case.

The words for them are the pages' business. Nothing here is solved again: it reads the facts and the plan.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from .day import HEARING_ROLES, Candidate, Day, Facts, Place
from .eligibility import what_bars
from .model import bands, urgency
from .plan import Plan

SEATED = ("pinned", "kept", "nobody_else", "duty", "owed_turns", "balance", "lot")
NOT_SEATED = ("not_free", "no_hearing_open", "outranked")


@dataclass(frozen=True)
class Reason:
    """Why one person has these places, or none.

    code        one of SEATED or NOT_SEATED
    places      those the person has: role and place
    aim         for "outranked": the aim for whose sake somebody else has the seat
    rules       for "no_hearing_open": how many hearings each rule closes; ties and bars are one, "conflict"
    open_to     how many hearings they may sit on
    credit      their fair share less their seats, in hundredths of a seat
    line        the highest credit of anybody who may sit there and has no seat; None when there is nobody
    """

    code: str
    places: tuple[tuple[str, str], ...] = ()
    aim: str = ""
    rules: dict[str, int] = field(default_factory=dict)
    open_to: int = 0
    credit: int = 0
    line: int | None = None


def reasons(facts: Facts, plan: Plan) -> dict[str, Reason]:
    """The reason of every candidate, whether they have a place or not."""
    told = _Telling(Day.of(facts), plan)
    return {who.id: told.of(who) for who in told.day.candidates}


class _Telling:
    """A day and its plan, with what every reason needs."""

    def __init__(self, day: Day, plan: Plan) -> None:
        self.day, self.plan = day, plan
        self.hearings = {hearing.id: hearing for hearing in day.hearings}
        self.places: dict[str, list[Place]] = defaultdict(list)
        for place in plan.places:
            self.places[place[0]].append(place)
        self.kept = set(day.keep or ())
        seated = {who for who, role, _where in plan.places if role in HEARING_ROLES}
        self.passed_over = [
            who for who in day.candidates if who.id in plan.outranked and who.id not in seated
        ]

    def of(self, who: Candidate) -> Reason:
        places = tuple((role, where) for _who, role, where in self.places[who.id])
        if places:
            code, line = self._why_here(who)
            open_to = len(self._open_to(who))
            return Reason(code, places, open_to=open_to, credit=who.credit, line=line)
        return self._why_nowhere(who)

    def _open_to(self, who: Candidate) -> list[str]:
        hearings = self.day.hearings
        return [each.id for each in hearings if not what_bars(who, each, "juror", self.day)]

    def _why_here(self, who: Candidate) -> tuple[str, int | None]:
        mine = self.places[who.id]
        rivals = [each for each in self.passed_over if any(self._may_take(each, place) for place in mine)]
        line = max((each.credit for each in rivals), default=None)
        if any(place in self.day.pins for place in mine):
            return "pinned", line
        if any(place in self.kept for place in mine):
            return "kept", line
        if line is None:
            return "nobody_else", line
        if who.owes and urgency(who) > max(urgency(each) if each.owes else 0 for each in rivals):
            return "duty", line
        band = self.day.rules.band
        return _by_turns(bands(who.credit, band), bands(line, band)), line

    def _may_take(self, who: Candidate, place: Place) -> bool:
        _who, role, where = place
        if role == "reserve":
            return where in who.free
        return not what_bars(who, self.hearings[where], role, self.day)

    def _why_nowhere(self, who: Candidate) -> Reason:
        if not who.free:
            return Reason("not_free", credit=who.credit)
        open_to = self._open_to(who)
        if not open_to and who.id not in self.plan.outranked:
            return Reason("no_hearing_open", rules=self._closed_by(who), credit=who.credit)
        aim = self.plan.outranked.get(who.id, "lottery")
        return Reason("outranked", aim=aim, open_to=len(open_to), credit=who.credit)

    def _closed_by(self, who: Candidate) -> dict[str, int]:
        """What a person may know about themselves; which tie or whose bar would tell about a case."""
        found: Counter[str] = Counter()
        for hearing in self.day.hearings:
            bars = what_bars(who, hearing, "juror", self.day)
            found.update({"conflict" if bar in ("tie", "barred") else bar for bar in bars})
        return dict(sorted(found.items()))


def _by_turns(mine: int, line: int) -> str:
    if mine > line:
        return "owed_turns"
    return "lot" if mine == line else "balance"
