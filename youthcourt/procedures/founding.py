"""Founding a court: its row and its lists, as common practice has them, for the court to change."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy.orm import Session

from youthcourt.models import (
    UNIT_OF,
    ActivityKind,
    Court,
    Offence,
    SanctionActivity,
    Unit,
)

# name, statute, class in the grid, whether the court takes it
OFFENCES = (
    ("Simple assault", "14-33", "A", True),
    ("Theft", "14-72", "A", True),
    ("Communicating threats", "14-277.1", "A", True),
    ("Shoplifting", "14-72.1", "B", True),
    ("Vandalism", "14-127", "B", True),
    ("Possession of marijuana", "90-95", "B", True),
    ("Fight in a public place", "14-33", "B", True),
    ("Disorderly conduct at school", "14-288.4", "C", True),
    ("Trespassing", "14-159.13", "C", True),
    ("Possession of alcohol", "18B-302", "C", True),
    ("Vaping at school", "14-313", "C", True),
    ("Truancy", "", "C", True),
    ("Arson", "14-66", "A", False),
    ("Weapon on school grounds", "14-269.2", "A", False),
)

ACTIVITIES = (
    (ActivityKind.SERVICE, "Community service", "Work for a place that the court has approved."),
    (ActivityKind.JURY_DUTY, "Jury duty", "Sit on panels that hear others; counted in sittings."),
    (ActivityKind.WORKSHOP, "Seminar", "One evening on choices, anger, or health."),
    (ActivityKind.APOLOGY, "Apology", "A letter to the person harmed, if they wish one."),
    (ActivityKind.ESSAY, "Essay", "One page or more on a question of the panel's."),
    (ActivityKind.TUTORING, "Tutoring", "Help with school work, by the hour."),
    (ActivityKind.RESTITUTION, "Paying back", "Money for what was broken or taken."),
    (ActivityKind.OTHER, "Something else", "What fits this young person; the panel writes it down."),
)

# The range for each class of offence: hours of service, sittings of jury duty, seminars.
# (Cumberland County NC, in the 1995 report of the state's Administrative Office of the Courts)
GRID = {
    "A": {ActivityKind.SERVICE: (20, 30), ActivityKind.JURY_DUTY: (3, 5), ActivityKind.WORKSHOP: (1, 2)},
    "B": {ActivityKind.SERVICE: (15, 25), ActivityKind.JURY_DUTY: (2, 4), ActivityKind.WORKSHOP: (1, 2)},
    "C": {ActivityKind.SERVICE: (10, 15), ActivityKind.JURY_DUTY: (1, 3), ActivityKind.WORKSHOP: (1, 1)},
}


def found_court(session: Session, name: str, **settings: Any) -> Court:
    """A new court with the usual offences, activities and grid. Rooms, schools and agencies are its own."""
    court = Court(name=name, **settings)
    session.add(court)
    session.flush()
    court.record("court.founded", by=None, name=name)
    for offence, statute, offence_class, is_accepted in OFFENCES:
        Offence.add(
            court,
            by=None,
            name=offence,
            statute=statute,
            offence_class=offence_class,
            is_accepted=is_accepted,
        )
    activities = {kind: _activity(court, position) for position, (kind, *_rest) in enumerate(ACTIVITIES)}
    court.set_limits(dict(_limits(activities)), by=None)
    session.flush()
    return court


def _activity(court: Court, position: int) -> SanctionActivity:
    kind, name, description = ACTIVITIES[position]
    unit = UNIT_OF.get(kind, Unit.PIECES)
    return SanctionActivity.add(
        court, by=None, name=name, kind=kind, unit=unit, description=description, position=position
    )


def _limits(
    activities: dict[ActivityKind, SanctionActivity],
) -> Iterator[tuple[tuple[str, SanctionActivity], tuple[int, int]]]:
    for offence_class, ranges in GRID.items():
        for kind, (least, most) in ranges.items():
            scale = 60 if kind is ActivityKind.SERVICE else 1  # the grid speaks of hours, we keep minutes
            yield (offence_class, activities[kind]), (least * scale, most * scale)
