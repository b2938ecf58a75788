"""The pages of old records: what is due, sealing, holding, destroying by two people."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from tests import make
from tests.documents.conftest import Printed
from tests.stages import case_at
from youthcourt import clock
from youthcourt import models as m
from youthcourt.documents.completion.destruction_certificate import destruction_certificate
from youthcourt.documents.paper import html_of
from youthcourt.extensions import db
from youthcourt.models.completion.sealing import seeing_sealed
from youthcourt.permissions import Role
from youthcourt.procedures.completion import retaining, sealing
from youthcourt.reports.completion.records import review

REASON = {"reason": "The wait is over, says the rule."}


@pytest.fixture
def case(court, cast, app, tmp_path):
    app.config["BACKUPS"] = str(tmp_path)
    return case_at(m.CaseStage.COMPLETED, court, cast)


@pytest.fixture
def rule(court, cast):
    return rule_of(court, cast, seal_after_days=0, destroy_after_days=30)


def rule_of(court, cast, **facts):
    usual = {"name": "Completed", "kind": m.RecordKind.COMPLETED, "trigger": m.Trigger.CLOSED}
    return m.RetentionRule.add(
        court, by=cast.cora, **{**usual, "needs_notice": False, "keeps_mark": True, **facts}
    )


def text(answer):
    return answer.get_data(as_text=True)


def due(court):
    return {part: len(rows) for part, rows in _review(court).items() if rows}


def _review(court):
    with seeing_sealed():
        return review(court)


def test_the_clock_says_what_is_due_when_and_why_it_is_kept(case, rule, court, cast, session):
    retaining.work_out(court)
    sealable = due(court)
    with clock.at(make.SATURDAY + timedelta(days=31)):
        destroyable = due(court)
        m.LegalHold.place(case, m.HoldReason.CLAIM, "A complaint.", by=cast.cora)
        retaining.work_out(court)
        kept = due(court)

    assert (sealable, destroyable, kept) == ({"seal": 1}, {"destroy": 1}, {"kept": 1})


def test_the_clock_counts_from_the_18th_birthday_where_the_rule_says_so(case, court, cast, session):
    rule_of(court, cast, trigger=m.Trigger.CLOSED_AND_18, seal_after_days=10, destroy_after_days=None)
    case.respondent.born_on = case.respondent.born_on.replace(year=2008, month=2, day=29)

    [dates] = retaining.work_out(court)
    again = retaining.work_out(court)
    case.respondent.born_on = None
    [unknown] = retaining.work_out(court)

    assert again == [dates]
    assert (str(dates.rule), dates.destroy_on) == ("Completed", None)
    assert (unknown.seal_on, unknown.blocked) == (None, m.Blocked.NO_BIRTH_DATE)


def test_the_usual_rules_are_there_to_start_from_and_no_counsel_has_checked_them(court, session):
    retaining.add_usual_rules(court, by=None)
    retaining.add_usual_rules(court, by=None)

    rules = session.scalars(select(m.RetentionRule)).all()

    assert len(rules) == 4
    assert {each.checked_by_counsel_on for each in rules} == {None}


def test_a_coordinator_seals_what_is_due(case, rule, court, cast, sign_in, session):
    retaining.work_out(court)
    browser, number = sign_in(cast.cora), case.number
    listed = text(browser.get("/records/"))
    page = browser.get(f"/records/{case.id}/sealing")

    answer = browser.post(f"/records/{case.id}/sealing", data=REASON)

    assert number in listed
    assert page.status_code == 200
    assert answer.status_code == 302
    assert browser.get(f"/cases/{case.id}").status_code == 404
    assert number not in text(browser.get("/records/"))


def test_an_administrator_sees_what_is_sealed_and_opens_it_again(case, rule, court, cast, sign_in, session):
    sealing.seal(case, "Over.", by=cast.cora)
    number, place = case.number, f"/records/sealed/{case.id}/opening"
    session.commit()
    browser = sign_in(cast.ada)
    listed = text(browser.get("/records/sealed"))
    page = browser.get(place)
    short = browser.post(place, data={"reason": "because"})
    answer = browser.post(place, data={"reason": "The judge ordered it on Monday."})

    assert number in listed
    assert (page.status_code, short.status_code, answer.status_code) == (200, 409, 302)
    assert number not in text(browser.get("/records/sealed"))
    assert sign_in(cast.cora).get(f"/cases/{case.id}").status_code == 200


def test_the_family_gets_a_letter_in_its_language_before_anything_goes(case, court, cast, sign_in, session):
    rule_of(court, cast, needs_notice=True, seal_after_days=0)
    case.respondent.language = "es"
    browser = sign_in(cast.cora)
    refused = browser.post(f"/records/{case.id}/sealing", data=REASON)
    written = browser.post(f"/records/{case.id}/notices/sealing_notice")
    letter = text(browser.get(written.location))
    noted = browser.post(written.location)
    sealed = browser.post(f"/records/{case.id}/sealing", data=REASON)

    assert refused.status_code == 409
    assert "Vamos a sellar el expediente" in letter
    assert "5 Elm Street" in letter
    assert (noted.status_code, sealed.status_code) == (302, 302)
    assert browser.post(f"/records/{case.id}/notices/dismissal").status_code == 404


def test_a_hold_is_placed_and_lifted(case, rule, court, cast, sign_in, session):
    browser = sign_in(cast.cora)
    placed = browser.post(f"/records/{case.id}/hold", data={"reason": "claim", "note": "A complaint came."})
    refused = browser.post(f"/records/{case.id}/sealing", data=REASON)
    page = text(browser.get(f"/records/{case.id}/hold/lifting"))
    lifted = browser.post(f"/records/{case.id}/hold/lifting", data={"note": "It was withdrawn."})

    assert [placed.status_code, refused.status_code, lifted.status_code] == [302, 409, 302]
    assert "A complaint came." in page
    assert browser.get(f"/records/{case.id}/hold/lifting").status_code == 404


def test_two_people_and_a_cooling_time_destroy_a_record(case, rule, court, cast, sign_in, session):
    retaining.work_out(court)
    cora = sign_in(cast.cora)
    place, number = f"/records/{case.id}/destruction", case.number
    proposed = cora.post(place, data=REASON)
    own = cora.post(f"{place}/confirmation")
    early = sign_in(cast.ada).post(f"{place}/confirmation")
    with clock.at(make.SATURDAY + timedelta(days=8)):
        ada = sign_in(cast.ada)
        listed = text(ada.get("/records/"))
        page = ada.get(f"{place}/confirmation")
        answer = ada.post(f"{place}/confirmation")
        certificate = text(ada.get("/records/destroyed"))

    assert [each.status_code for each in (proposed, own, early, page, answer)] == [302, 409, 409, 200, 302]
    assert number in listed
    assert "Cora Diaz" in certificate
    assert number not in certificate
    assert "Tate" not in certificate
    with seeing_sealed():
        assert session.scalar(select(func.count()).select_from(m.Case)) == 0


def test_what_was_destroyed_has_a_certificate_that_names_nobody(case, rule, court, cast, sign_in, session):
    rule.citation = "705 ILCS 405/5-915"
    was = {case.number, case.respondent.name, case.respondent.guardians[0].name, case.token}
    sign_in(cast.cora).post(f"/records/{case.id}/destruction", data=REASON)
    with clock.at(make.SATURDAY + timedelta(days=8)):
        ada = sign_in(cast.ada)
        ada.post(f"/records/{case.id}/destruction/confirmation")
        [place] = re.findall(r"/records/destroyed/\d+/certificate", text(ada.get("/records/destroyed")))
        answer = ada.get(place)
        ada.post("/language", data={"language": "es"})
        spanish = Printed(ada.get(place).data)
    there = make.court(name="Other Court")
    foreign = sign_in(make.user(there, "Fay Foreign", Role.COORDINATOR)).get(place)

    [purged] = session.scalars(select(m.Purge))
    paper = Printed(answer.data)
    said = paper.text
    assert (answer.mimetype, foreign.status_code) == ("application/pdf", 404)
    assert paper.pages == 1
    assert answer.headers["Content-Disposition"] == f'inline; filename="destruction-{purged.token[:8]}.pdf"'
    wanted = ["Cora Diaz", "Ada Admin", "Completed", purged.token]
    assert [each for each in wanted if each not in said] == []
    assert [name for name in was - {purged.token} if name in said] == []
    assert (purged.counts["case"], purged.counts["referral"], purged.counts["hearing"]) == (1, 1, 1)
    assert f"In all {sum(purged.counts.values())}" in said
    wanted = ["Certificado de destrucción", "Casos que se completaron", "15 mar 2026", "Línea en el libro"]
    assert [each for each in wanted if each not in spanish.text] == []
    assert spanish.pages == 1


def test_a_certificate_from_before_records_were_counted_says_what_it_lacks(court, cast, session):
    old = m.Purge(court=court, token="0" * 32, purged_at=clock.now(), kind=m.RecordKind.DECLINED)
    session.add(old)
    session.flush()

    paper = destruction_certificate(old)

    assert paper.missing == [
        "Who proposed it",
        "Who confirmed it",
        "Traces are swept in the coming night. Print it after that.",
    ]
    assert "In all" not in "".join(html_of(paper))


def test_a_proposal_is_taken_back(case, rule, court, cast, sign_in, session):
    browser = sign_in(cast.cora)
    browser.post(f"/records/{case.id}/destruction", data=REASON)

    answer = browser.post(f"/records/{case.id}/destruction/withdrawal")

    assert answer.status_code == 302
    assert session.scalars(select(m.Destruction)).all() == []
    assert browser.get(f"/records/{case.id}/destruction/confirmation").status_code == 404


@pytest.mark.parametrize("path", ["sealing", "hold", "destruction"])
def test_a_running_case_and_one_of_another_court_are_not_there(path, case, court, cast, sign_in, session):
    running = make.referred(court, cast.cora, name="Still Running")
    there = make.court(name="Other Court")
    fay = sign_in(make.user(there, "Fay Foreign", Role.COORDINATOR))
    browser = sign_in(cast.cora)

    assert browser.get(f"/records/{running.id}/{path}").status_code == 404
    assert fay.get(f"/records/{case.id}/{path}").status_code == 404


def test_a_coordinator_does_not_come_to_what_is_sealed(case, rule, cast, sign_in, session):
    sealing.seal(case, "Over.", by=cast.cora)
    session.commit()
    browser = sign_in(cast.cora)

    answers = [
        browser.get(f"/records/{case.id}/{each}").status_code for each in ("sealing", "hold", "destruction")
    ]

    assert answers == [404, 404, 404]
    assert browser.get("/records/sealed").status_code == 403


def test_a_rule_is_written_on_the_settings_pages(court, cast, sign_in, session):
    browser = sign_in(cast.cora)
    facts = {"name": "Completed plans", "kind": "completed", "trigger": "closed", "seal_after_days": "90"}
    answer = browser.post("/settings/lists/retention/new", data={**facts, "warn_days": "30"})

    listed = re.sub(r"\s+", " ", text(browser.get("/settings/lists/retention")))

    assert answer.status_code == 302
    assert "Sealed after 90 days." in listed
    assert "Not checked by counsel" in listed
    [rule] = db.session.scalars(select(m.RetentionRule))
    assert (rule.seal_after_days, rule.destroy_after_days, rule.needs_notice) == (90, None, False)
