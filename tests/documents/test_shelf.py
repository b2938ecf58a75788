"""What says the same as before is not set anew; what says anything else is."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from tests import make
from youthcourt import clock
from youthcourt import models as m
from youthcourt.documents import shelf
from youthcourt.documents.court.hearing_notice import hearing_notice
from youthcourt.documents.paper import html_of, initialed
from youthcourt.documents.press import printery
from youthcourt.extensions import db

KEPT = b"%PDF- set before"


@pytest.fixture
def hearing(court, cast):
    case = make.admitted(court, cast.cora)
    return make.hearing(case, make.court_session(court, cast.cora), cast.judy, cast.cora)


@pytest.fixture
def kept(hearing):
    """The notice lies there, as it was set before."""
    key = shelf.key_of(hearing_notice(hearing), by="C. Diaz")
    return m.PrintedPaper.keep(db.session(), hearing.court_id, key, KEPT, pages=1)


def printed(hearing, by="C. Diaz"):
    return shelf.printed(hearing_notice(hearing), hearing.court_id, by)


def test_an_unchanged_paper_is_the_one_that_lies_there_whoever_prints_it_when(hearing, kept):
    with clock.at(make.SATURDAY + timedelta(hours=3)):
        assert (printed(hearing), printed(hearing, by="J. Okafor")) == (KEPT, KEPT)


def test_the_familys_own_print_is_never_one_that_names_who_printed_it(hearing, kept):
    assert printed(hearing, by="") != KEPT


@pytest.mark.parametrize(
    "change",
    [
        lambda hearing: setattr(hearing.room, "name", "Room Z"),
        lambda hearing: setattr(hearing.case.respondent, "language", "es"),
        lambda hearing: setattr(hearing.court, "phone", "555-0199"),
    ],
    ids=["a fact", "the language", "the letterhead"],
)
def test_a_paper_with_another_fact_is_set_anew(hearing, kept, change):
    change(hearing)

    assert printed(hearing) != KEPT


def test_another_style_sheet_or_another_press_sets_it_anew(hearing, kept, monkeypatch):
    paper = hearing_notice(hearing)
    key = shelf.key_of(paper, by="C. Diaz")
    with monkeypatch.context() as patch:
        patch.setattr(shelf, "style_sheet", lambda: "p { color: red }")
        in_red = shelf.key_of(paper, by="C. Diaz")
    monkeypatch.setattr(printery(), "known_imprint", "weasyprint 71")
    elsewhere = shelf.key_of(paper, by="C. Diaz")

    assert key == kept.key
    assert len({key, in_red, elsewhere}) == 3


def test_what_is_three_days_old_is_not_used_any_more_and_swept(app, hearing, kept):
    key, before = kept.key, make.SATURDAY + timedelta(days=3) - timedelta(minutes=1)
    with clock.at(before):
        still = (
            m.PrintedPaper.known(db.session(), hearing.court_id, [key]),
            m.sweep_papers(hearing.court),
        )
    with clock.at(before + timedelta(minutes=1)):
        later = m.PrintedPaper.known(db.session(), hearing.court_id, [key])
        db.session.commit()
        result = app.test_cli_runner().invoke(args=["retention", "run"])

    assert (still, later, result.exit_code) == (({key: 1}, 0), {}, 0)
    assert db.session.query(m.PrintedPaper).count() == 0


def test_what_is_not_as_it_was_kept_is_set_anew(hearing, kept):
    db.session.execute(update(m.PrintedPaper).values(content=KEPT + b"x"))
    db.session.expire_all()

    assert printed(hearing).endswith(b"%%EOF\n")


def test_a_paper_of_another_court_is_never_found(hearing, kept):
    elsewhere = make.court("Bay Youth Court")

    assert m.PrintedPaper.of(db.session(), elsewhere.id, [kept.key]) == {}


def test_the_stamp_says_who_printed_it_and_does_not_change_what_it_is(hearing):
    paper = hearing_notice(hearing)

    assert 'data-printed="Printed Mar 7, 2026, 12:00 PM by C. Diaz"'.replace("\u202f", " ") in html_of(
        paper, by="C. Diaz"
    )[0].replace("\u202f", " ")
    assert 'data-printed="Printed Mar 7, 2026, 12:00 PM"' in html_of(paper)[0].replace("\u202f", " ")
    assert "2026-03-07T12:00" in html_of(paper)[0]
    assert "2026-03-07T12:00" not in html_of(paper, is_stamped=False)[0]


@pytest.mark.parametrize(
    ("name", "said"),
    [("Cora Diaz", "C. Diaz"), ("Cher", "Cher"), ("Ana de la Cruz", "A. de la Cruz"), ("", "")],
)
def test_a_name_in_a_stamp_is_short(name, said):
    assert initialed(name) == said
