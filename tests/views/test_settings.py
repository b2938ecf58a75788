"""The court's own rules and lists, changed on their pages."""

import pytest

from tests import make
from tests.browser import asked_by_the_page, counting_statements
from youthcourt import models as m
from youthcourt.extensions import db
from youthcourt.forms.settings import GROUPS, LISTS
from youthcourt.permissions import Role


@pytest.fixture
def browser(cast, sign_in):
    return sign_in(cast.cora)


PANEL = {
    "panel_size": "6",
    "panel_minimum": "4",
    "panel_reserves": "1",
    "decision_rule": "unanimous",
    "keeps_schoolmates_apart": "y",
    "jury_duty_mandatory": "y",
}


def field_names(group):
    return [name for name in vars(GROUPS[group][1]()) if name in m.Court.SETTINGS]


# Who, and what


@pytest.mark.parametrize(("who", "code"), [("cora", 200), ("ada", 200), ("judy", 403)])
def test_coordinators_and_administrators_open_the_settings(cast, sign_in, who, code):
    browser = sign_in(getattr(cast, who))

    codes = [
        browser.get(path).status_code for path in ("/settings/", "/settings/grid", "/settings/lists/rooms")
    ]

    assert codes == [code] * 3


def test_every_setting_of_the_court_stands_on_one_page(browser, app):
    with app.test_request_context():
        shown = [name for group in GROUPS for name in field_names(group)]

    assert sorted(shown) == sorted(m.Court.SETTINGS)


def test_the_page_takes_few_queries(browser):
    with counting_statements(db.engine) as statements:
        browser.get("/settings/")

    assert len(asked_by_the_page(statements)) == 11


@pytest.mark.parametrize("path", ["change/nothing", "lists/nothing", "lists/nothing/new", "lists/rooms/999"])
def test_what_is_not_there_is_not_found(browser, path):
    assert browser.get(f"/settings/{path}").status_code == 404


# Changing settings


def test_a_change_is_kept_and_only_what_changed_is_logged(court, cast, browser, logged):
    answer = browser.post(
        "/settings/change/panel", data={**PANEL, "panel_size": "7", "decision_rule": "majority"}
    )

    assert (answer.location, court.panel_size, court.decision_rule) == (
        "/settings/",
        7,
        m.DecisionRule.MAJORITY,
    )
    assert logged() == [
        (
            "court.changed",
            cast.cora,
            {
                "was": {"panel_size": 6, "decision_rule": "unanimous"},
                "now": {"panel_size": 7, "decision_rule": "majority"},
            },
        )
    ]


def test_saving_without_a_change_logs_nothing(browser, logged):
    browser.post("/settings/change/panel", data=PANEL)

    assert logged() == []


@pytest.mark.parametrize(
    ("group", "typed", "status", "says"),
    [
        ("panel", {**PANEL, "panel_minimum": "7"}, 409, "at least as many seats"),
        ("panel", {**PANEL, "panel_size": "six"}, 422, "Write a whole number."),
        ("panel", {**PANEL, "panel_size": "0"}, 422, "from 1 to 24"),
        ("panel", {**PANEL, "decision_rule": "dictator"}, 422, "Invalid Choice"),
        (
            "who",
            {"youngest_age": "18", "oldest_age": "17", "earlier_participation_days": "365"},
            409,
            "The oldest age is below the youngest.",
        ),
        (
            "jurors",
            {
                "juror_youngest_age": "15",
                "juror_oldest_age": "14",
                "training_valid_days": "365",
                "minutes_per_sitting": "120",
            },
            409,
            "The oldest age is below the youngest.",
        ),
        ("office", {"name": "A court", "time_zone": "Moon/Crater"}, 422, "Not a valid choice"),
        ("office", {"name": " ", "time_zone": "America/Chicago"}, 422, "Write the name of the court."),
    ],
)
def test_settings_that_cannot_be_are_refused_in_words(browser, group, typed, status, says, logged):
    answer = browser.post(f"/settings/change/{group}", data=typed)

    assert (answer.status_code, says in answer.text, logged()) == (status, True, [])


def test_jury_duty_is_only_mandatory_where_it_is_offered(court, browser):
    court.jury_duty_mandatory = False
    make.activity(court, "jury_duty").is_offered = False
    db.session.commit()

    answer = browser.post("/settings/change/panel", data=PANEL)

    assert (answer.status_code, "offers no jury duty" in answer.text) == (409, True)


def test_the_office_changes_its_clock(court, browser):
    typed = {"name": "Plains Youth Court", "time_zone": "America/Denver", "address": "1 Main\nDenver"}

    browser.post("/settings/change/office", data=typed)

    assert (court.name, court.time_zone, court.address.split()) == (
        "Plains Youth Court",
        "America/Denver",
        ["1", "Main", "Denver"],
    )


# Lists

NEW_ROWS = {
    "offences": {"name": "Trespass", "offence_class": "C", "is_accepted": "y"},
    "activities": {"name": "Mentoring", "kind": "tutoring", "position": "9", "is_offered": "y"},
    "agencies": {"name": "Sheriff", "address": "2 Main", "email": "s@example.org"},
    "schools": {"name": "Booker High"},
    "rooms": {"name": "Room C"},
    "questions": {"name": "About cars", "position": "5", "questions": "Who drove?", "offence_words": "car"},
    "sites": {"name": "Library", "contact": "Ms. Page"},
    "retention": {"name": "Old", "kind": "completed", "trigger": "closed", "warn_days": "30"},
    "papers": {"name": "Ride to court", "words": "Call {court_phone}."},
    "periods": {"name": "FY 2026", "starts_on": "2025-07-01", "ends_on": "2026-06-30"},
}


@pytest.mark.parametrize("kind", LISTS)
def test_a_row_is_added_renamed_and_removed_and_each_is_logged(court, browser, logged, kind):
    browser.post(f"/settings/lists/{kind}/new", data=NEW_ROWS[kind])
    model = LISTS[kind].model
    row = db.session.query(model).filter_by(name=NEW_ROWS[kind]["name"]).one()
    browser.post(f"/settings/lists/{kind}/{row.id}", data={**NEW_ROWS[kind], "name": "Another name"})
    renamed = row.name
    browser.post(f"/settings/lists/{kind}/{row.id}/removal")

    noun = model.__tablename__
    assert renamed == "Another name"
    assert [event for event, _by, _what in logged()] == [
        f"{noun}.added",
        f"{noun}.changed",
        f"{noun}.removed",
    ]
    assert db.session.query(model).filter_by(name="Another name").all() == []


def test_an_activity_is_counted_in_the_unit_of_its_kind(court, browser):
    browser.post("/settings/lists/activities/new", data=NEW_ROWS["activities"])

    added = db.session.query(m.SanctionActivity).filter_by(name="Mentoring").one()
    assert (added.kind, added.unit) == (m.ActivityKind.TUTORING, m.Unit.MINUTES)


def test_a_name_stands_on_a_list_once(browser):
    answer = browser.post("/settings/lists/schools/new", data={"name": "lincoln high"})

    assert (answer.status_code, "The list has this name already." in answer.text) == (409, True)


def test_two_courts_may_have_the_same_names(browser, court):
    elsewhere = make.court("Elsewhere")
    there = m.School.add(elsewhere, by=None, name="Booker High")
    db.session.commit()

    browser.post("/settings/lists/schools/new", data={"name": "Booker High"})

    assert [s.court for s in db.session.query(m.School).filter_by(name=there.name).order_by(m.School.id)] == [
        elsewhere,
        court,
    ]


def test_a_row_in_use_stays(court, cast, browser):
    case = make.referred(court, cast.cora)
    db.session.commit()
    offence = case.offence

    page = browser.get(f"/settings/lists/offences/{offence.id}").text
    answer = browser.post(f"/settings/lists/offences/{offence.id}/removal")

    assert "so it stays on the list" in page
    assert (answer.status_code, db.session.get(m.Offence, offence.id)) == (409, offence)


def test_an_offence_is_retired_by_no_longer_taking_it(court, browser):
    offence = next(each for each in court.offences if each.name == "Shoplifting")

    browser.post(f"/settings/lists/offences/{offence.id}", data={"name": "Shoplifting", "offence_class": "B"})

    assert offence.is_accepted is False


def test_a_period_ends_after_it_starts(browser):
    typed = {"name": "FY", "starts_on": "2026-07-01", "ends_on": "2026-06-30"}

    answer = browser.post("/settings/lists/periods/new", data=typed)

    assert (answer.status_code, "The last day is before the first." in answer.text) == (422, True)


def test_another_courts_row_is_not_there(browser):
    elsewhere = make.court("Elsewhere")
    db.session.commit()

    codes = [
        browser.post(f"/settings/lists/rooms/{elsewhere.rooms[0].id}{end}", data={"name": "Ours"}).status_code
        for end in ("", "/removal")
    ]

    assert codes == [404, 404]


# The grid


def limits_typed(court, **changed):
    typed = {}
    for line in court.grid:
        scale = 60 if line.activity.unit == "minutes" else 1
        cell = f"{line.offence_class}_{line.activity_id}"
        typed |= {f"low_{cell}": line.minimum // scale, f"high_{cell}": line.maximum // scale}
    return {**typed, **changed}


def grid_of(court):
    db.session.expire_all()
    return {(line.offence_class, str(line.activity)): (line.minimum, line.maximum) for line in court.grid}


def test_limits_are_set_changed_and_lifted(court, cast, browser, logged):
    service, essay = make.activity(court, "service").id, make.activity(court, "essay").id
    duty = make.activity(court, "jury_duty").id
    changed = {
        f"low_A_{service}": "25",
        f"high_A_{service}": "37.5",
        f"high_B_{essay}": "2",
        f"low_B_{duty}": "",
        f"high_B_{duty}": "",
    }

    answer = browser.post("/settings/grid", data=limits_typed(court, **changed))

    assert answer.status_code == 302
    assert grid_of(court) == {
        ("A", "Community service"): (1500, 2250),
        ("A", "Jury duty"): (3, 5),
        ("B", "Community service"): (900, 1500),
        ("B", "Essay"): (0, 2),
    }
    assert logged() == [
        (
            "court.grid_changed",
            cast.cora,
            {
                "was": {"A Community service": [1200, 1800], "B Jury duty": [2, 4], "B Essay": None},
                "now": {"A Community service": [1500, 2250], "B Jury duty": None, "B Essay": [0, 2]},
            },
        )
    ]


@pytest.mark.parametrize(
    ("low", "high", "says"),
    [("30", "20", "The most is below the least."), ("20", "", "Write the most."), ("x", "20", "as a number")],
)
def test_limits_that_cannot_be_are_refused_and_kept_on_the_page(court, browser, low, high, says):
    cell = f"A_{make.activity(court, 'service').id}"
    before = grid_of(court)

    answer = browser.post(
        "/settings/grid", data=limits_typed(court, **{f"low_{cell}": low, f"high_{cell}": high})
    )

    assert (answer.status_code, says in answer.text, f'value="{low}"' in answer.text) == (422, True, True)
    assert grid_of(court) == before


def test_a_court_without_offences_is_told_where_to_begin(session, sign_in):
    bare = m.Court(name="New Court")
    session.add(bare)
    session.flush()
    browser = sign_in(make.user(bare, "Nora New", Role.COORDINATOR))

    pages = [browser.get(f"/settings/{path}").text for path in ("grid", "lists/offences", "")]

    assert ("No limits yet" in pages[0], "The list is empty" in pages[1], "New Court" in pages[2]) == (
        True,
    ) * 3
