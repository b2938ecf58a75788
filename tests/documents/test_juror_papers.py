"""What jurors get, fact by fact: nothing of a case, and not why they sit."""

from datetime import date

import pytest

from tests import make
from tests.documents import sets
from tests.documents.test_intake_papers import told
from youthcourt import models as m
from youthcourt.documents.jury.juror_schedule import juror_days, juror_notice, juror_schedule
from youthcourt.documents.jury.service_record import credit_statement, service_certificate, service_letter
from youthcourt.documents.paper import html_of
from youthcourt.errors import RuleBroken

AMARA = {"name": "Amara Obi", "lang": "en"}


@pytest.fixture
def day(court, cast):
    planned = make.court_session(court, cast.cora)
    make.booked(cast.jurors[:2], planned, cast.cora)
    return planned


@pytest.fixture
def served(day, cast):
    for sitting in day.sittings:
        sitting.check_in(by=cast.cora)
        sitting.credit(by=cast.cora)
    make.db.session.flush()
    return cast.jurors[0]


def test_the_letter_for_a_school_tells_days_and_hours(served, cast):
    assert told(service_letter(served, by=cast.cora).facts) == {
        "juror": AMARA,
        "sittings": 1,
        "minutes": 120,
        "trained_minutes": 120,
        "first_on": date(2026, 3, 7),
        "last_on": date(2026, 3, 7),
        "days": [{"held_on": date(2026, 3, 7), "minutes": 120}],
        "dated": date(2026, 3, 7),
        "signed_by": "Cora Diaz",
    }


def test_a_statement_adds_up_with_the_account_when_a_credit_went_back(served, cast):
    sitting = served.sittings[0]
    m.TimeCredit.standing_for(sitting).reverse(by=cast.cora)
    make.db.session.flush()

    facts = told(credit_statement(served).facts)

    line = {"paid_on": date(2026, 3, 7), "held_on": date(2026, 3, 7)}
    assert facts["lines"] == [
        line | {"is_given_back": False, "came": 120, "went": 0, "balance": 120},
        line | {"is_given_back": True, "came": 0, "went": 120, "balance": 0},
    ]
    assert (facts["came"], facts["went"], facts["balance"], facts["sittings"]) == (120, 120, 0, 0)
    assert facts["balance"] == m.Account.of(served.court, served.person).balance()


def test_nobody_gets_a_certificate_before_they_served(cast):
    for make_paper in (service_certificate, service_letter):
        with pytest.raises(RuleBroken):
            make_paper(cast.jurors[0])


def test_the_schedule_to_put_up_has_short_names_and_the_days_of_one_juror_are_theirs(day, cast):
    plan = sets.schedule(day, cast.jurors[:2], cast.cora)
    place = {"held_on": date(2026, 3, 7), "starts_at": day.blocks[0].starts_at, "place": "Courthouse"}

    (listed,) = juror_schedule(plan).facts["days"]
    (own,) = juror_days(cast.jurors[0]).facts["days"]

    names = [{"name": "Amara O.", "lang": "en"}, {"name": "Ben K.", "lang": "en"}]
    assert listed == place | {"jurors": names, "open": 2}
    assert (own | {"role": str(own["role"])}) == place | {"role": "Juror"}


def test_a_notice_tells_each_juror_of_the_day_and_of_no_case(day, court, cast):
    case = make.admitted(court, cast.cora)
    make.hearing(case, day, cast.judy, cast.cora)

    paper, own = juror_notice(day), juror_notice(day, to=cast.jurors[1].person)

    assert paper.copies == ({"juror": AMARA}, {"juror": {"name": "Ben Kim", "lang": "en"}})
    assert own.copies == paper.copies[1:]
    words = "".join(html_of(paper))
    assert [word for word in ("Jordan", "Tate", case.number, "Shoplifting", "Room A") if word in words] == []
