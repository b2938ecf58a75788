"""Printing what goes with a plan, and what is handed out when a case ends."""

from collections.abc import Callable
from typing import Any

from sqlalchemy.orm import joinedload, selectinload

from youthcourt.documents.completion.completion_certificate import completion_certificate
from youthcourt.documents.completion.final_report import final_report
from youthcourt.documents.completion.obligation_plan import obligation_plan
from youthcourt.documents.completion.plan_letters import progress_letter, warning
from youthcourt.documents.completion.referrer_reports import noncompliance_report, return_to_referrer
from youthcourt.documents.completion.sealing_notice import sealing_notice
from youthcourt.documents.completion.site_letter import site_letter
from youthcourt.documents.completion.time_sheet import time_sheet
from youthcourt.documents.completion.writing import apology_guide, cover_sheet, essay_guide
from youthcourt.documents.paper import Paper
from youthcourt.models import Case, Court, Guardianship, Obligation, Person, Sitting, User
from youthcourt.permissions import Permission
from youthcourt.views.intake.printing import WHOLE, family_or_office
from youthcourt.views.printing import CASE, FAMILY, Printing, of, own

_PLAN = (
    *CASE,
    joinedload(Case.court),
    joinedload(Case.respondent).joinedload(Person.safe_contact),
    joinedload(Case.respondent)
    .selectinload(Person.guardianships)
    .joinedload(Guardianship.guardian)
    .joinedload(Person.safe_contact),
    selectinload(Case.orders),
    selectinload(Case.hearings),
    joinedload(Case.closure),
    selectinload(Case.obligations).options(
        joinedload(Obligation.activity),
        joinedload(Obligation.order),
        selectinload(Obligation.service_records),
        selectinload(Obligation.extensions),
        selectinload(Obligation.sittings).joinedload(Sitting.court_session),
    ),
)
_PART = (
    joinedload(Obligation.activity),
    joinedload(Obligation.court).selectinload(Court.sites),
    joinedload(Obligation.case).options(FAMILY, joinedload(Case.court)),
    selectinload(Obligation.service_records),
)
OWN = (Permission.CREDIT_SERVICE, Permission.PRINT_OWN_PAPER)


def _signed(make: Callable[..., Paper]) -> Callable[[Any, User], Paper]:
    """A letter that bears the name of whoever prints it."""
    return lambda record, reader: make(record, by=reader)


PRINTING = {
    "obligation_plan": Printing("calendar", OWN, Case.visible_to, of(obligation_plan), _PLAN),
    "time_sheet": Printing("hours", OWN, Obligation.visible_to, of(time_sheet), _PART),
    "site_letter": Printing(
        "site", (Permission.CREDIT_SERVICE,), Obligation.visible_to, _signed(site_letter), _PART
    ),
    "apology_guide": Printing("apology", OWN, Obligation.visible_to, of(apology_guide), _PART),
    "essay_guide": Printing("essay", OWN, Obligation.visible_to, of(essay_guide), _PART),
    "cover_sheet": Printing("cover", OWN, Obligation.visible_to, of(cover_sheet), _PART),
    "progress_letter": Printing(
        "progress", (Permission.CREDIT_SERVICE,), Case.visible_to, _signed(progress_letter), _PLAN
    ),
    "warning": Printing("warning", (Permission.CREDIT_SERVICE,), Case.visible_to, _signed(warning), _PLAN),
    "noncompliance_report": Printing(
        "report", (Permission.CLOSE_CASE,), Case.visible_to, _signed(noncompliance_report), _PLAN
    ),
    "return_to_referrer": Printing(
        "return", (Permission.CLOSE_CASE,), Case.visible_to, _signed(return_to_referrer), _PLAN
    ),
    "final_report": Printing(
        "final-report", (Permission.CLOSE_CASE,), Case.visible_to, of(final_report), WHOLE
    ),
    "completion_certificate": Printing(
        "certificate",
        (Permission.CLOSE_CASE, Permission.PRINT_OWN_PAPER),
        Case.visible_to,
        of(completion_certificate),
        (FAMILY, joinedload(Case.court)),
    ),
    "sealing_notice": Printing(
        "sealing",
        (Permission.CLOSE_CASE, Permission.PRINT_OWN_PAPER),
        family_or_office,
        own(sealing_notice),
        (*CASE, joinedload(Case.closure), selectinload(Case.holds), selectinload(Case.orders)),
    ),
}
