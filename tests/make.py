"""Records for tests, made through the verbs that people cause; what a test does not name has a default."""

from datetime import UTC, date, datetime, time, timedelta

from youthcourt import clock
from youthcourt import models as m
from youthcourt.extensions import db
from youthcourt.permissions import Role
from youthcourt.procedures.court import closing, hearing_day
from youthcourt.procedures.decision import signing
from youthcourt.procedures.intake import referring
from youthcourt.procedures.jury import seating

from .memory import step

# A Saturday, noon in New York: the day on which the tests live unless they say otherwise.
SATURDAY = datetime(2026, 3, 7, 17, 0, tzinfo=UTC)
TODAY = SATURDAY.date()

PASSWORD = "four words long enough"


def court(name="Harbor County Youth Court", **settings):
    court = m.Court(
        name=name,
        phone="555-0100",
        address="12 Court Street\nHarbor, NC 28301",
        place="Courthouse",
        **settings,
    )
    db.session.add(court)
    db.session.flush()
    for offence, offence_class, accepted in (
        ("Shoplifting", "B", True),
        ("Vandalism", "A", True),
        ("Arson", "A", False),
    ):
        db.session.add(
            m.Offence(court=court, name=offence, offence_class=offence_class, is_accepted=accepted)
        )
    kinds = ("service", "jury_duty", "apology", "essay", "workshop", "restitution")
    for position, kind in enumerate(map(m.ActivityKind, kinds)):
        unit = m.UNIT_OF.get(kind, m.Unit.PIECES)
        db.session.add(
            m.SanctionActivity(
                court=court, kind=kind, unit=unit, name=str(m.ACTIVITY_WORDS[kind]), position=position
            )
        )
    db.session.flush()
    db.session.refresh(court)
    grid = {
        "A": {"service": (1200, 1800), "jury_duty": (3, 5)},
        "B": {"service": (900, 1500), "jury_duty": (2, 4)},
    }
    for offence_class, lines in grid.items():
        for kind, (low, high) in lines.items():
            line = m.GridLine(
                court=court,
                offence_class=offence_class,
                activity=activity(court, kind),
                minimum=low,
                maximum=high,
            )
            db.session.add(line)
    db.session.add(m.Agency(court=court, name="Harbor Police", address="1 Main Street\nHarbor, NC 28301"))
    for school in ("Lincoln High", "Harbor Middle", "Douglass High"):
        db.session.add(m.School(court=court, name=school))
    for room in ("Room A", "Room B"):
        db.session.add(m.Room(court=court, name=room))
    db.session.add(m.ServiceSite(court=court, name="Food pantry"))
    db.session.flush()
    db.session.refresh(court)
    return court


def activity(court, kind):
    return next(each for each in court.activities if each.kind == kind)


def school(court, name):
    return next(each for each in court.schools if each.name == name)


@step
def user(court, name, *roles, email=None, person=None, password=PASSWORD):
    first = roles[0]
    address = email or f"{name.split()[0].lower()}.{court.id}@example.org"
    account = m.User.invite(court, email=address, name=name, role=first, by=None, person=person)
    for role in roles[1:]:
        account.grant(role, by=None)
    if password:
        account.set_password(password)
    db.session.flush()
    return account


@step
def person(court, name, born_on=date(2010, 5, 1), school_name=None, **facts):
    given, _space, family = name.partition(" ")
    made = m.Person(
        court=court,
        given_name=given,
        family_name=family,
        born_on=born_on,
        school=school(court, school_name) if school_name else None,
        **facts,
    )
    db.session.add(made)
    db.session.flush()
    return made


@step
def juror(court, name, by=None, trained=True, school_name="Douglass High", **facts):
    enrolled = m.Juror.enrol(person(court, name, school_name=school_name, **facts), by=by)
    if trained:
        enrolled.train(held_on=court.today, minutes=120, by=by)
    db.session.flush()
    return enrolled


def referral_facts(court, name="Jordan Tate", born_on=date(2011, 2, 3), **facts):
    given, _space, family = name.partition(" ")
    guardians = facts.pop("guardians", [referring.GuardianFacts("Renee", family, relation="mother")])
    school_name = facts.pop("school_name", "Lincoln High")
    offence = facts.pop("offence", "Shoplifting")
    return referring.ReferralFacts(
        agency=court.agencies[0],
        referred_on=facts.pop("referred_on", court.today),
        incident_on=facts.pop("incident_on", court.today - timedelta(days=5)),
        offence=next(each for each in court.offences if each.name == offence),
        respondent=referring.PersonFacts(
            given,
            family,
            born_on=born_on,
            school=school(court, school_name),
            mailing_address="5 Elm Street\nHarbor, NC",
        ),
        guardians=guardians,
        narrative=facts.pop("narrative", "Took a jacket from a store."),
        **facts,
    )


@step
def referred(court, by, name="Jordan Tate", **facts):
    return referring.receive_referral(court, referral_facts(court, name, **facts), by=by)


@step
def accepted(court, by, name="Jordan Tate", **facts):
    case = referred(court, by, name, **facts)
    case.accept(by=by)
    return case


def interview(case):
    return m.Interview(
        court=case.court,
        held_on=case.court.today,
        strengths="Draws; looks after a brother.",
        interests="Step team",
    )


def agreement(case, party):
    signer = case.respondent if party is m.Party.YOUTH else case.respondent.guardians[0]
    return m.Agreement(
        party=party,
        person=signer,
        admits=True,
        waives_rights=True,
        releases_report=True,
        promises_confidentiality=True,
        signed_on=case.court.today,
        how=m.HowSigned.IN_PERSON,
    )


@step
def admitted(court, by, name="Jordan Tate", **facts):
    case = accepted(court, by, name, **facts)
    case.hold_intake(interview(case), by=by)
    for party in m.Party:
        case.agree(agreement(case, party), by=by)
    db.session.flush()
    return case


@step
def court_session(court, by, held_on=None, starts=(time(18, 30), time(19, 0))):
    return m.CourtSession.plan(
        court, held_on or court.today, starts=list(starts), rooms=list(court.rooms), by=by
    )


@step
def hearing(case, court_session, judge, by, block=0, room=0):
    placed = court_session.place_hearing(
        case, court_session.blocks[block], court_session.rooms[room], judge, by=by
    )
    db.session.flush()
    return placed


@step
def booked(jurors, court_session, by):
    made = [hearing_day.book(each, court_session, by=by) for each in jurors]
    db.session.flush()
    return made


@step
def sworn(hearing, by):
    """Everybody has come and has taken the oath."""
    for sitting in hearing.court_session.sittings:
        sitting.check_in(by=by)
    for who in (hearing.case.respondent, *hearing.case.respondent.guardians):
        hearing.check_in(who, by=by)
    for seat in hearing.panel.sitting_seats:
        seat.swear(by=by)
    db.session.flush()
    return hearing


@step
def drawn(hearing, by, seed="a seed"):
    """A panel drawn for one hearing with these lots, while the others of the day stay as they are."""
    panel = seating.draw_panel(hearing, by=by, secret=seed)
    db.session.flush()
    return panel


@step
def held(court, cast, name="Jordan Tate", **facts):
    """The hearing of a case that was heard today by a panel drawn from the cast; the panel goes to decide."""
    case = admitted(court, cast.cora, name, **facts)
    day = court_session(court, cast.cora)
    placed = hearing(case, day, cast.judy, cast.cora)
    booked(cast.jurors, day, cast.cora)
    drawn(placed, cast.cora)
    sworn(placed, cast.cora).hold(by=cast.judy)
    db.session.flush()
    return placed


@step
def panel_users(hearing):
    """The accounts of those who decide, the foreperson first."""
    seats = sorted(hearing.panel.sitting_seats, key=lambda seat: not seat.is_foreperson)
    return [juror_user(hearing.court, seat.juror) for seat in seats]


@step
def juror_user(court, juror):
    """The account of a juror, opened when first needed."""
    known = db.session.query(m.User).filter_by(person=juror.person).first()
    return known or user(
        court, juror.person.name, Role.JUROR, email=f"juror{juror.id}@example.org", person=juror.person
    )


@step
def opened(hearing):
    """The panel talks: the foreperson has opened the table without anybody's sheet."""
    hearing.deliberation.open_table(by=panel_users(hearing)[0], without_missing=True)
    db.session.flush()
    return hearing


def written(hearing, by):
    """The foreperson has written the four findings and a plan of two items."""
    court, deliberation = hearing.court, hearing.deliberation
    for question in m.Question:
        deliberation.find(question, m.Answer.YES, "Said so in their own words.", by=by)
    due_on, purpose = deliberation.last_due_on, m.Purpose.COMMUNITY
    builds = "Gives back to the neighbourhood."
    deliberation.propose(activity(court, "service"), 1200, due_on, by=by, builds=builds, purpose=purpose)
    builds, purpose = "Sees the other side.", m.Purpose.STRENGTH
    deliberation.propose(activity(court, "jury_duty"), 2, due_on, by=by, builds=builds, purpose=purpose)
    db.session.flush()
    return deliberation


def voted(deliberation, choices, by):
    """A round that this foreperson calls; `choices` says of each account whether it agrees."""
    called = deliberation.call_vote(by=by)
    for account, agrees in choices.items():
        deliberation.vote(agrees, seen_round=called.number, by=account)
    db.session.flush()
    return called


@step
def proposed(hearing, by=None):
    """The panel has found, proposed and agreed; the plan is with the judge. `by`: each seat's account."""
    court, deliberation = hearing.court, hearing.deliberation
    accounts = by or {seat: juror_user(court, seat.juror) for seat in hearing.panel.sitting_seats}
    lead = accounts[hearing.panel.foreperson]
    if not deliberation.is_open:
        deliberation.open_table(by=lead, without_missing=True)
    written(hearing, by=lead)
    voted(deliberation, dict.fromkeys(accounts.values(), True), by=lead)
    deliberation.decide(by=lead)
    db.session.flush()
    return deliberation


@step
def signed(deliberation, by):
    order = m.DispositionOrder.draft_for(deliberation, by=by)
    signing.sign_order(order, seen=order.fingerprint(), by=by)
    db.session.flush()
    return order


def closed(court_session, by):
    """The day with all that nobody had written down, settled as not come; then closed."""
    settle(court_session, by)
    credited = closing.close_day(court_session, by=by)
    db.session.flush()
    return credited


def settle(court_session, by):
    """Whoever is still expected did not come."""
    closing.miss_all(court_session, by=by)
    for hearing in court_session.hearings:
        for guardian in hearing.case.respondent.guardians if hearing.is_held else ():
            if not hearing.has_come(guardian):
                hearing.note_absence(guardian, by=by)


def prepared(court_session, by):
    """Published, every family told, every paper printed, as a day is that misses nothing."""
    version = court_session.publish(by=by)
    for hearing in court_session.docket:
        hearing.serve(m.HowServed.BY_HAND, by=by)
    for kind, hearing in m.papers_to_print(court_session):
        facts = m.PaperPrint.facts_of(court_session, hearing, kind)
        court_session.prints.append(m.PaperPrint(**facts, printed_at=clock.now(), by=by))
    db.session.flush()
    return version


@step
def packet(day, by, kind=m.PacketKind.FULL, content=b"%PDF- all papers of a day"):
    """A packet that is ready."""
    asked = m.Packet.ask(day, kind, "en", by=by)
    db.session.flush()
    asked.begin()
    paper = m.PrintedPaper.keep(db.session(), day.court_id, f"packet {asked.id}", content, pages=3)
    contains = [{"kind": "docket", "hearing": None}]
    contains += [{"kind": "hearing_script", "hearing": each.id} for each in day.docket]
    parts = [{"title": "Room A", "first": 1, "last": 3}]
    asked.finish(paper, parts=parts, lacks=[], contains=contains, of_version=0)
    db.session.flush()
    return asked
