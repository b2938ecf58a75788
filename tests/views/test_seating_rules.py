"""The rules for seating: read by whoever sees the settings, changed in sentences, aims put in order."""

import pytest

from youthcourt.extensions import db


@pytest.fixture
def browser(sign_in, cast):
    return sign_in(cast.cora)


@pytest.fixture
def rules(court, cast):
    return court.seating_rules


WHOLE = {
    "places_a_day": "3",
    "places_a_month": "4",
    "first_timers_most": "60",
    "experience": "needed",
    "school_most": "0",
    "open_cases_apart": "y",
    "band": "25",
    "bailiffs": "1",
    "clerks": "0",
    "own_training": ["bailiff"],
}


def text(answer):
    return " ".join(answer.get_data(as_text=True).split())


def test_the_rules_are_changed_and_written_down(rules, browser, logged):
    browser.post("/settings/seating/change", data=WHOLE)

    db.session.refresh(rules)
    assert (rules.places_a_day, rules.places_a_month, rules.experience, rules.own_training) == (
        3,
        4,
        "needed",
        ["bailiff"],
    )
    assert [line[0] for line in logged()] == ["seating_rules.changed"]


@pytest.mark.parametrize("field", ["places_a_day", "first_timers_most", "band"])
def test_a_rule_that_makes_no_sense_is_refused_beside_its_field(rules, browser, field):
    answer = browser.post("/settings/seating/change", data={**WHOLE, field: "-1"})

    assert answer.status_code == 422
    assert "Write a number from" in text(answer)


def test_an_aim_is_put_earlier_with_a_button(rules, browser):
    for _ in range(2):
        browser.post("/settings/seating/aims", data={"aim": "fair_share"})

    db.session.refresh(rules)
    assert rules.aims == ["duty", "standby", "fair_share", "mix", "balance"]
    assert rules.facts["order"] == rules.aims


def test_the_first_aim_cannot_come_earlier(rules, browser):
    answer = browser.post("/settings/seating/aims", data={"aim": "duty"})

    assert answer.status_code == 409
    assert "This is the first aim already." in text(answer)


def test_a_number_for_a_group_is_added_and_taken_away(rules, browser):
    asked = {"group": "age", "value": "13-14", "least": 1, "most": 3}

    browser.post("/settings/seating/quotas/new", data=asked)
    db.session.refresh(rules)
    added = list(rules.quotas)
    browser.post("/settings/seating/quotas/0/removal")
    db.session.refresh(rules)

    assert added == [asked]
    assert rules.quotas == []


def test_more_than_a_panel_has_seats_cannot_be_asked_for(rules, browser):
    asked = {"group": "age", "value": "13-14", "least": 7, "most": 9}

    answer = browser.post("/settings/seating/quotas/new", data=asked)

    assert answer.status_code == 409
    assert "A panel has 6 seats: the least is more than the most." in text(answer)


def test_everybody_who_sees_the_settings_reads_the_rules(cast, sign_in):
    shown = text(sign_in(cast.ada).get("/settings/seating/"))

    assert "First of all no hearing is lost and no seat stays open." in shown
    assert "This court has no long history yet." in shown
