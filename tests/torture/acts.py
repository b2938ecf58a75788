"""What people do while the server is killed under them, and how each deed is proved from the rows alone."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import time, timedelta
from itertools import count
from types import SimpleNamespace
from uuid import uuid4

from sqlalchemy import text

from tests import make
from tests.cast import cast_of
from tests.conftest import app_on
from tests.signing_in import begun, browser_with
from youthcourt import clock
from youthcourt.extensions import db, writing
from youthcourt.models import Question
from youthcourt.walls import in_every_court

CROWD = 3  # coordinators who take cases along the road, each on days of their own
ROOMS = 2  # jury rooms in which one juror writes all the time


@dataclass
class Act:
    """One form that is sent, with what it must leave behind: each proof counts to its number, or to none."""

    path: str
    typed: dict[str, object]
    proofs: dict[str, tuple[dict[str, object], int]]
    lasts: bool = True  # whether the proofs stay true whatever the same person does next
    is_numbered: bool = True  # whether its number is remembered, so that it counts once
    request_id: str = field(default_factory=lambda: uuid4().hex)

    @property
    def all_proofs(self):
        kept = "SELECT count(*) FROM submission WHERE request_id = :request"
        number = {kept: ({"request": self.request_id}, 1)} if self.is_numbered else {}
        return number | self.proofs

    def holds(self, connection):
        """Whether everything is there (True), nothing is (False), or half of it (what is, as text)."""
        wanted = [wanted for _of, wanted in self.all_proofs.values()]
        found = [connection.scalar(text(sql), of) for sql, (of, _wanted) in self.all_proofs.items()]
        if found == wanted or not any(found):
            return found == wanted
        return f"{self.path}: found {found}, wanted {wanted} or nothing"


Script = Iterator[Act]  # send() it where the last act led


def audited(event, subject, number):
    """The proof of a line of the trail about one record."""
    sql = "SELECT count(*) FROM audit_event WHERE event = :event AND subject = :subject AND subject_id = :id"
    return {f"{sql} /* {event} */": ({"event": event, "subject": subject, "id": number}, 1)}


def one(table, column, value, wanted=1):
    return {f'SELECT count(*) FROM "{table}" WHERE {column} = :value': ({"value": value}, wanted)}


# Who does what


def road(who, house, look):
    """A coordinator takes one young person after another from the referral to the panel."""
    for number in count(1):
        name = f"Ruiz{who}x{number}"
        led = yield Act("/referrals/new", referral(house, name), one("person", "family_name", name, 2))
        case = number_in(led)
        proof = {**one("screening", "case_id", case), **one("letter", "case_id", case)}
        yield Act(f"/cases/{case}/screening", {}, {**proof, **audited("case.accepted", "case", case)})
        interview = {"held_on": make.TODAY, "strengths": "Draws; looks after a brother."}
        proof = {**one("interview", "case_id", case), **audited("case.intake_held", "case", case)}
        yield Act(f"/cases/{case}/interview", interview, proof)
        for party, person in signers(look, case).items():
            yield Act(
                f"/cases/{case}/agreements/{party}",
                {"person": person, **AGREED},
                {
                    f"SELECT count(*) FROM agreement WHERE case_id = :case AND party = '{party}'": (
                        {"case": case},
                        1,
                    )
                },
            )
        yield from day_of(who, number, case, house, look)


def day_of(who, number, case, house, look):
    """A hearing day for one case, with its jurors and its panel."""
    place = f"Courthouse {who}x{number}"
    held_on = make.TODAY + timedelta(days=1 + CROWD * number + who)
    planned = {"held_on": held_on, "place": place, "starts": "6:30 PM", "rooms": [house.room]}
    led = yield Act("/court-sessions/new", planned, one("court_session", "place", place))
    day = number_in(led)
    block = look("SELECT id FROM time_block WHERE court_session_id = :day", day=day)
    placed = {"case": case, "place": f"{block}-{house.room}", "judge": house.judge}
    yield Act(f"/court-sessions/{day}/hearings/new", placed, one("hearing", "case_id", case))
    booked = {"jurors": house.jurors}
    proof = one("sitting", "court_session_id", day, len(house.jurors))
    yield Act(f"/court-sessions/{day}/jurors", booked, proof)
    hearing = look("SELECT id FROM hearing WHERE case_id = :case", case=case)
    proof = audited(
        "draw.asked", "draw", look("SELECT max(id) FROM draw WHERE court_session_id = :day", day=day)
    )
    yield Act(f"/court-sessions/{day}/draws/hearings/{hearing}", {}, proof)


def credits(house, _look):
    """A coordinator writes down one minute of service after another, with a pause in the middle of each."""
    page = f"/obligations/{house.obligation}/credit"
    for number in count(1):
        note = f"Minute {number} of {house.obligation}"
        typed = {"amount": "0:01", "done_on": make.TODAY, "vouched_by": "Sr. Ruth", "note": note}
        typed["site"] = ""
        waits = "EXISTS (SELECT 1 FROM draft WHERE CAST(typed AS TEXT) LIKE :typed)"
        sent = "EXISTS (SELECT 1 FROM service_record WHERE note = :note)"
        of = {"typed": f'%"{note}"%'}
        kept = {f"SELECT count(*) WHERE {waits} OR {sent}": ({**of, "note": note}, 1)}
        yield Act("/drafts/", {"draft_of": page, **typed}, kept, is_numbered=False)
        proof = {f"SELECT count(*) WHERE NOT {waits}": (of, 1)}
        yield Act(page, typed, {**proof, **one("service_record", "note", note)})


def findings(room, house, look):
    """A juror writes the reasons of the panel over and over."""
    hearing, deliberation = house.rooms[room]
    for number in count(1):
        reason = f"Reason {number} of room {room}"
        typed = {"seen": lambda get: hidden(get(f"/deliberations/{hearing}/findings"), "seen")}
        for question in Question:
            typed |= {question.value: "yes", f"{question}_reason": reason}
        proof = {
            "SELECT count(*) FROM finding WHERE deliberation_id = :d AND reason = :reason": (
                {"d": deliberation, "reason": reason},
                4,
            )
        }
        yield Act(f"/deliberations/{hearing}/findings", typed, proof, lasts=False)


def approvals(house, look):
    """A judge signs the plans that wait."""
    for deliberation in house.proposed:
        revision = look("SELECT revision FROM deliberation WHERE id = :d", d=deliberation)
        proof = {
            **one("sign_off", "deliberation_id", deliberation),
            **one("disposition_order", "deliberation_id", deliberation),
        }
        yield Act(f"/orders/decide/{deliberation}/approval", {"revision": revision}, proof)


AGREED = {
    **dict.fromkeys(("admits", "waives_rights", "releases_report", "promises_confidentiality"), "y"),
    "signed_on": make.TODAY,
    "how": "in_person",
}


def referral(house, name):
    return {
        "agency": house.agency,
        "referred_on": make.TODAY,
        "offence": house.offence,
        "incident_on": make.TODAY - timedelta(days=5),
        "narrative": f"{name} took a jacket from a store.",
        "given_name": "Rosa",
        "family_name": name,
        "born_on": "2011-02-03",
        "language": "en",
        "guardians-0-given_name": "Renee",
        "guardians-0-family_name": name,
        "guardians-0-language": "en",
        "guardians-1-language": "en",
    }


def signers(look, case):
    ward = look('SELECT respondent_id FROM "case" WHERE id = :case', case=case)
    guardian = look("SELECT guardian_id FROM guardianship WHERE ward_id = :ward", ward=ward)
    return {"youth": ward, "guardian": guardian}


def number_in(location):
    return int(re.findall(r"\d+", location)[-1])


def hidden(page, name):
    """The value of a hidden field of a page."""
    field = re.search(rf'<input[^>]*name="{name}"[^>]*>', page)
    assert field, f"no {name} on the page: {page[-3000:]}"
    return re.search(r'value="([^"]*)"', field[0])[1]


# What must always be so, whoever did what: each of these lists is empty

BALANCES = {
    "a case without its one referral, or its line": """
        SELECT c.id FROM "case" c WHERE
            (SELECT count(*) FROM referral r WHERE r.case_id = c.id) <> 1 OR
            (SELECT count(*) FROM audit_event e
             WHERE e.event = 'referral.received' AND e.subject_id = c.id) <> 1
    """,
    "a case that moved on without its screening, letter and line": """
        SELECT c.id FROM "case" c WHERE c.id > :first_case AND (c.stage <> 'referred') <> (
            EXISTS (SELECT 1 FROM screening s WHERE s.case_id = c.id) AND
            EXISTS (SELECT 1 FROM letter l WHERE l.case_id = c.id) AND
            EXISTS (SELECT 1 FROM audit_event e WHERE e.event = 'case.accepted' AND e.subject_id = c.id))
    """,
    "a case with more than one letter of acceptance": """
        SELECT case_id FROM letter WHERE kind = 'acceptance' GROUP BY case_id HAVING count(*) > 1
    """,
    "an admitted case without two agreements and their lines": """
        SELECT c.id FROM "case" c WHERE c.stage IN ('admitted', 'hearing_set') AND
            ((SELECT count(*) FROM agreement a WHERE a.case_id = c.id) <> 2 OR
             (SELECT count(*) FROM audit_event e WHERE e.event = 'case.agreed' AND e.subject_id = c.id) <> 2)
    """,
    "a hearing without its line": """
        SELECT h.id FROM hearing h WHERE
            (SELECT count(*) FROM audit_event e WHERE e.event = 'hearing.placed' AND e.subject_id = h.id) <> 1
    """,
    "a panel without its draw, seats and line": """
        SELECT p.id FROM panel p WHERE
            (SELECT count(*) FROM draw d WHERE d.id = p.draw_id) <> 1 OR
            (SELECT count(*) FROM seat s WHERE s.panel_id = p.id AND NOT s.is_reserve) <> 6 OR
            (SELECT count(*) FROM audit_event e WHERE e.event = 'panel.drawn' AND e.subject_id = p.id) <> 1
    """,
    "service without its line": """
        SELECT o.id FROM obligation o WHERE
            (SELECT count(*) FROM service_record s WHERE s.obligation_id = o.id) <>
            (SELECT count(*) FROM audit_event e WHERE e.event = 'obligation.credited' AND e.subject_id = o.id)
    """,
    "a deliberation whose revision is not the number of its changes": """
        SELECT d.id FROM deliberation d WHERE d.revision <>
            (SELECT count(*) FROM audit_event e WHERE e.subject_id = d.id AND
             e.event IN ('deliberation.found', 'deliberation.proposed', 'deliberation.dropped',
                         'deliberation.deadlocked'))
    """,
    "a signed order without its answer, obligations and line": """
        SELECT o.id FROM disposition_order o WHERE o.signed_at IS NOT NULL AND (
            (SELECT count(*) FROM sign_off s WHERE s.deliberation_id = o.deliberation_id) <> 1 OR
            (SELECT count(*) FROM obligation b WHERE b.case_id = o.case_id) <> 2 OR
            (SELECT count(*) FROM audit_event e WHERE e.event = 'order.signed' AND e.subject_id = o.id) <> 1)
    """,
    "a letter without its line": """
        SELECT l.id FROM letter l WHERE
            (SELECT count(*) FROM audit_event e WHERE e.event = 'letter.written' AND e.subject_id = l.id) <> 1
    """,
}


def imbalances(connection, house):
    """Every half-done thing in the whole database, in words."""
    found = []
    for what, sql in BALANCES.items():
        rows = connection.execute(text(sql), {"first_case": house.first_case} if ":first" in sql else {})
        found += [f"{what}: {row[0]}" for row in rows]
    return found


# The court in which it happens


def set_the_stage(url, plans):
    """A court with everybody signed in, jury rooms at work, and this many plans that wait for the judge."""
    app = app_on(url)
    with app.app_context(), writing(), in_every_court(), clock.at(make.SATURDAY):
        court = make.court()
        court.seating_rules.places_a_day = 99  # everybody hears every case
        cast = cast_of(court)
        crowd = [make.user(court, f"Carl{n} Okoro", "coordinator") for n in range(CROWD + 1)]
        hearings = hearings_held(court, cast, ROOMS + plans + 1)
        writers = [make.panel_users(make.opened(hearing))[0] for hearing in hearings[:ROOMS]]
        proposed = [make.proposed(hearing) for hearing in hearings[ROOMS:]]
        served = make.signed(proposed.pop(), cast.judy)
        db.session.flush()
        house = SimpleNamespace(
            agency=court.agencies[0].id,
            offence=next(each.id for each in court.offences if each.name == "Shoplifting"),
            room=court.rooms[0].id,
            judge=cast.judy.id,
            jurors=[juror.id for juror in cast.jurors],
            rooms=[(hearing.id, hearing.deliberation.id) for hearing in hearings[:ROOMS]],
            proposed=[deliberation.id for deliberation in proposed],
            obligation=served.case.obligations[0].id,
            first_case=max(hearing.case_id for hearing in hearings),
        )
        house.cookies = [_cookie(app, user) for user in (*crowd, *writers, cast.judy)]
        db.session.remove()
        db.engine.dispose()
    return house


def hearings_held(court, cast, many):
    """Hearings that were held today, one after another, each with its panel at work."""
    starts = [time(8 + number // 12, number % 12 * 5) for number in range(many)]
    day = make.court_session(court, cast.cora, starts=starts)
    make.booked(cast.jurors, day, cast.cora)
    hearings = []
    for number in range(many):
        case = make.admitted(court, cast.cora, name=f"Jordan Tate{number}")
        hearings.append(make.hearing(case, day, cast.judy, cast.cora, block=number))
        make.drawn(hearings[-1], cast.cora)
    for sitting in day.sittings:
        sitting.check_in(by=cast.cora)
    for hearing in hearings:
        for who in (hearing.case.respondent, *hearing.case.respondent.guardians):
            hearing.check_in(who, by=cast.cora)
        for seat in hearing.panel.sitting_seats:
            seat.swear(by=cast.cora)
        hearing.hold(by=cast.judy)
    db.session.flush()
    return hearings


def _cookie(app, user):
    """What the browser of somebody who is signed in brings along."""
    token = begun(user)
    db.session.commit()
    return f"session={browser_with(app, token).get_cookie('session').value}"


def scripts(house, look):
    """What each of them does, in the order of their cookies."""
    return [
        *(road(who, house, look) for who in range(CROWD)),
        credits(house, look),
        *(findings(room, house, look) for room in range(ROOMS)),
        approvals(house, look),
    ]
