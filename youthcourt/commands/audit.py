"""`flask audit`: the trail of what was done, noted outside the database and held against what was noted."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from youthcourt import clock
from youthcourt.extensions import db
from youthcourt.procedures import checking_trail
from youthcourt.procedures.checking_trail import BROKEN_WORDS, Anchor, Broken, Checked
from youthcourt.walls import in_every_court

group = AppGroup("audit", help="Check the audit trail.")

BROKEN_LINK, OTHER_TRAIL = 1, 2


@group.command("anchor")
@click.option("--to", type=click.Path(dir_okay=False, path_type=Path), help="The file to append to.")
def anchor(to: Path | None) -> None:
    """Note where each court's trail ends, in a file outside the database. Keep copies of it elsewhere.

    Whoever holds the database and its key can write another trail, but not one that ends as this one did.
    """
    file = to or Path(current_app.instance_path) / "audit-anchors.jsonl"
    noted_at = clock.now().isoformat(timespec="seconds")
    file.parent.mkdir(parents=True, exist_ok=True)
    with in_every_court(), file.open("a") as lines:
        for head in checking_trail.heads(db.session.connection()):
            line = {"at": noted_at, "court": head.court_id, "entries": head.count, "head": head.hash}
            lines.write(json.dumps(line) + "\n")
            click.echo(f"Court {head.court_id}: {head.count} entries, head {head.hash}")
    click.echo(f"Noted in {file}")


@group.command("verify")
@click.option("--anchors", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def verify(anchors: Path | None) -> None:
    """Check every court's trail. Ends with 0 when all are sound, 1 for a broken link, 2 for another trail."""
    noted = _anchors_in(anchors) if anchors else []
    with in_every_court():
        found = checking_trail.check_all(db.session.connection(), noted)
    for checked in found:
        click.echo(_told(checked))
    click.echo(f"{sum(checked.count for checked in found)} entries checked, {len(noted)} anchors.")
    raise SystemExit(_exit_code(found))


def _anchors_in(file: Path) -> list[Anchor]:
    lines = [json.loads(line) for line in file.read_text().splitlines() if line.strip()]
    return [Anchor(line["court"], line["entries"], line["head"]) for line in lines]


def _told(checked: Checked) -> str:
    if checked.fault is None:
        return f"Court {checked.court_id}: {checked.count} entries, head {checked.head}: sound."
    number = checked.fault.number
    place = f"entry {number}" if number is not None else "an entry without a number"
    return f"Court {checked.court_id}: {place}: {BROKEN_WORDS[checked.fault.broken]}"


def _exit_code(found: Sequence[Checked]) -> int:
    faults = {checked.fault.broken for checked in found if checked.fault}
    if faults - {Broken.ANCHOR}:
        return BROKEN_LINK
    return OTHER_TRAIL if faults else 0
