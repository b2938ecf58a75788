"""One request is one transaction: kept whole or not at all, also when two people act at the same moment."""

import threading
from contextlib import contextmanager, suppress
from types import SimpleNamespace

import pytest
from flask import abort, redirect, request
from flask_login import current_user
from sqlalchemy import create_engine, event, func, select
from sqlalchemy.engine import Engine
from sqlalchemy.exc import OperationalError

from tests import make
from tests.cast import cast_of
from tests.conftest import app_on
from tests.database import empty
from tests.stages import active
from youthcourt import clock, extensions
from youthcourt.errors import RuleBroken
from youthcourt.extensions import db, writing
from youthcourt.forms.base import TaskForm
from youthcourt.models import (
    Account,
    AuditEvent,
    Case,
    Court,
    CourtSession,
    Hearing,
    Juror,
    Obligation,
    Panel,
    Seat,
    Sitting,
    Submission,
    TimeCredit,
    User,
)
from youthcourt.procedures.court import hearing_day
from youthcourt.procedures.intake import referring
from youthcourt.procedures.jury import seating
from youthcourt.views.access import me, open_to_everyone
from youthcourt.walls import here, in_no_court

PATIENCE_IN_SECONDS = 1


class Meeting:
    """Where two requests wait for each other between reading and writing, if their database lets them."""

    def __init__(self, parties=2):
        self.barrier = threading.Barrier(parties)

    def wait(self):
        # On SQLite the second cannot have begun, so the first goes on alone after a while.
        with suppress(threading.BrokenBarrierError):
            self.barrier.wait(PATIENCE_IN_SECONDS)


def answer(how):
    """A change, and then the kind of answer asked for."""
    court = me().court
    court.name = f"{court.name}!"
    court.record("court.probed", by=me(), how=how)
    if how == "crash":
        raise ZeroDivisionError
    if how == "rule":
        raise RuleBroken("A rule says no.")
    if how.isdecimal() and int(how) >= 400:
        abort(int(how))
    return redirect("/probed") if how == "302" else ("Fine.", 200)


def crash():
    """A page that has not asked yet who reads it; the page that says so does."""
    raise ZeroDivisionError


def refuse_in_form():
    """A verb that changes much, flushes it and is then refused; the page shows why and answers 409."""

    def verb():
        me().court.name = "Changed"
        me().court.record("court.probed", by=me())
        db.session.flush()
        raise RuleBroken("A rule says no.")

    form = TaskForm()
    form.carry_out(verb)
    return form.form_errors[0], 409


def place():
    court_session = db.session.get(CourtSession, request.form["court_session"])
    case = db.session.get(Case, request.form["case"])
    judge = db.session.get(User, request.form["judge"])
    list(court_session.hearings)
    meeting.wait()
    court_session.place_hearing(case, court_session.blocks[0], court_session.rooms[0], judge, by=me())
    return redirect("/placed")


def seat():
    panel = db.session.get(Panel, request.form["panel"])
    juror = db.session.get(Juror, request.form["juror"])
    meeting.wait()
    seating.seat_juror(panel, juror, by=me())
    return redirect("/seated")


def book():
    court_session = db.session.get(CourtSession, request.form["court_session"])
    juror = db.session.get(Juror, request.form["juror"])
    list(court_session.sittings)
    meeting.wait()
    hearing_day.book(juror, court_session, by=me())
    return redirect("/booked")


def close():
    court_session = db.session.get(CourtSession, request.form["court_session"])
    list(court_session.sittings)
    meeting.wait()
    make.closed(court_session, by=me())
    return redirect("/closed")


def credit():
    obligation = db.session.get(Obligation, request.form["obligation"])
    list(obligation.service_records)
    meeting.wait()
    obligation.credit(600, done_on=me().court.today, vouched_by="Sr. Ruth", by=me())
    return redirect("/credited")


def refer():
    facts = make.referral_facts(me().court, name=request.form["name"])
    meeting.wait()
    referring.receive_referral(me().court, facts, by=me())
    return redirect("/referred")


def count_up():
    court_session = db.session.get(CourtSession, request.form["court_session"])
    court_session.touched += 1
    court_session.record("court_session.probed", by=current_user._get_current_object())
    return redirect("/counted")


meeting = Meeting()


@pytest.fixture(scope="module")
def probed(app, database_url):
    """The application, with pages that do what tests want done in a request."""
    probed = app_on(database_url)
    probed.config["PROPAGATE_EXCEPTIONS"] = False
    for probe in (refuse_in_form, place, seat, book, close, credit, refer, count_up):
        probed.add_url_rule(f"/probe/{probe.__name__}", view_func=open_to_everyone(probe), methods=["POST"])
    probed.add_url_rule("/probe/crash", view_func=open_to_everyone(crash))
    probed.add_url_rule("/probe/answer/<how>", view_func=open_to_everyone(answer), methods=["POST"])
    yield probed
    with probed.app_context():
        db.engine.dispose()


@contextmanager
def at_work(app):
    """Work in the database that is kept, and over before a request begins."""
    with app.app_context(), writing():
        try:
            yield db.session
            db.session.commit()
        finally:
            db.session.remove()


@pytest.fixture
def house(probed):
    """A court that is really kept, with a coordinator signed in twice."""
    global meeting
    meeting = Meeting()
    with at_work(probed):
        court = make.court()
        cast = cast_of(court)
        db.session.flush()
        other = make.user(court, "Carl Okoro", "coordinator")
        names = SimpleNamespace(
            court=court.id,
            cora=cast.cora.email,
            carl=other.email,
            judge=cast.judy.id,
            jurors=[juror.id for juror in cast.jurors],
        )
    yield names
    with probed.app_context(), writing():
        empty()


def signed_in(app, email):
    client = app.test_client()
    answer = client.post("/sign-in", data={"email": email, "password": make.PASSWORD})
    assert answer.status_code == 302, "could not sign in"
    return client


def at_once(*calls):
    """What each call answers when they are made at the same moment, by its status."""
    answers = []

    def make_call(call):
        with clock.at(make.SATURDAY):  # a thread does not inherit the standing clock
            answers.append(call())

    threads = [threading.Thread(target=make_call, args=[call]) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(answers, key=lambda answer: answer.status_code)


def kept(app, house):
    """What the database holds after a request: the court's name, and the lines written of it."""
    with at_work(app):
        lines = select(AuditEvent.particulars).where(AuditEvent.event == "court.probed")
        return db.session.get(Court, house.court).name, db.session.scalars(lines).all()


# What an answer keeps


@pytest.mark.parametrize("how", ["200", "302"])
def test_a_request_that_succeeds_is_kept_with_its_line(probed, house, how):
    client = signed_in(probed, house.cora)

    answer = client.post(f"/probe/answer/{how}")

    assert answer.status_code == int(how)
    assert kept(probed, house) == ("Harbor County Youth Court!", [{"how": how}])


@pytest.mark.parametrize(
    ("how", "status"),
    [("400", 400), ("403", 403), ("404", 404), ("422", 422), ("rule", 409), ("crash", 500)],
)
def test_a_request_that_fails_leaves_no_trace_and_no_line(probed, house, how, status):
    client = signed_in(probed, house.cora)

    answer = client.post(f"/probe/answer/{how}", data={"request_id": "once"})

    assert kept(probed, house) == ("Harbor County Youth Court", [])
    with at_work(probed):
        remembered = db.session.scalar(select(func.count(Submission.id)))
    assert (answer.status_code, remembered) == (status, 0)


def test_a_rule_says_no_in_words(probed, house):
    client = signed_in(probed, house.cora)

    answer = client.post("/probe/answer/rule")

    assert "A rule says no." in answer.text


def test_a_page_that_crashes_leaves_the_court_it_was_in(probed, house):
    with at_work(probed):
        elsewhere = cast_of(make.court("Elm County Youth Court")).cora.email
    clients = signed_in(probed, house.cora), signed_in(probed, elsewhere)

    with in_no_court():  # as in the thread of a server, which answers for one court after the other
        before = here()
        answers = [client.get("/probe/crash") for client in clients]
        after = here()

    assert [answer.status_code for answer in answers] == [500, 500]
    assert after is before


def test_a_form_whose_verb_is_refused_leaves_nothing_of_it(probed, house):
    client = signed_in(probed, house.cora)

    answer = client.post("/probe/refuse_in_form")

    assert (answer.status_code, answer.text) == (409, "A rule says no.")
    assert kept(probed, house) == ("Harbor County Youth Court", [])


# The same form twice


def test_a_form_sent_twice_counts_once(probed, house):
    client = signed_in(probed, house.cora)

    answers = [client.post("/probe/answer/302", data={"request_id": "once"}) for _time in range(3)]

    assert [(answer.status_code, answer.location) for answer in answers] == [(302, "/probed")] * 3
    assert kept(probed, house) == ("Harbor County Youth Court!", [{"how": "302"}])


def test_two_forms_count_twice(probed, house):
    client = signed_in(probed, house.cora)

    for number in ("one", "two"):
        client.post("/probe/answer/302", data={"request_id": number})

    assert kept(probed, house) == ("Harbor County Youth Court!!", [{"how": "302"}] * 2)


def test_a_form_that_was_refused_may_be_sent_again(probed, house):
    client = signed_in(probed, house.cora)
    client.post("/probe/answer/rule", data={"request_id": "once"})

    answer = client.post("/probe/answer/302", data={"request_id": "once"})

    assert answer.status_code == 302
    assert kept(probed, house) == ("Harbor County Youth Court!", [{"how": "302"}])


def test_somebody_elses_form_number_leads_nowhere(probed, house):
    signed_in(probed, house.cora).post("/probe/answer/302", data={"request_id": "once"})

    answer = signed_in(probed, house.carl).post("/probe/answer/302", data={"request_id": "once"})

    assert (answer.status_code, answer.location) == (409, None)
    assert kept(probed, house) == ("Harbor County Youth Court!", [{"how": "302"}])


def test_a_form_sent_twice_at_the_same_moment_counts_once(probed, house):
    one, two = signed_in(probed, house.cora), signed_in(probed, house.cora)

    answers = at_once(
        *[lambda c=c: c.post("/probe/answer/302", data={"request_id": "once"}) for c in (one, two)]
    )

    # The second is led to the same place, or told that two changes crossed.
    assert [answer.status_code for answer in answers] in ([302, 302], [302, 409])
    assert kept(probed, house) == ("Harbor County Youth Court!", [{"how": "302"}])


# Two people at once

CROSSED = "Somebody else changed this at the same moment."


def crossing(probed, house, page, *forms):
    """Two coordinators send these forms to one page at the same moment."""
    clients = signed_in(probed, house.cora), signed_in(probed, house.carl)
    calls = [
        lambda client=client, form=form: client.post(f"/probe/{page}", data=form)
        for client, form in zip(clients, forms, strict=True)
    ]
    return at_once(*calls)


def told(answers, *sentences):
    """Whether one went through and the other read one of these sentences."""
    first, second = answers
    return (first.status_code, second.status_code) == (302, 409) and any(s in second.text for s in sentences)


def test_of_two_people_who_give_the_same_room_one_wins(probed, house):
    with at_work(probed):
        court, cora = db.session.get(Court, house.court), User.signing_in_as(db.session(), house.cora)
        day = make.court_session(court, cora)
        cases = [make.admitted(court, cora, name=f"Rosa Ruiz{n}") for n in range(2)]
        omar = make.user(court, "Omar Haddad", "judge")
        db.session.flush()
        forms = [
            {"court_session": day.id, "case": case.id, "judge": judge}
            for case, judge in zip(cases, (house.judge, omar.id), strict=True)
        ]

    answers = crossing(probed, house, "place", *forms)

    assert told(answers, CROSSED, "Room A is taken at this time.")
    with at_work(probed):
        placed = [hearing.case.stage for hearing in db.session.scalars(select(Hearing))]
        waiting = db.session.scalar(select(func.count(Case.id)).where(Case.stage == "admitted"))
        lines = select(func.count(AuditEvent.id)).where(AuditEvent.event == "hearing.placed")
        assert (placed, waiting, db.session.scalar(lines)) == (["hearing_set"], 1, 1)


def test_two_dockets_of_one_evening_give_a_room_once(probed, house):
    with at_work(probed):
        court, cora = db.session.get(Court, house.court), User.signing_in_as(db.session(), house.cora)
        days = [make.court_session(court, cora) for _docket in range(2)]
        cases = [make.admitted(court, cora, name=f"Rosa Ruiz{n}") for n in range(2)]
        omar = make.user(court, "Omar Haddad", "judge")
        db.session.flush()
        forms = [
            {"court_session": day.id, "case": case.id, "judge": judge}
            for day, case, judge in zip(days, cases, (house.judge, omar.id), strict=True)
        ]

    answers = crossing(probed, house, "place", *forms)

    assert told(answers, CROSSED, "Room A is taken at this time.")
    with at_work(probed):
        assert db.session.scalar(select(func.count(Hearing.id))) == 1


def test_two_first_credits_at_once_come_from_one_account(probed, house):
    with at_work(probed):
        court, cora = db.session.get(Court, house.court), User.signing_in_as(db.session(), house.cora)
        days = [make.court_session(court, cora) for _docket in range(2)]
        for day, number in zip(days, house.jurors, strict=False):
            for sitting in make.booked([db.session.get(Juror, number)], day, cora):
                sitting.check_in(by=cora)
        db.session.flush()
        forms = [{"court_session": day.id} for day in days]

    answers = crossing(probed, house, "close", *forms)

    assert [answer.status_code for answer in answers] == [302, 302]
    with at_work(probed):
        of_court = select(func.count(Account.id)).where(Account.person_id.is_(None))
        assert (db.session.scalar(of_court), db.session.scalar(select(func.count(TimeCredit.id)))) == (1, 2)


def test_of_two_people_who_seat_the_same_juror_at_one_time_one_wins(probed, house):
    with at_work(probed):
        court, cora = db.session.get(Court, house.court), User.signing_in_as(db.session(), house.cora)
        judges = [db.session.get(User, house.judge), make.user(court, "Omar Haddad", "judge")]
        day = make.court_session(court, cora)
        make.booked([db.session.get(Juror, number) for number in house.jurors[:1]], day, cora)
        forms = []
        for room, judge in enumerate(judges):
            case = make.admitted(court, cora, name=f"Rosa Ruiz{room}")
            hearing = make.hearing(case, day, judge, cora, room=room)
            hearing.panels.append(Panel(court=court))
            db.session.flush()
            forms.append({"panel": hearing.panel.id, "juror": house.jurors[0]})

    answers = crossing(probed, house, "seat", *forms)

    assert told(
        answers,
        CROSSED,
        "Amara Obi may not sit here. Cannot come at this time, or sits on another panel then.",
    )
    with at_work(probed):
        assert db.session.scalar(select(func.count(Seat.id))) == 1


def test_of_two_people_who_book_the_same_juror_one_wins(probed, house):
    with at_work(probed):
        court, cora = db.session.get(Court, house.court), User.signing_in_as(db.session(), house.cora)
        day = make.court_session(court, cora)
        db.session.flush()
        form = {"court_session": day.id, "juror": house.jurors[0]}

    answers = crossing(probed, house, "book", form, form)

    assert told(answers, CROSSED, "Amara Obi is booked on this day already.")
    with at_work(probed):
        assert db.session.scalar(select(func.count(Sitting.id))) == 1


def test_a_day_that_two_people_close_at_once_is_paid_once(probed, house):
    with at_work(probed):
        court, cora = db.session.get(Court, house.court), User.signing_in_as(db.session(), house.cora)
        day = make.court_session(court, cora)
        for sitting in make.booked([db.session.get(Juror, n) for n in house.jurors], day, cora):
            sitting.check_in(by=cora)
        db.session.flush()
        form = {"court_session": day.id}

    answers = crossing(probed, house, "close", form, form)

    assert told(answers, CROSSED, "This day is closed.")
    with at_work(probed):
        paid = db.session.scalar(select(func.sum(TimeCredit.minutes)))
        assert paid == len(house.jurors) * db.session.get(Court, house.court).minutes_per_sitting


def test_hours_that_two_people_credit_at_once_all_count(probed, house):
    with at_work(probed):
        court, cora = db.session.get(Court, house.court), User.signing_in_as(db.session(), house.cora)
        jurors = [db.session.get(Juror, number) for number in house.jurors]
        cast = SimpleNamespace(cora=cora, judy=db.session.get(User, house.judge), jurors=jurors)
        service = active(court, cast).obligations[0].id

    answers = crossing(probed, house, "credit", *[{"obligation": service}] * 2)

    assert [answer.status_code for answer in answers] == [302, 302]
    with at_work(probed):
        service = db.session.get(Obligation, service)
        assert (service.amount_done, service.amount_left, service.state) == (1200, 0, "met")


def test_two_referrals_at_once_get_a_number_each(probed, house):
    answers = crossing(probed, house, "refer", {"name": "Rosa Ruiz"}, {"name": "Sam Oyelaran"})

    assert [answer.status_code for answer in answers] == [302, 302]
    with at_work(probed):
        numbers = db.session.scalars(select(Case.number).order_by(Case.number)).all()
        assert numbers == ["YC-2026-0001", "YC-2026-0002"]


# Many at once

WRITERS, ROUNDS = 8, 25


def test_writers_at_once_lose_nothing(probed, house, engine_name):
    with at_work(probed):
        court, cora = db.session.get(Court, house.court), User.signing_in_as(db.session(), house.cora)
        day = make.court_session(court, cora)
        db.session.flush()
        form, before = {"court_session": day.id}, day.touched
    clients = [signed_in(probed, house.cora) for _writer in range(WRITERS)]
    statuses = []

    def write(client):
        for _round in range(ROUNDS):
            statuses.append(client.post("/probe/count_up", data=form).status_code)
        return client.post("/probe/count_up", data=form)

    statuses += [answer.status_code for answer in at_once(*[lambda c=c: write(c) for c in clients])]

    kept_ones = statuses.count(302)
    with at_work(probed):
        touched = db.session.get(CourtSession, form["court_session"]).touched - before
        lines = select(func.count(AuditEvent.id)).where(AuditEvent.event == "court_session.probed")
        assert (touched, db.session.scalar(lines)) == (kept_ones, kept_ones)
    assert len(statuses) == WRITERS * (ROUNDS + 1)
    # SQLite's writers queue and all go through; PostgreSQL tells whoever would write over a newer version.
    assert set(statuses) <= ({302} if engine_name == "sqlite" else {302, 409})
    print(f"count: writes kept whole on {engine_name} = {kept_ones} of {len(statuses)}")


def race(file):
    """Eight writers read one number and write the next, again and again: how often, and how far it came."""
    engine, written = create_engine(f"sqlite:///{file}"), []
    meeting = Meeting(WRITERS)
    with writing(), engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE counted (number INTEGER)")
        connection.exec_driver_sql("INSERT INTO counted VALUES (0)")

    def write():
        for _round in range(ROUNDS):
            with suppress(OperationalError):  # told to try again, which is no loss
                with writing(), engine.begin() as connection:
                    number = connection.exec_driver_sql("SELECT number FROM counted").scalar()
                    meeting.wait()
                    connection.exec_driver_sql("UPDATE counted SET number = ?", (number + 1,))
                written.append(number)

    threads = [threading.Thread(target=write) for _writer in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with engine.connect() as connection:
        number = connection.exec_driver_sql("SELECT number FROM counted").scalar()
    engine.dispose()
    return len(written), number


@contextmanager
def sqlite_as_sqlalchemy_has_it():
    """The planted fault: transactions begin when something is written, after it was read."""
    ours = {"connect": extensions._set_up_sqlite, "begin": extensions._begin_on_sqlite}
    for moment, listener in ours.items():
        event.remove(Engine, moment, listener)
    try:
        yield
    finally:
        for moment, listener in ours.items():
            event.listen(Engine, moment, listener)


def test_racing_writers_on_sqlite_lose_nothing_as_we_begin_transactions(tmp_path):
    written, number = race(tmp_path / "race.sqlite")

    assert number == written == WRITERS * ROUNDS


def test_and_as_sqlalchemy_begins_them_they_do(tmp_path):
    with sqlite_as_sqlalchemy_has_it():
        written, number = race(tmp_path / "race.sqlite")

    assert written > number
    print(f"count: updates lost without our way to begin transactions = {written - number} of {written}")
