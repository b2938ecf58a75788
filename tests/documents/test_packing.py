"""The packet of an evening: everything in its place, made once, and never a word that jurors must not see."""

import io
from datetime import time, timedelta

import pikepdf
import pytest

from tests import make
from tests.documents.checkers import NO_VERAPDF, OUTLOUD, PDF_A, PDF_UA, check
from tests.documents.hearing_aloud import bookmarks, faults, read_aloud
from youthcourt import clock
from youthcourt import models as m
from youthcourt.documents import packing
from youthcourt.documents.court.packet import contents_of
from youthcourt.documents.paper import html_of
from youthcourt.documents.press import Press, Printery, printery
from youthcourt.errors import PaperFailed
from youthcourt.extensions import db

FULL, JURORS = m.PacketKind


@pytest.fixture
def day(court, cast):
    """Two hearings in two rooms, one of them decided, its order waiting for the judge."""
    day = make.court_session(court, cast.cora, starts=(time(18, 30), time(19, 0)))
    told = {"narrative": "Took an amber paperweight."}
    first = make.hearing(make.admitted(court, cast.cora, "Zephyr Quill", **told), day, cast.judy, cast.cora)
    other = make.admitted(court, cast.cora, "Kim Wu")
    make.hearing(other, day, cast.judy, cast.cora, block=1, room=1)
    make.booked(cast.jurors, day, cast.cora)
    make.drawn(first, cast.cora)
    db.session.commit()
    return day


def asked(day, by, kind=FULL, language="en"):
    packet = m.Packet.ask(day, kind, language, by=by)
    db.session.commit()
    return packet


def made(day, by, **what):
    """A packet, made as a worker does."""
    packet = asked(day, by, **what)
    packing.make(packet.id)
    db.session.refresh(packet)
    return packet


def content_of(packet):
    return m.PrintedPaper.of(db.session(), packet.court_id, [packet.key])[packet.key].content


PRINTED = {}


@pytest.fixture(autouse=True)
def _printed_once(monkeypatch):
    """Papers are set in earnest; what several tests print is set once for all of them."""
    real = Printery.printed

    def once(self, copies, style):
        key = (*copies, style)
        if key not in PRINTED:
            PRINTED[key] = real(self, copies, style)
        return PRINTED[key]

    monkeypatch.setattr(Printery, "printed", once)


@pytest.fixture
def setting(monkeypatch):
    """How many papers were set, and how many files were joined."""
    done = {"printed": 0, "joined": 0}
    for name in done:
        real = getattr(Printery, name)

        def counted(self, *args, _name=name, _real=real):
            done[_name] += 1
            return _real(self, *args)

        monkeypatch.setattr(Printery, name, counted)
    return done


def test_a_packet_has_every_paper_of_the_evening_room_by_room(day, cast, setting):
    packet = made(day, cast.cora)
    pdf = content_of(packet)

    marks = [(depth, title.replace("\u202f", " ")) for depth, title, _page in bookmarks(pdf) if depth < 3]
    of_hearing = ["Room sheets", "Script of the hearing", "Question guide for jurors", "Deliberation sheet"]
    of_hearing += ["Notice of hearing"]
    papers = [title for depth, title in marks if depth == 2 and title in of_hearing]
    assert (packet.state, packet.lacks, faults(pdf)) == (m.PacketState.READY, [], [])
    assert [title for depth, title in marks if depth == 0] == ["For the whole day", "Room A", "Room B"]
    assert [title for depth, title in marks if depth == 1] == [
        *("Docket", "Docket for jurors", "Door list", "Sign-in sheets"),
        *("For every hearing", "6:30 PM, YC-2026-0001"),
        *("For every hearing", "7:00 PM, YC-2026-0002"),
    ]
    assert papers == of_hearing * 2
    with pikepdf.open(io.BytesIO(pdf)) as file:
        assert packet.pages == len(file.pages) == packet.parts[-1]["last"]
    assert [(part["title"], part["first"]) for part in packet.parts] == [
        (title, page) for depth, title, page in bookmarks(pdf) if depth == 0
    ]
    # Oath cards lie in both rooms and the questions are those of one offense: each is set once.
    assert (packet.done, setting) == (packet.total, {"printed": 14, "joined": 5})


@pytest.mark.only_on("sqlite")
@pytest.mark.skipif(bool(NO_VERAPDF), reason=NO_VERAPDF)
def test_a_packet_follows_both_standards_and_a_plain_join_neither(day, cast, tmp_path):
    packet = content_of(made(day, cast.cora))
    papers = db.session.query(m.PrintedPaper).order_by(m.PrintedPaper.id).limit(3)
    plain = pikepdf.new()
    sources = [pikepdf.open(io.BytesIO(paper.content)) for paper in papers]
    for source in sources:
        plain.pages.extend(source.pages)
    written = io.BytesIO()
    plain.save(written)

    found = check({"packet": packet, "plain": written.getvalue()}, tmp_path)

    print(f"count: checks of a packet by veraPDF and outloud = {found.checks}")
    assert found["packet"] == {PDF_UA: [], PDF_A: [], OUTLOUD: []}
    assert all(found["plain"][standard] for standard in (PDF_UA, PDF_A))


def test_unchanged_it_is_there_at_once_and_after_a_change_only_what_changed_is_set(day, cast, setting):
    first = made(day, cast.cora)
    setting.update(printed=0, joined=0)
    with clock.at(make.SATURDAY + timedelta(hours=2)):
        second = made(day, cast.cora)
    of_unchanged, same = dict(setting), (second.sha256, second.pages, second.parts)
    day.hearings[1].case.respondent.given_name = "Jim"
    db.session.commit()
    third = made(day, cast.cora)

    assert same == (first.sha256, first.pages, first.parts)
    assert of_unchanged == {"printed": 0, "joined": 0}
    # docket, door list, sign-in sheets; of one hearing sheet, script, deliberation, notice; day, hearing, all
    assert setting == {"printed": 7, "joined": 3}
    assert third.sha256 != first.sha256
    assert faults(content_of(third)) == []
    print("count: papers set anew when one name changed = 7 of 14")


SECRET = ("Quill", "Zephyr Quill", "Wu", "Renee Quill", "5 Elm Street", "Harbor Police", "amber paperweight")


def words_of(day, kind):
    contents = contents_of(day, kind, "en")
    return " ".join(
        markup for section in contents.sections for paper in section.papers for markup in html_of(paper)
    )


def test_nothing_that_jurors_must_not_see_is_in_their_packet(day):
    for_jurors, full = words_of(day, JURORS), words_of(day, FULL)

    assert [word for word in SECRET if word not in full] == []  # the search finds them where they may stand
    assert [word for word in SECRET if f"{word}<" in for_jurors or f"{word} " in for_jurors] == []
    assert "Zephyr Q." in for_jurors


def test_orders_that_wait_for_their_judge_and_signed_ones_are_in_the_full_packet(day, court, cast):
    hearing = day.hearings[0]
    make.sworn(hearing, cast.cora).hold(by=cast.judy)
    room = make.proposed(hearing)
    m.DispositionOrder.draft_for(room, by=cast.judy)
    db.session.flush()

    kinds = [str(paper.kind) for section in contents_of(day, FULL, "en").sections for paper in section.papers]
    of_jurors = [str(p.kind) for section in contents_of(day, JURORS, "en").sections for p in section.papers]

    assert kinds.count("disposition_order") == kinds.count("plain_copy") == 1
    assert {"disposition_order", "plain_copy", "docket", "hearing_script", "hearing_notice"} & set(
        of_jurors
    ) == set()


def test_one_paper_that_fails_leaves_a_page_that_says_so(day, cast, monkeypatch):
    real = Printery.printed

    def fails(self, copies, style):
        if "Paper of nobody" not in copies[0] and "What really happened" in copies[0]:
            raise PaperFailed("ended")
        return real(self, copies, style)

    day.hearings[0].case.referral.narrative = "What really happened " * 3
    db.session.commit()
    monkeypatch.setattr(Printery, "printed", fails)

    packet = made(day, cast.cora)

    (lack,) = packet.lacks
    assert (packet.state, lack["why"]) == (m.PacketState.READY, "ended")
    assert lack["paper"].replace("\u202f", " ") == "6:30 PM, YC-2026-0001: Script of the hearing"
    assert "A paper is missing here" in read_aloud(content_of(packet))
    assert faults(content_of(packet)) == []
    assert {"kind": "hearing_script", "hearing": day.hearings[0].id} not in packet.contains


def test_a_hostile_text_does_not_stop_the_packet(day, cast, monkeypatch):
    """A real one, in a press with little time: it is ended, and everything else is printed."""
    house, real = Printery(), Press.__init__
    monkeypatch.setattr(Press, "__init__", lambda press, seconds=1: real(press, seconds))
    monkeypatch.setattr(packing, "printery", lambda: house)
    day.hearings[0].case.referral.narrative = "\n".join(["word " * 40] * 2000)
    db.session.commit()

    packet = made(day, cast.cora)
    house.close()

    assert [each["paper"].split(": ")[1] for each in packet.lacks] == ["Script of the hearing"]


def test_asking_twice_gives_the_one_that_is_under_way(day, cast):
    first, second = asked(day, cast.cora), asked(day, cast.cora)
    other = asked(day, cast.cora, kind=JURORS)

    assert (first.id, other.id != first.id) == (second.id, True)


def test_a_packet_whose_worker_died_is_seen_and_goes_on_where_it_stopped(day, cast, setting, monkeypatch):
    packet = asked(day, cast.cora)
    with monkeypatch.context() as patch:
        patch.setattr(packing._Packer, "_join", _die)
        with pytest.raises(KeyboardInterrupt):
            packing.make(packet.id)
    db.session.refresh(packet)
    left = packet.state, packet.done, setting["printed"]
    with clock.at(make.SATURDAY + timedelta(minutes=2)):
        seen = packet.is_stalled
        again = asked(day, cast.cora)
        packing.make(again.id)
        db.session.refresh(again)

    assert left == (m.PacketState.RUNNING, 16, 14)
    assert (seen, again.id, again.state, again.attempt) == (True, packet.id, m.PacketState.READY, 2)
    assert setting["printed"] == 14


def _die(*_args):
    """As when the server is stopped: no handler of ours runs."""
    raise KeyboardInterrupt


def test_a_worker_whose_packet_is_gone_keeps_nothing_more(day, cast, monkeypatch):
    """A record is destroyed while its paper is being set: it must not come back."""
    packet, real = asked(day, cast.cora), Printery.printed

    def destroyed_meanwhile(self, copies, style):
        printed = real(self, copies, style)
        forgotten.append(1)
        return printed

    forgotten = []
    monkeypatch.setattr(Printery, "printed", destroyed_meanwhile)
    hear = packing._Packer._hear

    def forget_first(packer, setting):
        m.forget_papers(day.court)
        db.session.commit()
        hear(packer, setting)

    monkeypatch.setattr(packing._Packer, "_hear", forget_first)
    packing.make(packet.id)

    assert forgotten
    assert (db.session.query(m.PrintedPaper).count(), db.session.query(m.Packet).count()) == (0, 0)


@pytest.mark.only_on("sqlite")
def test_a_thread_makes_it_while_the_pages_go_on(app, day, cast):
    packet = asked(day, cast.cora, kind=JURORS)
    court_id, packet_id = packet.court_id, packet.id
    db.session.rollback()

    packing.start(app, court_id, packet_id).join(60)

    db.session.rollback()
    assert db.session.get(m.Packet, packet_id).state is m.PacketState.READY


def test_the_press_of_this_process_sets_and_joins(day):
    assert "weasyprint" in printery().imprint
