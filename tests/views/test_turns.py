"""Who sat how often: a favourite shows on the page, and chance is left alone."""

import re
from datetime import timedelta
from random import Random

import pytest

from tests import make
from tests.browser import counting_statements
from tests.planning.courts import RULES, training
from youthcourt import models as m
from youthcourt.extensions import db

DAYS = 12


@pytest.fixture
def browser(sign_in, cast):
    return sign_in(cast.cora)


def text(answer):
    """The page's words without its tags, every run of white space as one blank."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True)).split())


def drawn_days(court, cast, jurors, always=None, days=DAYS, since=0):
    """Published plans of panels of three, by lot; somebody may always be on them."""
    random = Random(3)
    names = [str(juror.id) for juror in jurors]
    for number in range(since, since + days):
        day = make.court_session(court, cast.cora, make.TODAY + timedelta(number))
        draw = m.Draw.next_of(day)
        others = random.sample([name for name in names if name != always], 3)
        seated = [always, *others[:2]] if always else others
        draw.facts = facts_of(day, names)
        draw.result = {"places": [[who, "juror", "h1"] for who in seated]}
        draw.state = m.DrawState.PUBLISHED
    db.session.commit()


def facts_of(day, names):
    return {
        "format": "day-1",
        "day": str(day.id),
        "held_on": day.held_on.isoformat(),
        "rules": RULES,
        "blocks": [{"id": "b1"}],
        "hearings": [{"id": "h1", "block": "b1", "seats": 3, "least": 3}],
        "candidates": [
            {"id": name, "free": ["b1"], "age": 15, "trained_until": training(False, False)} for name in names
        ],
        "apart": [],
        "pins": [],
        "bars": [],
    }


@pytest.fixture
def jurors(court, cast):
    names = ["Ada", "Ben", "Cem", "Dora", "Edo", "Fay", "Gus", "Hana", "Ivo", "Jun", "Kim", "Leo"]
    made = [make.juror(court, f"{name} Vale") for name in names]
    db.session.commit()
    return made


def test_before_a_day_was_drawn_the_page_says_so(browser):
    assert "No day was drawn yet" in text(browser.get("/jurors/turns"))


def test_where_chance_explains_it_the_page_says_so(court, cast, jurors, browser):
    drawn_days(court, cast, jurors)

    shown = text(browser.get("/jurors/turns"))

    assert "Everybody sat about as often as the lots would have it." in shown
    assert shown.count("As expected") == len(jurors)
    assert "The last 12 days are looked at" in shown


def test_whoever_was_on_every_panel_stands_first_with_what_it_says(court, cast, jurors, browser):
    drawn_days(court, cast, jurors, always=str(jurors[4].id))

    shown = text(browser.get("/jurors/turns"))

    assert "Chance does not explain how often 1 person sat." in shown
    assert "Edo Vale 12 12 3.0 0 to 6 More often than by chance" in shown
    assert shown.index("Edo Vale") < shown.index("Ada Vale")


def test_a_draw_whose_facts_are_destroyed_is_told_as_that(court, cast, jurors, browser):
    drawn_days(court, cast, jurors, days=3)
    db.session.scalars(db.select(m.Draw).order_by(m.Draw.id)).first().forget()
    db.session.commit()

    shown = text(browser.get("/jurors/turns"))

    assert "The last 2 days are looked at" in shown
    assert "1 more day was drawn; what was in its draw is destroyed." in shown


def test_the_page_asks_the_same_few_questions_however_many_days(court, cast, jurors, browser):
    drawn_days(court, cast, jurors, days=2)
    with counting_statements(db.engine) as few:
        browser.get("/jurors/turns")
    drawn_days(court, cast, jurors, since=2)
    with counting_statements(db.engine) as many:
        browser.get("/jurors/turns")

    assert len(many) == len(few)
