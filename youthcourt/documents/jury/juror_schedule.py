"""Who is asked to come when: the plan of months ahead to put up, one juror's own days, one day's notice."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from youthcourt.documents.kind import Kind, Phase
from youthcourt.documents.paper import (
    LETTERHEAD_NEEDED,
    Paper,
    known,
    language_for,
    lazy_day,
    letterhead,
    local,
    named,
    named_short,
)
from youthcourt.i18n import LazyString
from youthcourt.i18n import lazy as _l
from youthcourt.models import (
    ROLE_WORDS,
    CourtSession,
    Hearing,
    Juror,
    JurorSchedule,
    Panel,
    Person,
    ScheduledDay,
    SeatRole,
    Sitting,
    SittingState,
)

SIX_MONTHS = timedelta(days=183)

_CANNOT_COME = _l(
    "**You cannot come?** Tell us as soon as you know, at the latest a week before: on your page with “I "
    "cannot come”, or call {court_phone}. Are you ill on the day itself? Call, even an hour before. Nobody "
    "is angry, and somebody else can take your place."
)

JUROR_SCHEDULE = Kind(
    "juror_schedule",
    _l("Schedule of jurors"),
    Phase.JURY,
    says={
        "court_phone": _l("The court's phone number"),
        "starts_on": _l("The first day"),
        "ends_on": _l("The last day"),
    },
    texts={
        "lead": _l("On these days the court counts on you. Write yours into your calendar today."),
        "absence": _CANNOT_COME,
    },
)

JUROR_DAYS = Kind(
    "juror_days",
    _l("My days as a juror"),
    Phase.JURY,
    says={"court_phone": _l("The court's phone number"), "juror": _l("The juror")},
    texts={
        "lead": _l("On these days the court counts on you. Put this where you see it."),
        "none": _l("You are not booked for any day. We tell you when we need you."),
        "absence": _CANNOT_COME,
    },
)

JUROR_NOTICE = Kind(
    "juror_notice",
    _l("Notice to a juror"),
    Phase.JURY,
    says={"court_phone": _l("The court's phone number"), "juror": _l("The juror")},
    texts={
        "lead": _l("The court counts on you on this day."),
        "bring": _l(
            "- Something to show who you are, such as a school card\n"
            "- Clothes for a day that matters: no caps, nothing with large words on it\n"
            "- Your phone stays off in the room"
        ),
        "promise": _l(
            "At the door you sign this promise: **I tell nobody, by words or signs, who was here or what I "
            "heard. I listen to everybody and decide fairly.**"
        ),
        "know": _l(
            "If you know somebody whose case is heard, or anybody of their family, say so at once. You sit "
            "in another room, and nobody asks why."
        ),
        "absence": _CANNOT_COME,
    },
)


def juror_schedule(schedule: JurorSchedule, language: str = "en") -> Paper:
    """Every hearing day of the plan with those who are asked, in short names: to put up, or to hand out."""
    return Paper(
        kind=JUROR_SCHEDULE,
        title=_l("Schedule of jurors"),
        reference=schedule.starts_on.isoformat(),
        language=known(language),
        facts={
            **letterhead(schedule.court),
            "starts_on": schedule.starts_on,
            "ends_on": schedule.ends_on,
            "days": [_scheduled(each) for each in _by_day(schedule)],
        },
        needed=LETTERHEAD_NEEDED | {"days": _l("Hearing days")},
        mark="" if schedule.is_published else _l("Draft"),
    )


def _by_day(schedule: JurorSchedule) -> list[ScheduledDay]:
    return sorted(schedule.days, key=lambda each: each.court_session.held_on)


def _scheduled(day: ScheduledDay) -> dict[str, Any]:
    """A day of the plan: once it is published, whoever is booked now."""
    booked = [each.juror for each in day.court_session.sittings if each.state is not SittingState.EXCUSED]
    asked = booked if day.schedule.is_published else [each.juror for each in day.places]
    return {
        **_place(day.court_session),
        "jurors": [named_short(each.person) for each in sorted(asked, key=lambda juror: juror.person.name)],
        "open": max(0, day.wanted - len(asked)),
    }


def _place(day: CourtSession) -> dict[str, Any]:
    return {
        "held_on": day.held_on,
        "starts_at": local(day.blocks[0].starts_at, day.court) if day.blocks else None,
        "place": day.place or day.court.place,
    }


def juror_days(juror: Juror) -> Paper:
    """One juror's own days of the next six months, each with what they do."""
    sittings = _booked(juror)
    return Paper(
        kind=JUROR_DAYS,
        title=_l("My days as a juror"),
        reference=f"juror-{juror.id}",
        language=language_for(juror.person),
        facts={
            **letterhead(juror.court),
            "juror": named(juror.person),
            "days": [{**_place(each.court_session), "role": _role(each)} for each in sittings],
        },
        needed=LETTERHEAD_NEEDED,
    )


def _booked(juror: Juror) -> list[Sitting]:
    today = juror.court.today
    found = (
        select(Sitting)
        .join(Sitting.court_session)
        .where(
            Sitting.juror_id == juror.id,
            Sitting.state.in_((SittingState.BOOKED, SittingState.CHECKED_IN)),
            CourtSession.held_on.between(today, today + SIX_MONTHS),
        )
        .options(
            joinedload(Sitting.court_session).options(
                selectinload(CourtSession.blocks),
                selectinload(CourtSession.docket_versions),
                selectinload(CourtSession.hearings).selectinload(Hearing.panels).selectinload(Panel.seats),
            )
        )
        .order_by(CourtSession.held_on)
    )
    return list(juror.session.scalars(found))


def _role(sitting: Sitting) -> LazyString:
    """What a juror does on that day, as it was published; until then they are a juror among others."""
    seats = sitting.seats if sitting.court_session.published else []
    return ROLE_WORDS[seats[0].role if seats else SeatRole.JUROR]


def juror_notice(day: CourtSession, to: Person | None = None, language: str = "en") -> Paper:
    """A copy for each juror who is booked, or the copy of whom it goes `to`: when and where, and no more."""
    booked = [each.juror.person for each in day.sittings if each.state is not SittingState.EXCUSED]
    return Paper(
        kind=JUROR_NOTICE,
        title=_l("Notice to jurors, %(day)s", day=lazy_day(day.held_on)),
        reference=day.held_on.isoformat(),
        language=language_for(to) if to else known(language),
        facts={**letterhead(day.court), **_place(day)},
        needed=LETTERHEAD_NEEDED
        | {
            "place": _l("The place of the hearings"),
            "starts_at": _l("When it begins"),
            "juror": _l("A juror who is booked"),
        },
        copies=tuple(
            {"juror": named(person)}
            for person in sorted(booked, key=lambda each: each.name)
            if to is None or person is to
        )
        or ({"juror": None},),
        to_one=to is not None,
    )
