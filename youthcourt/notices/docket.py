"""Publishing a docket, and telling those for whom it changed, and nobody else."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import current_app
from flask_babel import format_time
from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from youthcourt.i18n import _, speaking
from youthcourt.models import (
    Case,
    CourtSession,
    DocketChange,
    DocketRow,
    DocketVersion,
    Guardianship,
    Hearing,
    Juror,
    Letter,
    LetterKind,
    Person,
    User,
    juror_times,
)

from .family import address_of


def publish_and_tell(day: CourtSession, by: User) -> DocketVersion:
    """Freeze the docket as it stands. The first version is told by the notices of hearing; a later one tells
    by letter the family and the judge of each changed hearing, and the jurors whose time is another.
    """
    changes, jurors = day.changes(), day.jurors_changed()
    frozen = day.publish(by=by)
    hearings = {hearing.id: hearing for hearing in day.session.scalars(_hearings(changes))}
    for change in changes:
        hearing = hearings.get(change.hearing)
        if hearing is not None and not hearing.case.is_closed:
            _tell_family(hearing, change, frozen, by)
    _tell_judges(changes, frozen, by)
    _tell_jurors(jurors, frozen, by)
    return frozen


def _hearings(changes: Iterable[DocketChange]) -> Select[Hearing]:
    """The changed hearings that there still are, with all that a letter about them says."""
    family = joinedload(Case.respondent).selectinload(Person.guardianships)
    return (
        select(Hearing)
        .where(Hearing.id.in_([change.hearing for change in changes]))
        .options(
            joinedload(Hearing.case).options(family.joinedload(Guardianship.guardian)),
            joinedload(Hearing.court_session),
            joinedload(Hearing.block),
            joinedload(Hearing.room),
            joinedload(Hearing.judge),
        )
    )


def _tell_family(hearing: Hearing, change: DocketChange, version: DocketVersion, by: User) -> None:
    respondent, day = hearing.case.respondent, hearing.court_session
    people = [respondent, *respondent.guardians]
    with speaking(respondent.language):
        moved = hearing if change.now is None and hearing.is_ahead else None
        body = _written(
            "hearing_change",
            day,
            was=_told(change.was, version),
            now=_told(change.now, version),
            held_on=version.court_session.held_on,
            moved_to=_told(DocketRow.of(moved) if moved else None, version),
            moved_on=moved and moved.court_session.held_on,
            place=day.place or day.court.place,
        )
        Letter.write(
            hearing.case,
            LetterKind.HEARING_CHANGE,
            to_name="\n".join(each.name for each in people),
            to_address=address_of(people),
            subject=_("Your hearing has changed"),
            body=body,
            by=by,
            version=version,
        )


def _tell_judges(changes: list[DocketChange], version: DocketVersion, by: User) -> None:
    """One letter to each judge, of their own hearings alone; it names no young person."""
    rows = [row for change in changes for row in (change.was, change.now) if row is not None]
    for judge_id, judge in sorted({row.judge_id: row.judge for row in rows}.items()):
        own = [
            {"was": _told(change.was, version), "now": _told(change.now, version)}
            for change in changes
            if judge_id in {row.judge_id for row in (change.was, change.now) if row is not None}
        ]
        with speaking("en"):
            Letter.write(
                None,
                LetterKind.DOCKET_CHANGE,
                to_name=judge,
                to_address="",
                subject=_("Your docket has changed"),
                body=_written(
                    "docket_change",
                    version.court_session,
                    changes=own,
                    held_on=version.court_session.held_on,
                ),
                by=by,
                version=version,
            )


def _tell_jurors(numbers: list[int], version: DocketVersion, by: User) -> None:
    times = juror_times(version.docket)
    told = select(Juror).where(Juror.id.in_(numbers)).options(joinedload(Juror.person)).order_by(Juror.id)
    for juror in version.session.scalars(told):
        person: Person = juror.person
        with speaking(person.language):
            Letter.write(
                person,
                LetterKind.JUROR_CHANGE,
                to_name=person.name,
                to_address=address_of([person]),
                subject=_("Your time as a juror has changed"),
                body=_written(
                    "juror_change",
                    version.court_session,
                    held_on=version.court_session.held_on,
                    times=[_clock_time(each, version) for each in times.get(juror.id, [])],
                    place=version.court_session.place or version.court.place,
                ),
                by=by,
                version=version,
            )


def _told(row: DocketRow | None, version: DocketVersion) -> dict[str, str] | None:
    if row is None:
        return None
    return {"time": _clock_time(row.starts_at, version), "room": row.room, "judge": row.judge}


def _clock_time(moment: datetime, version: DocketVersion) -> str:
    """9:30 AM, where the court is, in the language of the letter."""
    there = moment.astimezone(ZoneInfo(version.court.time_zone))
    return str(format_time(there, "short", rebase=False))


def _written(template: str, day: CourtSession, **facts: Any) -> str:
    words = current_app.jinja_env.get_template(f"notices/{template}.txt")
    return words.render(court=day.court.name, phone=day.court.phone, **facts).strip()
