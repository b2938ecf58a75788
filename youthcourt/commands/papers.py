"""`flask papers`: one of each paper, to look at or to show around."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup
from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import Session

from youthcourt import clock
from youthcourt.documents.completion.completion_certificate import completion_certificate
from youthcourt.documents.completion.final_report import final_report
from youthcourt.documents.completion.obligation_plan import obligation_plan
from youthcourt.documents.completion.plan_letters import progress_letter, warning
from youthcourt.documents.completion.referrer_reports import noncompliance_report, return_to_referrer
from youthcourt.documents.completion.sealing_notice import sealing_notice
from youthcourt.documents.completion.site_letter import site_letter
from youthcourt.documents.completion.time_sheet import time_sheet
from youthcourt.documents.completion.writing import apology_guide, cover_sheet, essay_guide
from youthcourt.documents.court.docket import docket, docket_for_jurors
from youthcourt.documents.court.door_list import door_list
from youthcourt.documents.court.evening_sheets import room_sheets, sign_in_sheets
from youthcourt.documents.court.hearing_notice import hearing_notice
from youthcourt.documents.court.hearing_script import hearing_script
from youthcourt.documents.court.labels import envelope_pages, labels_14, labels_21, labels_30
from youthcourt.documents.court.oath_cards import oath_cards
from youthcourt.documents.court.question_guide import question_guide
from youthcourt.documents.decision.appeal_form import appeal_form
from youthcourt.documents.decision.deliberation_sheet import deliberation_sheet
from youthcourt.documents.decision.disposition_order import disposition_order
from youthcourt.documents.decision.plain_copy import plain_copy
from youthcourt.documents.handing_out import check_for
from youthcourt.documents.intake.agreement import agreement
from youthcourt.documents.intake.case_cover import case_cover
from youthcourt.documents.intake.case_file import case_file
from youthcourt.documents.intake.consents import media_consent, text_consent
from youthcourt.documents.intake.decision_letter import decision_letter
from youthcourt.documents.intake.intake_appointment import intake_appointment
from youthcourt.documents.intake.person_harmed import harmed_invitation, harmed_notice, impact_statement
from youthcourt.documents.intake.referral_acknowledgement import referral_acknowledgement
from youthcourt.documents.jury.juror_application import juror_application, juror_form
from youthcourt.documents.jury.juror_schedule import juror_days, juror_notice, juror_schedule
from youthcourt.documents.jury.service_record import credit_statement, service_certificate, service_letter
from youthcourt.documents.paper import Paper, render_pdf
from youthcourt.extensions import db
from youthcourt.i18n import LANGUAGES, speaking
from youthcourt.models import (
    LIVE_STATES,
    ActivityKind,
    Appointment,
    Case,
    CaseStage,
    Court,
    CourtSession,
    DispositionOrder,
    Hearing,
    HearingState,
    Juror,
    JurorSchedule,
    Letter,
    Obligation,
    ObligationState,
    Offence,
    Panel,
    PersonHarmed,
    SanctionActivity,
    Sitting,
    SittingState,
)
from youthcourt.walls import in_every_court

group = AppGroup("papers", help="Court papers as PDF.")


def _hearing() -> Select[Hearing]:
    """A hearing that is still ahead, with its panel if one has it; else the last one held."""
    is_ahead = Hearing.state == HearingState.SET
    has_panel = Hearing.panels.any(Panel.dissolved_at.is_(None))
    live = Hearing.state.in_(LIVE_STATES)
    return select(Hearing).where(live).order_by((is_ahead & has_panel).desc(), _last(Hearing))


def _day() -> Select[CourtSession]:
    """The day with the most hearings."""
    count = (
        select(func.count())
        .where(Hearing.court_session_id == CourtSession.id, Hearing.state != HearingState.CANCELLED)
        .correlate(CourtSession)
        .scalar_subquery()
    )
    return select(CourtSession).order_by(count.desc(), _last(CourtSession))


def _order() -> Select[DispositionOrder]:
    """A signed order, one that the judge changed if there is any."""
    signed = select(DispositionOrder).where(DispositionOrder.signed_at.is_not(None))
    return signed.order_by((DispositionOrder.change_reason != "").desc(), _last(DispositionOrder))


def _completed() -> Select[Case]:
    return select(Case).where(Case.stage == CaseStage.COMPLETED).order_by(_last(Case))


def _active() -> Select[Case]:
    """A plan under way, one of which something is done already if there is any."""
    begun = Case.obligations.any(Obligation.service_records.any())
    return select(Case).where(Case.stage == CaseStage.ACTIVE).order_by(begun.desc(), _last(Case))


def _late() -> Select[Case]:
    """A plan under way with something that should be done by now."""
    is_late = Case.obligations.any(
        (Obligation.state == ObligationState.OPEN) & (Obligation.due_on < clock.today("UTC"))
    )
    return select(Case).where(Case.stage == CaseStage.ACTIVE).order_by(is_late.desc(), _last(Case))


def _returned() -> Select[Case]:
    had_plan = Case.obligations.any()
    return select(Case).where(Case.stage == CaseStage.RETURNED).order_by(had_plan.desc(), _last(Case))


def _owed(*kinds: ActivityKind) -> Select[Obligation]:
    of_kind = Obligation.activity.has(SanctionActivity.kind.in_(kinds))
    is_open = Obligation.state == ObligationState.OPEN
    return select(Obligation).where(of_kind).order_by(is_open.desc(), _last(Obligation))


def _service() -> Select[Obligation]:
    return _owed(ActivityKind.SERVICE)


def _apology() -> Select[Obligation]:
    return _owed(ActivityKind.APOLOGY, ActivityKind.ESSAY)


def _essay() -> Select[Obligation]:
    return _owed(ActivityKind.ESSAY, ActivityKind.APOLOGY)


def _court() -> Select[Court]:
    return select(Court).order_by(Court.id)


def _offence() -> Select[Offence]:
    return select(Offence).where(Offence.is_accepted).order_by(Offence.name, Offence.id)


def _letter() -> Select[Letter]:
    return select(Letter).order_by(_last(Letter))


def _arriving() -> Select[Case]:
    """A case whose family is asked to come, if there is one."""
    is_asked = exists().where(Appointment.case_id == Case.id)
    return select(Case).order_by(is_asked.desc(), (Case.stage == CaseStage.INTAKE_DUE).desc(), _last(Case))


def _harmed() -> Select[PersonHarmed]:
    """Somebody who wants to be told of a hearing, one that is still ahead if there is any."""
    is_ahead = PersonHarmed.case.has(Case.stage == CaseStage.HEARING_SET)
    wants = PersonHarmed.wants_notice | PersonHarmed.wants_to_speak
    return select(PersonHarmed).where(wants).order_by(is_ahead.desc(), _last(PersonHarmed))


def _juror() -> Select[Juror]:
    """The juror who sat most often."""
    count = (
        select(func.count())
        .where(Sitting.juror_id == Juror.id, Sitting.state == SittingState.CREDITED)
        .correlate(Juror)
        .scalar_subquery()
    )
    return select(Juror).order_by(count.desc(), _last(Juror))


def _served() -> Select[Juror]:
    return _juror().where(Juror.sittings.any(Sitting.state == SittingState.CREDITED))


def _schedule() -> Select[JurorSchedule]:
    return select(JurorSchedule).order_by(_last(JurorSchedule))


def _last(model: Any) -> ColumnElement[Any]:
    newest: ColumnElement[Any] = model.id.desc()
    return newest


SAMPLES: tuple[tuple[Callable[[Any], Paper], Callable[[], Select[Any]]], ...] = (
    (referral_acknowledgement, _arriving),
    (intake_appointment, _arriving),
    (agreement, _arriving),
    (media_consent, _arriving),
    (text_consent, _arriving),
    (harmed_notice, _harmed),
    (impact_statement, _harmed),
    (harmed_invitation, _harmed),
    (case_cover, _completed),
    (case_file, _completed),
    (juror_application, _court),
    (juror_form, _juror),
    (juror_schedule, _schedule),
    (juror_days, _juror),
    (juror_notice, _day),
    (service_certificate, _served),
    (service_letter, _served),
    (credit_statement, _juror),
    (labels_30, _day),
    (labels_14, _day),
    (labels_21, _day),
    (envelope_pages, _day),
    (hearing_notice, _hearing),
    (docket, _day),
    (docket_for_jurors, _day),
    (door_list, _day),
    (sign_in_sheets, _day),
    (room_sheets, _day),
    (oath_cards, _court),
    (hearing_script, _hearing),
    (question_guide, _offence),
    (deliberation_sheet, _hearing),
    (disposition_order, _order),
    (plain_copy, _order),
    (appeal_form, _order),
    (obligation_plan, _active),
    (time_sheet, _service),
    (site_letter, _service),
    (apology_guide, _apology),
    (essay_guide, _essay),
    (cover_sheet, _essay),
    (progress_letter, _active),
    (warning, _late),
    (noncompliance_report, _late),
    (return_to_referrer, _returned),
    (final_report, _completed),
    (sealing_notice, _completed),
    (completion_certificate, _completed),
    (decision_letter, _letter),
)


@group.command("sample")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="The folder.")
def sample(out: Path) -> None:
    """Print one paper of each kind, in every language, from the court in the database."""
    out.mkdir(parents=True, exist_ok=True)
    with in_every_court():
        absent = [make.__name__ for make, find in SAMPLES if not _print(make, find(), out, db.session())]
    if absent:
        click.echo(f"No record to print: {', '.join(absent)}", err=True)


def _print(make: Callable[[Any], Paper], found: Select[Any], out: Path, session: Session) -> bool:
    record = session.scalars(found.limit(1)).first()
    if record is None:
        return False
    for language in LANGUAGES:
        with speaking(language):
            paper = replace(make(record), language=language)
        check = check_for("SAMPL-00000", None) if paper.kind.issued else None
        file = out / f"{make.__name__}-{language}.pdf"
        file.write_bytes(render_pdf(paper, check=check))
        click.echo(file)
    return True
