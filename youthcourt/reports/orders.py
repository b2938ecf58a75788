"""What waits for a judge, and what a judge signed lately."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select

from youthcourt.models import Case, Deliberation, DispositionOrder, Hearing, Offence, Person, User

LONGEST_LIST = 100
LATELY = 10

_WHO = (Case.number, Person.given_name, Person.family_name, Offence.name.label("offence"))


def waiting(judge: User) -> Sequence[Any]:
    """The plans that this judge has not answered, oldest first."""
    plans = DispositionOrder.waiting_for(judge).join(Case.respondent).join(Case.offence)
    columns = plans.with_only_columns(Deliberation.id, Deliberation.decided_at, Hearing.sits_on, *_WHO)
    return judge.session.execute(columns.limit(LONGEST_LIST)).all()


def amendments(judge: User) -> Sequence[Any]:
    """Amendments that this judge began and has not signed."""
    begun = _orders(judge, DispositionOrder.id, *_WHO).where(
        DispositionOrder.signed_at.is_(None), DispositionOrder.amends_id.is_not(None)
    )
    return judge.session.execute(begun.order_by(DispositionOrder.id).limit(LONGEST_LIST)).all()


def signed_lately(judge: User) -> Sequence[Any]:
    """The last orders that this judge signed, newest first."""
    numbered = DispositionOrder.number.label("order_number")
    signed = _orders(judge, DispositionOrder.id, numbered, DispositionOrder.signed_at, *_WHO).where(
        DispositionOrder.signed_at.is_not(None)
    )
    newest = signed.order_by(DispositionOrder.signed_at.desc()).limit(LATELY)
    return judge.session.execute(newest).all()


def _orders(judge: User, *columns: Any) -> Select[Any]:
    mine = DispositionOrder.visible_to(judge).where(DispositionOrder.judge_id == judge.id)
    joined = mine.join(DispositionOrder.case).join(Case.respondent).join(Case.offence)
    return joined.with_only_columns(*columns)
