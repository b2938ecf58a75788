"""Who gets which paper, under which name, and what is said before it is printed."""

import pytest
from sqlalchemy import event

from tests import make
from tests.documents import sets
from youthcourt import models as m
from youthcourt.documents.paper import Paper
from youthcourt.extensions import db
from youthcourt.notices.referrer import tell_referrer
from youthcourt.permissions import Role
from youthcourt.procedures.intake.referring import GuardianFacts
from youthcourt.views import papers
from youthcourt.views.papers import PRINTING


@pytest.fixture
def printing(monkeypatch):
    """What was sent to the printer, without waiting for it: the PDF itself is tested with the papers."""
    printed = []
    monkeypatch.setattr(papers.shelf, "printed", lambda paper, *_: printed.append(paper) or b"%PDF-")
    return printed


@pytest.fixture
def heard(court, cast):
    """A case with a draft order, before it is signed."""
    case = make.admitted(court, cast.cora)
    day = make.court_session(court, cast.cora)
    hearing = make.hearing(case, day, cast.judy, cast.cora)
    make.booked(cast.jurors, day, cast.cora)
    make.drawn(hearing, cast.cora)
    make.sworn(hearing, cast.cora)
    hearing.hold(by=cast.judy)
    return make.proposed(hearing)


@pytest.fixture
def records(heard, cast, court):
    """A record for each kind of paper, of one completed case."""
    case, hearing = heard.hearing.case, heard.hearing
    order = make.signed(heard, cast.judy)
    for each in case.obligations:
        each.excuse("Moved away in the meantime.", by=cast.cora)
    case.ask_dismissal("Done.", by=cast.cora)
    case.dismiss(by=cast.judy)
    letter = tell_referrer(case, by=cast.cora)
    service = next(each for each in case.obligations if each.activity.kind is m.ActivityKind.SERVICE)
    activity = make.activity(court, "essay")
    due = {"amount_owed": 1, "due_on": service.due_on, "order": order}
    essay = m.Obligation(court=court, case=case, activity=activity, **due)
    db.session.add(essay)
    gone = make.admitted(court, cast.cora, "Riley Stone")
    gone.return_to_referrer(m.ClosureReason.MOVED, note="They moved.", by=cast.cora)
    db.session.flush()
    day, juror = hearing.court_session, hearing.panel.foreperson.juror
    make.closed(day, by=cast.cora)
    hurt = sets.harmed(case)
    of_case = ("referral_acknowledgement", "intake_appointment", "agreement", "media_consent", "text_consent")
    of_case += ("case_cover", "case_file", "final_report", "sealing_notice")
    of_harmed = ("harmed_notice", "impact_statement", "harmed_invitation")
    of_juror = ("juror_form", "juror_days", "service_certificate", "service_letter", "credit_statement")
    of_day = ("juror_notice", "labels_30", "labels_14", "labels_21", "envelope_pages")
    return {
        **dict.fromkeys(of_case, case.id),
        **dict.fromkeys(of_harmed, hurt.id),
        **dict.fromkeys(of_juror, juror.id),
        **dict.fromkeys(of_day, day.id),
        "juror_application": court.id,
        "juror_schedule": sets.schedule(day, [juror], cast.cora).id,
        "hearing_notice": hearing.id,
        "docket": hearing.court_session.id,
        "docket_for_jurors": hearing.court_session.id,
        "sign_in_sheets": hearing.court_session.id,
        "room_sheets": hearing.court_session.id,
        "hearing_script": hearing.id,
        "deliberation_sheet": hearing.id,
        "disposition_order": order.id,
        "plain_copy": order.id,
        "completion_certificate": case.id,
        "decision_letter": letter.id,
        "door_list": hearing.court_session.id,
        "oath_cards": court.id,
        "question_guide": case.offence_id,
        "appeal_form": order.id,
        "obligation_plan": case.id,
        "time_sheet": service.id,
        "site_letter": service.id,
        "apology_guide": service.id,
        "essay_guide": service.id,
        "cover_sheet": essay.id,
        "progress_letter": case.id,
        "warning": case.id,
        "noncompliance_report": case.id,
        "return_to_referrer": gone.id,
    }


@pytest.fixture
def readers(court, cast, heard):
    """One of each who might ask, and of those who should not."""
    case = heard.hearing.case
    elsewhere = make.court("Bay Youth Court")
    return {
        "coordinator": cast.cora,
        "the judge": cast.judy,
        "another judge": make.user(court, "Otto Other", Role.JUDGE),
        "the family": make.user(court, "Renee Tate", Role.FAMILY, person=case.respondent.guardians[0]),
        "another family": make.user(court, "Mai Tran", Role.FAMILY, person=make.person(court, "Mai Tran")),
        "a juror who sat": make.juror_user(court, heard.hearing.panel.foreperson.juror),
        "an administrator": cast.ada,
        "a coordinator elsewhere": make.user(elsewhere, "Elsa Else", Role.COORDINATOR),
    }


STAFF = {"coordinator": 200, "a coordinator elsewhere": 404, "a juror who sat": 403, "an administrator": 403}
NOT_FOR_FAMILIES = {"the family": 403, "another family": 403}
NOT_FOR_JUDGES = {"the judge": 403, "another judge": 403}
JUDGES = {"the judge": 200, "another judge": 200}
OFFICE = STAFF | NOT_FOR_FAMILIES | NOT_FOR_JUDGES
FAMILY = {"the family": 200, "another family": 404}
WHO_MAY = {
    "hearing_notice": STAFF | NOT_FOR_JUDGES | {"the family": 200, "another family": 404},
    "docket": STAFF | NOT_FOR_FAMILIES | {"the judge": 200, "another judge": 404},
    "docket_for_jurors": STAFF | NOT_FOR_FAMILIES | NOT_FOR_JUDGES,
    "sign_in_sheets": STAFF | NOT_FOR_FAMILIES | NOT_FOR_JUDGES,
    "room_sheets": STAFF | NOT_FOR_FAMILIES | NOT_FOR_JUDGES,
    "hearing_script": STAFF | NOT_FOR_FAMILIES | {"the judge": 200, "another judge": 404},
    "deliberation_sheet": STAFF | NOT_FOR_FAMILIES | {"the judge": 200, "another judge": 404},
    "disposition_order": STAFF
    | {"the judge": 200, "another judge": 404, "the family": 200, "another family": 404},
    "plain_copy": STAFF | {"the judge": 200, "another judge": 404, "the family": 200, "another family": 404},
    "completion_certificate": STAFF | NOT_FOR_JUDGES | {"the family": 200, "another family": 404},
    "decision_letter": OFFICE,
    **dict.fromkeys(
        ("referral_acknowledgement", "harmed_notice", "impact_statement", "harmed_invitation", "case_cover"),
        OFFICE,
    ),
    **dict.fromkeys(("case_file", "final_report", "juror_application", "juror_form"), OFFICE),
    **dict.fromkeys(("juror_schedule", "service_certificate", "service_letter"), OFFICE),
    **dict.fromkeys(("labels_30", "labels_14", "labels_21", "envelope_pages"), OFFICE),
    **dict.fromkeys(("intake_appointment", "agreement", "media_consent", "text_consent"), OFFICE | FAMILY),
    "sealing_notice": OFFICE | FAMILY,
    **dict.fromkeys(("juror_days", "juror_notice", "credit_statement"), OFFICE | {"a juror who sat": 200}),
    "door_list": STAFF | NOT_FOR_FAMILIES | NOT_FOR_JUDGES,
    "oath_cards": STAFF | NOT_FOR_FAMILIES | JUDGES,
    "question_guide": STAFF | NOT_FOR_FAMILIES | JUDGES,
    "appeal_form": STAFF | {"the judge": 200, "another judge": 404, "the family": 200, "another family": 404},
    "obligation_plan": STAFF | NOT_FOR_JUDGES | {"the family": 200, "another family": 404},
    "time_sheet": STAFF | NOT_FOR_JUDGES | {"the family": 200, "another family": 404},
    "site_letter": STAFF | NOT_FOR_FAMILIES | NOT_FOR_JUDGES,
    "apology_guide": STAFF | NOT_FOR_JUDGES | {"the family": 200, "another family": 404},
    "essay_guide": STAFF | NOT_FOR_JUDGES | {"the family": 200, "another family": 404},
    "cover_sheet": STAFF | NOT_FOR_JUDGES | {"the family": 200, "another family": 404},
    "progress_letter": STAFF | NOT_FOR_FAMILIES | NOT_FOR_JUDGES,
    "warning": STAFF | NOT_FOR_FAMILIES | NOT_FOR_JUDGES,
    "noncompliance_report": STAFF | NOT_FOR_FAMILIES | NOT_FOR_JUDGES,
    "return_to_referrer": STAFF | NOT_FOR_FAMILIES | NOT_FOR_JUDGES,
}


def test_who_gets_which_paper(records, readers, sign_in, printing):
    answers = {kind: {} for kind in records}
    for who, user in readers.items():
        browser = sign_in(user)
        for kind, number in records.items():
            pages = [browser.get(f"/papers/{kind}/{number}"), browser.get(f"/papers/{kind}/{number}/check")]
            (answers[kind][who],) = {page.status_code for page in pages}

    assert answers == WHO_MAY
    assert set(WHO_MAY) == set(PRINTING)


def test_nobody_gets_a_paper_without_signing_in(records, client):
    assert {client.get(f"/papers/{kind}/{number}").status_code for kind, number in records.items()} == {302}


def test_a_family_never_sees_a_draft(heard, readers, cast, sign_in, printing):
    draft = m.DispositionOrder.draft_for(heard, by=cast.judy)
    db.session.flush()
    address = f"/papers/disposition_order/{draft.id}"

    answers = {who: sign_in(readers[who]).get(address).status_code for who in ("the judge", "the family")}

    assert answers == {"the judge": 200, "the family": 404}


def test_a_judge_prints_the_docket_of_their_own_hearings(court, cast, sign_in, printing):
    other = make.user(court, "Otto Other", Role.JUDGE)
    day = make.court_session(court, cast.cora)
    mine = make.hearing(make.admitted(court, cast.cora), day, cast.judy, cast.cora)
    make.hearing(make.admitted(court, cast.cora, "Kim Wu"), day, other, cast.cora, room=1)
    number = mine.case.number

    sign_in(cast.judy).get(f"/papers/docket/{day.id}")

    assert [row["number"] for slot in printing[0].facts["slots"] for row in slot["rows"]] == [number]


def test_a_paper_opens_in_the_browser_and_nobody_keeps_a_copy(records, cast, sign_in):
    answer = sign_in(cast.cora).get(f"/papers/hearing_notice/{records['hearing_notice']}")

    assert answer.data.startswith(b"%PDF-")
    assert {
        name: answer.headers[name] for name in ("Content-Type", "Content-Disposition", "Cache-Control")
    } == {
        "Content-Type": "application/pdf",
        "Content-Disposition": 'inline; filename="notice-YC-2026-0001.pdf"',
        "Cache-Control": "no-store",
    }


def test_no_name_of_a_person_stands_in_the_name_of_a_file(records, cast, sign_in, printing):
    browser = sign_in(cast.cora)

    names = [
        browser.get(f"/papers/{kind}/{number}").headers["Content-Disposition"].partition("filename=")[2]
        for kind, number in records.items()
    ]

    juror = f"juror-{records['juror_days']}"
    of_case = ("received", "appointment", "agreement", "pictures", "messages", "cover", "file")
    of_case += ("final-report", "sealing", "harmed", "statement", "invitation")
    assert names == [
        *(f'"{stem}-YC-2026-0001.pdf"' for stem in of_case),
        *(f'"{stem}-{juror}.pdf"' for stem in ("form", "days", "service", "hours", "credits")),
        *(f'"{stem}-2026-03-07.pdf"' for stem in ("notice", *["labels"] * 3, "envelopes")),
        '"application-blank.pdf"',
        '"schedule-2026-03-07.pdf"',
        '"notice-YC-2026-0001.pdf"',
        '"docket-2026-03-07.pdf"',
        '"jurors-2026-03-07.pdf"',
        '"sign-in-2026-03-07.pdf"',
        '"rooms-2026-03-07.pdf"',
        '"script-YC-2026-0001.pdf"',
        '"sheet-YC-2026-0001.pdf"',
        '"order-YC-2026-0001-A.pdf"',
        '"plan-YC-2026-0001-A.pdf"',
        '"certificate-YC-2026-0001.pdf"',
        '"letter-YC-2026-0001.pdf"',
        '"door-2026-03-07.pdf"',
        '"oath-YC.pdf"',
        '"questions-YC.pdf"',
        '"appeal-YC-2026-0001-A.pdf"',
        '"calendar-YC-2026-0001.pdf"',
        '"hours-YC-2026-0001.pdf"',
        '"site-YC-2026-0001.pdf"',
        '"apology-YC.pdf"',
        '"essay-YC.pdf"',
        '"cover-YC-2026-0001.pdf"',
        '"progress-YC-2026-0001.pdf"',
        '"warning-YC-2026-0001.pdf"',
        '"report-YC-2026-0001.pdf"',
        '"return-YC-2026-0002.pdf"',
    ]


def test_a_kind_that_does_not_exist_is_not_found(cast, sign_in):
    assert sign_in(cast.cora).get("/papers/passport/1").status_code == 404


def test_a_certificate_before_the_end_is_refused_in_words(court, cast, sign_in):
    case = make.admitted(court, cast.cora)

    answer = sign_in(cast.cora).get(f"/papers/completion_certificate/{case.id}")

    assert answer.status_code == 409
    assert "once the case is completed" in answer.text


def test_what_is_missing_is_listed_before_printing(court, cast, sign_in):
    case = make.admitted(court, cast.cora)
    case.respondent.mailing_address = court.phone = ""
    hearing = make.hearing(case, make.court_session(court, cast.cora), cast.judy, cast.cora)

    answer = sign_in(cast.cora).get(f"/papers/hearing_notice/{hearing.id}/check")

    assert "<li>A mailing address of the family</li>" in answer.text
    assert "<li>The court&#39;s phone number</li>" in answer.text
    assert "Print with blanks" in answer.text


def test_a_paper_that_knows_everything_says_so(records, cast, sign_in):
    answer = sign_in(cast.cora).get(f"/papers/disposition_order/{records['disposition_order']}/check")

    assert "Nothing is missing on this paper." in answer.text


@pytest.fixture
def queries(session):
    """How many times the database was asked since this list was emptied."""
    asked = []

    def count(_connection, _cursor, statement, *_rest):
        if statement.startswith("SELECT"):
            asked.append(statement)

    event.listen(db.engine, "before_cursor_execute", count)
    yield asked
    event.remove(db.engine, "before_cursor_execute", count)


def test_a_longer_docket_asks_the_database_no_more_often(court, cast, sign_in, printing, queries):
    day = make.court_session(court, cast.cora)
    make.hearing(make.admitted(court, cast.cora), day, cast.judy, cast.cora)
    browser, address = sign_in(cast.cora), f"/papers/docket/{day.id}"
    db.session.expire_all()
    queries.clear()
    browser.get(address)
    for_one = len(queries)
    second = db.session.get(m.CourtSession, day.id)
    other = make.user(court, "Otto Other", Role.JUDGE)
    make.hearing(make.admitted(court, cast.cora, "Kim Wu"), second, other, cast.cora, room=1)
    make.hearing(make.admitted(court, cast.cora, "Li Na"), second, cast.judy, cast.cora, block=1)
    db.session.commit()
    db.session.expire_all()
    queries.clear()

    browser.get(address)

    assert isinstance(printing[1], Paper)
    assert printing[1].facts["hearing_count"] == 3
    assert len(queries) == for_one <= 16


def test_a_guardian_prints_their_own_notice_and_not_where_the_others_live(court, cast, session):
    apart = [
        GuardianFacts("Renee", "Tate", mailing_address="5 Elm Street\nHarbor, NC"),
        GuardianFacts("Rufus", "Tate", mailing_address="1 Far Lane"),
    ]
    case = make.admitted(court, cast.cora, guardians=apart)
    hearing = make.hearing(case, make.court_session(court, cast.cora), cast.judy, cast.cora)
    father = make.user(court, "Rufus Tate", Role.FAMILY, person=case.respondent.guardians[1])

    printed = {
        who.name: [" ".join(copy["address"]) for copy in PRINTING["hearing_notice"].make(hearing, who).copies]
        for who in (cast.cora, father)
    }

    assert printed == {"Cora Diaz": ["5 Elm Street Harbor, NC", "1 Far Lane"], "Rufus Tate": ["1 Far Lane"]}
