"""A judge who is missing: somebody else hears their hearings of the day, all of them or none."""

from __future__ import annotations

from collections.abc import Iterable

from youthcourt.errors import RuleBroken
from youthcourt.i18n import _
from youthcourt.models import CourtSession, Hearing, User
from youthcourt.permissions import Role


def still_ahead(day: CourtSession, judge: User) -> list[Hearing]:
    """What this judge has still to hear on that day, by time."""
    return [hearing for hearing in day.docket if hearing.is_ahead and hearing.judge is judge]


def why_not_hear(hearings: Iterable[Hearing], judge: User) -> str | None:
    """What stands in the way of this judge hearing all of these, one sentence for each; None when nothing."""
    told = []
    for hearing in hearings:
        day = hearing.court_session
        no = day.why_not_place(hearing.case, hearing.block, hearing.room, judge, moving=hearing)
        if why_not := hearing.why_not_move() or (no.message if no else None):
            told.append(_("%(case)s: %(why_not)s", case=hearing.case.number, why_not=why_not))
    return " ".join(told) or None


def change_judge(hearings: list[Hearing], judge: User, by: User) -> int:
    """Another judge hears these, at the same time, in the same room, before the same panel. How many."""
    if not hearings:
        raise RuleBroken(_("Choose at least one hearing."), field="hearings")
    hearings[0].court_session.queue_for_places()
    if judge.ended_at or Role.JUDGE not in judge.given_roles or judge.court_id != hearings[0].court_id:
        raise RuleBroken(_("%(name)s does not sit in this court.", name=judge), field="judge")
    if why_not := why_not_hear(hearings, judge):
        raise RuleBroken(why_not, field="judge")
    for hearing in hearings:
        hearing.move(to=hearing.block, room=hearing.room, judge=judge, by=by)
    return len(hearings)
