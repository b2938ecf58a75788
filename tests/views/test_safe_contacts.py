"""An address out of sight: on no page and no paper of anybody, save behind a click that is written down."""

import re
from contextlib import suppress

import pytest

from tests import make
from tests.everywhere import PAPER_OF, addresses, browsers_of, house, leaking
from youthcourt import models as m
from youthcourt.documents.paper import html_of
from youthcourt.errors import RuleBroken
from youthcourt.extensions import db
from youthcourt.notices.family import tell_family
from youthcourt.permissions import Permission, Role
from youthcourt.procedures.intake import family, referring, safe_contact
from youthcourt.views.papers import PRINTING

HOME, PHONE, MAIL, SIGN_IN = (
    "77 Marigold Crescent",
    "555-0177",
    "odalys@shelter.example",
    "g@example.org",
)
JUROR_PHONE, JUROR_SIGN_IN = "555-0188", "amaranth@example.org"
CANARIES = {
    "address": HOME,
    "phone": PHONE,
    "e-mail": MAIL,
    "sign-in": SIGN_IN,
    "a juror's phone": JUROR_PHONE,
    "a juror's sign-in": JUROR_SIGN_IN,
}
# What somebody signs in with stands on their own pages about signing in, and nowhere else.
OWNERS = ("guardian", "seated")
OWN_PAGES = ("own_account.", "own_factors.", "second_steps.")


@pytest.fixture
def place(session):
    """A court with something of everything. A guardian and the young person live where nobody may know."""
    mother = referring.GuardianFacts(
        "Odalys", "Quillfeather", mailing_address=HOME, phone=PHONE, email=MAIL, relation="mother"
    )
    father = referring.GuardianFacts("Rufus", "Quillfeather", mailing_address="1 Far Lane", relation="father")
    place = house(name="Zephyrine Quillfeather", guardians=[mother, father])
    place.mother, place.father = place.case.respondent.guardians
    place.case.respondent.mailing_address = f"{HOME.lower()},"
    place.juror = db.session.get(m.Juror, place.numbers["juror_id"])
    place.juror.person.phone = JUROR_PHONE
    other = make.user(place.court, "Rufus Q", Role.FAMILY, email="r@example.org", person=place.father)
    place.people["other guardian"] = other
    place.people["seated"].email = JUROR_SIGN_IN
    place.notice = tell_family(place.case, m.LetterKind.SEALING_NOTICE, by=place.cast.cora)
    db.session.flush()
    place.may = {name: {p for p in Permission if user.may(p)} for name, user in place.people.items()}
    place.emails = {name: user.email for name, user in place.people.items()}
    place.papers = {kind: _record_of(place, kind) for kind in PRINTING}
    session.commit()
    return place


def _record_of(place, kind):
    """The record that a kind of paper is of."""
    of = {"hearing_id": m.Hearing, "court_session_id": m.CourtSession, "order_id": m.DispositionOrder}
    of |= {"letter_id": m.Letter, "case_id": m.Case, "obligation_id": m.Obligation, "court_id": m.Court}
    of |= {"offence_id": m.Offence, "harmed_id": m.PersonHarmed, "schedule_id": m.JurorSchedule}
    of |= {"juror_id": m.Juror, "own_juror_id": m.Juror}
    return of[PAPER_OF[kind]], place.numbers.get(PAPER_OF[kind])


def mark(place):
    """The mother may only be reached safely, and so may a juror."""
    mother, juror = (db.session.get(m.Person, n) for n in (place.numbers["person_id"], place.juror.person_id))
    safe_contact.keep_apart(
        place.case, mother, "A protective order.", "Call the shelter.", by=place.cast.cora
    )
    m.SafeContact.note(juror, "The same.", "", by=place.cast.cora)
    db.session.commit()


def walk(app, place, *readers):
    """All that these readers (or everybody, signed in or not) can open, and every paper: what each says."""
    browsers = browsers_of(app, place.emails)
    pages = list(addresses(app, place.numbers))
    searches = [(f"/{where}/", words) for where in ("cases", "jurors") for words in ("Odalys", HOME, PHONE)]
    extra = [f"/records/letters/{place.notice.id}", "/cases/?stage=all"]
    said = {}
    for name in readers or browsers:
        for endpoint, path in [(rule.endpoint, path) for rule, path in pages] + [
            ("", path) for path in extra
        ]:
            if endpoint in ("static", "papers.show") or not _may_open(app, place, name, endpoint):
                continue
            answer = browsers[name].get(path)
            is_page = answer.mimetype.startswith("text/")
            said[name, endpoint, path] = answer.get_data(as_text=True) if is_page else ""
        for path, words in searches:
            shown = browsers[name].search(path, words).get_data(as_text=True)
            said[name, "", f"{path} {words}"] = re.sub(r'name="words" value="[^"]*"', "", shown)
    with app.test_request_context():
        db.session.expire_all()
        reader = db.session.get(m.User, place.cast.cora.id)
        for kind, (model, number) in place.papers.items():
            with suppress(RuleBroken):  # it is too early for some of them, and there is no schedule yet
                record = db.session.get(model, number) if number else None
                paper = PRINTING[kind].make(record, reader) if record else None
                said["paper", kind, kind] = "".join(html_of(paper)) if paper else ""
    return said


def _may_open(app, place, name, endpoint):
    """Whether somebody in such a role opens such a page at all; tests/authorization proves that."""
    asked = getattr(app.view_functions.get(endpoint), "permissions", ())
    return not asked or name not in place.may or bool(set(asked) & place.may[name])


def found(said):
    """Which of the secrets stand where they must not: reader, page, secret."""
    return {
        (name, endpoint, what)
        for (name, endpoint, path), text in said.items()
        for what, canary in CANARIES.items()
        if canary.lower() in text.lower() and canary not in path
        if not (what.endswith("sign-in") and name in OWNERS and endpoint.startswith(OWN_PAGES))
    }


def test_an_address_out_of_sight_is_on_no_page_and_no_paper_of_anybody(app, place):
    before = found(walk(app, place, "cora"))
    mark(place)

    said = walk(app, place)

    assert found(said) == set()
    # The same walk sees it well while it is no secret.
    assert {what for _reader, _page, what in before} == set(CANARIES)
    assert {"cases.show", "cases.person", "people.index", "hearing_notice", ""} <= {
        page for _r, page, _w in before
    }
    print(f"count: pages without the safe address = {len(said)}")


def test_one_page_that_asks_behind_the_models_back_is_found(app, place):
    mark(place)

    with leaking(app, lambda: db.session.scalars(db.select(m.SafeContact.hidden_phone))):
        said = walk(app, place, "judy")

    assert ("judy", "cases.show", "phone") in found(said)


def as_coordinator(place, sign_in):
    browser = sign_in(db.session.merge(place.cast.cora))
    mother = place.numbers["person_id"]
    return browser, f"/cases/{place.case.id}/people/{mother}/safe-contact"


def looks(case_id):
    shown = db.session.query(m.AuditEvent).filter_by(event="safe_contact.shown", case_id=case_id)
    return [(line.by.name, line.particulars["person"]) for line in shown.order_by(m.AuditEvent.id)]


def test_a_coordinator_who_asks_sees_the_address_and_that_is_written_down_each_time(place, sign_in):
    mark(place)
    browser, url = as_coordinator(place, sign_in)

    pages = [browser.post(f"{url}/address").get_data(as_text=True) for _click in range(2)]

    assert [HOME in page and PHONE in page and MAIL in page for page in pages] == [True, True]
    assert looks(place.case.id) == [("Cora Diaz", place.numbers["person_id"])] * 2
    log = browser.get(f"/access-log/cases/{place.case.id}").get_data(as_text=True)
    assert log.count("An address out of sight") == 2


def test_an_address_that_cannot_be_written_down_is_not_shown(place, sign_in, monkeypatch):
    mark(place)
    browser, url = as_coordinator(place, sign_in)

    def fail(*_args, **_kwargs):
        raise RuntimeError("planted")

    monkeypatch.setattr(m.Case, "record", fail)
    browser.application.config["PROPAGATE_EXCEPTIONS"] = False
    try:
        answer = browser.post(f"{url}/address")
    finally:
        browser.application.config["PROPAGATE_EXCEPTIONS"] = None

    assert (answer.status_code, HOME in answer.get_data(as_text=True)) == (500, False)
    assert looks(place.case.id) == []


def test_nobody_but_a_coordinator_may_ask(place, sign_in):
    mark(place)
    url = f"/cases/{place.case.id}/people/{place.numbers['person_id']}/safe-contact"

    answers = {
        name: sign_in(db.session.merge(user)).post(f"{url}/address").status_code
        for name, user in place.people.items()
    }

    assert answers == {**dict.fromkeys(answers, 403), "cora": 200}
    assert len(looks(place.case.id)) == 1


def test_noting_it_hides_whoever_of_the_family_is_reached_the_same_way(place, sign_in, logged):
    browser, url = as_coordinator(place, sign_in)

    browser.post(url + "/", data={"why": "A protective order.", "how": "Call the shelter."})

    events = [(line, by.name, said) for line, by, said in logged() if line.startswith("safe_contact.")]
    ids = (place.numbers["person_id"], place.case.respondent_id)
    assert events == [("safe_contact.noted", "Cora Diaz", {"person": each}) for each in ids]
    page = browser.get(url + "/").get_data(as_text=True)
    for words in (
        "A protective order.",
        "Call the shelter.",
        "Cora Diaz",
        "may be seen by the court",
    ):
        assert words in page


def test_without_a_reason_nothing_is_hidden_and_twice_is_refused(place, sign_in):
    browser, url = as_coordinator(place, sign_in)

    blank = browser.post(url + "/", data={"why": " "}).status_code
    first = browser.post(url + "/", data={"why": "A shelter."}).status_code
    again = browser.post(url + "/", data={"why": "A shelter."}).status_code

    assert (blank, first, again) == (422, 302, 409)


def test_once_it_is_safe_again_everything_stands_where_it_stood(place, sign_in):
    mark(place)
    browser, url = as_coordinator(place, sign_in)

    browser.post(url + "/end")

    mother = db.session.get(m.Person, place.numbers["person_id"])
    assert (mother.mailing_address, mother.phone, mother.email) == (HOME, PHONE, MAIL)
    assert HOME in browser.get(f"/cases/{place.case.id}").get_data(as_text=True)
    rows = db.session.query(m.SafeContact).filter_by(person_id=mother.id).all()
    assert [(row.hidden_address, row.hidden_phone, row.lifted_by.name) for row in rows] == [
        ("", "", "Cora Diaz")
    ]


NEW_HOME = "9 Heron Court"


def typed_on_the_contact_page(place, mother):
    told = {"mailing_address": NEW_HOME, "phone": "555-0166"}
    family.change_contact(place.case, mother, told, by=place.cast.cora)


def typed_in_another_referral(place, mother):
    known = place.case.respondent
    told = referring.GuardianFacts(
        mother.given_name, mother.family_name, mailing_address=NEW_HOME, phone="555-0166"
    )
    referring.add_guardian(place.court, known, told)


@pytest.mark.parametrize("typed", [typed_on_the_contact_page, typed_in_another_referral])
def test_a_new_address_is_out_of_sight_too_wherever_it_is_typed(place, typed):
    mark(place)
    mother = db.session.get(m.Person, place.numbers["person_id"])

    typed(place, mother)
    db.session.commit()

    assert (mother.mailing_address, mother.phone) == ("", "")
    assert (mother.safe_contact.hidden_address, mother.safe_contact.hidden_phone) == (NEW_HOME, "555-0166")


def test_papers_for_them_are_handed_over_and_the_others_get_their_post(place):
    mark(place)
    hearing = db.session.get(m.Hearing, place.numbers["hearing_id"])

    copies = PRINTING["hearing_notice"].make(hearing, place.cast.cora).copies

    assert [([who["name"] for who in copy["recipients"]], copy["address"]) for copy in copies] == [
        (["Rufus Quillfeather"], ["1 Far Lane"]),
        (["Zephyrine Quillfeather"], ["To be handed over at the court"]),
        (["Odalys Quillfeather"], ["To be handed over at the court"]),
    ]


def test_a_letter_to_the_family_waits_at_the_court_and_an_older_one_forgets_where_it_went(place):
    older = place.notice.to_address
    mark(place)

    letter = tell_family(place.case, m.LetterKind.DESTRUCTION_NOTICE, by=place.cast.cora)

    assert older
    assert (letter.to_address, place.notice.to_address) == ("To be handed over at the court", "")


def test_words_typed_and_not_sent_are_forgotten_and_not_kept_again(place, sign_in):
    browser, url = as_coordinator(place, sign_in)
    page = url.removesuffix("/safe-contact")
    typed = {"draft_of": page, "mailing_address": NEW_HOME, "given_name": "Odalys"}
    browser.post("/drafts/", data=typed)
    before = NEW_HOME in browser.get(f"{page}?put_back=1").get_data(as_text=True)
    mark(place)

    shown = browser.get(f"{page}?put_back=1").get_data(as_text=True)

    assert (before, NEW_HOME in shown, "draft_of" in shown) == (True, False, False)
