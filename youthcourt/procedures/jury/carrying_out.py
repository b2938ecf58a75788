"""Putting a plan into force: its places become panels and seats, once, and only while they still may."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import select

from youthcourt import clock
from youthcourt.checker.rules import check
from youthcourt.errors import RuleBroken
from youthcourt.i18n import _
from youthcourt.models import (
    Draw,
    DrawKind,
    DrawState,
    Hearing,
    Juror,
    Panel,
    Post,
    Seat,
    SeatRole,
    User,
)
from youthcourt.planning.day import Day
from youthcourt.planning.eligibility import what_bars

from . import day_facts

POSTS = {SeatRole.BAILIFF: Post.BAILIFF, SeatRole.CLERK: Post.CLERK}


def why_not_publish(draw: Draw) -> str | None:
    """What stands in the way of this proposal."""
    if draw.state is not DrawState.PROPOSED:
        return _("This plan is no proposal any more.")
    if draw.facts is None:
        return _("A record that was part of this plan is gone. Plan the day again.")
    if draw.court_session.is_closed or draw.court_session.is_over:
        return _("This day is over.")
    return None if _still_holds(draw) else _("Something has changed since this plan was made. Plan again.")


def _still_holds(draw: Draw) -> bool:
    """Whether the plan keeps every rule by what the court knows now."""
    assert draw.facts is not None, "asked before"
    day = draw.court_session
    planned = {each["id"] for each in draw.facts["hearings"]}
    only = _only_hearing(draw, planned)
    if draw.kind is DrawKind.PANEL and only is None:
        return False
    now = day_facts.facts_of(day, draw.kind, only=only)
    if {each["id"]: each["block"] for each in now["hearings"]} != {
        each["id"]: each["block"] for each in draw.facts["hearings"]
    }:
        return False
    if now["keep"] != draw.facts["keep"]:
        return False
    reserves = {each["id"]: each for each in draw.facts["blocks"]}
    now["blocks"] = [reserves.get(each["id"], each) for each in now["blocks"]]
    return check(now, draw.seed, [list(place) for place in draw.places]) == []


def _only_hearing(draw: Draw, planned: set[str]) -> Hearing | None:
    if draw.kind is not DrawKind.PANEL:
        return None
    on_docket = draw.court_session.docket
    return next((hearing for hearing in on_docket if str(hearing.id) in planned), None)


def publish(draw: Draw, by: User) -> None:
    """Let the plan be in force. Whoever comes second with it, or with another made before, is told so."""
    draw.court_session.docket_changed()
    if why_not := why_not_publish(draw):
        raise RuleBroken(why_not)
    before = draw.session.scalars(
        select(Draw).where(Draw.court_session_id == draw.court_session_id, Draw.state == DrawState.PUBLISHED)
    )
    for each in before if draw.kind is DrawKind.DAY else ():
        each.state = DrawState.REPLACED
    draw.session.flush()
    draw.state, draw.settled_at, draw.settled_by = DrawState.PUBLISHED, clock.now(), by
    _Seating(draw, by).carry_out()
    draw.record("draw.published", by=by, kind=draw.kind, digest=draw.digest)


def _foreperson_first(wanted: tuple[str, SeatRole]) -> tuple[bool, int]:
    who, role = wanted
    return role is not SeatRole.FOREPERSON, int(who)


class _Seating:
    """The places of one plan, and what has to be done for them."""

    def __init__(self, draw: Draw, by: User) -> None:
        assert draw.facts is not None, "asked before"
        self.draw, self.by, self.session = draw, by, draw.session
        self.day = Day.of(draw.facts)
        docket = {str(hearing.id): hearing for hearing in draw.court_session.docket}
        self.hearings = {each.id: docket[each.id] for each in self.day.hearings}
        self.blocks = {str(block.id): block for block in draw.court_session.blocks}
        numbers = {int(who) for who, _role, _where in draw.places}
        found = select(Juror).where(Juror.court_id == draw.court_id, Juror.id.in_(numbers))
        self.jurors = {str(juror.id): juror for juror in self.session.scalars(found)}
        self.at: dict[str, dict[str, SeatRole]] = {each: {} for each in self.hearings}
        self.waiting: defaultdict[str, list[str]] = defaultdict(list)
        for who, role, where in draw.places:
            if role == SeatRole.RESERVE:
                self.waiting[where].append(who)
            else:
                self.at[where][who] = SeatRole(role)

    def carry_out(self) -> None:
        mends = self.draw.kind is DrawKind.MEND
        for id_, hearing in self.hearings.items():
            panel = hearing.panel
            if panel and (not mends or not self.at[id_]):
                panel.dissolve(reason=_("A new plan was made."), by=self.by)
        if mends:
            self._clear()
        self.session.flush()  # whoever gets another place at the same time has left the first
        for id_ in self.hearings:
            self._fill(id_)
        self._let_wait()

    # ---- Mending

    def _clear(self) -> None:
        """Seats that somebody no longer has are empty before they are given to others."""
        for id_, hearing in self.hearings.items():
            for seat in hearing.panel.standing if hearing.panel else ():
                if not seat.is_reserve and str(seat.juror_id) not in self.at[id_]:
                    self._vacate(seat)
        for seat in self._waiting_now():
            if not self._waits_on(seat) and not self._moves_up(seat):
                self._vacate(seat)

    def _waiting_now(self) -> list[Seat]:
        """Who waits at the times that are planned, on whichever panel's list."""
        times = {self.blocks[each.block] for each in self.day.hearings}
        docket = [each for each in self.draw.court_session.docket if each.block in times and each.panel]
        return [seat for each in docket for seat in (each.panel.reserves if each.panel else ())]

    def _waits_on(self, seat: Seat) -> bool:
        """Whether somebody goes on waiting, or is on the list of a panel that stays as it is."""
        who, block = str(seat.juror_id), str(seat.time_block_id)
        if who in self.waiting[block]:
            return True
        is_planned = str(seat.panel.hearing_id) in self.hearings
        return not is_planned and not self._has_place(who, block)

    def _moves_up(self, seat: Seat) -> bool:
        return str(seat.juror_id) in self.at.get(str(seat.panel.hearing_id), {})

    def _has_place(self, who: str, block: str) -> bool:
        return any(who in self.at[each.id] for each in self.day.hearings if each.block == block)

    def _vacate(self, seat: Seat) -> None:
        block = str(seat.time_block_id)
        who = str(seat.juror_id)
        has_moved = self._has_place(who, block) or who in self.waiting[block]
        is_free = any(each.id == who and block in each.free for each in self.day.candidates)
        reason = _("A new plan was made.") if has_moved or is_free else _("Did not come.")
        seat.give_up(reason, by=self.by, has_moved=has_moved or is_free)

    # ---- Seating

    def _fill(self, id_: str) -> None:
        hearing, wanted = self.hearings[id_], self.at[id_]
        if not wanted:
            return
        panel, is_new = hearing.panel, False
        if panel is None:
            panel, is_new = Panel(court=hearing.court, draw=self.draw), True
            hearing.panels.append(panel)
        has = {str(seat.juror_id): seat for seat in panel.standing}
        for who, role in sorted(
            wanted.items(), key=lambda each: (each[1] != SeatRole.FOREPERSON, int(each[0]))
        ):
            if who in has:
                has[who].take(role, by=self.by)
            else:
                seat = panel.add_seat(self.jurors[who], post=POSTS.get(role, Post.PANEL))
                seat.is_foreperson = role is SeatRole.FOREPERSON
                if not is_new:
                    panel.record("panel.seated", by=self.by, juror=int(who), role=role)
        if is_new:
            panel.record("panel.drawn", by=self.by, draw=self.draw.id, digest=self.draw.digest)

    def _let_wait(self) -> None:
        """Everybody in reserve is on the list of a panel that they may join, the shortest list first."""
        for block, people in self.waiting.items():
            known = {str(seat.juror_id) for seat in self._waiting_now()}
            for who in people:
                panel = self._panel_for(who, block)
                if who not in known and panel is not None:
                    seat = panel.add_seat(self.jurors[who], is_reserve=True)
                    if self.draw.kind is DrawKind.MEND:
                        panel.record("panel.seated", by=self.by, juror=int(who), role=seat.role)

    def _panel_for(self, who: str, block: str) -> Panel | None:
        candidate = next(each for each in self.day.candidates if each.id == who)
        may_join = [
            self.hearings[each.id].panel
            for each in self.day.hearings
            if each.block == block
            and not what_bars(candidate, each, SeatRole.JUROR, self.day)
            and not self._is_apart(who, self.at[each.id])
        ]
        panels = [panel for panel in may_join if panel is not None]
        return min(panels, key=lambda panel: (len(panel.reserves), panel.hearing.id), default=None)

    def _is_apart(self, who: str, others: Iterable[str]) -> bool:
        return any(who in group and group & set(others) - {who} for group in self.day.apart)
