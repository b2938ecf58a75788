"""The jury room: what the panel writes together, kept whole or not at all, and how the vote stands."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, case, func, select

from youthcourt.errors import ChangedMeanwhile
from youthcourt.i18n import _
from youthcourt.models import (
    Answer,
    Deliberation,
    Hearing,
    Juror,
    Panel,
    Post,
    Question,
    SanctionActivity,
    Seat,
    User,
    Vote,
)
from youthcourt.models.audit import plain


@dataclass(frozen=True)
class PlanLine:
    """What the panel wants for one activity; the amount is in the activity's unit."""

    activity: SanctionActivity
    amount: int
    due_on: date
    builds: str = ""
    outside_reason: str = ""


def findings_seen(deliberation: Deliberation) -> str:
    """A mark of the findings as they stand: who writes with an older one has not seen them."""
    return _mark({each.question.value: [each.answer, each.reason] for each in deliberation.findings})


def plan_seen(deliberation: Deliberation) -> str:
    """A mark of the plan as it stands."""
    return _mark({str(each.activity_id): _says(each) for each in deliberation.proposals})


def write_findings(
    deliberation: Deliberation, answers: Mapping[Question, tuple[Answer, str]], seen: str, by: User
) -> None:
    """Keep the panel's answers to all four questions."""
    if seen != findings_seen(deliberation):
        raise ChangedMeanwhile(_("Somebody on your panel wrote at the same time. Compare, then save again."))
    for question, (answer, reason) in answers.items():
        deliberation.find(question, answer, reason, by=by)


def write_plan(deliberation: Deliberation, lines: Iterable[PlanLine], seen: str, by: User) -> None:
    """Make the plan say these lines and no others. Lines that stay as they are keep the votes on them."""
    if seen != plan_seen(deliberation):
        raise ChangedMeanwhile(
            _("Somebody on your panel changed the plan at the same time. Compare, then save again.")
        )
    before = {each.activity: each for each in deliberation.proposals}
    for line in lines:
        was = before.pop(line.activity, None)
        if was is None or _says(was) != _says(line):
            deliberation.propose(
                line.activity,
                line.amount,
                line.due_on,
                by=by,
                builds=line.builds,
                outside_reason=line.outside_reason,
            )
    for dropped in before.values():
        deliberation.drop(dropped, by=by)


@dataclass(frozen=True)
class Tally:
    """How the vote on the plan stands: counts and never names."""

    revision: int
    is_decided: bool
    seated: int
    voted: int
    agreeing: int
    has_voted: bool
    needed: int

    @property
    def not_yet(self) -> int:
        return self.voted - self.agreeing

    @property
    def waiting(self) -> int:
        return self.seated - self.voted

    @property
    def is_agreed(self) -> bool:
        return self.agreeing >= self.needed

    @property
    def mark(self) -> str:
        """Another one whenever the page would read otherwise."""
        shown = (self.agreeing, self.voted, self.seated) if self.has_voted else ()
        return "-".join(map(str, (self.revision, int(self.is_decided), *shown)))


def tally(hearing: Hearing, reader: User) -> Tally | None:
    """The votes of those who sit on the plan as it is now; None before the panel has gone to decide."""
    mine = and_(Vote.id.is_not(None), Juror.person_id == reader.person_id)
    counted = (
        select(
            Deliberation.revision,
            Deliberation.decided_at,
            func.count(Seat.id),
            func.count(Vote.id),
            func.sum(case((Vote.agrees, 1), else_=0)),
            func.sum(case((mine, 1), else_=0)),
        )
        .join(Panel, and_(Panel.hearing_id == Deliberation.hearing_id, Panel.dissolved_at.is_(None)))
        .join(
            Seat,
            and_(
                Seat.panel_id == Panel.id,
                Seat.is_reserve.is_(False),
                Seat.post == Post.PANEL,
                Seat.stood_down_at.is_(None),
            ),
        )
        .join(Juror, Juror.id == Seat.juror_id)
        .outerjoin(
            Vote,
            and_(
                Vote.seat_id == Seat.id,
                Vote.deliberation_id == Deliberation.id,
                Vote.revision == Deliberation.revision,
            ),
        )
        .where(Deliberation.hearing_id == hearing.id)
        .group_by(Deliberation.id, Deliberation.revision, Deliberation.decided_at)
    )
    row = hearing.session.execute(counted).first()
    if row is None:
        return None
    revision, decided_at, seated, voted, agreeing, own = row
    return Tally(
        revision=revision,
        is_decided=decided_at is not None,
        seated=seated,
        voted=voted,
        agreeing=agreeing,
        has_voted=own > 0,
        needed=hearing.court.votes_needed(seated),
    )


def _says(line: Any) -> list[Any]:
    return [line.amount, line.due_on, line.builds, line.outside_reason]


def _mark(says: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(plain(says), sort_keys=True).encode()).hexdigest()[:16]
