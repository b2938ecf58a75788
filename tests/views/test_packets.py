"""The pages of a day's packets: asked for, watched, read room by room, and noted like every print."""

import pytest

from tests import make
from tests.browser import asked_by_the_page, counting_statements
from youthcourt import models as m
from youthcourt.extensions import db
from youthcourt.models.court.readiness import papers_to_print
from youthcourt.permissions import Role

# The lines of its script, its questions, its notice as it was handed out; who of the family may only be
# reached safely; and for each of its five papers the look of the court.
OF_EACH_HEARING = 11


@pytest.fixture
def day(court, cast):
    day = make.court_session(court, cast.cora)
    make.hearing(make.admitted(court, cast.cora), day, cast.judy, cast.cora)
    return day


@pytest.fixture
def browser(sign_in, cast):
    return sign_in(cast.cora)


def path(day, rest=""):
    return f"/court-sessions/{day.id}/packets/{rest}"


def text(answer):
    return " ".join(answer.get_data(as_text=True).split())


def newest(day):
    return db.session.scalars(m.Packet.of_day(day)).first()


def test_pressing_the_button_asks_for_a_packet_and_leads_to_its_progress(day, browser, logged):
    answer = browser.post(path(day), data={"kind": "jurors"})

    packet = newest(day)
    assert answer.location == path(day, str(packet.id))
    assert (packet.kind, packet.state, packet.language) == (m.PacketKind.JURORS, m.PacketState.WAITING, "en")
    assert [(event, more) for event, _by, more in logged()] == [("packet.asked", {"kind": "jurors"})]
    shown = text(browser.get(answer.location))
    assert 'data-poll="' in shown
    assert '<noscript><meta http-equiv="refresh"' in shown


def test_progress_says_how_far_it_is_and_when_it_is_over(day, cast, browser):
    packet = m.Packet.ask(day, m.PacketKind.FULL, "en", by=cast.cora)
    db.session.flush()
    packet.begin()
    packet.go_on(7, 12)
    db.session.commit()

    under_way = text(browser.get(path(day, f"{packet.id}/progress")))
    packet.fail()
    db.session.commit()

    assert "7 of 12 steps are done." in under_way
    assert "data-over" not in under_way
    assert "data-over" in text(browser.get(path(day, f"{packet.id}/progress")))


def test_what_stopped_is_offered_anew(day, cast, browser):
    packet = m.Packet.ask(day, m.PacketKind.FULL, "en", by=cast.cora)
    packet.fail()
    db.session.commit()
    before = text(browser.get(path(day, str(packet.id))))

    answer = browser.post(path(day, f"{packet.id}/again"))

    assert "Start it again" in before
    assert answer.location == path(day, str(packet.id))
    assert newest(day).state is m.PacketState.WAITING
    assert browser.post(path(day, f"{packet.id}/again")).status_code == 409


def test_a_ready_packet_shows_which_pages_are_for_which_room(day, cast, browser):
    packet = make.packet(day, cast.cora)
    db.session.commit()

    shown = text(browser.get(path(day, str(packet.id))))
    answer = browser.get(path(day, f"{packet.id}/pdf"))

    assert f'href="{path(day, f"{packet.id}/pdf")}#page=1"' in shown
    assert "Room A" in shown
    assert (answer.data, answer.mimetype) == (b"%PDF- all papers of a day", "application/pdf")
    assert answer.headers["Content-Disposition"] == 'inline; filename="packet-full-2026-03-07.pdf"'
    assert answer.headers["Cache-Control"] == "no-store"


def test_whoever_prints_a_packet_has_seen_its_cases_and_printed_its_papers(day, cast, browser):
    make.booked(cast.jurors, day, cast.cora)
    make.drawn(day.hearings[0], cast.cora)
    day.publish(by=cast.cora)
    packet = make.packet(day, cast.cora)
    packet.of_version = 1
    db.session.commit()
    before = {kind for kind, _hearing in papers_to_print(day)}

    browser.get(path(day, f"{packet.id}/pdf"))

    db.session.refresh(day)
    (line,) = db.session.query(m.AuditEvent).filter_by(event="case.listed").all()
    assert (line.case_id, line.particulars["page"]) == (day.hearings[0].case_id, "packet")
    assert before - {kind for kind, _hearing in papers_to_print(day)} == {"docket", "hearing_script"}


def test_a_packet_whose_bytes_are_gone_says_so(day, cast, browser):
    packet = make.packet(day, cast.cora)
    db.session.query(m.PrintedPaper).delete()
    db.session.commit()

    assert browser.get(path(day, f"{packet.id}/pdf")).status_code == 404


def test_what_could_not_be_printed_is_named(day, cast, browser):
    packet = make.packet(day, cast.cora)
    packet.lacks = [{"paper": "6:30 PM, YC-2026-0001: Script of the hearing", "why": "ended"}]
    db.session.commit()

    shown = text(browser.get(path(day, str(packet.id))))

    assert "Some papers could not be printed" in shown
    assert "YC-2026-0001: Script of the hearing" in shown


def test_missing_facts_are_listed_before_anybody_prints(day, court, browser):
    court.phone = ""
    db.session.commit()

    shown = text(browser.get(path(day)))

    assert "These papers do not know everything yet." in shown
    assert "The foreperson of the panel" in shown
    assert "The court&#39;s phone number" in shown


def test_a_day_without_hearings_has_no_papers(court, cast, browser):
    day = make.court_session(court, cast.cora)
    db.session.commit()

    assert "No papers yet" in text(browser.get(path(day)))
    assert browser.post(path(day), data={"kind": "full"}).status_code == 409


def test_a_packet_of_another_day_is_not_found_under_this_one(day, court, cast, browser):
    other = make.court_session(court, cast.cora, held_on=court.today.replace(day=9))
    packet = make.packet(day, cast.cora)
    db.session.commit()

    answers = [
        browser.get(path(other, f"{packet.id}{rest}")).status_code for rest in ("", "/pdf", "/progress")
    ]
    assert answers == [404] * 3


def test_a_longer_day_asks_the_database_a_few_times_more_for_each_script(day, court, cast, browser):
    db.session.expire_all()
    with counting_statements(db.engine) as for_one:
        browser.get(path(day))
    day = db.session.get(m.CourtSession, day.id)
    other = make.user(court, "Otto Other", Role.JUDGE)
    make.hearing(make.admitted(court, cast.cora, "Kim Wu"), day, other, cast.cora, room=1)
    make.hearing(make.admitted(court, cast.cora, "Li Na"), day, cast.judy, cast.cora, block=1)
    db.session.commit()
    db.session.expire_all()
    with counting_statements(db.engine) as for_three:
        browser.get(path(day))

    assert len(asked_by_the_page(for_three)) - len(asked_by_the_page(for_one)) <= 2 * OF_EACH_HEARING
