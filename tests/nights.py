"""One evening in court, to be acted out on screens and on paper, and what of it is left in the records."""

from datetime import datetime, time, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select

from tests import make
from tests.cast import cast_of
from youthcourt import clock
from youthcourt import models as m
from youthcourt.permissions import Role

# Who is heard: at the first or the second time, in which room, by which judge, by whom, and who waits.
# The first juror of each panel leads it.
HEARINGS = {
    "Jordan Tate": (0, "Room A", "Judy Okafor", ("Amara Obi", "Ben Kim", "Chloe Roy"), ("Dev Patel",)),
    "Riley Cruz": (0, "Room B", "Jules Stone", ("Elena Mora", "Finn Ward", "Gia Lopez"), ("Hana Abe",)),
    "Sam Bell": (1, "Room A", "Judy Okafor", ("Chloe Roy", "Amara Obi", "Finn Ward"), ("Gia Lopez",)),
    "Quinn Ford": (1, "Room B", "Jules Stone", ("Elena Mora", "Hana Abe", "Dev Patel"), ()),
}
# What the evening brings, in the words in which people write it down.
ABSENT = "Did not come."
CONFLICT = "We were in one class last year."
FOUND = "Said it in their own words and asked how to begin."
BUILDS = "It shows what they can do."
FEVER = "Fever since noon."
QUESTION = "Is that much service too much beside the exams?"
WHY_CHANGED = "That many hours leave time for school."
LEAST, MOST = 900, 1500  # minutes of service on which the third panel cannot agree
SET_BY_JUDGE = 1080


def stage():
    """A court on its evening: four hearings in two rooms, panels seated, everybody told and nobody here yet.

    Gives names and numbers alone, so that it can be used in another session: `emails` by name, `hearings` and
    `cases` by the name of the young person.
    """
    court = make.court(panel_size=3, panel_minimum=3, panel_reserves=1)
    cast = cast_of(court)
    staff = [cast.cora, cast.judy]
    staff += [make.user(court, "Cole Reyes", Role.COORDINATOR), make.user(court, "Jules Stone", Role.JUDGE)]
    day = make.court_session(court, cast.cora, starts=_two_times(court))
    next_week = court.today + timedelta(days=7)
    later = make.court_session(court, cast.cora, held_on=next_week, starts=(time(18, 30),))
    make.booked(cast.jurors, day, cast.cora)
    hearings = [_placed(court, day, staff, cast, name) for name in HEARINGS]
    day.publish(by=cast.cora)
    for hearing in hearings:
        hearing.serve(m.HowServed.BY_HAND, by=cast.cora)
    jurors = [make.juror_user(court, juror) for juror in cast.jurors]
    people = [*staff, *jurors, *(account for hearing in hearings for account in _family(hearing))]
    return SimpleNamespace(
        court=court.id,
        day=day.id,
        later=later.id,
        emails={user.name: user.email for user in people},
        hearings={hearing.case.respondent.name: hearing.id for hearing in hearings},
        cases={hearing.case.respondent.name: hearing.case_id for hearing in hearings},
    )


def _two_times(court):
    """Times of day that have come, so that whoever is not here is late, whenever this is acted out."""
    now = clock.now().astimezone(ZoneInfo(court.time_zone))
    midnight = datetime.combine(now.date(), time(), now.tzinfo)
    first = max(midnight, now - timedelta(minutes=20)).replace(second=0, microsecond=0)
    return first.time(), (first + timedelta(minutes=10)).time()


def _placed(court, day, staff, cast, name):
    number, room_name, judge_name, deciding, waiting = HEARINGS[name]
    judge = next(user for user in staff if user.name == judge_name)
    room = next(room for room in day.rooms if room.name == room_name)
    case = make.admitted(court, cast.cora, name)
    hearing = day.place_hearing(case, day.blocks[number], room, judge, by=cast.cora)
    panel = m.Panel(court=court)
    hearing.panels.append(panel)
    by_name = {juror.person.name: juror for juror in cast.jurors}
    for each in deciding:
        panel.add_seat(by_name[each], is_foreperson=each == deciding[0])
    for each in waiting:
        panel.add_seat(by_name[each], is_reserve=True)
    case.session.flush()
    return hearing


def _family(hearing):
    for number, person in enumerate(hearing.family):
        email = f"family{hearing.id}-{number}@example.org"
        yield make.user(hearing.court, person.name, Role.FAMILY, person=person, email=email)


# ---- What is left ----------------------------------------------------------------------------------


def records_of(day):
    """What an evening left behind, by the names of people, so that two evenings can be compared.

    It leaves out, each because an evening on paper cannot leave the same or need not:
    - times, row numbers, versions, who typed something and on which screen, and the numbers of orders;
    - days, which are told as days after the evening, and times of day, told as first or second;
    - what each juror wrote alone and the spread of it, the notes of the seven steps and of the script's, who
      asked and what was said: on paper they stay on paper;
    - all votes but the last, and the one before it where an item is left to the judge: only those decide;
    - that the judge sent a plan back, for the sheet that is typed in is the last one; see `sent_back`;
    - oaths of those who waited or left, who decide nothing, and seats of a panel that was sent home whole;
    - how the family signed, and the papers themselves.
    """
    moved = select(m.Adjournment.hearing_id).join(m.TimeBlock, m.Adjournment.was_block_id == m.TimeBlock.id)
    moved = moved.where(m.TimeBlock.court_session_id == day.id)
    of_day = or_(m.Hearing.court_session_id == day.id, m.Hearing.id.in_(moved))
    hearings = day.session.scalars(select(m.Hearing).where(of_day)).all()
    return {
        "is closed": day.is_closed,
        "hearings": {each.case.respondent.name: _left_by_hearing(each, day) for each in hearings},
        "jurors": {each.juror.person.name: _left_by_sitting(each) for each in day.sittings},
        "kept apart": sorted(_ties(day)),
        "new jurors": sorted(_new_jurors(hearings)),
    }


def sent_back(day):
    """The questions with which plans of this evening were sent back, by the name of the young person."""
    sat = [hearing for hearing in day.hearings if hearing.deliberation]
    asked = {each.case.respondent.name: each.deliberation.sign_offs for each in sat}
    returned = m.SignOffAnswer.RETURNED
    told = {name: [each.reason for each in given if each.answer is returned] for name, given in asked.items()}
    return {name: questions for name, questions in told.items() if questions}


def _left_by_hearing(hearing, day):
    panels = [
        panel for panel in hearing.panels if panel.dissolved_at is None and hearing.court_session is day
    ]
    decision = hearing.deliberation
    return {
        "state": str(hearing.state),
        "stage": str(hearing.case.stage),
        "days after": (hearing.sits_on - day.held_on).days,
        "room and judge": (hearing.room.name, hearing.judge.name),
        "adjourned": [(str(each.reason), each.note, each.was_room.name) for each in hearing.adjournments],
        "family here": sorted(each.person.name for each in hearing.attendances if each.court_session is day),
        "family absent": sorted(each.person.name for each in hearing.absences),
        "sat": {seat.juror.person.name: _place(seat) for panel in panels for seat in panel.standing},
        "left": {
            seat.juror.person.name: _left(seat) for panel in panels for seat in panel.seats if _left(seat)
        },
        "decision": _decision(decision, day) if decision else None,
        "order": _order(hearing.case.order, day) if hearing.case.order else None,
        "owed": {str(each.activity): _owed(each, day) for each in hearing.case.obligations},
    }


def _place(seat):
    """As what somebody sat, and, of those who decide, whether they had taken the oath."""
    return str(seat.role) if seat.is_reserve else f"{seat.role}{', sworn' if seat.is_sworn else ''}"


def _left(seat):
    """Why somebody left a panel that went on, and who took the seat."""
    if seat.stood_down_at is None:
        return None
    taken_by = seat.replacement.taken_by if seat.replacement else None
    return seat.stood_down_reason, taken_by.juror.person.name if taken_by else None


def _decision(deliberation, day):
    counted = [each for each in deliberation.rounds if each.is_counted]
    decisive = 2 if any(each.is_deadlocked for each in deliberation.proposals) else 1
    last = deliberation.sign_offs[-1] if deliberation.sign_offs else None
    return {
        "is sent": deliberation.is_decided,
        "found": {str(each.question): (str(each.answer), each.reason) for each in deliberation.findings},
        "plan": {str(each.activity): _proposed(each, day) for each in deliberation.proposals},
        "votes": [(each.agreeing, each.not_yet, each.missing, each.needed) for each in counted[-decisive:]],
        "judge": (str(last.answer), last.reason) if last else None,
    }


def _proposed(item, day):
    what_for = str(item.purpose), item.builds, item.outside_reason
    return item.amount, _days(item.due_on, day), *what_for, (item.lowest, item.highest)


def _order(order, day):
    changed = [
        (str(each.activity), each.was.amount if each.was else None, each.now.amount if each.now else None)
        for each in order.differences()
    ]
    return {
        "items": [(str(i.activity), i.amount, _days(i.due_on, day), i.builds) for i in order.items],
        "changed": changed,
        "why changed": order.change_reason,
        "said yes": sorted(each.person.name for each in order.acceptances),
        "said no": sorted(each.person.name for each in order.rejections if each.stands),
        "asked again": sorted(each.item.activity.name for appeal in order.appeals for each in appeal.items),
    }


def _owed(obligation, day):
    due = _days(obligation.due_on, day)
    return str(obligation.state), obligation.amount_owed, obligation.amount_done, due, obligation.builds


def _days(due_on, day):
    return (due_on - day.held_on).days


def _left_by_sitting(sitting):
    paid = m.TimeCredit.standing_for(sitting)
    withheld = sitting.withheld.reason if sitting.withheld else None
    return str(sitting.state), sitting.is_walk_in, withheld, paid.minutes if paid else 0


def _ties(day):
    """Who was found to know whom. Nothing was noted before this evening."""
    for tie in day.session.scalars(select(m.Tie).where(m.Tie.court_id == day.court_id)):
        yield (*sorted((tie.person.name, tie.other.name)), str(tie.kind))


def _new_jurors(hearings):
    """The young people whose order makes jurors of them."""
    for hearing in hearings:
        enrolled = select(m.Juror).where(m.Juror.person_id == hearing.case.respondent_id)
        for juror in hearing.session.scalars(enrolled):
            yield juror.person.name, juror.is_volunteer


# ---- What this evening leaves -----------------------------------------------------------------------


def _plan(service, jury_duty, between=(None, None)):
    what_for = "community", BUILDS, ""
    return {
        "Community service": (service, 90, *what_for, between),
        "Jury duty": (jury_duty, 90, *what_for, (None, None)),
    }


def _ends(state="held", room="Room A", judge="Judy Okafor", **facts):
    """Heard on the evening, by the rules, with everybody here and nothing unusual."""
    usual = {
        "state": state,
        "stage": "active",
        "days after": 0,
        "room and judge": (room, judge),
        "adjourned": [],
        "family absent": [],
        "left": {},
    }
    return usual | facts


def _decided(plan, votes=((3, 0, 0, 3),), judge=("approved", "")):
    found = {str(question): ("yes", FOUND) for question in m.Question}
    return {"is sent": True, "found": found, "plan": plan, "votes": list(votes), "judge": judge}


def _ordered(service, jury_duty, said_yes=(), changed=(), why=""):
    items = [("Community service", service, 90, BUILDS), ("Jury duty", jury_duty, 90, BUILDS)]
    answers = {"said yes": list(said_yes), "said no": [], "asked again": []}
    return {"items": items, "changed": list(changed), "why changed": why, **answers}


def _to_do(service, jury_duty):
    return {
        "Community service": ("open", service, 0, 90, BUILDS),
        "Jury duty": ("open", jury_duty, 0, 90, BUILDS),
    }


SERVED, MISSED = ("credited", False, None, 120), ("no_show", False, None, 0)
LEFT_BEHIND = {
    "is closed": True,
    "hearings": {
        "Jordan Tate": _ends(
            **{"family here": ["Jordan Tate", "Renee Tate"]},
            sat={"Amara Obi": "foreperson, sworn", "Chloe Roy": "juror, sworn", "Dev Patel": "juror, sworn"},
            left={"Ben Kim": (ABSENT, "Dev Patel")},
            decision=_decided(_plan(900, 2)),
            order=_ordered(900, 2, said_yes=["Jordan Tate", "Renee Tate"]),
            owed=_to_do(900, 2),
        ),
        "Riley Cruz": _ends(
            room="Room B",
            judge="Jules Stone",
            **{"family here": ["Riley Cruz"], "family absent": ["Renee Cruz"]},
            sat={"Elena Mora": "foreperson, sworn", "Finn Ward": "juror, sworn", "Hana Abe": "juror, sworn"},
            left={"Gia Lopez": (CONFLICT, "Hana Abe")},
            decision=_decided(_plan(1200, 3)),
            order=_ordered(1200, 3),
            owed=_to_do(1200, 3),
        ),
        "Sam Bell": _ends(
            **{"family here": ["Renee Bell", "Sam Bell"]},
            sat={
                "Chloe Roy": "foreperson, sworn",
                "Amara Obi": "juror, sworn",
                "Finn Ward": "juror, sworn",
                "Gia Lopez": "reserve",
            },
            decision=_decided(
                _plan(1200, 2, between=(LEAST, MOST)),
                votes=((2, 1, 0, 3), (3, 0, 0, 3)),
                judge=("changed", WHY_CHANGED),
            ),
            order=_ordered(
                SET_BY_JUDGE, 2, changed=[("Community service", 1200, SET_BY_JUDGE)], why=WHY_CHANGED
            ),
            owed=_to_do(SET_BY_JUDGE, 2),
        ),
        "Quinn Ford": _ends(
            state="set",
            room="Room B",
            judge="Jules Stone",
            stage="hearing_set",
            adjourned=[("illness", FEVER, "Room B")],
            sat={},
            decision=None,
            order=None,
            owed={},
            **{"days after": 7, "family here": []},
        ),
    },
    "jurors": {
        "Amara Obi": SERVED,
        "Ben Kim": MISSED,
        "Chloe Roy": SERVED,
        "Dev Patel": SERVED,
        "Elena Mora": SERVED,
        "Finn Ward": SERVED,
        "Gia Lopez": SERVED,
        "Hana Abe": SERVED,
    },
    "kept apart": [("Gia Lopez", "Riley Cruz", "knows")],
    "new jurors": [("Jordan Tate", False), ("Riley Cruz", False), ("Sam Bell", False)],
}
