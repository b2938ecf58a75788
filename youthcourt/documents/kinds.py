"""Every kind of paper that a court prints, in the order in which a case meets them."""

from __future__ import annotations

from .completion.completion_certificate import CERTIFICATE
from .completion.destruction_certificate import DESTRUCTION
from .completion.obligation_plan import OBLIGATION_PLAN
from .completion.plan_letters import PROGRESS_LETTER, WARNING
from .completion.referrer_reports import NONCOMPLIANCE_REPORT, RETURN_TO_REFERRER
from .completion.site_letter import SITE_LETTER
from .completion.time_sheet import TIME_SHEET
from .completion.writing import APOLOGY_GUIDE, COVER_SHEET, ESSAY_GUIDE
from .court.docket import DOCKET, DOCKET_FOR_JURORS
from .court.door_list import DOOR_LIST
from .court.evening_sheets import ROOM_SHEETS, SIGN_IN_SHEETS
from .court.hearing_notice import NOTICE
from .court.hearing_script import SCRIPT_ON_PAPER
from .court.oath_cards import OATH_CARDS
from .court.question_guide import QUESTION_GUIDE
from .decision.appeal_form import APPEAL_FORM
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
    DOOR_LIST,
    SIGN_IN_SHEETS,
    ROOM_SHEETS,
    OATH_CARDS,
    SCRIPT_ON_PAPER,
    QUESTION_GUIDE,
    SHEET,
    # decision
    ORDER,
    PLAIN_COPY,
    APPEAL_FORM,
    # plan and closing
    OBLIGATION_PLAN,
    TIME_SHEET,
    SITE_LETTER,
    APOLOGY_GUIDE,
    ESSAY_GUIDE,
    COVER_SHEET,
    PROGRESS_LETTER,
    WARNING,
    NONCOMPLIANCE_REPORT,
    RETURN_TO_REFERRER,
    CERTIFICATE,
    DESTRUCTION,
)

KINDS: dict[str, Kind] = {kind.name: kind for kind in _IN_ORDER}
