"""An evening of hearings: planned, booked, drawn, held, closed; and the training that follows it."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from random import Random

from youthcourt.models import CourtSession, Hearing, Packet, PacketKind, sweep_papers
from youthcourt.procedures.court.closing import close_day

from .arriving import check_in
from .bench import pronounce
from .booking import book_a_few, book_jurors
from .closing_up import close, correct
from .courtroom import ask, family_comes, hear, read_out
from .drawing import draw_panels, excuse_some, move_and_adjourn
from .jury_room import deliberate
from .season import NIGHTS, End
from .stage import Stage, Story

STARTS = (time(18, 30), time(19), time(19, 30), time(20))
QUESTIONS_AFTER, OUT_AFTER = timedelta(minutes=9), timedelta(minutes=19)
HEARD_WITHIN, BETWEEN_BLOCKS = timedelta(minutes=24), timedelta(minutes=30)
READ_AFTER = timedelta(minutes=3)
COMES_EARLY = 0.5
CORRECTED_NIGHT = 14


def evening(stage: Stage, number: int) -> Story:
    """One alternate Monday, from the day it is planned to the training after it."""
    day = stage.season.night(number)
    rng = Random(f"{stage.season.seed}/night/{number}")
    yield stage.at(day - timedelta(days=46), 10)
    night = CourtSession.plan(
        stage.court, day, starts=list(STARTS), rooms=list(stage.court.rooms), by=stage.coordinator
    )
    stage.nights[number] = night
    yield stage.at(day - timedelta(days=9), 15)
    if number <= NIGHTS and night.docket:
        book_jurors(stage, night, rng)
    yield stage.at(day - timedelta(days=4), 11)
    draw_panels(stage, night)
    packet = _print_all(stage, night)
    if number == NIGHTS:
        book_a_few(stage, rng)
    yield stage.at(day - timedelta(days=2), 16, 30)
    if packet:
        packet.start_again(by=stage.colleague)
    move_and_adjourn(stage, night, number)
    excuse_some(stage, night, rng)
    yield stage.at(day, 17, 50)
    check_in(stage, night, rng)
    if night.docket:
        stage.is_refused(close_day, night, by=stage.coordinator)  # before anybody was heard
    yield from _hold(stage, night, rng)
    if number == CORRECTED_NIGHT and night.is_closed:
        yield stage.at(day + timedelta(days=1), 9)
        correct(stage, night)
    yield stage.at(day + timedelta(days=5), 10)
    sweep_papers(stage.court)
    _train_the_new(stage)


def _print_all(stage: Stage, night: CourtSession) -> Packet | None:
    """Once in the year all papers of an evening are printed at once; the power fails, and they are again."""
    if not night.docket or not stage.is_first("power failure"):
        return None
    return Packet.ask(night, PacketKind.FULL, "en", by=stage.coordinator)


def _hold(stage: Stage, night: CourtSession, rng: Random) -> Story:
    for start in STARTS:
        moment = stage.at(night.held_on, start.hour, start.minute)
        yield moment
        here = [hearing for hearing in night.docket if hearing.block.starts_at == moment]
        for hearing in here:
            hear(stage, hearing, rng)
        yield from _in_the_room(stage, here, moment)
        yield from _deliberations(stage, here, moment + HEARD_WITHIN, rng)
        for hearing in _next(night, moment):
            if stage.fates[hearing.case_id].end is not End.FAILED and rng.random() < COMES_EARLY:
                family_comes(stage, hearing, rng)
    yield stage.at(night.held_on, 20, 50)
    for hearing in night.docket:
        pronounce(stage, hearing, rng)
    if night.hearings:
        close(stage, night)


def _in_the_room(stage: Stage, here: list[Hearing], moment: datetime) -> Story:
    """The cases of one block, heard side by side, until each panel goes to decide."""
    heard = [hearing for hearing in here if hearing.is_ahead]
    yield moment + QUESTIONS_AFTER
    for hearing in heard:
        ask(stage, hearing)
    yield moment + OUT_AFTER
    for hearing in heard:
        hearing.hold(by=hearing.judge)


def _deliberations(stage: Stage, here: list[Hearing], moment: datetime, rng: Random) -> Story:
    yield moment
    for hearing in here:
        if hearing.is_held:
            deliberate(stage, hearing, rng)
    yield moment + READ_AFTER
    for hearing in here:
        if hearing.is_decided:
            read_out(stage, hearing)


def _next(night: CourtSession, moment: datetime) -> list[Hearing]:
    """The hearings of the next block."""
    return [each for each in night.docket if timedelta() < each.block.starts_at - moment <= BETWEEN_BLOCKS]


def _train_the_new(stage: Stage) -> None:
    for juror in stage.untrained:
        juror.train(held_on=stage.court.today, minutes=120, by=stage.colleague)
        stage.account_of(juror)
    stage.untrained.clear()
