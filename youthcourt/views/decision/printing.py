"""Printing what a panel decides by, and what a judge signed."""

from sqlalchemy import Select, or_
from sqlalchemy.orm import joinedload, selectinload

from youthcourt.documents.decision.appeal_form import appeal_form
from youthcourt.documents.decision.deliberation_sheet import deliberation_sheet
from youthcourt.documents.decision.disposition_order import disposition_order
from youthcourt.documents.decision.plain_copy import plain_copy
from youthcourt.models import Deliberation, DispositionOrder, PaperKind, User
from youthcourt.permissions import Permission, Role
from youthcourt.views.printing import CASE, HEARING, Printing, of, run_by, spoken


def _orders_of(user: User) -> Select[DispositionOrder]:
    """Signed orders of the reader's cases; a draft only for its judge and the coordinator."""
    visible = DispositionOrder.visible_to(user)
    if Role.COORDINATOR in user.roles:
        return visible
    return visible.where(or_(DispositionOrder.signed_at.is_not(None), DispositionOrder.judge_id == user.id))


_ORDER = (
    joinedload(DispositionOrder.court),
    joinedload(DispositionOrder.judge),
    joinedload(DispositionOrder.case).options(*CASE),
    joinedload(DispositionOrder.deliberation).options(
        joinedload(Deliberation.hearing),
        selectinload(Deliberation.findings),
        selectinload(Deliberation.proposals),
    ),
    selectinload(DispositionOrder.items),
    selectinload(DispositionOrder.papers),
    joinedload(DispositionOrder.replaces),
)

PRINTING = {
    "deliberation_sheet": Printing(
        "sheet",
        (Permission.RUN_HEARING,),
        run_by,
        spoken(deliberation_sheet),
        HEARING,
    ),
    "disposition_order": Printing(
        "order",
        (Permission.PRINT_PAPER, Permission.PRINT_OWN_PAPER),
        _orders_of,
        of(disposition_order),
        _ORDER,
        lambda order: order.paper(PaperKind.ORDER),
    ),
    "plain_copy": Printing(
        "plan",
        (Permission.PRINT_PAPER, Permission.PRINT_OWN_PAPER),
        _orders_of,
        of(plain_copy),
        _ORDER,
        lambda order: order.paper(PaperKind.PLAIN_COPY),
    ),
    "appeal_form": Printing(
        "appeal",
        (Permission.PRINT_PAPER, Permission.PRINT_OWN_PAPER),
        _orders_of,
        of(appeal_form),
        _ORDER,
    ),
}
