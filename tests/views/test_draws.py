"""The pages of a day's draws: wishes, progress, proposals, what is put into force, and a juror's own line."""

import pytest

from tests import make
from tests.browser import asked_by_the_page, counting_statements
from youthcourt import models as m
from youthcourt.extensions import db
from youthcourt.permissions import Role
from youthcourt.procedures.jury import drawing


@pytest.fixture
def day(court, cast):
    """One hearing today, with eight jurors booked."""
    day = make.court_session(court, cast.cora)
    make.hearing(make.admitted(court, cast.cora), day, cast.judy, cast.cora)
    make.booked(cast.jurors, day, cast.cora)
    return day


@pytest.fixture
def browser(sign_in, cast):
    return sign_in(cast.cora)


def path(day, rest=""):
    return f"/court-sessions/{day.id}/draws/{rest}"


def text(answer):
    return " ".join(answer.get_data(as_text=True).split())


def newest(day):
    return db.session.scalars(m.Draw.of_day(day)).first()


def worked_out(day, browser, **asked):
    """A proposal, asked for on the page and worked out as a worker does."""
    browser.post(path(day), data=asked)
    draw = newest(day)
    drawing.solve(draw)
    db.session.commit()
    return draw


def test_asking_keeps_the_facts_and_leads_to_the_progress(day, browser):
    answer = browser.post(path(day), data={"public": "4 4 2"})

    draw = newest(day)
    assert answer.location == path(day, str(draw.id))
    assert (draw.state, draw.public, len(draw.facts["candidates"])) == (m.DrawState.WAITING, "4 4 2", 8)
    assert 'data-poll="' in text(browser.get(answer.location))


def test_asking_twice_with_one_form_asks_once(day, browser):
    answers = [browser.post(path(day), data={"request_id": "one pressing"}) for _ in range(2)]

    assert len({answer.location for answer in answers}) == 1
    assert len(db.session.scalars(m.Draw.of_day(day)).all()) == 1


def test_who_asks_while_another_is_worked_out_is_told(day, browser, sign_in, court):
    other = sign_in(make.user(court, "Cleo Colleague", Role.COORDINATOR))
    browser.post(path(day))

    answer = other.post(path(day))

    assert answer.status_code == 409
    assert "A plan of this day is being worked out now." in text(answer)


def test_the_progress_is_told_aim_by_aim_and_ends_by_itself(day, browser):
    browser.post(path(day))
    draw = newest(day)
    attempt = drawing.begin(draw)
    drawing.hear(draw, attempt, {"aim": "duty"})
    db.session.commit()
    at_work = text(browser.get(path(day, f"{draw.id}/progress")))
    drawing.fail(draw, attempt, "ended")
    db.session.commit()
    over = text(browser.get(path(day, f"{draw.id}/progress")))

    assert "Owed sittings on time …" in at_work
    assert ("data-over" in at_work, "data-over" in over) == (False, True)


def test_a_proposal_says_where_everybody_sits_and_why(day, browser):
    draw = worked_out(day, browser)

    shown = text(browser.get(path(day, str(draw.id))))

    for sitting in day.sittings:
        assert f"<bdi>{sitting.juror.person.name}</bdi>" in shown
    for words in (draw.commitment, draw.secret, draw.digest, f"flask panel replay {draw.id}"):
        assert words in shown


def test_each_draw_is_opened_by_its_own_number_under_its_own_day(court, cast, day, browser):
    first, second = worked_out(day, browser), worked_out(day, browser)
    other_day = make.court_session(court, cast.cora)
    laid_down = m.Draw.next_of(day)
    db.session.commit()

    shown = [text(browser.get(path(day, str(draw.id)))) for draw in (first, second)]

    assert [first.digest in shown[0], second.digest in shown[0]] == [True, False]
    assert [first.digest in shown[1], second.digest in shown[1]] == [False, True]
    assert browser.get(path(other_day, str(first.id))).status_code == 404
    assert browser.get(path(day, str(laid_down.id))).status_code == 404


def test_the_lots_are_not_told_while_it_is_worked_out(day, browser):
    browser.post(path(day))
    draw = newest(day)

    assert draw.secret not in text(browser.get(path(day, str(draw.id))))
    assert draw.secret not in text(browser.get(path(day)))


def test_putting_it_into_force_seats_them_once(day, browser):
    draw = worked_out(day, browser)

    answers = [browser.post(path(day, f"{draw.id}/publication")) for _ in range(2)]

    db.session.expire_all()
    assert answers[0].location == f"/court-sessions/{day.id}"
    assert answers[1].status_code == 409
    assert "This plan is no proposal any more." in text(answers[1])
    assert len(day.docket[0].panel.sitting_seats) == 6


def test_of_two_coordinators_who_both_put_their_own_into_force_the_last_is_seated(
    day, browser, sign_in, court
):
    other = sign_in(make.user(court, "Cleo Colleague", Role.COORDINATOR))
    first, second = worked_out(day, browser), worked_out(day, other)

    browser.post(path(day, f"{first.id}/publication"))
    other.post(path(day, f"{second.id}/publication"))

    db.session.expire_all()
    assert (first.state, second.state) == (m.DrawState.REPLACED, m.DrawState.PUBLISHED)
    assert len([panel for panel in day.docket[0].panels if panel.dissolved_at is None]) == 1


def test_two_proposals_are_compared(day, browser):
    first, second = worked_out(day, browser), worked_out(day, browser)

    shown = text(browser.get(path(day, f"comparison?one={first.id}&other={second.id}")))

    assert "Hearings without a panel" in shown
    assert "Who sits elsewhere by the second" in shown


def test_a_thrown_away_proposal_changes_nothing_and_stays_known(day, browser):
    draw = worked_out(day, browser)

    browser.post(path(day, f"{draw.id}/discard"))

    db.session.expire_all()
    assert draw.state is m.DrawState.DISCARDED
    assert day.docket[0].panel is None
    assert "Thrown away" in text(browser.get(path(day)))


def test_what_stopped_is_started_again_with_the_same_lots(day, browser):
    browser.post(path(day))
    draw = newest(day)
    drawing.fail(draw, drawing.begin(draw), "ended")
    db.session.commit()
    secret = draw.secret

    browser.post(path(day, f"{draw.id}/again"))

    db.session.expire_all()
    assert (draw.state, draw.secret) == (m.DrawState.WAITING, secret)


def test_when_too_few_may_sit_the_page_says_why_and_what_would_help(day, cast, browser):
    for sitting in day.sittings[3:]:
        sitting.excuse("Ill.", by=cast.cora)
    db.session.commit()
    browser.post(path(day))
    draw = newest(day)
    attempt = drawing.begin(draw)
    from youthcourt.planning.planning import plan
    from youthcourt.planning.shortage import shortages, ways_out

    made = plan(draw.facts, draw.seed)
    drawing.hear(draw, attempt, {"plan": made.facts()})
    short = [vars(each) for each in shortages(draw.facts, draw.seed, made)]
    ways = [vars(each) for each in ways_out(draw.facts, draw.seed, made)]
    drawing.hear(draw, attempt, {"shortages": short, "ways_out": ways})
    drawing.finish(draw, attempt)
    db.session.commit()

    shown = text(browser.get(path(day, str(draw.id))))

    assert "has no panel: " in shown
    assert "Find 3 more jurors for 6:30 PM, Room A." in shown


# Wishes


def test_a_place_is_given_with_a_reason_and_kept_in_the_draw(day, cast, browser):
    wanted = {"juror": cast.jurors[4].id, "hearing": day.hearings[0].id, "role": "foreperson"}

    answer = browser.post(path(day, "pins/new"), data={**wanted, "reason": "Asked to lead."})
    draw = worked_out(day, browser)

    assert answer.location == path(day)
    assert (str(cast.jurors[4].id), "foreperson", str(day.hearings[0].id)) in draw.places
    assert "Asked to lead." in text(browser.get(path(day)))


@pytest.mark.parametrize(
    ("make_it_so", "said"),
    [
        (
            lambda juror, _day: setattr(juror.person, "born_on", None),
            "may not sit here. Is not of the age for jurors on this day.",
        ),
        (
            lambda juror, day: setattr(juror.person, "school", day.hearings[0].case.respondent.school),
            "may not sit here. Goes to the respondent&#39;s school.",
        ),
    ],
)
def test_a_place_that_a_rule_forbids_is_refused_beside_the_field(day, cast, browser, make_it_so, said):
    make_it_so(cast.jurors[0], day)
    db.session.commit()
    wanted = {"juror": cast.jurors[0].id, "hearing": day.hearings[0].id, "role": "juror"}

    answer = browser.post(path(day, "pins/new"), data={**wanted, "reason": "Asked for it."})

    assert answer.status_code == 409
    assert said in text(answer)
    assert db.session.query(m.Pin).count() == 0


def test_who_is_kept_off_gets_no_seat(day, cast, browser):
    browser.post(path(day, "bars/new"), data={"juror": cast.jurors[0].id, "reason": "Exams."})

    draw = worked_out(day, browser)

    assert str(cast.jurors[0].id) not in {who for who, _role, _where in draw.places}


def test_a_wish_is_taken_back(day, cast, browser):
    browser.post(path(day, "bars/new"), data={"juror": cast.jurors[0].id, "reason": "Exams."})
    bar = db.session.query(m.Bar).one()

    browser.post(path(day, f"bars/{bar.id}/lifting"))

    assert db.session.query(m.Bar).count() == 0


def test_a_wish_needs_a_reason(day, cast, browser):
    answer = browser.post(path(day, "bars/new"), data={"juror": cast.jurors[0].id, "reason": " "})

    assert answer.status_code == 422
    assert "Write the reason." in text(answer)


# Who reads it


def test_the_judge_reads_the_draw_and_not_who_owes_a_sitting(day, cast, browser, sign_in):
    draw = worked_out(day, browser)
    seated = {who for who, role, _where in draw.places if role != "reserve"}
    people = [{**each, "owes": 2 * (each["id"] in seated), "chances": 1} for each in draw.facts["candidates"]]
    facts = {**draw.facts, "candidates": people}
    draw.facts = facts
    db.session.commit()

    shown = {who: text(sign_in(who).get(path(day, str(draw.id)))) for who in (cast.cora, cast.judy)}

    assert "<bdi>Amara Obi</bdi>" in shown[cast.judy]
    assert ["They owe a sitting" in page for page in shown.values()] == [True, False]
    assert "Put it into force" not in shown[cast.judy]


def test_a_juror_reads_their_own_line_and_no_other_name(day, cast, browser, sign_in):
    draw = worked_out(day, browser)
    browser.post(path(day, f"{draw.id}/publication"))
    juror = cast.jurors[0]
    user = make.juror_user(day.court, juror)
    sitting = next(each for each in day.sittings if each.juror is juror)
    db.session.commit()

    shown = text(sign_in(user).get(f"/sittings/{sitting.id}/seat"))

    others = [each.person.name for each in cast.jurors[1:]]
    of_case = [day.hearings[0].case.number, "Jordan", "Lincoln"]
    assert [name for name in [*others, *of_case] if name in shown] == []
    said = ("You have a seat", "You lead a panel", "You wait in reserve", "You have no seat")
    assert any(words in shown for words in said)


def test_after_its_names_are_gone_the_page_says_so(day, browser):
    draw = worked_out(day, browser)
    browser.post(path(day, f"{draw.id}/publication"))
    draw.forget()
    db.session.commit()

    shown = text(browser.get(path(day, str(draw.id))))

    assert "The names are gone" in shown
    assert "Amara" not in shown
    assert draw.digest in shown


def test_the_day_page_takes_as_many_statements_for_ten_jurors_as_for_eight(court, cast, day, browser):
    draw = worked_out(day, browser)
    browser.post(path(day, f"{draw.id}/publication"))
    with counting_statements(db.engine) as eight:
        browser.get(path(day))
    make.booked([make.juror(court, "Ida Ten"), make.juror(court, "Jo Nine")], day, cast.cora)
    db.session.commit()
    with counting_statements(db.engine) as ten:
        browser.get(path(day))

    assert len(asked_by_the_page(ten)) == len(asked_by_the_page(eight)) <= 30
