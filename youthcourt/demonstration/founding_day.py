"""The court opens: its staff, its first volunteers, and the ordinary business that belongs to no case."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from youthcourt import clock
from youthcourt.models import (
    ActivityKind,
    Availability,
    Court,
    ExtraPaper,
    Juror,
    Look,
    PaperText,
    QuestionSet,
    ScriptLine,
    ServiceSite,
    Sheet,
    Tie,
    TieKind,
    User,
    WordForm,
)
from youthcourt.permissions import Role
from youthcourt.procedures.court.hearing_day import leave
from youthcourt.procedures.jury.enrolling import enrol_volunteer

from .names import NameBook, Named, facts_of
from .season import NIGHTS, Season
from .sign_ins import ADDRESSES
from .stage import Stage, Story

JUDGES = (
    "Judy Okafor",
    "Thomas Lindqvist",
    "Alma Reyes-Whitfield",
    "Peter Vũ",
    "Grace Adeyemi",
    "Noor Haddad",
)
FIRST_TIMERS_MOST = 60
YOUNGEST_AGE, OLDEST_AGE = 11, 17
WINE_RED = "#7a1f2b"


def company(court: Court, season: Season, names: NameBook) -> Stage:
    """The people who run the court, with their accounts."""
    with clock.at(_opening(season)):
        User.invite(court, ADDRESSES[Role.ADMINISTRATOR], "Ada Brandt", Role.ADMINISTRATOR, by=None)
        coordinator = User.invite(court, ADDRESSES[Role.COORDINATOR], "Cora Diaz", Role.COORDINATOR, by=None)
        colleague = User.invite(court, "office@demo.example", "Wen Li", Role.COORDINATOR, by=None)
        judges = [_judge(court, number, coordinator) for number in range(season.rooms)]
    return Stage(court, season, Random(f"{season.seed}/stage"), names, coordinator, colleague, judges)


def _opening(season: Season) -> datetime:
    return datetime.combine(season.opens_on, time(14), UTC)


def _judge(court: Court, number: int, by: User) -> User:
    name = JUDGES[number] if number < len(JUDGES) else f"Judge {number + 1}"
    email = ADDRESSES[Role.JUDGE] if number == 0 else f"judge{number + 1}@demo.example"
    return User.invite(court, email, name, Role.JUDGE, by=by)


def ordinary_business(stage: Stage) -> Story:
    """What a court does beside its cases: volunteers join, train, travel and leave; rules are reviewed."""
    opens_on, season = stage.season.opens_on, stage.season
    yield stage.at(opens_on, 13)
    volunteers = [_volunteer(stage, rank) for rank in range(_first_volunteers(season))]
    yield stage.at(opens_on + timedelta(days=5), 16)
    _train(stage, volunteers)
    yield stage.at(season.starts_on + timedelta(days=12), 12)
    _review_lists(stage)
    stage.court.change({"youngest_age": YOUNGEST_AGE, "oldest_age": OLDEST_AGE}, by=stage.coordinator)
    stage.court.seating_rules.change({"first_timers_most": FIRST_TIMERS_MOST}, by=stage.coordinator)
    _try_a_look(stage.court, by=stage.coordinator)
    by_mistake = WordForm.upload(stage.court, "Old county form", [], b"", by=stage.coordinator)
    by_mistake.remove(by=stage.coordinator)
    for number in range(2, NIGHTS, 4):
        yield stage.at(season.night(number) - timedelta(days=12), 15)
        joined = [_volunteer(stage, 0) for _ in range(2)]
        _train(stage, joined)
        _travel(stage)
        if number % 8 == 2:
            leave(stage.volunteers.pop(number % 5 + 1), by=stage.colleague)
        yield from _refresh(stage, season.night(number) - timedelta(days=11))
    yield stage.at(season.as_of - timedelta(days=6), 15)
    _volunteer(stage, 0)  # enrolled and waiting for the next training


def _try_a_look(court: Court, by: User) -> None:
    """Papers in wine red for a while; nobody liked them."""
    look = Look.choose(court, {"ink": WINE_RED, "sheet": Sheet.LETTER, "seal": None, "seal_words": ""}, by=by)
    court.session.flush()
    look.give_up(by=by)


def _first_volunteers(season: Season) -> int:
    return 9 * season.rooms + 5


def _volunteer(stage: Stage, rank: int) -> Juror:
    court, rng = stage.court, stage.rng
    known = Named("Amara", "Obi", "girl", stage.names.anybody().style) if rank == 7 else None
    named = known or stage.names.anybody()
    born_on = _birthday(stage, 14, 16) if rank == 7 else _birthday(stage, 13, 17)
    facts = facts_of(named, born_on, rng, school=rng.choice(court.schools))
    juror = enrol_volunteer(court, facts, by=stage.colleague, is_new=True)
    court.session.flush()
    _say_when(stage, juror)
    stage.volunteers.append(juror)
    if rank == 7:
        stage.demo_juror = juror
        stage.open_account(juror, ADDRESSES[Role.JUROR])
    return juror


def _say_when(stage: Stage, juror: Juror) -> None:
    """Most volunteers can come on the court's evenings, some on every other; some do not say."""
    if (turn := len(stage.volunteers) % 5) == 4:
        return
    today, by = stage.court.today, stage.colleague
    Availability.state(juror, by, today, weekday=stage.season.as_of.weekday(), from_time=time(18))
    if turn == 3:
        holidays = today + timedelta(days=40)
        offered = Availability.state(juror, by, holidays, ends_on=holidays + timedelta(days=9))
        stage.keep()
        if len(stage.volunteers) == 3:  # the family travels after all
            offered.withdraw(by=by)


def _birthday(stage: Stage, youngest: int, oldest: int) -> date:
    days = stage.rng.randint(youngest * 365 + 200, oldest * 365)
    return stage.court.today - timedelta(days=days)


def _review_lists(stage: Stage) -> None:
    """After the first weeks: one site is listed twice, one has a contact now, tutoring gets limits."""
    court, by = stage.court, stage.coordinator
    twice = ServiceSite.add(court, by=by, name="Second Harvest Pantry (old)")
    stage.keep()
    twice.remove(by=by)
    stage.keep()
    pantry = court.sites[0]
    pantry.change(by=by, name=pantry.name, contact="Sr. Ruth Amaro")
    tutoring = stage.activity(ActivityKind.TUTORING)
    court.set_limits({("C", tutoring): (60, 600)}, by=by)
    _write_own_words(stage)


def _write_own_words(stage: Stage) -> None:
    """The court says a line and a passage in its own words, others as usual again, and asks its own way."""
    court, by = stage.court, stage.coordinator
    ScriptLine.write(court, "i_do", by=by, words="I promise.", words_es="Lo prometo.")
    ScriptLine.write(court, "rise", by=by, words="All rise, please.")
    stage.keep()
    ScriptLine.back_to_default(court, "rise", by=by)
    ExtraPaper.add(
        court,
        by=by,
        name="Ride to court",
        name_es="Viaje al tribunal",
        words="{respondent} needs a ride on {hearing_day}.\n\n**Call us** the day before: {court_phone}.",
        words_es="{respondent} necesita transporte el {hearing_day}.\n\n**Llámenos** el día anterior: "
        "{court_phone}.",
        is_signed_by_family=True,
    )
    for words in ("Please come. We look forward to meeting you.", ""):
        PaperText.write(court, "hearing_notice", "lead", "en", words, by=by)
    QuestionSet.begin_with_usual(court, by=by)


def _train(stage: Stage, jurors: list[Juror]) -> None:
    for juror in jurors:
        juror.train(held_on=stage.court.today, minutes=180, by=stage.colleague)
        stage.account_of(juror)


def _travel(stage: Stage) -> None:
    """Two volunteers are away for a while; one turns out to be tied to somebody referred."""
    today = stage.court.today
    for juror in stage.rng.sample(stage.volunteers[8:], 2):
        away_on = today + timedelta(days=stage.rng.randint(3, 30))
        juror.be_away(away_on, away_on + timedelta(days=stage.rng.randint(4, 18)), by=stage.colleague)
    if stage.owing and stage.rng.random() < 0.5:
        respondent = stage.rng.choice(stage.owing).juror.person
        kind = (TieKind.KIN, TieKind.HOUSEHOLD, TieKind.WITNESS)[today.month % 3]
        tied = stage.rng.choice(stage.volunteers[8:]).person
        Tie.between(respondent, tied, kind, by=stage.colleague)
        # Of two people of one name, the wrong one was noted first.
        namesake = Tie.between(respondent, stage.volunteers[0].person, kind, by=stage.colleague)
        namesake.take_back(by=stage.colleague)


def _refresh(stage: Stage, day: date) -> Iterator[datetime]:
    """Whose training runs out before long takes it again."""
    soon = day + timedelta(days=56)
    yield stage.at(day, 16)
    for juror in stage.volunteers:
        if juror.left_on is None and juror.trained_until and juror.trained_until < soon:
            juror.train(held_on=stage.court.today, minutes=60, by=stage.colleague, topic="Refresher")
