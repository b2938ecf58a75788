"""What of a case each reader finds, on every page they come to: jurors see little, and on the day only."""

import re
import subprocess
from collections import defaultdict
from datetime import timedelta
from html import unescape
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest

from tests import make
from tests.browser import PlainClient
from youthcourt import clock
from youthcourt import models as m
from youthcourt.documents.court.docket import docket, docket_for_jurors
from youthcourt.documents.court.hearing_notice import hearing_notice
from youthcourt.documents.court.hearing_script import hearing_script
from youthcourt.documents.decision.deliberation_sheet import deliberation_sheet
from youthcourt.documents.decision.disposition_order import disposition_order
from youthcourt.documents.paper import render_pdf
from youthcourt.permissions import Role
from youthcourt.procedures.intake import referring

# What the case and its people are called, wherever it might stand.
CANARIES = {
    "first name": "Zephyrine",
    "family name": "Quillfeather",
    "birth date": r"2011-02-03|Feb\w* 3,? 2011|0?2/0?3/2011",
    "address": "77 Marigold Crescent",
    "school": "Thornwick Academy",
    "phone": "555-0177",
    "e-mail": "zephyr@example.net",
    "guardian": "Odalys",
    "guardian's phone": "555-0178",
    "account of what happened": "amber paperweight",
    "place": "Gilded Arcade",
    "officer": "Sergeant Wimbush",
    "report number": "HP-99-4711",
    "race": "canary-race",
    "ethnicity": "canary-ethnicity",
    "companion": "Thessaly Moonbeam",
    "person harmed": "Peregrine Oakenshaw",
    "their contact": "555-0199",
    "strengths": "plays the theremin",
    "home life": "shares a room with four",
    "school life": "suspended in October",
    "circumstances": "grandfather is ill",
    "own words": "I was showing off",
    "earlier case": "YC-2019-0042",
    "a juror's family name": "Patel",
    "panel's reason": "Said so in their own words",
    "judge's own note": "watch the younger brother",
}

_CONTACT = {"address", "phone", "e-mail", "guardian's phone"}
_NAMES = {"first name", "family name"}
ACCOUNT_PAGES = (
    *("people.index", "people.show", "people.end"),
    *("people.hand_out_link", "people.change_roles"),
)
# All that a juror who decides finds: the jury room; the foreperson, who leads, finds the script besides.
_JURY_ROOM = {
    "deliberations.show": {"first name", "account of what happened", "strengths"},
    "deliberations.step": {"first name", "account of what happened", "strengths"},
    **{f"deliberations.{page}": {"first name"} for page in ("table", "plan", "findings")},
    "deliberations.step_aside": {"first name"},
}
# On each page, what of the case stands there for each reader. A page that is not named says nothing of it.
SEEN = {
    "juror beside the foreperson": {**_JURY_ROOM, "deliberations.check": {"first name"}},
    "seated juror": {
        **_JURY_ROOM,
        "scripts.show": {"first name"},
        "scripts.step": {"first name", "account of what happened"},
        "scripts.write": {"first name"},
    },
    "juror in reserve": {},
    "other juror on the day": {},
    # The letters and forms that are about them, each with their own address.
    "young person": {"papers.show": {*_NAMES, "address", "guardian"}},
    "guardian": {"my_cases.show": {"first name"}, "papers.show": {*_NAMES, "address"}},
    "former guardian": {},
    "another family": {},
    # The court's list of schools, and the accounts of those who sit.
    "administrator": {
        **{key: {"school"} for key in ("settings.rows", "settings.edit")},
        **{key: {"a juror's family name"} for key in ACCOUNT_PAGES},
    },
    "another judge": {},
    "coordinator elsewhere": {},
    "judge": {
        "desk.show": _NAMES,
        "cases.index": _NAMES,
        "court_sessions.show": _NAMES,
        "hearings.show": {*_NAMES, "guardian", "a juror's family name"},
        "papers.show": {*_NAMES, "guardian", "account of what happened"},
        # The room is led by the first name, whoever leads it; a note and a remark stand under the whole one.
        "scripts.show": {"first name"},
        "scripts.step": {"first name", "account of what happened"},
        "scripts.write": {"first name"},
        "remarks.write": _NAMES,
        "judge_notes.edit": {*_NAMES, "judge's own note"},
        "cases.show": {
            *(*_NAMES, *_CONTACT, "birth date", "school", "guardian"),
            *("account of what happened", "place", "officer", "report number"),
            *("companion", "person harmed", "their contact"),
            *("strengths", "home life", "school life", "circumstances", "own words"),
        },
    },
}

# What stands on each paper: those that jurors hold, that families get, and that stay in the room.
ON_PAPER = {
    "docket for jurors": set(),
    "deliberation sheet": {"first name"},
    "hearing script": {"first name", "guardian", "account of what happened"},
    "docket": {*_NAMES, "guardian"},
    "hearing notice": {*_NAMES, "guardian", "address"},
    "disposition order": {*_NAMES, "guardian", "panel's reason"},
}


def crawl(app, user):
    """Every page this reader comes to by following links: its endpoint, and what it says."""
    browser = PlainClient(app, app.response_class)
    answer = browser.post("/sign-in", data={"email": user.email, "password": make.PASSWORD})
    assert answer.status_code == 302
    waiting, been, said = ["/"], set(), defaultdict(str)
    while waiting:
        path = waiting.pop()
        if path in been:
            continue
        been.add(path)
        answer = browser.get(path)
        if answer.status_code == 302:
            waiting.append(_path(answer.location))
            continue
        assert answer.status_code < 500, path
        if answer.status_code == 405:  # the address of a button
            continue
        endpoint = app.url_map.bind("localhost").match(path.partition("?")[0])[0]
        said[endpoint] += _words(answer)
        if answer.mimetype == "text/html":
            hrefs = re.findall(r'(?:href|src|data-poll|action)="([^"]+)"', answer.text)
            inside = [href for href in hrefs if href.startswith("/") and "/static/" not in href]
            waiting += [_path(unescape(href)) for href in inside]
    return {endpoint: words.replace(user.name, "") for endpoint, words in said.items()}


def _path(address):
    parts = urlsplit(address)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def _words(answer):
    return text_of(answer.data) if answer.mimetype == "application/pdf" else unescape(answer.text)


def text_of(pdf):
    out = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return " ".join(out.stdout.decode().split())


def found_in(words):
    return {what for what, canary in CANARIES.items() if re.search(canary, words)}


def seen_by(app, user):
    """What of the case stands on which page, for this reader."""
    said = crawl(app, user)
    found = {endpoint: found_in(words) for endpoint, words in said.items()}
    return {endpoint: what for endpoint, what in found.items() if what}


@pytest.fixture
def people(court, cast, session):
    """A case with a word in every field, its panel deciding today, and everybody who might look."""
    m.School.add(court, by=cast.cora, name="Thornwick Academy")
    session.flush()
    session.refresh(court)
    case = make.admitted(
        court,
        cast.cora,
        name="Zephyrine Quillfeather",
        narrative="Took an amber paperweight.",
        incident_place="Gilded Arcade",
        referring_person="Sergeant Wimbush",
        agency_reference="HP-99-4711",
        guardians=[
            referring.GuardianFacts(
                "Odalys", "Quillfeather", mailing_address="77 Marigold Crescent", phone="555-0178"
            )
        ],
        companions=["Thessaly Moonbeam"],
        harmed=[referring.HarmedFacts("Peregrine Oakenshaw", contact="555-0199")],
        school_name="Thornwick Academy",
    )
    young = case.respondent
    young.mailing_address, young.phone, young.email = "77 Marigold Crescent", "555-0177", "zephyr@example.net"
    young.race, young.ethnicity = "canary-race", "canary-ethnicity"
    said = case.interview
    said.strengths, said.home_life = "She plays the theremin.", "She shares a room with four."
    said.school_life, said.circumstances = "Was suspended in October.", "Her grandfather is ill."
    said.own_words = "I was showing off."
    leaver = make.person(court, "Former Guardian", born_on=None)
    young.guardianships.append(m.Guardianship(court=court, ward=young, guardian=leaver, ended_on=court.today))
    day = make.court_session(court, cast.cora)
    hearing = make.hearing(case, day, cast.judy, cast.cora)
    make.booked(cast.jurors, day, cast.cora)
    panel = make.drawn(hearing, cast.cora)
    unseated = next(each for each in cast.jurors if all(seat.juror is not each for seat in panel.seats))
    beside = next(seat for seat in panel.sitting_seats if not seat.is_foreperson)
    make.sworn(hearing, cast.cora)
    hearing.hold(by=cast.judy)
    make.opened(hearing)
    m.JudgeNote.write(hearing, "To watch the younger brother.", by=cast.judy)
    other = make.admitted(court, cast.cora, name="Sami Stranger")
    there = make.court(name="Other Court")
    readers = {
        "juror beside the foreperson": make.juror_user(court, beside.juror),
        "seated juror": make.juror_user(court, panel.foreperson.juror),
        "other juror on the day": make.juror_user(court, unseated),
        "juror in reserve": make.juror_user(court, panel.reserves[0].juror),
        "administrator": cast.ada,
        "another judge": make.user(court, "Jude Second", Role.JUDGE),
        "another family": make.user(court, "Sami Stranger", Role.FAMILY, person=other.respondent),
        "former guardian": make.user(court, "Former Guardian", Role.FAMILY, person=leaver),
        "coordinator elsewhere": make.user(there, "Fay Foreign", Role.COORDINATOR),
        "young person": make.user(court, "Zephyrine Quillfeather", Role.FAMILY, person=young),
        "guardian": make.user(court, "Odalys Quillfeather", Role.FAMILY, person=young.guardians[0]),
        "judge": cast.judy,
    }
    session.commit()
    return SimpleNamespace(hearing=hearing, readers=readers, cast=cast)


def test_each_reader_finds_what_the_table_says_and_nothing_else(app, people):
    seen = {who: seen_by(app, people.readers[who]) for who in SEEN}

    print(f"count: words looked for on every page = {len(CANARIES)} by {len(SEEN)} readers")
    assert seen == SEEN


@pytest.mark.parametrize("days", [-1, 1, 30])
def test_a_juror_finds_nothing_on_any_other_day(app, people, days):
    with clock.at(make.SATURDAY + timedelta(days=days)):
        assert seen_by(app, people.readers["seated juror"]) == {}


def test_a_juror_finds_nothing_once_the_day_is_closed(app, people, session):
    make.proposed(people.hearing)
    make.closed(people.hearing.court_session, by=people.cast.cora)
    session.commit()

    assert seen_by(app, people.readers["seated juror"]) == {}


def test_a_juror_finds_nothing_once_the_family_has_withdrawn(app, people, session):
    people.hearing.case.withdraw(people.hearing.case.respondent, reason="", by=people.cast.cora)
    session.commit()

    assert seen_by(app, people.readers["seated juror"]) == {}


def test_a_juror_who_is_stood_down_finds_nothing_from_the_next_page_on(app, people, session):
    people.hearing.panel.foreperson.stand_down(reason="Knows the family.", by=people.cast.cora)
    session.commit()

    assert seen_by(app, people.readers["seated juror"]) == {}


def test_a_planted_leak_is_found(app, people, monkeypatch):
    """The control: a juror's page that says the whole name is noticed."""
    monkeypatch.setattr(m.Person, "short_name", m.Person.name)

    seen = seen_by(app, people.readers["seated juror"])

    assert seen != SEEN["seated juror"]
    assert "family name" in seen["deliberations.show"]


def test_each_paper_says_what_the_table_says_and_nothing_else(people):
    hearing, day = people.hearing, people.hearing.court_session
    papers = {
        "docket for jurors": docket_for_jurors(day),
        "deliberation sheet": deliberation_sheet(hearing),
        "hearing script": hearing_script(hearing),
        "docket": docket(day),
        "hearing notice": hearing_notice(hearing),
    }
    order = make.signed(make.proposed(hearing), people.cast.judy)
    papers["disposition order"] = disposition_order(order)

    found = {name: found_in(text_of(render_pdf(paper))) for name, paper in papers.items()}

    assert found == ON_PAPER
