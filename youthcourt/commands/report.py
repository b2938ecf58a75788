"""`flask report`: figures of a court, for whoever asks from the command line."""

from __future__ import annotations

from datetime import datetime

import click
from flask.cli import AppGroup
from sqlalchemy import select
from sqlalchemy.orm import Session

from youthcourt.extensions import db
from youthcourt.i18n import _
from youthcourt.models import CLOSURE_WORDS, ClosureReason, Court, ReportingPeriod, Unit
from youthcourt.reports.completion import small_cells
from youthcourt.reports.completion.funnel import (
    Funnel,
    Ordered,
    Step,
    funnel,
    last_day_kept,
    steps,
    usual_days,
)
from youthcourt.reports.completion.small_cells import FEWEST_TOLD, Hidden
from youthcourt.walls import in_court, in_every_court

group = AppGroup("report", help="Figures of a court.")
DAY = click.DateTime(formats=["%Y-%m-%d"])


@group.command("funnel")
@click.option("--from", "first", type=DAY, help="First day of referral. The latest period when left out.")
@click.option("--to", "last", type=DAY, help="Last day of referral.")
@click.option("--to-publish", is_flag=True, help="Hide counts so small that they point at somebody.")
@click.option("--court", "number", type=int, help="Number of the court, where there are several.")
def funnel_command(
    first: datetime | None, last: datetime | None, to_publish: bool, number: int | None
) -> None:
    """What became of the referrals of one period."""
    with in_every_court():
        court = _court(db.session(), number)
    with in_court(court.id):
        as_of = last_day_kept(court)
        starts_on, ends_on = usual_days(ReportingPeriod.latest_of(court), as_of)
        starts_on = first.date() if first else starts_on
        ends_on = last.date() if last else as_of if first else ends_on
        if ends_on < starts_on:
            raise click.UsageError("The last day is before the first.")
        for line in told(court, funnel(court, starts_on, ends_on, as_of), to_publish):
            click.echo(line)


def _court(session: Session, number: int | None) -> Court:
    courts = session.scalars(select(Court).order_by(Court.id)).all()
    chosen = [court for court in courts if number in (None, court.id)]
    if not chosen:
        raise click.ClickException("There is no such court in this database.")
    if len(chosen) > 1:
        known = ", ".join(f"{court.id} {court}" for court in courts)
        raise click.UsageError(f"Say which court with --court: {known}")
    return chosen[0]


def told(court: Court, figures: Funnel, to_publish: bool = False) -> list[str]:
    """The funnel in lines of text. What is published tells no reason or activity of fewer than five cases."""
    reasons, ordered = _reasons(figures, to_publish), figures.ordered
    if to_publish:
        ordered = tuple(each for each in ordered if each.cases >= FEWEST_TOLD)
    head = f"{court}: referrals from {figures.starts_on} to {figures.ends_on}, as of {figures.as_of}"
    under = {
        "declined": [(str(CLOSURE_WORDS[reason]), words) for reason, words in reasons],
        "heard": [(_("%(activity)s ordered", activity=o.activity), _amount(o)) for o in ordered],
    }
    lines = [head, ""]
    for step in steps(figures):
        lines.append(_line(step))
        lines += [f"    {words:<43}{amount:>6}" for words, amount in under.get(step.key, [])]
    if figures.completed_before_deadline_passed:
        lines += ["", f"Completed before their deadline: {figures.completed_before_deadline_passed} more."]
    return lines


def _reasons(figures: Funnel, to_publish: bool) -> list[tuple[ClosureReason, str]]:
    """Why referrals were not accepted, each with its count, or words where that would point at somebody."""
    reasons = [reason for reason, _count in figures.declined_by_reason]
    counts = [count for _reason, count in figures.declined_by_reason]
    if not to_publish:
        return [(reason, f"{count:,}") for reason, count in figures.declined_by_reason]
    parts = small_cells.told(counts)
    if parts.total is Hidden.BESIDE:
        return []  # the total stands in the step above, so nothing can be told of its parts
    words = {Hidden.FEW: f"fewer than {FEWEST_TOLD}", Hidden.BESIDE: "not told"}
    shown = [words[part] if isinstance(part, Hidden) else f"{part:,}" for part in parts.parts]
    return list(zip(reasons, shown, strict=True))


def _line(step: Step) -> str:
    share = (
        "" if step.percent is None or step.count == step.of else f"  {step.percent:5.1f} % {step.of_words}"
    )
    return f"{step.words!s:<47}{step.count:>6,}{share}"


def _amount(ordered: Ordered) -> str:
    if ordered.unit is Unit.MINUTES:
        return f"{ordered.amount / 60:,.0f} hours"
    if ordered.unit is Unit.CENTS:
        return f"${ordered.amount / 100:,.2f}"
    return f"{ordered.amount:,}"
