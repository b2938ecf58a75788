"""Every kind of paper that a court prints, in the order in which a case meets them."""

from __future__ import annotations

from .completion.completion_certificate import CERTIFICATE
from .completion.destruction_certificate import DESTRUCTION
from .completion.final_report import FINAL_REPORT
from .completion.obligation_plan import OBLIGATION_PLAN
from .completion.plan_letters import PROGRESS_LETTER, WARNING
from .completion.referrer_reports import NONCOMPLIANCE_REPORT, RETURN_TO_REFERRER
from .completion.sealing_notice import SEALING_NOTICE
from .completion.site_letter import SITE_LETTER
from .completion.time_sheet import TIME_SHEET
from .completion.writing import APOLOGY_GUIDE, COVER_SHEET, ESSAY_GUIDE
from .court.docket import DOCKET, DOCKET_FOR_JURORS
from .court.door_list import DOOR_LIST
from .court.evening_sheets import ROOM_SHEETS, SIGN_IN_SHEETS
from .court.hearing_notice import NOTICE
from .court.hearing_script import SCRIPT_ON_PAPER
from .court.labels import ENVELOPE_PAGES, LABELS_14, LABELS_21, LABELS_30
from .court.oath_cards import OATH_CARDS
from .court.question_guide import QUESTION_GUIDE
from .decision.appeal_form import APPEAL_FORM
from .decision.deliberation_sheet import SHEET
from .decision.disposition_order import ORDER
from .decision.plain_copy import PLAIN_COPY
from .intake.agreement import AGREEMENT
from .intake.case_cover import CASE_COVER
from .intake.case_file import CASE_FILE
from .intake.consents import MEDIA_CONSENT, TEXT_CONSENT
from .intake.decision_letter import DECISION_LETTER
from .intake.intake_appointment import INTAKE_APPOINTMENT
from .intake.person_harmed import HARMED_INVITATION, HARMED_NOTICE, IMPACT_STATEMENT
from .intake.referral_acknowledgement import REFERRAL_ACKNOWLEDGEMENT
from .jury.juror_application import JUROR_APPLICATION, JUROR_FORM
from .jury.juror_schedule import JUROR_DAYS, JUROR_NOTICE, JUROR_SCHEDULE
from .jury.service_record import CREDIT_STATEMENT, SERVICE_CERTIFICATE, SERVICE_LETTER
from .kind import Kind

_IN_ORDER: tuple[Kind, ...] = (
    # referral and intake
    REFERRAL_ACKNOWLEDGEMENT,
    DECISION_LETTER,
    INTAKE_APPOINTMENT,
    AGREEMENT,
    MEDIA_CONSENT,
    TEXT_CONSENT,
    HARMED_NOTICE,
    IMPACT_STATEMENT,
    HARMED_INVITATION,
    CASE_COVER,
    CASE_FILE,
    # jurors
    JUROR_APPLICATION,
    JUROR_FORM,
    JUROR_SCHEDULE,
    JUROR_DAYS,
    JUROR_NOTICE,
    SERVICE_CERTIFICATE,
    SERVICE_LETTER,
    CREDIT_STATEMENT,
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
    LABELS_30,
    LABELS_14,
    LABELS_21,
    ENVELOPE_PAGES,
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
    FINAL_REPORT,
    CERTIFICATE,
    SEALING_NOTICE,
    DESTRUCTION,
)

KINDS: dict[str, Kind] = {kind.name: kind for kind in _IN_ORDER}
