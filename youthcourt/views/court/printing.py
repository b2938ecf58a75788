"""Printing what a hearing day needs."""

from sqlalchemy import ColumnElement, Select, exists, or_, select, true
from sqlalchemy.orm import joinedload, selectinload

from youthcourt.documents.court.docket import docket, docket_for_jurors
from youthcourt.documents.court.door_list import door_list
from youthcourt.documents.court.evening_sheets import room_sheets, sign_in_sheets
from youthcourt.documents.court.hearing_notice import hearing_notice
from youthcourt.documents.court.hearing_script import hearing_script
from youthcourt.documents.court.labels import envelope_pages, labels_14, labels_21, labels_30
from youthcourt.documents.court.oath_cards import oath_cards
from youthcourt.documents.court.question_guide import question_guide
from youthcourt.documents.paper import Paper
from youthcourt.i18n import reader_language
from youthcourt.models import Case, Court, CourtSession, Hearing, Juror, Offence, Sitting, User
from youthcourt.permissions import Permission, Role
from youthcourt.views.printing import DAY, HEARING, Printing, run_by, spoken


def _announced_to(user: User) -> Select[Hearing]:
    """Hearings of the cases that the reader follows; a judge's notices are the coordinator's to send."""
    return select(Hearing).where(Hearing.case_id.in_(Case.visible_to(user).with_only_columns(Case.id)))


def _days_of(user: User) -> Select[CourtSession]:
    """Days on which the reader hears a case; for coordinators every day of their court."""
    mine: list[ColumnElement[bool]] = [
        exists().where(Hearing.court_session_id == CourtSession.id, Hearing.judge_id == user.id)
    ]
    if Role.COORDINATOR in user.roles:
        mine.append(true())
    return select(CourtSession).where(CourtSession.court_id == user.court_id, or_(*mine))


def _own_court(user: User) -> Select[Court]:
    """What a paper says that is about no case at all is the business of whoever works at the court."""
    return select(Court).where(Court.id == user.court_id)


def _offences_of(user: User) -> Select[Offence]:
    """Every offence on the list of the reader's court: what may be asked about it is no secret there."""
    return select(Offence).where(Offence.court_id == user.court_id)


def _own_docket(day: CourtSession, reader: User) -> Paper:
    """The whole day for a coordinator; for a judge the hearings they hear."""
    return docket(day, judge=None if reader.is_staff else reader, language=reader_language())


def _own_notice(hearing: Hearing, reader: User) -> Paper:
    """Every envelope for the office. One of the family gets theirs: where the others live is not told."""
    return hearing_notice(hearing, to=None if reader.may(Permission.PLACE_HEARING) else reader.person)


PRINTING = {
    "hearing_notice": Printing(
        "notice",
        (Permission.PLACE_HEARING, Permission.PRINT_OWN_PAPER),
        _announced_to,
        _own_notice,
        HEARING,
    ),
    "docket": Printing(
        "docket",
        (Permission.SEE_DOCKET,),
        _days_of,
        _own_docket,
        DAY,
    ),
    "docket_for_jurors": Printing(
        "jurors",
        (Permission.KEEP_SESSION,),
        _days_of,
        spoken(docket_for_jurors),
        DAY,
    ),
    "door_list": Printing(
        "door",
        (Permission.KEEP_SESSION,),
        _days_of,
        spoken(door_list),
        DAY,
    ),
    "sign_in_sheets": Printing(
        "sign-in",
        (Permission.KEEP_SESSION,),
        _days_of,
        spoken(sign_in_sheets),
        (*DAY, selectinload(CourtSession.sittings).joinedload(Sitting.juror).joinedload(Juror.person)),
    ),
    "room_sheets": Printing(
        "rooms",
        (Permission.KEEP_SESSION,),
        _days_of,
        spoken(room_sheets),
        (
            *DAY,
            joinedload(CourtSession.court).options(selectinload(Court.activities), selectinload(Court.grid)),
            selectinload(CourtSession.hearings).selectinload(Hearing.interpreters),
        ),
    ),
    "oath_cards": Printing(
        "oath",
        (Permission.RUN_HEARING,),
        _own_court,
        spoken(oath_cards),
    ),
    "question_guide": Printing(
        "questions",
        (Permission.RUN_HEARING,),
        _offences_of,
        spoken(question_guide),
        (joinedload(Offence.court),),
    ),
    "hearing_script": Printing(
        "script",
        (Permission.RUN_HEARING,),
        run_by,
        spoken(hearing_script),
        HEARING,
    ),
    "labels_30": Printing("labels", (Permission.KEEP_SESSION,), _days_of, spoken(labels_30), DAY),
    "labels_14": Printing("labels", (Permission.KEEP_SESSION,), _days_of, spoken(labels_14), DAY),
    "labels_21": Printing("labels", (Permission.KEEP_SESSION,), _days_of, spoken(labels_21), DAY),
    "envelope_pages": Printing(
        "envelopes", (Permission.KEEP_SESSION,), _days_of, spoken(envelope_pages), DAY
    ),
}
