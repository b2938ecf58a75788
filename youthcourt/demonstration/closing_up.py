"""The end of an evening: what nobody had written down, the credits, and once a day that is opened again."""

from __future__ import annotations

from youthcourt.models import CourtSession, Hearing, SittingState
from youthcourt.procedures.court.closing import close_day, reopen_day
from youthcourt.procedures.jury import seating

from . import words
from .stage import Stage


def close(stage: Stage, night: CourtSession) -> None:
    """Whoever is still expected did not come; then the day is closed."""
    for sitting in night.sittings:
        if sitting.state is SittingState.BOOKED:
            seating.miss(sitting, by=stage.colleague)
            if stage.is_first("missed by mistake"):
                seating.undo_miss(sitting, by=stage.colleague)
                seating.miss(sitting, by=stage.colleague)
        elif sitting.state is SittingState.CHECKED_IN and stage.is_first("sent home"):
            sitting.withhold(words.WITHHELD, by=stage.coordinator)
            stage.keep()
            sitting.grant(by=stage.coordinator)  # the mother called: it was not the juror's fault
    for hearing in night.hearings:
        _note_absences(stage, hearing)
    close_day(night, by=stage.coordinator)
    stage.keep()


def _note_absences(stage: Stage, hearing: Hearing) -> None:
    for guardian in hearing.case.respondent.guardians if hearing.is_held else ():
        if hearing.has_come(guardian):
            continue
        hearing.note_absence(guardian, by=stage.colleague)
        if stage.is_first("absent by mistake"):
            stage.keep()
            hearing.undo_absence(guardian, by=stage.colleague)
            stage.keep()
            hearing.note_absence(guardian, by=stage.colleague)


def correct(stage: Stage, night: CourtSession) -> None:
    """The morning after, something has to be corrected: the day is opened again, and closed."""
    reopen_day(night, words.REOPENED, by=stage.coordinator)
    stage.keep()
    close(stage, night)
