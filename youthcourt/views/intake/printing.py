"""Printing what is written before a case is heard."""

from sqlalchemy import Select
from sqlalchemy.orm import joinedload, selectinload

from youthcourt.documents.intake.agreement import agreement
from youthcourt.documents.intake.case_cover import case_cover
from youthcourt.documents.intake.case_file import case_file
from youthcourt.documents.intake.consents import media_consent, text_consent
from youthcourt.documents.intake.decision_letter import decision_letter
from youthcourt.documents.intake.intake_appointment import intake_appointment
from youthcourt.documents.intake.person_harmed import harmed_invitation, harmed_notice, impact_statement
from youthcourt.documents.intake.referral_acknowledgement import referral_acknowledgement
from youthcourt.documents.paper import Paper
from youthcourt.models import (
    Case,
    CourtSession,
    Deliberation,
    DispositionOrder,
    Hearing,
    Interview,
    Letter,
    Obligation,
    PersonHarmed,
    Screening,
    User,
)
from youthcourt.models.case_lists import of_family
from youthcourt.permissions import Permission
from youthcourt.views.printing import CASE, FAMILY, Printing, of, own, spoken

# A case with all that its cover and its file tell.
WHOLE = (
    *CASE,
    selectinload(Case.companions),
    selectinload(Case.persons_harmed),
    selectinload(Case.holds),
    selectinload(Case.agreements),
    joinedload(Case.screening).joinedload(Screening.decided_by),
    joinedload(Case.interview).joinedload(Interview.held_by),
    joinedload(Case.closure),
    selectinload(Case.hearings).options(
        joinedload(Hearing.block),
        joinedload(Hearing.room),
        joinedload(Hearing.judge),
        joinedload(Hearing.court_session),
        selectinload(Hearing.notices),
        joinedload(Hearing.deliberation).selectinload(Deliberation.findings),
    ),
    selectinload(Case.orders).options(
        joinedload(DispositionOrder.judge), selectinload(DispositionOrder.items)
    ),
    selectinload(Case.obligations).options(
        joinedload(Obligation.activity),
        joinedload(Obligation.excusal),
        selectinload(Obligation.service_records),
    ),
)
_HARMED = (
    joinedload(PersonHarmed.person),
    joinedload(PersonHarmed.case).options(
        *CASE,
        selectinload(Case.hearings).options(
            joinedload(Hearing.block),
            joinedload(Hearing.court_session).selectinload(CourtSession.docket_versions),
        ),
    ),
)


def _acknowledged(case: Case, reader: User) -> Paper:
    return referral_acknowledgement(case, by=reader)


def family_or_office(user: User) -> Select[Case]:
    """Every case for the office; a family's own for whoever stands for it now."""
    return Case.visible_to(user) if user.may(Permission.HOLD_INTAKE) else of_family(user)


PRINTING = {
    "referral_acknowledgement": Printing(
        "received", (Permission.SCREEN_CASE,), Case.visible_to, _acknowledged, CASE
    ),
    "decision_letter": Printing(
        "letter",
        (Permission.SCREEN_CASE,),
        Letter.visible_to,
        of(decision_letter),
        (
            joinedload(Letter.court),
            joinedload(Letter.case).joinedload(Case.respondent),
            joinedload(Letter.person),
            joinedload(Letter.written_by),
        ),
    ),
    "intake_appointment": Printing(
        "appointment",
        (Permission.HOLD_INTAKE, Permission.PRINT_OWN_PAPER),
        family_or_office,
        own(intake_appointment),
        (*CASE, selectinload(Case.appointments)),
    ),
    "agreement": Printing(
        "agreement",
        (Permission.HOLD_INTAKE, Permission.PRINT_OWN_PAPER),
        family_or_office,
        own(agreement),
        CASE,
    ),
    "media_consent": Printing(
        "pictures",
        (Permission.HOLD_INTAKE, Permission.PRINT_OWN_PAPER),
        family_or_office,
        of(media_consent),
        (FAMILY, joinedload(Case.referral)),
    ),
    "text_consent": Printing(
        "messages",
        (Permission.HOLD_INTAKE, Permission.PRINT_OWN_PAPER),
        family_or_office,
        of(text_consent),
        (FAMILY, joinedload(Case.referral)),
    ),
    "harmed_notice": Printing(
        "harmed", (Permission.HOLD_INTAKE,), PersonHarmed.visible_to, of(harmed_notice), _HARMED
    ),
    "impact_statement": Printing(
        "statement", (Permission.HOLD_INTAKE,), PersonHarmed.visible_to, of(impact_statement), _HARMED
    ),
    "harmed_invitation": Printing(
        "invitation", (Permission.HOLD_INTAKE,), PersonHarmed.visible_to, of(harmed_invitation), _HARMED
    ),
    "case_cover": Printing("cover", (Permission.HOLD_INTAKE,), Case.visible_to, spoken(case_cover), WHOLE),
    "case_file": Printing("file", (Permission.HOLD_INTAKE,), Case.visible_to, spoken(case_file), WHOLE),
}
