"""What is in a packet: all papers of one hearing day, first those of the whole day, then room by room.

A new paper of the evening is one line in one of the three tables below.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from sqlalchemy.orm import joinedload, selectinload

from youthcourt.documents.decision.deliberation_sheet import deliberation_sheet
from youthcourt.documents.decision.disposition_order import disposition_order
from youthcourt.documents.decision.plain_copy import plain_copy
from youthcourt.documents.kind import Kind, Phase
from youthcourt.documents.paper import Paper, clock_time, known, lazy_day, local
from youthcourt.i18n import lazy as _l
from youthcourt.i18n import speaking
from youthcourt.models import (
    Case,
    Court,
    CourtSession,
    Deliberation,
    DispositionOrder,
    Guardianship,
    Hearing,
    IssuedPaper,
    Juror,
    PacketKind,
    Panel,
    PaperKind,
    PaperState,
    Person,
    Referral,
    Seat,
    Sitting,
    User,
)

from .docket import docket, docket_for_jurors
from .door_list import door_list
from .evening_sheets import room_sheets, sign_in_sheets
from .hearing_notice import NOTICE, hearing_notice
from .hearing_script import hearing_script
from .oath_cards import oath_cards
from .question_guide import question_guide

# ---- The three tables -----------------------------------------------------------------------------

FOR_ALL = frozenset(PacketKind)
FOR_OFFICE = frozenset({PacketKind.FULL})
FOR_JURORS = frozenset({PacketKind.JURORS})

Made = Paper | IssuedPaper


@dataclass(frozen=True)
class Sheet:
    """One kind of paper in a packet: how it is made of a day, a court or a hearing, and in which packets."""

    make: Callable[[Any, str], Iterator[Made]]
    kinds: frozenset[PacketKind] = FOR_ALL


def _each(make: Callable[[Any, str], Paper]) -> Callable[[Any, str], Iterator[Made]]:
    """There always is one."""

    def made(record: Any, language: str) -> Iterator[Made]:
        yield make(record, language)

    return made


def _jurors_alone(day: CourtSession, language: str) -> Paper:
    """The list on which jurors sign, without the one that says which families come."""
    sheets = sign_in_sheets(day, language)
    return replace(sheets, copies=sheets.copies[:1])


def _orders(hearing: Hearing, _language: str) -> Iterator[Made]:
    """Each order that stands or waits for its judge: a signed one as it was handed out."""
    for order in hearing.deliberation.orders if hearing.deliberation else ():
        if not order.is_withdrawn:
            yield order.paper(PaperKind.ORDER) or disposition_order(order)
            yield order.paper(PaperKind.PLAIN_COPY) or plain_copy(order)


def _notice(hearing: Hearing, _language: str) -> Iterator[Made]:
    """As it was handed out to the family, while it still says what is so."""
    paper = hearing_notice(hearing)
    last = IssuedPaper.last_of(hearing.session, hearing.court_id, NOTICE.name, hearing.id, paper.language)
    stands = last is not None and last.state is PaperState.GENUINE and last.facts_digest == paper.digest
    yield last if last and stands else paper


OF_DAY = (
    Sheet(_each(lambda day, language: docket(day, language=language)), FOR_OFFICE),
    Sheet(_each(docket_for_jurors)),
    Sheet(_each(door_list), FOR_OFFICE),
    Sheet(_each(sign_in_sheets), FOR_OFFICE),
    Sheet(_each(_jurors_alone), FOR_JURORS),
)
# Of the court, once in each room.
OF_ROOM = (Sheet(_each(oath_cards)),)
OF_HEARING = (
    Sheet(_each(lambda hearing, language: room_sheets(hearing.court_session, language, of=hearing))),
    Sheet(_each(hearing_script), FOR_OFFICE),
    Sheet(_each(lambda hearing, language: question_guide(hearing.case.offence, language))),
    Sheet(_each(deliberation_sheet)),
    Sheet(_notice, FOR_OFFICE),
    Sheet(_orders, FOR_OFFICE),
)

# ---- What they come to ----------------------------------------------------------------------------

NOT_PRINTED = Kind("not_printed", _l("A paper that could not be printed"), Phase.COURT)


@dataclass(frozen=True)
class Section:
    """Papers that belong together: of the whole day, of each room, or of one hearing."""

    title: str
    papers: tuple[Made, ...]
    hearing_id: int | None = None


@dataclass(frozen=True)
class Contents:
    """A packet as it will lie there: the papers of the day, then each room with its own and its hearings."""

    title: str
    language: str
    of_day: Section
    rooms: tuple[tuple[str, tuple[Section, ...]], ...]

    @property
    def sections(self) -> list[Section]:
        return [self.of_day, *(section for _room, sections in self.rooms for section in sections)]

    @property
    def missing(self) -> list[tuple[str, list[str]]]:
        """What prints as a blank line, paper by paper."""
        told = [
            (f"{section.title}: {paper.kind.title}", paper.missing)
            for section in self.sections
            for paper in section.papers
            if isinstance(paper, Paper)
        ]
        return [(title, words) for title, words in told if words]


def contents_of(day: CourtSession, kind: PacketKind, language: str) -> Contents:
    """Everything that a packet of this kind has in it now."""
    language = known(language)
    with speaking(language):
        hearings = sorted(day.docket, key=lambda each: (each.room.name, each.block.starts_at))
        of_room = Section(str(_l("For every hearing")), _papers(OF_ROOM, day.court, kind, language))
        rooms = tuple(
            (room, (of_room, *(_of_hearing(each, kind, language) for each in there)))
            for room, there in groupby(hearings, key=lambda each: each.room.name)
        )
        of_day = Section(str(_l("For the whole day")), _papers(OF_DAY, day, kind, language))
        return Contents(str(_title(day, kind)), language, of_day, rooms)


def _title(day: CourtSession, kind: PacketKind) -> Any:
    words = {
        PacketKind.FULL: _l("Papers of %(day)s", day=lazy_day(day.held_on)),
        PacketKind.JURORS: _l("Papers for the jury rooms, %(day)s", day=lazy_day(day.held_on)),
    }
    return words[kind]


def _of_hearing(hearing: Hearing, kind: PacketKind, language: str) -> Section:
    starts_at = clock_time(local(hearing.block.starts_at, hearing.court))
    title = f"{starts_at}, {hearing.case.number}"
    return Section(title, _papers(OF_HEARING, hearing, kind, language), hearing.id)


def _papers(sheets: tuple[Sheet, ...], record: Any, kind: PacketKind, language: str) -> tuple[Made, ...]:
    return tuple(made for sheet in sheets if kind in sheet.kinds for made in sheet.make(record, language))


def not_printed(letterhead: Mapping[str, Any], of: str, language: str) -> Paper:
    """The page that lies in the place of a paper which could not be set, and says so."""
    return Paper(
        kind=NOT_PRINTED,
        title=_l("This paper is missing: %(paper)s", paper=of),
        reference="",
        language=language,
        facts={**letterhead, "of": of},
    )


# What all of it is loaded with, so that no paper asks the database again.
_FAMILY = joinedload(Case.respondent).selectinload(Person.guardianships).joinedload(Guardianship.guardian)
_PANEL = selectinload(Panel.seats).joinedload(Seat.juror).joinedload(Juror.person)
LOADED = (
    joinedload(CourtSession.court).options(selectinload(Court.activities), selectinload(Court.grid)),
    selectinload(CourtSession.rooms),
    selectinload(CourtSession.docket_versions),
    selectinload(CourtSession.sittings).joinedload(Sitting.juror).joinedload(Juror.person),
    selectinload(CourtSession.hearings).options(
        joinedload(Hearing.block),
        joinedload(Hearing.room),
        joinedload(Hearing.judge).selectinload(User.grants),
        joinedload(Hearing.case).options(
            _FAMILY,
            joinedload(Case.offence),
            joinedload(Case.referral).joinedload(Referral.agency),
            selectinload(Case.agreements),
            selectinload(Case.persons_harmed),
        ),
        selectinload(Hearing.panels).options(_PANEL),
        selectinload(Hearing.interpreters),
        joinedload(Hearing.deliberation).options(
            selectinload(Deliberation.findings),
            selectinload(Deliberation.proposals),
            selectinload(Deliberation.orders).options(
                joinedload(DispositionOrder.judge),
                selectinload(DispositionOrder.items),
                selectinload(DispositionOrder.papers),
                joinedload(DispositionOrder.replaces),
                joinedload(DispositionOrder.amends),
            ),
        ),
    ),
)
