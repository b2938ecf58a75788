"""The court of the demonstration and its lists. It is invented; its size and its grid are a real one's."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from youthcourt.models import Agency, Court, ReportingPeriod, Room, School, ServiceSite
from youthcourt.procedures.founding import found_court

from .words import SITES

NAME = "Cape Willow County Youth Court"

AGENCIES = (
    ("Cape Willow Police Department", "467 Hay Street\nCape Willow, NC 28301"),
    ("County Sheriff, school officers", "131 Dick Street\nCape Willow, NC 28301"),
    ("Cape Willow County Schools", "2465 Gillespie Street\nCape Willow, NC 28306"),
    ("Juvenile Court Counselors", "117 Dick Street, Suite 240\nCape Willow, NC 28301"),
)
REFERRING_PEOPLE = ("Officer R. Tolliver", "Officer Peña", "Deputy K. Strand", "Ms. Abernathy", "Mr. O'Dell")
SCHOOLS = (
    "Massey Middle School",
    "Lake Rim Middle School",
    "Seventy-First Classical",
    "Westover High School",
    "Terry Sanford High School",
    "Cape Willow Early College",
    "Pine Forest High School",
    "E. E. Smith High School",
)
ROOMS = ("Courtroom 2A", "Courtroom 2B", "Courtroom 3C", "Courtroom 3D", "Jury room 1", "Jury room 2")


def build(session: Session, rooms: int) -> Court:
    """The court as it opens: ages as its founders first set them."""
    court = found_court(
        session,
        NAME,
        place="Courthouse, second floor",
        address="117 Dick Street\nCape Willow, NC 28301",
        phone="910-555-0142",
        email="office@demo.example",
        youngest_age=10,
        oldest_age=18,
    )
    for name, address in AGENCIES:
        Agency.add(court, by=None, name=name, address=address)
    for name in SCHOOLS:
        School.add(court, by=None, name=name)
    for number in range(rooms):
        Room.add(court, by=None, name=_room(number))
    for name, address in SITES:
        ServiceSite.add(court, by=None, name=name, address=address)
    session.flush()
    return court


def name_period(court: Court, starts_on: date, ends_on: date) -> ReportingPeriod:
    """The year whose referrals are followed to their end."""
    name = f"Year from {starts_on.isoformat()}"
    return ReportingPeriod.add(court, by=None, name=name, starts_on=starts_on, ends_on=ends_on)


def _room(number: int) -> str:
    return ROOMS[number] if number < len(ROOMS) else f"Courtroom {number + 1}"
