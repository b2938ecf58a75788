"""The pages of a case, from the decision to its end."""

from datetime import timedelta

import pytest

from tests import make
from tests.browser import asked_by_the_page, counting_statements
from youthcourt import clock
from youthcourt import models as m
from youthcourt.extensions import db
from youthcourt.notices.referrer import tell_referrer
from youthcourt.permissions import Role


@pytest.fixture
def browser(sign_in, cast):
    return sign_in(cast.cora)


@pytest.fixture
def case(court, cast):
    return make.referred(court, cast.cora)


def heard(court, cast, name="Jordan Tate"):
    """A case whose panel has proposed a plan to Judy."""
    case = make.admitted(court, cast.cora, name)
    day = make.court_session(court, cast.cora)
    hearing = make.hearing(case, day, cast.judy, cast.cora)
    make.booked(cast.jurors, day, cast.cora)
    make.drawn(hearing, cast.cora)
    day.publish(by=cast.cora)
    make.sworn(hearing, cast.cora).hold(by=cast.judy)
    return case, make.proposed(hearing)


def finished(court, cast):
    """A case whose plan is done or excused."""
    case, deliberation = heard(court, cast)
    make.signed(deliberation, cast.judy)
    for owed in case.obligations:
        owed.excuse("Moved away.", by=cast.cora)
    db.session.flush()
    return case


def kept(case):
    """The case, saved, so that a refused request does not take it along."""
    db.session.commit()
    return case


def text(answer):
    return answer.get_data(as_text=True)


def letters(session):
    return [(letter.kind, letter.case.number) for letter in session.query(m.Letter).order_by(m.Letter.id)]


# The list


def test_the_list_of_open_cases_leaves_out_closed_ones(court, cast, browser):
    open_case = make.referred(court, cast.cora)
    closed = make.referred(court, cast.cora, "Rosa Ruiz")
    closed.decline(m.DeclineReason.NO_CONTACT, "", by=cast.cora)
    db.session.commit()

    page = text(browser.get("/cases/"))

    assert (open_case.number in page, closed.number in page) == (True, False)


@pytest.mark.parametrize(
    ("words", "stage", "found"),
    [
        ("rosa", "", {"Rosa Ruiz"}),
        ("ruiz rosa", "", {"Rosa Ruiz"}),
        ("0001", "", {"Jordan Tate"}),
        ("%", "", set()),
        ("", "referred", {"Jordan Tate"}),
        ("", "intake_due", {"Rosa Ruiz"}),
        ("", "overdue", set()),
        ("", "closed", set()),
        ("", "all", {"Jordan Tate", "Rosa Ruiz"}),
        ("rosa", "active", set()),
    ],
)
def test_cases_are_found_by_name_number_and_stage(court, cast, browser, words, stage, found):
    make.referred(court, cast.cora)
    make.accepted(court, cast.cora, "Rosa Ruiz")
    db.session.commit()

    page = text(browser.search("/cases/", words, stage=stage))

    assert {name for name in ("Jordan Tate", "Rosa Ruiz") if name in page} == found


def test_a_deadline_that_has_passed_is_visible_and_comes_first(court, cast, browser):
    make.accepted(court, cast.cora, "Rosa Ruiz")
    make.referred(
        court,
        cast.cora,
        "Old Oak",
        referred_on=court.today - timedelta(days=30),
        school_name="Harbor Middle",
        incident_on=court.today - timedelta(days=40),
    )
    db.session.commit()

    page = text(browser.get("/cases/"))

    assert "Feb 26, 2026, overdue" in page
    assert page.index("Old Oak") < page.index("Rosa Ruiz")


def test_the_list_while_typing_is_only_the_list(case, browser):
    page = text(browser.post("/cases/", data={"part": "1", "words": "tate"}))

    assert case.number in page
    assert "<html" not in page


def test_an_empty_list_says_how_a_case_begins(browser):
    assert "Write down a referral" in text(browser.get("/cases/"))


def test_a_long_list_comes_in_pages(court, cast, browser):
    for number in range(27):
        make.referred(court, cast.cora, f"Kid{number} Tate")
    db.session.commit()

    first, second = text(browser.get("/cases/")), text(browser.get("/cases/?page=2"))

    assert (first.count('data-label="Stage"'), second.count('data-label="Stage"')) == (25, 2)
    assert "27 results" in first


def test_the_list_asks_the_database_the_same_few_things_for_any_number_of_cases(court, cast, browser):
    for number in range(12):
        make.referred(court, cast.cora, f"Kid{number} Tate")
    db.session.commit()

    with counting_statements(db.engine) as statements:
        browser.get("/cases/")

    assert len(asked_by_the_page(statements)) == 2


# The page


def test_the_page_of_a_fresh_case_shows_what_is_known_and_the_one_next_step(case, browser):
    page = text(browser.get(f"/cases/{case.id}"))

    for words in ("Jordan Tate", "15 years old", "To decide", "Harbor Police", "Took a jacket", "Renee Tate"):
        assert words in page
    assert page.count('class="btn "') == 1
    assert "Decide about this case" in page
    assert "Referral received from Harbor Police" in page


def test_the_whole_case_stands_on_one_timeline(court, cast, browser):
    case = kept(finished(court, cast))

    page = text(browser.get(f"/cases/{case.id}"))

    for words in (
        "Case accepted",
        "Intake interview held on Mar 7, 2026",
        "Agreement signed: the young person",
        "Panel drawn by lot",
        "Jordan Tate came to the hearing",
        "The judge approved the plan",
        f"Order {case.number}-A signed",
        "Community service: excused",
    ):
        assert words in page


def test_the_timeline_keeps_the_names_of_voting_jurors_to_itself(court, cast, browser):
    case, _deliberation = heard(court, cast)

    page = text(browser.get(f"/cases/{case.id}"))

    assert "Somebody voted in round 1" in page
    assert [juror.person.name for juror in cast.jurors if juror.person.name in page] == []


STEPS = {
    "referred": (make.referred, "Decide about this case"),
    "intake_due": (make.accepted, "Write down the interview"),
    "admitted": (make.admitted, "Set a hearing"),
}


@pytest.mark.parametrize("stage", STEPS)
def test_each_stage_has_its_one_next_step(court, cast, browser, stage):
    made, words = STEPS[stage]
    case = made(court, cast.cora)
    db.session.commit()

    assert words in text(browser.get(f"/cases/{case.id}"))


def test_the_judge_is_led_to_the_plan_and_the_coordinator_waits(court, cast, sign_in):
    case, deliberation = heard(court, cast)
    for_judy = sign_in(cast.judy).get(f"/cases/{case.id}")

    for_cora = sign_in(cast.cora).get(f"/cases/{case.id}")

    assert f"/orders/decide/{deliberation.id}" in text(for_judy)
    assert "The plan waits for the judge." in text(for_cora)


def test_the_page_of_a_case_that_went_far_asks_the_database_a_fixed_number_of_things(court, cast, browser):
    case = kept(finished(court, cast))
    db.session.commit()

    with counting_statements(db.engine) as statements:
        browser.get(f"/cases/{case.id}")

    assert len(asked_by_the_page(statements)) <= 21


def test_a_judge_sees_the_cases_they_hear_and_no_others(court, cast, sign_in):
    theirs, _deliberation = heard(court, cast)
    other = make.admitted(court, cast.cora, "Rosa Ruiz")
    browser = sign_in(cast.judy)

    answers = [browser.get(f"/cases/{each.id}").status_code for each in (theirs, other)]

    assert answers == [200, 404]
    assert "Rosa Ruiz" not in text(browser.get("/cases/?stage=all"))


# Screening


def test_accepting_moves_the_case_and_writes_to_the_referrer(case, browser, session):
    answer = browser.post(f"/cases/{case.id}/screening", data={})

    assert answer.headers["Location"] == f"/cases/{case.id}"
    assert (case.stage, case.screening.is_accepted) == (m.CaseStage.INTAKE_DUE, True)
    assert letters(session) == [(m.LetterKind.ACCEPTANCE, case.number)]


def test_the_screening_page_shows_the_clocks_and_the_rules_against(court, cast, browser):
    case = kept(make.referred(court, cast.cora, offence="Arson"))

    page = text(browser.get(f"/cases/{case.id}/screening"))

    for words in ("Arson is not on this court", "Mar 27, 2026", "Apr 6, 2026", "Why you accept it anyway"):
        assert words in page


def test_a_case_that_a_rule_excludes_needs_a_written_reason(court, cast, browser, session):
    case = kept(make.referred(court, cast.cora, offence="Arson"))

    refused = browser.post(f"/cases/{case.id}/screening", data={"override_reason": " "})
    accepted = browser.post(f"/cases/{case.id}/screening", data={"override_reason": "A small fire."})

    assert refused.status_code == 409
    assert 'id="override_reason-error"' in text(refused)
    assert accepted.status_code == 302
    assert case.screening.override_reason == "A small fire."


def test_declining_closes_the_case_with_its_reason_and_writes_to_the_referrer(case, browser, session):
    data = {"reason": "no_contact", "note": "Three letters came back."}

    browser.post(f"/cases/{case.id}/decline", data=data)

    assert (case.stage, case.closure.reason) == (m.CaseStage.DECLINED, m.ClosureReason.NO_CONTACT)
    assert letters(session) == [(m.LetterKind.DECLINE, case.number)]
    assert "Three letters came back." in session.query(m.Letter).one().body


def test_another_reason_has_to_be_written_down(case, browser, session):
    answer = browser.post(f"/cases/{case.id}/decline", data={"reason": "other", "note": ""})

    assert answer.status_code == 409
    assert 'id="note-error"' in text(answer)
    assert letters(session) == []


def test_the_reason_to_decline_is_suggested_by_the_rule_that_excludes(court, cast, browser):
    case = kept(make.referred(court, cast.cora, offence="Arson"))

    page = text(browser.get(f"/cases/{case.id}/decline"))

    assert 'value="offence_excluded" checked' in page


def test_a_decided_referral_is_not_decided_again(court, cast, browser):
    case = kept(make.accepted(court, cast.cora))

    page = text(browser.get(f"/cases/{case.id}/screening"))
    again = browser.post(f"/cases/{case.id}/screening", data={})

    assert "This referral is already decided." in page
    assert again.status_code == 409


# Intake


def test_the_interview_is_kept_and_leads_to_the_agreements(court, cast, browser):
    case = kept(make.accepted(court, cast.cora))
    data = {"held_on": "2026-03-06", "strengths": "Draws.", "interests": "Step team"}

    answer = browser.post(f"/cases/{case.id}/interview", data=data)

    assert answer.headers["Location"] == f"/cases/{case.id}/agreements/youth"
    assert (case.interview.strengths, case.interview.held_by) == ("Draws.", cast.cora)


def test_an_interview_without_a_strength_or_in_the_future_is_not_kept(court, cast, browser):
    case = kept(make.accepted(court, cast.cora))
    url = f"/cases/{case.id}/interview"

    no_strength = browser.post(url, data={"held_on": "2026-03-06", "strengths": " "})
    ahead = browser.post(url, data={"held_on": "2026-03-08", "strengths": "Draws."})

    assert (no_strength.status_code, ahead.status_code) == (422, 409)
    assert 'id="held_on-error"' in text(ahead)


POINTS = {"admits": "y", "waives_rights": "y", "releases_report": "y", "promises_confidentiality": "y"}


@pytest.fixture
def interviewed(court, cast):
    case = kept(make.accepted(court, cast.cora))
    case.hold_intake(make.interview(case), by=cast.cora)
    return kept(case)


def test_both_agreements_admit_the_case(interviewed, browser):
    case, (guardian,) = interviewed, interviewed.respondent.guardians
    how = {**POINTS, "signed_on": "2026-03-06", "how": "by_mail"}
    url = f"/cases/{case.id}/agreements"

    first = browser.post(f"{url}/youth", data={**how, "person": case.respondent_id})
    second = browser.post(f"{url}/guardian", data={**how, "person": guardian.id})

    assert (first.headers["Location"], second.headers["Location"]) == (f"{url}/guardian", f"/cases/{case.id}")
    assert case.stage == m.CaseStage.ADMITTED
    assert [(each.person, each.how) for each in case.agreements] == [
        (case.respondent, m.HowSigned.BY_MAIL),
        (guardian, m.HowSigned.BY_MAIL),
    ]


@pytest.mark.parametrize("missing", POINTS)
def test_each_point_has_to_be_agreed_to(interviewed, browser, missing):
    points = {key: "y" for key in POINTS if key != missing}
    data = {**points, "signed_on": "2026-03-06", "how": "in_person", "person": interviewed.respondent_id}

    answer = browser.post(f"/cases/{interviewed.id}/agreements/youth", data=data)

    assert answer.status_code == 409
    assert interviewed.agreements == []


def test_a_stranger_cannot_agree_for_the_family(interviewed, court, browser):
    stranger = make.person(court, "Sam Stone")
    data = {**POINTS, "signed_on": "2026-03-06", "how": "in_person", "person": stranger.id}

    answer = browser.post(f"/cases/{interviewed.id}/agreements/guardian", data=data)

    assert answer.status_code == 422
    assert interviewed.agreements == []


# Closing


def test_the_family_withdraws_at_any_time_and_the_referrer_reads_it(court, cast, browser, session):
    case = kept(make.admitted(court, cast.cora))
    data = {"person": case.respondent_id, "reason": "Prefers the other way."}

    browser.post(f"/cases/{case.id}/withdrawal", data=data)

    assert (case.stage, case.withdrawal.person) == (m.CaseStage.WITHDRAWN, case.respondent)
    assert letters(session) == [(m.LetterKind.WITHDRAWAL, case.number)]


def test_a_case_is_returned_with_its_reason_and_what_was_done(court, cast, browser, session):
    case = kept(make.admitted(court, cast.cora))
    url = f"/cases/{case.id}/return"

    empty = browser.post(url, data={"reason": "moved", "note": ""})
    browser.post(url, data={"reason": "moved", "note": "Nothing was begun."})

    assert empty.status_code == 422
    assert (case.stage, case.closure.reason) == (m.CaseStage.RETURNED, m.ClosureReason.MOVED)
    assert letters(session) == [(m.LetterKind.RETURN, case.number)]


def test_a_finished_plan_is_dismissed_by_the_judge_after_the_coordinator_asked(court, cast, sign_in, session):
    case = kept(finished(court, cast))
    asked = sign_in(cast.cora).post(f"/cases/{case.id}/dismissal-request", data={"note": "Went well."})
    browser = sign_in(cast.judy)
    page = text(browser.get(f"/cases/{case.id}/dismissal"))

    answer = browser.post(f"/cases/{case.id}/dismissal", data={})

    assert (asked.status_code, answer.status_code) == (302, 302)
    assert "Went well." in page
    assert (case.stage, case.closure.closed_by) == (m.CaseStage.COMPLETED, cast.judy)
    assert letters(session) == [(m.LetterKind.DISMISSAL, case.number)]


def test_the_judge_is_not_asked_while_something_is_open(court, cast, browser):
    case, deliberation = heard(court, cast)
    make.signed(deliberation, cast.judy)
    db.session.commit()

    page = text(browser.get(f"/cases/{case.id}/dismissal-request"))
    answer = browser.post(f"/cases/{case.id}/dismissal-request", data={"note": ""})

    assert "Still open: Community service, Jury duty." in page
    assert answer.status_code == 409


# The family


def test_a_changed_address_is_kept_and_what_it_was_is_not(case, browser, logged):
    names = {"given_name": "Jordan", "family_name": "Tate", "born_on": "2011-02-03"}
    data = {"mailing_address": "9 Oak Road", "phone": "", "email": "", "language": "es", "school": ""}

    browser.post(f"/cases/{case.id}/people/{case.respondent_id}", data=names | data)

    assert (case.respondent.mailing_address, case.respondent.language) == ("9 Oak Road", "es")
    ((event, _by, particulars),) = logged()
    assert event == "case.contact_changed"
    assert particulars["person"] == case.respondent_id
    assert set(particulars["changed"]) == {"mailing_address", "language", "school"}


def test_a_name_that_was_typed_wrong_is_corrected(case, browser):
    data = {"given_name": "Jordán", "family_name": "Tate-Ruiz", "born_on": "2011-03-02", "language": "en"}

    answer = browser.post(f"/cases/{case.id}/people/{case.respondent_id}", data=data)

    assert (answer.status_code, case.respondent.name) == (302, "Jordán Tate-Ruiz")
    assert str(case.respondent.born_on) == "2011-03-02"


def test_a_judge_keeps_a_case_open_from_the_page(court, cast, sign_in):
    case = kept(finished(court, cast))
    case.ask_dismissal("Done.", by=cast.cora)
    db.session.commit()
    browser = sign_in(cast.judy)
    address = f"/cases/{case.id}/reopening"

    empty = browser.post(address, data={"reason": ""})
    answer = browser.post(address, data={"reason": "Read the letter aloud first."})

    assert (empty.status_code, answer.status_code, case.stage) == (422, 302, m.CaseStage.ACTIVE)


def test_only_the_family_of_the_case_is_edited_through_it(case, court, browser):
    stranger = make.person(court, "Sam Stone")

    assert browser.get(f"/cases/{case.id}/people/{stranger.id}").status_code == 404


def test_a_guardian_is_added_once(case, browser, logged):
    data = {"given_name": "Ali", "family_name": "Tate", "relation": "uncle", "language": "en"}

    first = browser.post(f"/cases/{case.id}/guardians/new", data=data)
    second = browser.post(f"/cases/{case.id}/guardians/new", data=data)

    assert (first.status_code, second.status_code) == (302, 409)
    assert [each.name for each in case.respondent.guardians] == ["Renee Tate", "Ali Tate"]
    assert [event for event, _by, _particulars in logged()] == ["case.guardian_added"]


def test_the_last_guardian_of_an_open_case_stays(case, browser):
    (guardian,) = case.respondent.guardians

    answer = browser.post(f"/cases/{case.id}/guardians/{guardian.id}/end", data={})

    assert answer.status_code == 409
    assert case.respondent.guardians == [guardian]


def test_opening_access_shows_a_link_with_which_the_guardian_joins(case, browser, client, session):
    (guardian,) = case.respondent.guardians
    url = f"/cases/{case.id}/people/{guardian.id}/access"

    page = text(browser.post(url, data={"email": "renee@example.org"}))

    link = page.partition('value="http://localhost')[2].partition('"')[0]
    assert client.get(link).status_code == 200
    account = session.query(m.User).filter_by(person=guardian).one()
    assert (account.email, account.roles) == ("renee@example.org", {Role.FAMILY})


def test_a_fresh_link_can_be_made_until_a_password_is_chosen(case, browser, session):
    (guardian,) = case.respondent.guardians
    url = f"/cases/{case.id}/people/{guardian.id}/access"
    browser.post(url, data={"email": "renee@example.org"})

    again = browser.post(url, data={"email": "renee@example.org"})
    session.query(m.User).filter_by(person=guardian).one().set_password(make.PASSWORD)
    session.commit()
    later = browser.post(url, data={"email": "renee@example.org"})

    assert (again.status_code, later.status_code) == (200, 409)


def test_a_respondent_who_sits_as_a_juror_keeps_that_account(court, cast, browser):
    case, deliberation = heard(court, cast)
    make.signed(deliberation, cast.judy)
    account = make.user(court, "Jordan Tate", Role.JUROR, person=case.respondent)

    answer = browser.post(
        f"/cases/{case.id}/people/{case.respondent_id}/access", data={"email": "else@example.org"}
    )

    assert answer.status_code == 302
    assert account.roles == {Role.JUROR, Role.FAMILY}


def test_nobody_who_works_for_the_court_gets_a_familys_access_on_that_account(case, court, browser):
    (guardian,) = case.respondent.guardians
    judge = make.user(court, "Renee Tate", Role.JUDGE, person=guardian)

    answer = browser.post(f"/cases/{case.id}/people/{guardian.id}/access", data={"email": "x@example.org"})

    assert answer.status_code == 409
    assert judge.roles == {Role.JUDGE}


# Who gets in

PAGES = {
    "/cases/": (200, 200, 403, 403, 403, 200),
    "/cases/{case}": (200, 200, 403, 403, 403, 404),
    "/cases/{case}/screening": (200, 403, 403, 403, 403, 404),
    "/cases/{case}/decline": (200, 403, 403, 403, 403, 404),
    "/cases/{case}/interview": (200, 403, 403, 403, 403, 404),
    "/cases/{case}/agreements/youth": (200, 403, 403, 403, 403, 404),
    "/cases/{case}/withdrawal": (200, 403, 403, 403, 403, 404),
    "/cases/{case}/return": (200, 403, 403, 403, 403, 404),
    "/cases/{case}/dismissal-request": (200, 403, 403, 403, 403, 404),
    "/cases/{case}/dismissal": (403, 200, 403, 403, 403, 403),
    "/cases/{case}/people/{guardian}": (200, 403, 403, 403, 403, 404),
    "/cases/{case}/people/{guardian}/access": (200, 403, 404, 403, 403, 404),
    "/cases/{case}/guardians/new": (200, 403, 403, 403, 403, 404),
    "/cases/{case}/guardians/{guardian}/end": (200, 403, 403, 403, 403, 404),
}


def test_who_may_open_which_page(court, cast, sign_in, client):
    case = kept(make.admitted(court, cast.cora))
    hearing = make.hearing(case, make.court_session(court, cast.cora), cast.judy, cast.cora)
    (guardian,) = case.respondent.guardians
    other_court = make.court("River County Youth Court")
    readers = [
        cast.cora,
        cast.judy,
        cast.ada,
        make.juror_user(court, cast.jurors[0]),
        make.user(court, "Renee Tate", Role.FAMILY, person=guardian),
        make.user(other_court, "Carl Ross", Role.COORDINATOR),
    ]
    assert hearing.judge is cast.judy
    browsers = [sign_in(reader) for reader in readers]

    found = {
        page: tuple(
            browser.get(page.format(case=case.id, guardian=guardian.id)).status_code for browser in browsers
        )
        for page in PAGES
    }
    nobody = {client.get(page.format(case=case.id, guardian=guardian.id)).status_code for page in PAGES}

    assert found == PAGES
    assert nobody == {302}


def test_what_a_stranger_sends_is_refused_too(case, court, cast, sign_in):
    browser = sign_in(make.user(make.court("River County Youth Court"), "Carl Ross", Role.COORDINATOR))

    answers = {
        browser.post(f"/cases/{case.id}/{act}", data={"reason": "no_contact"}).status_code
        for act in ("screening", "decline", "withdrawal", "return", "guardians/new")
    }

    assert answers == {404}
    assert case.stage == m.CaseStage.REFERRED
    assert clock.now() == make.SATURDAY


def test_a_letter_that_went_out_is_noted_as_sent(court, cast, browser, session):
    case = kept(make.accepted(court, cast.cora))
    letter = tell_referrer(case, by=cast.cora)
    session.commit()
    waiting = text(browser.get(f"/cases/{case.id}"))

    answer = browser.post(f"/cases/letters/{letter.id}/sending")

    assert (answer.status_code, letter.sent_at) == (302, clock.now())
    assert "Mark as sent" in waiting
    assert "Mark as sent" not in text(browser.get(f"/cases/{case.id}"))
