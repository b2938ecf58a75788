"""Every kind of paper that a court prints, in the order in which a case meets them."""

from __future__ import annotations

from .completion.completion_certificate import CERTIFICATE
from .completion.destruction_certificate import DESTRUCTION
from .court.docket import DOCKET, DOCKET_FOR_JURORS
from .court.evening_sheets import ROOM_SHEETS, SIGN_IN_SHEETS
from .court.hearing_notice import NOTICE
from .court.hearing_script import SCRIPT_ON_PAPER
from .decision.deliberation_sheet import SHEET
from .decision.disposition_order import ORDER
from .decision.plain_copy import PLAIN_COPY
from .intake.decision_letter import DECISION_LETTER
from .kind import Kind

_IN_ORDER: tuple[Kind, ...] = (
    # referral and intake
    DECISION_LETTER,
    # hearing day
    NOTICE,
    DOCKET,
    DOCKET_FOR_JURORS,
    SIGN_IN_SHEETS,
    ROOM_SHEETS,
    SCRIPT_ON_PAPER,
    SHEET,
    # decision
    ORDER,
    PLAIN_COPY,
    # plan and closing
    CERTIFICATE,
    DESTRUCTION,
)

KINDS: dict[str, Kind] = {kind.name: kind for kind in _IN_ORDER}
