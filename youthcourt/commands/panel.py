"""`flask panel`: draws of panels, for whoever wants to repeat or check one, or to see its chances."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, TextIO

import click
from flask.cli import AppGroup
from sqlalchemy import select

from youthcourt.checker.draws import examine
from youthcourt.extensions import db
from youthcourt.models import Draw
from youthcourt.planning.plan import METHOD, certify
from youthcourt.planning.quota_files import Unreadable, read_people, read_quotas
from youthcourt.procedures.jury import drawing, panel_lots
from youthcourt.walls import in_every_court

if TYPE_CHECKING:
    from youthcourt.planning.fair_chances import Chances

group = AppGroup("panel", help="Draws of panels.")
FILE = click.File(encoding="utf-8-sig")


@group.command("chances")
@click.argument("categories", type=FILE)
@click.argument("respondents", type=FILE)
@click.argument("size", type=click.IntRange(min=1))
@click.option("--draw", "seed", help="Draw a panel with this seed and say on which lines its people stand.")
def chances_command(categories: TextIO, respondents: TextIO, size: int, seed: str | None) -> None:
    """The fairest lottery for a panel of SIZE with quotas: everybody's chance of being drawn.

    CATEGORIES is a CSV file of quotas (category,feature,min,max), RESPONDENTS one of people with a column for
    each category. Nobody could be given a better chance without taking it from somebody who has as little.
    """
    # The solver takes 35 MB: it is loaded where a lottery is made, and not by every process of the server.
    from youthcourt.planning.fair_chances import QuotasCollide, fair_chances

    try:
        quotas = read_quotas(categories)
        chances = fair_chances(read_people(respondents, quotas), quotas, size)
    except (Unreadable, QuotasCollide) as why_not:
        raise click.ClickException(f"{str(why_not)[:1].upper()}{str(why_not)[1:]}.") from why_not
    for line in told(chances):
        click.echo(line)
    if seed is not None:
        click.echo("Drawn, by place in the file: " + ", ".join(str(1 + each) for each in chances.draw(seed)))


def told(chances: Chances) -> Iterator[str]:
    """A line for each class of people who are alike in all that the quotas ask, and what it comes to."""
    heads = [*chances.categories, "people", "chance"]
    rows = [
        [*values, str(people), f"{float(chance):.2%}"]
        for values, people, chance in zip(chances.classes, chances.sizes, chances.by_class, strict=True)
    ]
    widths = [max(map(len, column)) for column in zip(heads, *rows, strict=True)]
    for row in (heads, *rows):
        words = [word.ljust(width) for word, width in zip(row[:-2], widths, strict=False)]
        yield "  ".join([*words, row[-2].rjust(widths[-2]), row[-1].rjust(widths[-1])])
    possible = [chance for chance in chances.by_class if chance]
    yield ""
    people, panels = len(chances.people), len(chances.panels)
    yield f"A panel of {chances.size} out of {people} people; {panels} panels in the lottery."
    yield f"Least chance {float(min(possible)):.2%}, greatest {float(max(possible)):.2%}."
    if chances.never:
        yield f"No panel within the quotas has a seat for {len(chances.never)} of them."


@group.command("replay")
@click.argument("number", type=int)
def replay(number: int) -> None:
    """Make draw NUMBER again from what was kept. Ends with 0 when the same comes out, otherwise with 1."""
    with in_every_court():
        draw = db.session.get(Draw, number)
        if draw is None or not draw.digest:
            raise click.ClickException(f"There is no draw {number} that was worked out.")
        found = drawing.differences(draw)
        for difference in found:
            click.echo(f"Draw {number}: {difference}.")
        if found:
            raise SystemExit(1)
        what = f"{len(draw.places)} places" if draw.method == METHOD else "jurors"
        click.echo(f"Draw {number}: the same {what} come out, digest {draw.digest}.")


@group.command("check")
def check() -> None:
    """Hold every draw against every rule, recount it, and check its proof. Ends with 1 at any fault."""
    checked, gone, faults = 0, 0, 0
    with in_every_court():
        for number in db.session.scalars(select(Draw.id).where(Draw.digest != "").order_by(Draw.id)).all():
            draw = db.session.get_one(Draw, number)
            if draw.facts is None:
                gone += 1
                continue
            checked += 1
            for fault in faults_of(draw):
                faults += 1
                click.echo(f"Draw {number}: {fault}")
            db.session.expire(draw)  # what was checked need not stay in memory
    click.echo(f"{checked} draws checked, {gone} without their names, {faults} faults.")
    raise SystemExit(1 if faults else 0)


def faults_of(draw: Draw) -> list[str]:
    """What is wrong with a draw, by whoever did not make it."""
    if draw.method == panel_lots.METHOD:
        return panel_lots.differences(draw)
    found = examine({**drawing.evidence(draw), "digest": draw.digest})
    return found + (unproved(draw) if draw.is_proven and draw.facts else [])


def unproved(draw: Draw) -> list[str]:
    """Why the certificate of a draw does not prove that no plan is better; asks no solver."""
    assert draw.facts is not None, "what it takes is gone"
    trouble = certify(draw.facts, draw.seed, drawing.plan_of(draw)).trouble
    return [f"certificate: {trouble}"] if trouble else []
