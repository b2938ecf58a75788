"""What the plan of a day is made from, as this court's records say it. `planning/day.py` is the definition.

Nobody is named: people, hearings and times go by their numbers. Of a person only what the rules ask is told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from youthcourt.models import (
    LIVE_STATES,
    Bar,
    Case,
    CaseStage,
    CourtSession,
    DrawKind,
    Hearing,
    Juror,
    Panel,
    Person,
    Pin,
    Seat,
    SeatingRules,
    SeatRole,
    Sitting,
    SittingState,
    TimeBlock,
)
from youthcourt.models.jury.seating_rules import TRAINED_ROLES
from youthcourt.planning.day import FORMAT, Facts
from youthcourt.procedures.intake import tied

from . import availability, forecasting, service, standby

# A case of one's own that still waits for its decision; it no longer does for whoever sits by their plan.
UNDECIDED = (
    CaseStage.REFERRED,
    CaseStage.INTAKE_DUE,
    CaseStage.INTAKE_HELD,
    CaseStage.ADMITTED,
    CaseStage.HEARING_SET,
    CaseStage.HEARD,
    CaseStage.PROPOSED,
)
COMING = (SittingState.BOOKED, SittingState.CHECKED_IN)
# An adjourned hearing is given up later, as if its family had waited so many days more.
DAYS_OF_ADJOURNMENT = 30
AGE_BANDS = ((0, 14, "13-14"), (15, 16, "15-16"), (17, 200, "17-18"))


def age_band(age: int | None) -> str:
    return next((name for low, high, name in AGE_BANDS if age is not None and low <= age <= high), "")


# What a court may ask of the make-up of a panel, and how it is read from a person on a day.
GROUPS: dict[str, Callable[[Person, date], str]] = {
    "age": lambda person, day: age_band(person.age_on(day)),
    "gender": lambda person, _day: person.gender,
    "language": lambda person, _day: person.language,
    "school": lambda person, _day: str(person.school_id or ""),
}


def why_settled(hearing: Hearing, kind: DrawKind) -> str | None:
    """Whether a hearing stays as it is: it is over, or its panel has taken the oath."""
    if not hearing.is_ahead:
        return "settled"
    panel = hearing.panel
    sworn = [seat for seat in panel.sitting_seats if seat.is_sworn] if panel else []
    if kind is DrawKind.MEND:
        return "sworn" if sworn and len(sworn) >= hearing.court.panel_minimum else None
    return "sworn" if sworn else None


def facts_of(
    court_session: CourtSession,
    kind: DrawKind = DrawKind.DAY,
    only: Hearing | None = None,
    here_only: bool = False,
    alone: bool = False,
) -> Facts:
    """The facts of a day, or of one hearing of it while the others stay as they are.

    `here_only`: at the door, only who has come is free. `alone`: that one hearing, even under oath.
    """
    return _Records(court_session, kind, only, here_only, alone).facts()


@dataclass
class _Taken:
    """Seats that somebody has and that are not planned anew."""

    at: set[datetime] = field(default_factory=set)
    today: int = 0
    in_month: int = 0


class _Records:
    """A day with all that the rules look at, asked once for everybody."""

    def __init__(
        self,
        court_session: CourtSession,
        kind: DrawKind,
        only: Hearing | None,
        here_only: bool,
        alone: bool,
    ) -> None:
        self.day, self.kind, self.here_only = court_session, kind, here_only
        # Whoever waits in reserve can be moved when the whole day is mended, or when one seat is filled.
        self.moves_reserves = kind is DrawKind.MEND and (only is None or alone)
        self.court, self.session = court_session.court, court_session.session
        self.rules: SeatingRules = self.court.seating_rules
        on_docket = self._hearings()
        self.hearings = [each for each in on_docket if self._is_planned_anew(each, only, alone)]
        self.sittings = self._sittings()
        self.jurors = [sitting.juror for sitting in self.sittings]
        self.by_person = {juror.person_id: juror for juror in self.jurors}
        self.blocks = sorted({each.block for each in self.hearings}, key=lambda block: block.id)

    def facts(self) -> Facts:
        keep = self._kept() if self.kind is DrawKind.MEND else None
        return {
            "format": FORMAT,
            "day": str(self.day.id),
            "held_on": self.day.held_on.isoformat(),
            "rules": self.rules.facts,
            "blocks": self._block_facts(),
            "hearings": self._hearing_facts(),
            "candidates": self._candidate_facts(),
            "apart": tied.apart(self.by_person, self.session),
            "pins": sorted(list(pin.place) for pin in self._wished(Pin) if self._is_planned(pin)),
            "bars": sorted((list(bar.place) for bar in self._wished(Bar)), key=str),
            "keep": keep,
        }

    def _is_planned_anew(self, hearing: Hearing, only: Hearing | None, alone: bool) -> bool:
        if only is not None and hearing is not only:
            return False
        return alone or why_settled(hearing, self.kind) is None

    # ---- The day

    def _hearings(self) -> list[Hearing]:
        on_docket = (
            select(Hearing)
            .where(Hearing.court_session_id == self.day.id, Hearing.state.in_(LIVE_STATES))
            .order_by(Hearing.id)
            .options(
                joinedload(Hearing.block),
                joinedload(Hearing.case).options(
                    joinedload(Case.referral),
                    joinedload(Case.respondent).selectinload(Person.guardianships),
                ),
                selectinload(Hearing.panels).selectinload(Panel.seats),
                selectinload(Hearing.adjournments),
            )
        )
        return list(self.session.scalars(on_docket).unique())

    def _sittings(self) -> list[Sitting]:
        booked = (
            select(Sitting)
            .where(Sitting.court_session_id == self.day.id, Sitting.state.in_(COMING))
            .order_by(Sitting.juror_id)
            .options(joinedload(Sitting.juror).options(*availability.WHOLE))
        )
        return list(self.session.scalars(booked).unique())

    def _block_facts(self) -> list[Facts]:
        history, told = standby.attendance_of(self.court), []
        for block in self.blocks:
            panels = sum(hearing.block is block for hearing in self.hearings)
            least = panels * self.court.panel_reserves
            asked = standby.cover(history, panels * self.court.panel_size, least)
            told.append({"id": str(block.id), "reserves": asked.reserves})
        return told

    def _hearing_facts(self) -> list[Facts]:
        ties = tied.to_hearings(self.hearings, self.by_person, self.session)
        if self.kind is DrawKind.MEND:
            _add_stood_down(ties, self.hearings)
        return [
            {
                "id": str(hearing.id),
                "block": str(hearing.block_id),
                "seats": self.court.panel_size,
                "least": self.court.panel_minimum,
                "bailiffs": self.rules.bailiffs,
                "clerks": self.rules.clerks,
                "priority": self._priority(hearing),
                "schools": _schools_of(hearing),
                "ties": {who: sorted(kinds) for who, kinds in sorted(ties[hearing.id].items())},
            }
            for hearing in self.hearings
        ]

    def _priority(self, hearing: Hearing) -> int:
        """Who waited longest is given up last."""
        waited = (self.day.held_on - hearing.case.referral.referred_on).days
        return waited + DAYS_OF_ADJOURNMENT * len(hearing.adjournments)

    def _is_planned(self, pin: Pin) -> bool:
        if pin.hearing_id:
            return any(hearing.id == pin.hearing_id for hearing in self.hearings)
        return any(block.id == pin.block_id for block in self.blocks)

    def _wished(self, kind: type[Pin] | type[Bar]) -> Sequence[Any]:
        return self.session.scalars(select(kind).where(kind.court_session_id == self.day.id)).all()

    # ---- People

    def _candidate_facts(self) -> list[Facts]:
        taken, served, open_cases = self._taken(), service.served(self.day), self._with_open_case()
        owed = forecasting.chances(self.day, self.jurors)
        told = []
        for sitting in self.sittings:
            juror, its = sitting.juror, taken[sitting.juror_id]
            owes = owed.get(juror.id)
            limit = self.rules.places_a_month
            told.append(
                {
                    "id": str(juror.id),
                    "free": self._free(sitting, its),
                    "age": juror.person.age_on(self.day.held_on),
                    "school": str(juror.person.school_id or ""),
                    "groups": self._groups(juror.person),
                    "trained_until": self._trainings(juror),
                    "served": served[juror.id].times,
                    "places_taken": its.today,
                    "places_left": None if limit is None else max(0, limit - its.in_month),
                    "owes": owes.owes if owes else 0,
                    "chances": owes.chances if owes else 0,
                    "credit": served[juror.id].credit,
                    "open_case": juror.person_id in open_cases,
                    "left": juror.left_on is not None,
                }
            )
        return told

    def _groups(self, person: Person) -> dict[str, str]:
        return {name: GROUPS[name](person, self.day.held_on) for name in self.rules.groups}

    def _free(self, sitting: Sitting, taken: _Taken) -> list[str]:
        """The times at which this juror can be called."""
        is_missing = self.here_only and sitting.state is not SittingState.CHECKED_IN
        if is_missing or sitting.juror.is_away_on(self.day.held_on):
            return []
        coming = availability.blocks_of(sitting.juror, self.day)
        free = [block for block in coming if block in self.blocks and block.starts_at not in taken.at]
        return [str(block.id) for block in free]

    def _trainings(self, juror: Juror) -> dict[str, str]:
        """Until when somebody is trained for each role; a juror's training counts where no other is asked."""
        good: dict[SeatRole, date] = {}
        for training in juror.trainings:
            if training.is_good_on(self.day.held_on):
                good[training.role] = max(training.valid_until, good.get(training.role, training.valid_until))
        told = {}
        for role in TRAINED_ROLES:
            until = good.get(role)
            if until is None and not self.rules.needs_own_training(role):
                until = good.get(SeatRole.JUROR)
            if until:
                told[role.value] = until.isoformat()
        return told

    def _with_open_case(self) -> set[int]:
        mine = select(Case.respondent_id).where(
            Case.court_id == self.court.id,
            Case.respondent_id.in_(self.by_person),
            Case.stage.in_(UNDECIDED),
        )
        return set(self.session.scalars(mine))

    def _standing_seats(self, starts_on: date, ends_on: date) -> Any:
        return (
            select(
                Seat.juror_id, Seat.is_reserve, Panel.hearing_id, CourtSession.held_on, TimeBlock.starts_at
            )
            .join(Panel, Seat.panel_id == Panel.id)
            .join(Hearing, Panel.hearing_id == Hearing.id)
            .join(CourtSession, Hearing.court_session_id == CourtSession.id)
            .join(TimeBlock, Hearing.block_id == TimeBlock.id)
            .where(
                Seat.court_id == self.court.id,
                Seat.stood_down_at.is_(None),
                Panel.dissolved_at.is_(None),
                Hearing.state.in_(LIVE_STATES),
                CourtSession.held_on.between(starts_on, ends_on),
            )
        )

    def _taken(self) -> defaultdict[int, _Taken]:
        """The seats of this month that stay as they are."""
        held_on = self.day.held_on
        first = held_on.replace(day=1)
        last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        planned = {hearing.id for hearing in self.hearings}
        starts = {block.starts_at for block in self.blocks}
        found: defaultdict[int, _Taken] = defaultdict(_Taken)
        for seat in self.session.execute(self._standing_seats(first, last)):
            waits_here = seat.is_reserve and seat.held_on == held_on and seat.starts_at in starts
            if seat.hearing_id in planned or (waits_here and self.moves_reserves):
                continue
            its = found[seat.juror_id]
            its.in_month += not seat.is_reserve
            if seat.held_on == held_on:
                its.today += 1
                its.at.add(seat.starts_at)
        return found

    # ---- What is mended

    def _kept(self) -> list[list[str]]:
        """Who sits and waits where now."""
        planned, blocks = {each.id for each in self.hearings}, set(self.blocks)
        places = []
        for hearing in self._on_docket_now():
            for seat in hearing.panel.standing if hearing.panel else ():
                if seat.is_reserve and hearing.block in blocks:
                    places.append([str(seat.juror_id), "reserve", str(hearing.block_id)])
                elif not seat.is_reserve and hearing.id in planned:
                    places.append([str(seat.juror_id), seat.role.value, str(hearing.id)])
        return sorted(places)

    def _on_docket_now(self) -> list[Hearing]:
        return [hearing for hearing in self._hearings() if hearing.panel]


def _add_stood_down(ties: tied.Ties, hearings: list[Hearing]) -> None:
    """Whoever left a panel for a reason does not come back to it when it is mended."""
    for hearing in hearings:
        for seat in hearing.panel.seats if hearing.panel else ():
            if seat.stood_down_at and not seat.has_moved:
                ties[hearing.id][str(seat.juror_id)].add("stood_down")


def _schools_of(hearing: Hearing) -> list[str]:
    """Where the young person goes to school, and went when it happened."""
    schools = {hearing.case.respondent.school_id, hearing.case.referral.school_at_incident_id}
    return sorted(str(school) for school in schools if school is not None)
