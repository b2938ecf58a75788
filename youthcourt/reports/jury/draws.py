"""A draw as its page shows it: who sits where and why, who does not, and what would change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from youthcourt.i18n import _
from youthcourt.i18n import lazy as _l
from youthcourt.models import (
    Bar,
    CourtSession,
    Draw,
    DrawState,
    Hearing,
    Juror,
    Person,
    Pin,
    School,
    SeatRole,
    Sitting,
    SittingState,
    TimeBlock,
    User,
)
from youthcourt.permissions import Permission
from youthcourt.planning.day import Place
from youthcourt.planning.plan import METHOD, Move, moves
from youthcourt.planning.reasons import Reason, reasons
from youthcourt.procedures.jury.drawing import plan_of

from . import seating_words
from .seating_words import COUNTED_WORDS, Names

W = TypeVar("W", Pin, Bar)

COMING = (SittingState.BOOKED, SittingState.CHECKED_IN)
MOST_DRAWS = 50


# What a worker does now.
AT_WORK_WORDS = {
    "lost": _l("No hearing without a panel …"),
    "which": _l("Which hearing first …"),
    "seats": _l("Every seat filled …"),
    "changes": _l("As few changes as can be …"),
    "duty": _l("Owed sittings on time …"),
    "standby": _l("Somebody in reserve …"),
    "mix": _l("New and experienced people together …"),
    "balance": _l("Schools and ages mixed …"),
    "fair_share": _l("Everybody the same share …"),
    "lottery": _l("The lots …"),
    "placing": _l("The lots …"),
    "ways_out": _l("Looking for ways out …"),
}
# Not for a reader's eyes who does not seat people: it tells that somebody has, or had, a case of their own.
_TELLS_OF_CASE = {"duty", "open_case"}


def at_work(draw: Draw) -> str:
    """How far a draw is."""
    aim = (draw.progress or {}).get("aim", "")
    return str(AT_WORK_WORDS.get(aim, _("Reading the day …")))


def why(reason: Reason, reader: User) -> str:
    """Why somebody has a place or none, as far as the reader may know it."""
    if not reader.may(Permission.SEAT_PANEL) and _TELLS_OF_CASE & {reason.code, reason.aim, *reason.rules}:
        return _("By the court's rules, and its order of aims.")
    return seating_words.why(reason)


@dataclass
class Named:
    """Somebody in a draw, with their place and the reason for it."""

    id: str
    name: str
    short_name: str
    role: SeatRole | None
    why: str


@dataclass
class Heard:
    """One hearing of a draw, with those whom the draw puts there."""

    hearing: Hearing
    people: list[Named] = field(default_factory=list)

    @property
    def panel(self) -> list[Named]:
        return [each for each in self.people if each.role in (SeatRole.JUROR, SeatRole.FOREPERSON)]


@dataclass(frozen=True)
class Whereabouts:
    """The hearings and times of a day, by the numbers that a plan calls them."""

    hearings: dict[str, Hearing]
    blocks: dict[str, TimeBlock]

    def of(self, role: str, place: str) -> Hearing | TimeBlock | None:
        """Where somebody with this role is; None when it is not the reader's business."""
        return self.blocks.get(place) if role == SeatRole.RESERVE else self.hearings.get(place)


def whereabouts(court_session: CourtSession, reader: User) -> Whereabouts:
    blocks = {str(block.id): block for block in court_session.blocks}
    return Whereabouts(_hearings(court_session, reader), blocks)


@dataclass
class Shown:
    """A whole draw."""

    hearings: list[Heard]
    waiting: list[tuple[TimeBlock, list[Named]]]
    left_over: list[Named]
    moves: list[tuple[str, Move]]
    names: Names
    whereabouts: Whereabouts
    figures: list[tuple[str, int]]


def shown(draw: Draw, reader: User, words: Callable[[Hearing], str]) -> Shown:
    """What a draw says, with the names of those in it; `words` says where and when a hearing is."""
    facts = draw.facts
    assert facts is not None, "what it says is gone"
    told = reasons(facts, plan_of(draw))
    people = _people(draw, [each["id"] for each in facts["candidates"]])
    known = whereabouts(draw.court_session, reader)
    hearings = known.hearings
    heard = {each["id"]: Heard(hearings[each["id"]]) for each in facts["hearings"] if each["id"] in hearings}
    waiting: dict[str, list[Named]] = defaultdict(list)
    seated = set()
    for who, role, where in draw.places:
        seated.add(who)
        named = Named(who, *people[who], SeatRole(role), why(told[who], reader))
        if role == SeatRole.RESERVE:
            waiting[where].append(named)
        elif where in heard:
            heard[where].people.append(named)
    nowhere = [who for who in people if who not in seated]
    left_over = [Named(who, *people[who], None, why(told[who], reader)) for who in nowhere]
    changed = (
        moves([_place(each) for each in facts["keep"]], draw.places) if facts["keep"] is not None else []
    )
    return Shown(
        hearings=_in_order(heard.values()),
        waiting=[(known.blocks[each], waiting[each]) for each in sorted(waiting, key=int)],
        left_over=sorted(left_over, key=lambda each: each.name),
        moves=[(people[each.who][0], each) for each in changed if each.who in people],
        names=Names(
            {who: name for who, (name, _short_name) in people.items()},
            {number: words(each) for number, each in hearings.items()},
            _schools(facts, draw),
        ),
        whereabouts=known,
        figures=figures(draw),
    )


def figures(draw: Draw) -> list[tuple[str, int]]:
    """What a plan was counted for, in the court's order; lots are no figure for people."""
    counted = draw.counted or {}
    return [
        (str(COUNTED_WORDS[name]), counted[name])
        for name in AT_WORK_WORDS
        if name in counted and name not in _LOTS
    ]


_LOTS = ("which", "lottery", "placing")


def _schools(facts: dict[str, Any], draw: Draw) -> dict[str, str]:
    """The schools that are kept apart at each hearing, by name."""
    known = select(School.id, School.name).where(School.court_id == draw.court_id)
    names = {str(number): name for number, name in draw.session.execute(known)}
    return {
        each["id"]: ", ".join(names[school] for school in each["schools"] if school in names)
        for each in facts["hearings"]
    }


def _place(told: Sequence[str]) -> Place:
    who, role, where = told
    return who, role, where


def of_juror(sitting: Sitting) -> Reason | None:
    """Why one juror has a place on a day, or none, by what was drawn last; None when nothing tells."""
    in_force = Draw.of_day(sitting.court_session).where(Draw.state == DrawState.PUBLISHED)
    for draw in sitting.session.scalars(in_force):
        who = str(sitting.juror_id)
        if draw.method == METHOD and draw.facts and draw.result and _is_in(draw.facts, who):
            return reasons(draw.facts, plan_of(draw))[who]
    return None


def _is_in(facts: dict[str, Any], who: str) -> bool:
    return any(each["id"] == who for each in facts["candidates"])


def between(one: Draw, other: Draw) -> list[tuple[str, Move]]:
    """Who has another place by the second of two draws than by the first."""
    numbers = {who for draw in (one, other) for who, _role, _where in draw.places}
    people = _people(one, sorted(numbers))
    changed = moves(one.places, other.places)
    return [(people[each.who][0], each) for each in changed if each.who in people]


def _people(draw: Draw, numbers: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Names by number. Whose record is gone is a former participant."""
    rows = select(Juror).where(Juror.court_id == draw.court_id, Juror.id.in_([int(each) for each in numbers]))
    found = draw.session.scalars(rows.options(joinedload(Juror.person)))
    return {str(juror.id): (juror.person.name, juror.person.short_name) for juror in found}


def _hearings(court_session: CourtSession, reader: User) -> dict[str, Hearing]:
    """The hearings of a day that are the reader's business."""
    of_day = Hearing.visible_to(reader).where(Hearing.court_session_id == court_session.id)
    whole = of_day.options(
        joinedload(Hearing.block),
        joinedload(Hearing.room),
        joinedload(Hearing.case),
        joinedload(Hearing.judge),
    )
    return {str(each.id): each for each in court_session.session.scalars(whole)}


def _in_order(heard: Any) -> list[Heard]:
    return sorted(heard, key=lambda each: (each.hearing.block.starts_at, each.hearing.room.name))


def wishes_of(court_session: CourtSession) -> tuple[Sequence[Pin], Sequence[Bar]]:
    """The places given, and those barred, before the next draw of a day."""
    return _wishes(Pin, court_session), _wishes(Bar, court_session)


def _wishes(kind: type[W], court_session: CourtSession) -> Sequence[W]:
    found = select(kind).where(kind.court_session_id == court_session.id).order_by(kind.id)
    return court_session.session.scalars(found.options(joinedload(kind.juror).joinedload(Juror.person))).all()


def booked(court_session: CourtSession) -> list[Juror]:
    """The jurors who are to come, by name."""
    coming = (
        select(Juror)
        .join(Sitting, Sitting.juror_id == Juror.id)
        .join(Person, Juror.person_id == Person.id)
        .where(Sitting.court_session_id == court_session.id, Sitting.state.in_(COMING))
        .order_by(Person.given_name, Person.family_name, Juror.id)
        .options(joinedload(Juror.person))
    )
    return list(court_session.session.scalars(coming))


def drawn_for(court_session: CourtSession) -> Sequence[Draw]:
    """The last draws of a day, newest first, without what went into them."""
    found = Draw.of_day(court_session).limit(MOST_DRAWS)
    return court_session.session.scalars(found.options(joinedload(Draw.asked_by))).all()
