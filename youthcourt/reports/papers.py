"""Papers that were handed out."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from youthcourt.models import Case, DispositionOrder, IssuedPaper, PaperWithdrawal

# What a paper needs to say how it stands.
STANDING = (selectinload(IssuedPaper.order).joinedload(DispositionOrder.case).selectinload(Case.orders),)


def handed_out(case: Case) -> list[IssuedPaper]:
    """Every paper of a case that was handed out, the newest first."""
    found = (
        select(IssuedPaper)
        .where(IssuedPaper.case_id == case.id)
        .order_by(IssuedPaper.issued_at.desc(), IssuedPaper.id.desc())
        .options(
            *STANDING,
            joinedload(IssuedPaper.by),
            joinedload(IssuedPaper.withdrawal).joinedload(PaperWithdrawal.by),
        )
    )
    return list(case.session.scalars(found).unique())
