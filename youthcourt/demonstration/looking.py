"""Who looks at cases: before each evening those who run it, and once somebody who needs very many."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import select

from youthcourt.models import Case, CourtSession, Hearing, UnusualReading, User
from youthcourt.models.reading import OPENED, Reader, Reading, note
from youthcourt.permissions import Role

from .season import NIGHTS
from .stage import Stage, Story


def looks(stage: Stage) -> Story:
    """The office and the judge read the files of each evening; for the report of the year, nearly all."""
    season, session = stage.season, stage.court.session
    of_evening = select(Hearing.case_id).join(CourtSession, Hearing.court_session_id == CourtSession.id)
    for number in range(NIGHTS):
        yield stage.at(season.night(number), 16, 30)
        heard = of_evening.where(CourtSession.held_on == season.night(number)).order_by(Hearing.case_id)
        cases = session.scalars(heard).all()
        for reader in (stage.coordinator, stage.judges[0]):
            _open(stage, reader, cases)
    yield stage.at(season.as_of - timedelta(days=4), 15)
    latest = select(Case.id).where(Case.court_id == stage.court.id).order_by(Case.id.desc())
    _open(stage, stage.colleague, session.scalars(latest.limit(stage.court.cases_an_hour + 5)).all())
    yield stage.at(season.as_of - timedelta(days=3), 10)
    _look_into_it(stage)


def _open(stage: Stage, reader: User, cases: Iterable[int]) -> None:
    note(
        stage.court.session,
        Reader.of(reader),
        [Reading(each, OPENED, "cases") for each in dict.fromkeys(cases)],
    )


def _look_into_it(stage: Stage) -> None:
    session = stage.court.session
    administrator = session.scalars(User.in_role(stage.court, Role.ADMINISTRATOR)).first()
    notice = session.scalars(UnusualReading.open_ones(stage.coordinator)).first()
    if notice and administrator:  # a small court has too few cases for one
        notice.look_into(
            "Wen made ready the report of the year and needed nearly all of them.", administrator
        )
