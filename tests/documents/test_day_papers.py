"""Papers of the hearing day that are about no case, or tell as little of one as a door needs."""

from datetime import time

import pytest

from tests import make
from youthcourt import models as m
from youthcourt.documents.court.door_list import door_list
from youthcourt.documents.court.oath_cards import oath_cards
from youthcourt.documents.court.question_guide import question_guide
from youthcourt.documents.kinds import KINDS
from youthcourt.documents.paper import LETTERHEAD_NAMES, html_of
from youthcourt.documents.texts import Texts


@pytest.fixture
def day(court, cast):
    case = make.admitted(court, cast.cora)
    day = make.court_session(court, cast.cora, starts=(time(18, 30),))
    make.hearing(case, day, cast.judy, cast.cora)
    return day


def facts(paper):
    return {key: fact for key, fact in paper.facts.items() if key not in LETTERHEAD_NAMES}


def test_the_door_knows_when_who_and_where_and_nothing_else(day):
    paper = door_list(day)

    told = facts(paper)
    (family,) = told.pop("expected")
    assert family["starts_at"].time() == time(18, 30)
    assert {name: fact for name, fact in family.items() if name != "starts_at"} == {
        "room": "Room A",
        "people": [{"name": "Jordan T.", "lang": "en"}, {"name": "Renee T.", "lang": "en"}],
        "interpreter": None,
    }
    assert told == {"held_on": day.held_on, "place": "Courthouse"}
    (said,) = html_of(paper)
    assert [word for word in ("Tate", "Shoplifting", "YC-2026", "Judy") if word in said] == []


def test_a_day_without_hearings_has_a_door_list_that_says_so(court, cast):
    (said,) = html_of(door_list(make.court_session(court, cast.cora), "es"))

    assert "Todavía no hay ninguna audiencia" in said


def test_cards_stand_in_both_languages_and_follow_the_script_of_the_court(court, cast):
    m.ScriptLine.write(court, "oath", by=cast.cora, words="I keep it all.", words_es="Guardo todo.")
    m.PaperText.write(court, "oath_cards", "interpreter", "es", "Interpreto fielmente.", by=cast.cora)

    paper = oath_cards(court)

    jurors, room, interpreter = paper.facts["cards"]
    assert jurors["en"]["said"][-1] == "I do."
    assert (room["copies"], room["en"]["said"], room["es"]["said"]) == (
        4,
        ["I keep it all."],
        ["Guardo todo."],
    )
    assert interpreter["es"]["said"] == ["Interpreto fielmente."]
    (english,), (spanish,) = html_of(paper), html_of(oath_cards(court, "es"))
    for said in (english, spanish):
        assert said.count("Interpreto fielmente.") == 2
        assert said.count("I promise to say in the other language") == 2


def test_the_guide_asks_about_the_offence_first_and_is_the_same_for_every_case(court):
    shoplifting = next(each for each in court.offences if each.name == "Shoplifting")

    told = facts(question_guide(shoplifting))

    assert told["offence"] == "Shoplifting"
    assert [heading for heading, _questions in told["guide"]] == [
        "About taking things",
        "What happened",
        "Who was touched by it",
        "Putting it right",
        "What comes next",
        "For the family",
    ]
    assert facts(question_guide(shoplifting, "es"))["guide"][0][0] == "Sobre tomar cosas"


def test_no_text_has_a_name_that_a_template_would_take_for_something_else():
    """`text.own` would be the attribute of that name, and print as it."""
    taken = {name for name in dir(Texts({}, {}, {}, str)) if not name.startswith("_")}

    assert {"own", "items"} <= taken
    assert {name for kind in KINDS.values() for name in kind.texts} & taken == set()
