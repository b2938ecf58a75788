"""Who looked at cases: written down before they see it, told to those who keep the court."""

from datetime import timedelta

import pytest
from sqlalchemy import event, select

from tests import make
from tests.stages import active
from youthcourt import clock
from youthcourt import models as m
from youthcourt.extensions import db
from youthcourt.models.completion.sealing import seeing_sealed
from youthcourt.models.reading import LISTED, OPENED, PRINTED
from youthcourt.permissions import Role
from youthcourt.procedures.completion import sealing


@pytest.fixture
def case(court, cast, session):
    case = active(court, cast)
    session.commit()
    return case


def noted(case_id=None):
    """Who looked, and at what, in order."""
    found = select(m.User.name, m.AuditEvent.event, m.AuditEvent.particulars).join(m.AuditEvent.by)
    found = found.where(m.AuditEvent.event.in_((OPENED, PRINTED, LISTED)))
    if case_id is not None:
        found = found.where(m.AuditEvent.case_id == case_id)
    lines = db.session.execute(found.order_by(m.AuditEvent.number)).all()
    db.session.rollback()
    return [(name, kind, said["page"]) for name, kind, said in lines]


def later(seconds):
    return clock.at(clock.now() + timedelta(seconds=seconds))


def test_opening_a_case_is_written_down(case, cast, sign_in):
    sign_in(cast.cora).get(f"/cases/{case.id}")

    line = db.session.scalars(select(m.AuditEvent).where(m.AuditEvent.event == OPENED)).one()

    told = (
        line.court_id,
        line.subject,
        line.subject_id,
        line.case_id,
        line.by_id,
        line.at,
        line.number is None,
    )
    assert told == (case.court_id, "case", case.id, case.id, cast.cora.id, clock.now(), False)
    assert line.particulars == {"page": "cases", "roles": ["coordinator"]}


def test_who_looks_again_within_a_minute_looked_once(case, cast, sign_in):
    browser = sign_in(cast.cora)

    for seconds in (0, 20, 59, 61, 200):
        with later(seconds):
            browser.get(f"/cases/{case.id}")
            browser.get(f"/obligations/{case.obligations[0].id}")

    assert noted() == [("Cora Diaz", OPENED, "cases")] * 3


def test_two_people_who_look_are_two(case, cast, sign_in):
    for user in (cast.cora, cast.judy):
        sign_in(user).get(f"/cases/{case.id}")

    assert noted() == [("Cora Diaz", OPENED, "cases"), ("Judy Okafor", OPENED, "cases")]


def pages_of(case):
    """Every page and paper of staff that shows one case, and the page under which it is noted."""
    hearing, order = case.hearing.id, case.orders[0].id
    return {
        f"/cases/{case.id}": (OPENED, "cases"),
        f"/cases/{case.id}/withdrawal": (OPENED, "cases"),
        f"/cases/{case.id}/people/{case.respondent_id}": (OPENED, "cases"),
        f"/access-log/cases/{case.id}": (OPENED, "access_log"),
        f"/hearings/{hearing}": (OPENED, "hearings"),
        f"/hearings/{hearing}/panel/seat": (OPENED, "panels"),
        f"/orders/{order}": (OPENED, "orders"),
        f"/obligations/{case.obligations[0].id}": (OPENED, "obligations"),
        f"/papers/hearing_notice/{hearing}/check": (PRINTED, "hearing_notice"),
        f"/papers/hearing_script/{hearing}/check": (PRINTED, "hearing_script"),
        f"/papers/disposition_order/{order}": (PRINTED, "disposition_order"),
        f"/papers/docket/{case.hearing.court_session_id}/check": (LISTED, "docket"),
    }


def test_every_page_and_paper_about_a_case_is_written_down(case, cast, sign_in):
    browser, told = sign_in(cast.cora), pages_of(case)

    for turn, address in enumerate(told):
        with later(100 * turn):
            assert browser.get(address).status_code == 200, address

    assert noted(case.id) == [("Cora Diaz", *each) for each in told.values()]
    print(f"count: kinds of pages that note their reader = {len(told)}")


def test_two_papers_within_a_minute_are_two(case, cast, sign_in):
    browser = sign_in(cast.cora)

    for kind in ("hearing_notice", "hearing_script", "hearing_notice"):
        browser.get(f"/papers/{kind}/{case.hearing.id}/check")

    assert [page for _name, _event, page in noted()] == ["hearing_notice", "hearing_script"]


def test_a_family_and_a_juror_are_written_down_too(court, cast, session, sign_in):
    hearing = make.held(court, cast)
    juror = make.panel_users(hearing)[0]
    renee = make.user(court, "Renee Tate", Role.FAMILY, person=hearing.case.respondent.guardians[0])

    sign_in(renee).get(f"/my-case/{hearing.case_id}")
    sign_in(juror).get(f"/deliberations/{hearing.id}")

    assert [each[1:] for each in noted()] == [(OPENED, "my_cases"), (OPENED, "deliberations")]


def test_a_denied_page_and_a_list_leave_nothing(case, cast, court, sign_in):
    jude = make.user(court, "Jude Second", Role.JUDGE)
    browsers = {user.name: sign_in(user) for user in (jude, cast.ada, cast.cora)}

    answers = [
        browsers["Jude Second"].get(f"/cases/{case.id}"),
        browsers["Ada Admin"].get(f"/cases/{case.id}"),
        browsers["Cora Diaz"].get("/cases/9999"),
        browsers["Cora Diaz"].get("/cases/"),
    ]

    assert ([answer.status_code for answer in answers], noted()) == ([404, 403, 404, 200], [])


def test_a_refused_form_shows_the_case_and_is_written_down(case, cast, sign_in):
    answer = sign_in(cast.cora).post(f"/cases/{case.id}/return", data={})

    assert (answer.status_code, noted()) == (422, [("Cora Diaz", OPENED, "cases")])


def test_what_was_done_is_not_written_down_as_looking(case, cast, sign_in):
    answer = sign_in(cast.cora).post(f"/obligations/{case.obligations[0].id}/excusal", data={"reason": "Ill"})

    assert (answer.status_code, noted()) == (302, [])


def test_a_page_that_cannot_be_written_down_is_not_shown(app, case, cast, sign_in, monkeypatch):
    """The planted fault: the database takes no line of the trail."""
    browser = sign_in(cast.cora)
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    name = case.respondent.family_name

    def full(_connection, _cursor, statement, *_rest):
        if statement.startswith("INSERT INTO audit_event"):
            raise OSError("no space left on device")

    event.listen(db.engine, "before_cursor_execute", full)
    try:
        answer = browser.get(f"/cases/{case.id}")
    finally:
        event.remove(db.engine, "before_cursor_execute", full)

    assert (answer.status_code >= 500, name in answer.text, noted()) == (True, False, [])
    assert name in browser.get(f"/cases/{case.id}").text


# The pages


def test_the_page_of_a_case_says_who_has_looked(case, cast, sign_in):
    sign_in(cast.judy).get(f"/cases/{case.id}")

    coordinators = sign_in(cast.cora).get(f"/cases/{case.id}").text
    judges = sign_in(cast.judy).get(f"/cases/{case.id}").text

    part = coordinators.partition('id="lookers"')[2]
    assert ("Judy Okafor" in part, 'id="lookers"' in judges) == (True, False)


def test_everybody_who_looked_at_a_case_is_on_a_page(case, cast, sign_in):
    sign_in(cast.judy).get(f"/papers/hearing_script/{case.hearing.id}")

    page = sign_in(cast.cora).get(f"/access-log/cases/{case.id}").text

    assert all(words in page for words in ("Judy Okafor", "judge", "Paper: hearing script"))


def test_the_log_of_the_court_finds_a_person_a_case_and_a_day(case, cast, court, sign_in):
    other = make.referred(court, cast.cora, name="Rosa Ruiz")
    sign_in(cast.judy).get(f"/cases/{case.id}")
    browser = sign_in(cast.cora)
    browser.get(f"/cases/{other.id}")

    pages = [
        browser.search("/access-log/", **asked).text.partition("<tbody>")[2]
        for asked in (
            {"words": ""},
            {"words": "", "reader": cast.judy.id},
            {"words": other.number},
            {"words": "", "on": "2026-03-07"},
            {"words": "", "on": "2026-03-08"},
            {"words": "", "on": "nonsense"},
        )
    ]

    seen = [(case.number in page, other.number in page) for page in pages]
    yes = (True, True)
    assert seen == [yes, (True, False), (False, True), yes, (False, False), yes]


def test_the_log_of_another_court_is_empty(case, cast, sign_in):
    bay = make.court("Bay County Youth Court")
    olga = make.user(bay, "Olga Ivanova", Role.COORDINATOR)
    sign_in(cast.judy).get(f"/cases/{case.id}")

    page = sign_in(olga).get("/access-log/").text

    assert ("Nobody has looked yet" in page, case.number in page) == (True, False)


def test_the_trail_shows_its_end_and_is_checked(case, cast, sign_in):
    browser = sign_in(cast.ada)

    pages = [browser.get("/access-log/trail").text, browser.get("/access-log/trail?check=1").text]

    head = db.session.scalars(select(m.AuditHead)).one()
    assert [head.hash in page for page in pages] == [True, True]
    assert [f"{head.count} entries were checked." in page for page in pages] == [False, True]


# Unusually many


@pytest.fixture
def many(court, cast, session):
    """More cases than the court finds usual."""
    court.cases_an_hour = 5
    cases = [make.referred(court, cast.cora, f"Kid{number} Tate") for number in range(8)]
    session.commit()
    return [case.id for case in cases]


def notices():
    found = select(m.User.name, m.UnusualReading.cases).join(m.UnusualReading.reader)
    return [tuple(row) for row in db.session.execute(found.order_by(m.UnusualReading.id))]


def test_opening_unusually_many_cases_is_noticed_once_an_hour(many, cast, sign_in):
    browser = sign_in(cast.cora)
    counts = []
    for case_id in many:
        browser.get(f"/cases/{case_id}")
        counts.append(len(notices()))

    with later(3_700):
        browser = sign_in(cast.cora)
        for case_id in many:
            browser.get(f"/cases/{case_id}")

    assert (counts, notices()) == ([0] * 5 + [1] * 3, [("Cora Diaz", 6)] * 2)


def test_opening_the_same_few_cases_again_and_again_is_not(many, cast, sign_in):
    browser = sign_in(cast.cora)

    for turn in range(4):
        with later(100 * turn):
            for case_id in many[:5]:
                browser.get(f"/cases/{case_id}")

    assert notices() == []


@pytest.fixture
def noticed(many, cast, sign_in):
    browser = sign_in(cast.cora)
    for case_id in many[:6]:
        browser.get(f"/cases/{case_id}")
    return db.session.scalars(select(m.UnusualReading)).one().id


def test_a_notice_stands_on_the_desk_until_somebody_has_looked(noticed, cast, court, sign_in):
    wen = make.user(court, "Wen Li", Role.COORDINATOR)
    browsers = [sign_in(wen), sign_in(cast.ada)]
    pages = ("/", "/settings/")
    before = ["Unusually many cases opened" in b.get(p).text for b, p in zip(browsers, pages, strict=True)]

    answer = browsers[1].post(f"/access-log/notices/{noticed}", data={"words": "The report of the year."})

    after = ["Unusually many cases opened" in b.get(p).text for b, p in zip(browsers, pages, strict=True)]
    review = db.session.scalars(select(m.ReadingReview)).one()
    assert (answer.status_code, before, after) == (302, [True, True], [False, False])
    assert (review.words, review.by, review.reviewed_at) == ("The report of the year.", cast.ada, clock.now())


def test_nobody_looks_into_what_they_opened_themselves(noticed, cast, sign_in):
    answer = sign_in(cast.cora).post(f"/access-log/notices/{noticed}", data={"words": "It was fine."})

    assert (answer.status_code, "Somebody else has to look into this" in answer.text) == (409, True)
    assert db.session.scalars(select(m.ReadingReview)).all() == []


def test_a_notice_is_looked_into_once(noticed, cast, sign_in):
    browser = sign_in(cast.ada)

    answers = [
        browser.post(f"/access-log/notices/{noticed}", data={"words": words})
        for words in ("", "Once.", "Twice.")
    ]

    assert [answer.status_code for answer in answers] == [422, 302, 409]


def test_that_a_notice_was_raised_and_looked_into_is_in_the_trail(noticed, cast, sign_in):
    sign_in(cast.ada).post(f"/access-log/notices/{noticed}", data={"words": "A report."})

    lines = select(m.AuditEvent.event, m.AuditEvent.by_id, m.AuditEvent.particulars)
    of_notices = lines.where(m.AuditEvent.subject == "unusual_reading").order_by(m.AuditEvent.id)
    told = db.session.execute(of_notices).all()

    assert [tuple(line) for line in told] == [
        ("reading.noticed", None, {"reader": cast.cora.id, "cases": 6}),
        ("reading.looked_into", cast.ada.id, {"reader": cast.cora.id, "words": "A report."}),
    ]


def test_whoever_opens_the_list_of_sealed_records_is_noted_for_each(case, cast, sign_in, session):
    case.return_to_referrer(m.ClosureReason.PLAN_NOT_COMPLETED, "Gave up.", by=cast.cora)
    sealing.seal(case, "Over.", by=cast.cora)
    session.commit()

    answer = sign_in(cast.ada).get("/records/sealed")

    with seeing_sealed():
        assert noted(case.id) == [("Ada Admin", LISTED, "sealed")]
    assert case.number in answer.get_data(as_text=True)
