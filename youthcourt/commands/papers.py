"""`flask papers`: one of each paper, to look at or to show around."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup
from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from youthcourt.documents.completion.completion_certificate import completion_certificate
from youthcourt.documents.court.docket import docket, docket_for_jurors
from youthcourt.documents.court.evening_sheets import room_sheets, sign_in_sheets
from youthcourt.documents.court.hearing_notice import hearing_notice
from youthcourt.documents.court.hearing_script import hearing_script
from youthcourt.documents.decision.deliberation_sheet import deliberation_sheet
from youthcourt.documents.decision.disposition_order import disposition_order
from youthcourt.documents.decision.plain_copy import plain_copy
from youthcourt.documents.intake.decision_letter import decision_letter
from youthcourt.documents.paper import Paper, render_pdf
from youthcourt.extensions import db
from youthcourt.models import (
    LIVE_STATES,
    Case,
    CaseStage,
    CourtSession,
    DispositionOrder,
    Hearing,
    HearingState,
    Letter,
    Panel,
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


def _letter() -> Select[Letter]:
    return select(Letter).order_by(_last(Letter))


def _last(model: Any) -> ColumnElement[Any]:
    newest: ColumnElement[Any] = model.id.desc()
    return newest


SAMPLES: tuple[tuple[Callable[[Any], Paper], Callable[[], Select[Any]]], ...] = (
    (hearing_notice, _hearing),
    (docket, _day),
    (docket_for_jurors, _day),
    (sign_in_sheets, _day),
    (room_sheets, _day),
    (hearing_script, _hearing),
    (deliberation_sheet, _hearing),
    (disposition_order, _order),
    (plain_copy, _order),
    (completion_certificate, _completed),
    (decision_letter, _letter),
)


@group.command("sample")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="The folder.")
def sample(out: Path) -> None:
    """Print one paper of each kind from the court in the database."""
    out.mkdir(parents=True, exist_ok=True)
    with in_every_court():
        absent = [make.__name__ for make, find in SAMPLES if not _print(make, find(), out, db.session())]
    if absent:
        click.echo(f"No record to print: {', '.join(absent)}", err=True)


def _print(make: Callable[[Any], Paper], found: Select[Any], out: Path, session: Session) -> bool:
    record = session.scalars(found.limit(1)).first()
    if record is None:
        return False
    file = out / f"{make.__name__}.pdf"
    file.write_bytes(render_pdf(make(record)))
    click.echo(file)
    return True
