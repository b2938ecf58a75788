"""The whole road below the pages: one young person, from referral to juror."""

from datetime import timedelta

from tests import make
from youthcourt import clock
from youthcourt import models as m
from youthcourt.notices.referrer import tell_referrer


def test_a_respondent_goes_the_whole_road_and_comes_back_as_a_juror(court, cast, session):
    case = make.admitted(court, cast.cora)
    day = make.court_session(court, cast.cora)
    hearing = make.hearing(case, day, cast.judy, cast.cora)
    make.booked(cast.jurors, day, cast.cora)
    make.drawn(hearing, cast.cora)
    day.publish(by=cast.cora)
    make.sworn(hearing, cast.cora)
    hearing.hold(by=cast.judy)
    order = make.signed(make.proposed(hearing), cast.judy)
    assert order.number == f"{case.number}-A"
    assert len(make.closed(day, by=cast.cora)) == 8
    service, duty = case.obligations
    service.credit(1200, done_on=court.today, vouched_by="Sr. Ruth", by=cast.cora)
    respondent = session.query(m.Juror).filter_by(person=case.respondent).one()

    for week in (1, 2):
        with clock.at(make.SATURDAY + timedelta(weeks=week)):
            respondent.train(held_on=court.today, minutes=60, by=cast.cora)
            other = make.admitted(court, cast.cora, name=f"Rosa Ruiz{week}", school_name="Harbor Middle")
            later = make.court_session(court, cast.cora)
            next_hearing = make.hearing(other, later, cast.judy, cast.cora)
            make.booked([respondent, *cast.jurors[:5]], later, cast.cora)
            make.drawn(next_hearing, cast.cora)
            make.sworn(next_hearing, cast.cora)
            next_hearing.hold(by=cast.judy)
            make.proposed(next_hearing)
            make.closed(later, by=cast.cora)

    assert duty.state is m.ObligationState.MET
    case.ask_dismissal("All done.", by=cast.cora)
    case.dismiss(by=cast.judy)
    tell_referrer(case, by=cast.cora)
    m.Juror.enrol(case.respondent, by=cast.cora)
    assert case.stage is m.CaseStage.COMPLETED
    assert m.Account.of(court, case.respondent).balance() == 2 * court.minutes_per_sitting
    assert m.Account.of(court, None).balance() < 0
    assert respondent.is_volunteer
