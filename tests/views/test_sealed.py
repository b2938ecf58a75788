"""A sealed case is nowhere: every page of every role is opened and searched for what it must not say."""

import re
from collections import defaultdict
from types import SimpleNamespace
from urllib.parse import urljoin, urlsplit

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from tests import make
from tests.browser import PlainClient
from tests.everywhere import leaking
from youthcourt import models as m
from youthcourt.documents.court.docket import docket, docket_for_jurors
from youthcourt.documents.court.hearing_script import hearing_script
from youthcourt.documents.paper import html_of
from youthcourt.extensions import db
from youthcourt.models.completion.sealing import leave_out_sealed, seeing_sealed
from youthcourt.notices.referrer import tell_referrer
from youthcourt.permissions import Role
from youthcourt.procedures.completion import sealing
from youthcourt.procedures.intake import referring
from youthcourt.walls import in_every_court

NEVER_EXISTED = 987_654
# The administrator is one of the named few, and these are the pages on which they open or destroy.
FOR_THE_NAMED_FEW = {"records.sealed", "records.seal", "records.unseal", "records.propose"}
# Papers are searched as the markup that they are set from; the PDF would say it in compressed glyphs.
UNFOLLOWED = {"papers.show", "records.certificate", "static"}
# What the sealed case and its people are called, wherever they might stand.
CANARIES = {
    "name": "Zephyrine",
    "family name": "Quillfeather",
    "guardian": "Odalys",
    "narrative": "amber paperweight",
    "strengths": "plays the theremin",
    "companion": "Thessaly Moonbeam",
    "harmed": "Peregrine Oakenshaw",
    "address": "77 Marigold Crescent",
    "phone": "555-0177",
    "letter": "xylophone recital",
    "vouched": "Barnaby Featherstone",
    "said in the room": "gramophone after supper",
    "judge's note": "fidgets with a kaleidoscope",
}


# The same of what only those in the room ever read, or of what is kept beside an order.
CANARIES_OF_THE_NIGHT = {
    "step": "ten minutes of marimba",
    "question": "who painted the hovercraft",
    "interpreter": "Ottoline Brackenbury",
    "sheet": "a dirigible over the school",
    "table": "spoke long of tambourines",
    "remark": "counted seven pangolins",
    "signature": "Zephy Q. Tamarisk",
    "rejection": "no harpsichord for us",
    "appeal": "bassoon lessons on Fridays",
    "unsigning": "misread the zither",
    "paper": "this paper names a mandolin",
}


def sealed_case(court, cast):
    """A completed case with something in every part of it; its respondent sat on another panel since."""
    case = make.admitted(
        court,
        cast.cora,
        name="Zephyrine Quillfeather",
        narrative="Took an amber paperweight.",
        guardians=[
            referring.GuardianFacts(
                "Odalys", "Quillfeather", mailing_address="77 Marigold Crescent", phone="555-0177"
            )
        ],
        companions=["Thessaly Moonbeam"],
        harmed=[referring.HarmedFacts("Peregrine Oakenshaw", contact="555-0177")],
    )
    case.interview.strengths = "She plays the theremin."
    make.user(court, "Zephyrine Quillfeather", Role.FAMILY, person=case.respondent, email="z@example.org")
    mother = make.user(court, "Odalys Quillfeather", Role.FAMILY, person=case.respondent.guardians[0])
    hearing = heard_in_the_room(court, cast, case, mother)
    hearing.write_down(m.Step.GUARDIAN, "No gramophone after supper.", by=cast.cora)
    m.JudgeNote.write(hearing, "She fidgets with a kaleidoscope.", by=cast.judy)
    answered_by_the_family(make.signed(decided_with_notes(court, hearing, cast), cast.judy), cast)
    service = next(o for o in case.open_obligations if not o.activity.is_jury_duty)
    service.credit(1200, done_on=court.today, vouched_by="Barnaby Featherstone", by=cast.cora)
    for owed in case.open_obligations:
        owed.excuse("Said so at the xylophone recital.", by=cast.cora)
    case.ask_dismissal("Ready.", by=cast.cora)
    case.dismiss(by=cast.judy)
    tell_referrer(case, by=cast.cora)
    db.session.flush()
    return case


def heard_in_the_room(court, cast, case, mother):
    """Its hearing, with all that is written down at the door and in the room."""
    said, day = CANARIES_OF_THE_NIGHT, make.court_session(court, cast.cora)
    hearing = make.hearing(case, day, cast.judy, cast.cora)
    make.booked(cast.jurors, day, cast.cora)
    make.drawn(hearing, cast.cora)
    hearing.serve(m.HowServed.BY_MAIL, by=cast.cora)
    mother.person.needs_interpreter = True
    hearing.book_interpreter(mother.person.language, said["interpreter"], by=cast.cora)
    mother.person.needs_interpreter = False
    make.sworn(hearing, cast.cora)
    m.Arrival.note(day, by=cast.cora, hearing=hearing)
    m.TabletCode.give_family(hearing, mother.person, mother, by=cast.cora)
    hearing.undo_check_in(mother.person, by=cast.cora)
    hearing.note_absence(mother.person, by=cast.cora)
    hearing.begin(m.Step.QUESTIONS, by=cast.cora, note=said["step"])
    hearing.note_question(hearing.panel.sitting_seats[0], by=cast.cora, note=said["question"])
    hearing.hold(by=cast.judy)
    m.MonitorRemark.write(hearing, said["remark"], by=cast.cora)
    db.session.flush()
    return hearing


def decided_with_notes(court, hearing, cast):
    """Each juror alone, the table with a note, the plan and its vote; signed once, and taken back."""
    said, room = CANARIES_OF_THE_NIGHT, hearing.deliberation
    users = make.panel_users(hearing)
    for user in users:
        room.hand_in(dict.fromkeys(m.Question, (m.Answer.YES, said["sheet"])), {}, by=user)
    room.note(m.TableStep.HARM, said["table"], by=users[0])
    order = make.signed(make.proposed(hearing), cast.judy)
    order.unsign(said["unsigning"], by=cast.judy)
    db.session.flush()
    return room


def answered_by_the_family(order, cast):
    """The papers that were handed out, a no, a yes, and an appeal that was answered."""
    said, young = CANARIES_OF_THE_NIGHT, order.case.respondent
    for kind in m.PaperKind:
        m.IssuedPaper.keep(order, kind, f"%PDF {said['paper']}".encode(), "en", by=cast.judy)
    m.Rejection.give(order, young, said["rejection"], by=cast.cora, on_paper=True)
    m.Acceptance.give(order, young, m.HowAnswered.TYPED, by=cast.cora, signature=said["signature"])
    appeal = m.Appeal.make(order, young, {order.items[0]: said["appeal"]}, by=cast.cora, on_paper=True)
    db.session.flush()
    appeal.items[0].stand("It can be done on Saturdays.", by=cast.judy)


def panel_with(court, cast, respondent):
    """Another case, still open, on whose panel the respondent of the first one sits."""
    juror = db.session.query(m.Juror).filter_by(person=respondent).one()
    juror.train(held_on=court.today, minutes=60, by=cast.cora)
    make.referred(court, cast.cora, name="Wanda Witness", companions=["Zephyrine Quillfeather"])
    case = make.admitted(court, cast.cora, name="Vera Visible", school_name="Harbor Middle")
    day = make.court_session(court, cast.cora)
    placed = make.hearing(case, day, cast.judy, cast.cora, block=1)
    everybody = [juror, *cast.jurors[:5]]
    for each in everybody:
        each.person.born_on = each.person.born_on.replace(year=2010)
    db.session.add(m.Absence(court=court, juror=cast.jurors[7], starts_on=court.today, ends_on=court.today))
    make.booked(everybody, day, cast.cora)
    make.drawn(placed, cast.cora)
    make.sworn(placed, cast.cora)
    return placed


@pytest.fixture
def sign_in(app, sign_in):
    """As everywhere, but the browser does not judge each page: there are hundreds."""

    def sign_in_plainly(user):
        strict = sign_in(user)
        browser = PlainClient(app, app.response_class)
        browser._cookies = strict._cookies
        return browser

    return sign_in_plainly


@pytest.fixture
def world(court, cast, session):
    case = sealed_case(court, cast)
    make.closed(case.hearing.court_session, by=cast.cora)
    other = panel_with(court, cast, case.respondent)
    family = other.case.respondent.guardians[0]
    actors = {
        "coordinator": cast.cora,
        "judge": cast.judy,
        "administrator": cast.ada,
        "juror": make.juror_user(court, cast.jurors[0]),
        "family": make.user(court, "Vera's Mother", Role.FAMILY, person=family, email="v@example.org"),
    }
    tie = m.Tie.between(case.respondent, cast.jurors[6].person, m.TieKind.KNOWS, by=cast.cora)
    numbers = {**numbers_of(case), "tie_id": tie.id}
    sealing.seal(case, "Completed, and the wait is over.", by=cast.cora)
    session.commit()
    canaries = {**CANARIES, "number": case.number}
    papers = (docket, docket_for_jurors)
    return SimpleNamespace(
        case=case, other=other, actors=actors, numbers=numbers, canaries=canaries, papers=papers
    )


def numbers_of(case):
    """The numbers by which an address could name something of this case."""
    hearing = case.hearings[0]
    letter = db.session.query(m.Letter).filter_by(case=case).first()
    return {
        "case_id": case.id,
        "hearing_id": hearing.id,
        "deliberation_id": hearing.deliberation.id,
        "order_id": case.orders[0].id,
        "obligation_id": case.obligations[0].id,
        "seat_id": hearing.panels[0].seats[0].id,
        "letter_id": letter.id,
    }


def endpoint_of(path, app):
    return app.url_map.bind("localhost").match(urlsplit(path).path)[0]


def crawl(browser, start="/"):
    """Every page that a reader can come to by following links, with what it says."""
    searches = [browser.post(f"/{where}/", data={"words": "Zephyrine"}) for where in ("cases", "jurors")]
    todo, pages = (
        [start, "/cases/?stage=closed", *(found.location for found in searches if found.location)],
        {},
    )
    while todo:
        path = todo.pop(0)
        if path in pages:
            continue
        answer = browser.get(path)
        while answer.status_code in (301, 302, 303):
            answer = browser.get(urljoin(path, answer.location))
        pages[path] = answer.get_data(as_text=True) if answer.mimetype.startswith("text/") else ""
        links = (link.replace("&amp;", "&") for link in re.findall(r'href="(/[^"#]*)', pages[path]))
        todo += [link for link in links if endpoint_of(link, browser.application) not in UNFOLLOWED]
    return pages


def leaks(texts, canaries):
    """Where something is said that must not be, and what it is."""
    return sorted(
        {
            (place, what)
            for place, said in texts.items()
            for what, canary in canaries.items()
            if canary.lower() in said.lower()
        }
    )


def everything_said(world, sign_in, *roles):
    """All that these people (or anybody) of this court can read: pages by role, and papers of the day."""
    said = {}
    for role, user in world.actors.items():
        if roles and role not in roles:
            continue
        browser = sign_in(user)
        for path, text in crawl(browser).items():
            if role != "administrator" or endpoint_of(path, browser.application) not in FOR_THE_NAMED_FEW:
                said[f"{role} {path}"] = re.sub(r'value="[^"]*Zephyrine[^"]*"', "", text)
    db.session.expire_all()
    for day in db.session.query(m.CourtSession):
        for make_paper in world.papers:
            said[f"paper {make_paper.__name__} {day.id}"] = "".join(html_of(make_paper(day)))
    said["paper script"] = "".join(html_of(hearing_script(world.other)))
    return said


def test_nothing_of_a_sealed_case_is_on_any_page_of_any_role(world, sign_in):
    said = everything_said(world, sign_in)

    print(f"count: pages searched for a sealed case = {len(said)}")
    assert leaks(said, world.canaries) == []


def test_the_search_finds_the_case_before_it_is_sealed(world, sign_in):
    with seeing_sealed():
        sealing.unseal(sealing.standing(world.case), "A mistake was made.", by=world.actors["administrator"])
        db.session.commit()

    said = everything_said(world, sign_in, "coordinator", "judge")

    found = {what for _place, what in leaks(said, world.canaries)}
    assert found == set(world.canaries)


@pytest.mark.parametrize(
    "planted",
    ['SELECT number FROM "case" LIMIT 9', "SELECT given_name || family_name FROM person LIMIT 99"],
)
def test_one_question_asked_behind_the_models_back_is_found(world, sign_in, app, planted):
    def asked():
        with in_every_court():  # one court's own session would refuse it
            return db.session.execute(db.text(planted)).scalars().all()

    with leaking(app, asked):
        said = everything_said(world, sign_in, "judge")

    assert leaks(said, world.canaries)


def test_without_the_condition_the_search_finds_the_case(world, sign_in):
    event.remove(Session, "do_orm_execute", leave_out_sealed)
    try:
        said = everything_said(world, sign_in, "judge")
    finally:
        event.listen(Session, "do_orm_execute", leave_out_sealed)

    assert {"number", "name"} <= {what for _place, what in leaks(said, world.canaries)}


def plain(answer):
    """An answer without what differs between any two: numbers of the address, tokens."""
    text = answer.get_data(as_text=True)
    text = re.sub(r'(csrf_token|request_id)"[^>]* value="[^"]*"', "", text)
    return answer.status_code, re.sub(r"\d+", "#", text)


def test_what_is_sealed_answers_as_what_never_existed(world, sign_in, app):
    adapter = app.url_map.bind("localhost")
    rules = [r for r in app.url_map.iter_rules() if r.arguments & set(world.numbers)]
    browsers = {role: sign_in(user) for role, user in world.actors.items()}
    extra = {
        "person_id": 1,
        "party": "youth",
        "token": "x",
        "language": "es",
        "number": 1,
        "step": "opening",
        "group": "x",
        "kind": "x",
        "row_id": 1,
        "extra_id": 1,
        "form_id": 1,
        "word_form_id": 1,
        "packet_id": 1,
        "paper": "hearing_notice",
        "name": "lead",
        "code": "00000-00000",
    }
    extra["court_session_id"] = db.session.query(m.CourtSession.id).first().id  # its day stays
    extra["juror_id"] = db.session.query(m.Juror.id).first().id

    compared, told = 0, defaultdict(set)
    for rule in rules:
        for method in sorted(rule.methods & {"GET", "POST"}):
            nowhere = dict.fromkeys(world.numbers, NEVER_EXISTED)
            there = [
                adapter.build(
                    rule.endpoint, {k: v for k, v in {**extra, **these}.items() if k in rule.arguments}
                )
                for these in (world.numbers, nowhere)
            ]
            for role, browser in browsers.items():
                sealed, never = (plain(browser.open(path, method=method)) for path in there)
                compared += 1
                if sealed != never:
                    told[role].add(rule.endpoint)

    print(f"count: addresses of a sealed case compared with none = {compared}")
    assert told == {"administrator": FOR_THE_NAMED_FEW - {"records.sealed"}}


def test_the_family_of_a_sealed_case_signs_in_no_longer(world, client):
    known = client.post("/sign-in", data={"email": "z@example.org", "password": make.PASSWORD})
    unknown = client.post("/sign-in", data={"email": "nobody@example.org", "password": make.PASSWORD})

    assert known.status_code == unknown.status_code != 302
