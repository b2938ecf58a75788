"""Two courts with a case in every state a case can be in, and everybody who might ask to see it.

Each record knows who stands how to it: the juror seated on *this* case, the guardian of *this* young person.
So the table can speak of parts ("the seated juror") and the world says whose account that is.
"""

from dataclasses import dataclass, field
from datetime import time, timedelta

from tests import make
from tests.factors import with_app
from tests.word import word_form
from youthcourt import clock
from youthcourt import models as m
from youthcourt.extensions import db
from youthcourt.notices.referrer import tell_referrer
from youthcourt.permissions import Role
from youthcourt.procedures.court import hearing_day
from youthcourt.procedures.jury import swapping

YESTERDAY, TOMORROW = timedelta(days=-1), timedelta(days=1)
NEVER = 987_654_321

JURORS = (
    *("Amara Obi", "Ben Kim", "Chloe Roy", "Dev Patel", "Elena Mora", "Finn Ward"),
    *("Gia Lopez", "Hana Abe", "Ivo Marsh", "Jun Sato", "Kai Lund"),
)


@dataclass
class Record:
    """One case, or one thing of a court, with the numbers under which pages find it."""

    state: str
    ids: dict[str, object]
    who: dict[str, str] = field(default_factory=dict)


@dataclass
class Place:
    """One court: its standing readers by part, and its records."""

    name: str
    staff: dict[str, str]
    records: list[Record]

    def record(self, state):
        return next(each for each in self.records if each.state == state)


class Builder:
    """Makes one court and brings cases to their states, each time through the verbs that people cause."""

    def __init__(self, name):
        self.court = make.court(name=name, panel_reserves=2)
        self.court.seating_rules.places_a_day = 50  # every state is on one day
        self.key = name.split()[0].lower()
        self.cora = self._account("Cora Coordinator", Role.COORDINATOR)
        self.judy = self._account("Judy Judge", Role.JUDGE)
        self.jude = self._account("Jude Another", Role.JUDGE)
        self.ada = self._account("Ada Admin", Role.ADMINISTRATOR)
        self.norole = self._account("Nora Former", Role.COORDINATOR)
        for grant in self.norole.grants:
            grant.ended_at = clock.now()
        self.invited = make.user(
            self.court, "Ines Invited", Role.COORDINATOR, email=f"invited@{self.key}.test", password=None
        )
        self.ended = self._account("Eddy Ended", Role.COORDINATOR)
        self.waiting_at_the_door = self._account("Dora Door", Role.COORDINATOR)
        with_app(self.waiting_at_the_door)
        self.jurors = [self._juror(name) for name in JURORS]
        self.accounts = {juror: self._juror_account(juror) for juror in self.jurors}
        self.minute = 0
        self.records = []
        self.form = m.WordForm.upload(self.court, "Form", ["number"], word_form("number"), by=self.cora)
        look = {"ink": m.USUAL_INK, "sheet": m.Sheet.LETTER, "seal": b"\x89PNG", "seal_words": "Our seal"}
        m.Look.choose(self.court, look, by=self.cora)
        self.extra = m.ExtraPaper.add(self.court, by=self.cora, name="Ride", words="For {respondent}.")

    def _account(self, name, *roles, person=None):
        first = name.split()[0].lower()
        number = db.session.query(m.User).count()
        return make.user(self.court, name, *roles, email=f"{first}{number}@{self.key}.test", person=person)

    def _juror(self, name):
        juror = make.juror(self.court, name, by=self.cora, trained=False)
        juror.train(held_on=self.court.today - timedelta(days=30), minutes=120, by=self.cora)
        return juror

    def _juror_account(self, juror):
        return self._account(juror.person.name, Role.JUROR, person=juror.person)

    # Cases

    def case(self, state, brought, **ids):
        """Keep a case that was brought to its state, with its family's accounts."""
        young = brought.respondent
        leaver = make.person(self.court, f"Former {young.family_name}", born_on=None)
        young.guardianships.append(
            m.Guardianship(court=self.court, ward=young, guardian=leaver, ended_on=self.court.today)
        )
        db.session.flush()
        family = {
            "youth": self._account(young.name, Role.FAMILY, person=young),
            "guardian": self._account(young.guardians[0].name, Role.FAMILY, person=young.guardians[0]),
            "ex_guardian": self._account(leaver.name, Role.FAMILY, person=leaver),
        }
        tie = m.Tie.between(young, leaver, m.TieKind.HOUSEHOLD, by=self.cora)
        hurt = m.PersonHarmed(court=self.court, name="Corner Shop", wants_notice=True)
        brought.persons_harmed.append(hurt)
        db.session.flush()
        numbers = {"case_id": brought.id, "person_id": young.guardians[0].id, "tie_id": tie.id}
        numbers |= {"extra_id": self.extra.id, "word_form_id": self.form.id, "harmed_id": hurt.id}
        record = Record(state, {**numbers, **ids})
        record.who = {part: account.email for part, account in family.items()}
        self.records.append(record)
        return record

    def paper(self, order):
        """What was handed out of an order, signed or not: here it only has to be there."""
        paper = m.IssuedPaper.keep(order, m.PaperKind.ORDER, b"%PDF-1.7", "en", by=self.cora)
        db.session.flush()
        return paper

    def heard_case(self, state, hearing, **ids):
        """The same for a case with a hearing: its judge and everybody who was asked to sit."""
        panel, day = hearing.panels[-1], hearing.court_session
        seat = next(each for each in panel.sitting_seats if not each.is_foreperson)
        taken = {each.juror for each in panel.seats}
        out = {s.juror for s in day.sittings if s.state is m.SittingState.EXCUSED}
        sitting = next(each for each in day.sittings if each.juror is seat.juror)
        more = {
            "hearing_id": hearing.id,
            "court_session_id": day.id,
            "seat_id": seat.id,
            "draw_id": panel.draw_id,
            **self.wishes(hearing),
            "sitting_id": sitting.id,
        }
        if hearing.deliberation:
            more["deliberation_id"] = hearing.deliberation.id
        if hearing.case.orders:
            more["order_id"] = hearing.case.orders[-1].id
            more["paper_id"] = self.paper(hearing.case.orders[-1]).id
        if hearing.case.obligations:
            more["obligation_id"] = hearing.case.obligations[0].id
        record = self.case(state, hearing.case, **more, **ids)
        parts = {
            "seated": seat.juror,
            "foreperson": panel.foreperson.juror,
            "reserve": panel.reserves[0].juror,
            "stood_down": next(each.juror for each in panel.seats if each.stood_down_at),
            "on_the_day": next(s.juror for s in day.sittings if s.juror not in taken | out),
            "excused": next(iter(out)),
            "other_day": self.jurors[-1],
        }
        record.who |= {part: self.accounts[juror].email for part, juror in parts.items()}
        judges = {self.judy.email, self.jude.email} - {hearing.judge.email}
        record.who |= {"judge": hearing.judge.email, "another_judge": judges.pop()}
        return record

    def wishes(self, hearing):
        """Somebody asked for by name, and somebody kept off."""
        facts = {"court": self.court, "court_session": hearing.court_session, "hearing": hearing}
        facts |= {"reason": "Asked for it.", "made_at": clock.now(), "made_by": self.cora}
        facts["juror"] = hearing.court_session.sittings[0].juror
        pin, bar = m.Pin(role=m.SeatRole.JUROR, **facts), m.Bar(**facts)
        db.session.add_all([pin, bar])
        db.session.flush()
        return {"pin_id": pin.id, "bar_id": bar.id}

    # Roads

    def name(self, state):
        return f"{state.title()} Case{len(self.records)}"

    def admitted(self, state):
        return make.admitted(self.court, self.cora, name=self.name(state))

    def placed(self, state, on=timedelta(0), judge=None):
        """A hearing with a panel: nine came or will, one was excused, one of the panel was stood down."""
        self.minute += 1
        starts = (time(8 + self.minute // 60, self.minute % 60),)
        day = make.court_session(self.court, self.cora, held_on=self.court.today + on, starts=starts)
        hearing = make.hearing(self.admitted(state), day, judge or self.judy, self.cora)
        sittings = make.booked(self.jurors[:10], day, self.cora)
        hearing_day.excuse(sittings[-1], reason="Ill.", by=self.cora)
        panel = make.drawn(hearing, self.cora)
        panel.sitting_seats[1].stand_down(reason="Knows them.", by=self.cora)
        db.session.flush()
        return hearing

    def held(self, state):
        hearing = self.placed(state)
        for sitting in hearing.court_session.sittings:
            if sitting.state is not m.SittingState.EXCUSED:
                sitting.check_in(by=self.cora)
        for who in (hearing.case.respondent, *hearing.case.respondent.guardians):
            hearing.check_in(who, by=self.cora)
        for seat in hearing.panel.sitting_seats:
            seat.swear(by=self.cora)
        hearing.hold(by=self.judy)
        db.session.flush()
        return hearing

    def decided(self, state):
        hearing = self.held(state)
        make.proposed(hearing, by={seat: self.accounts[seat.juror] for seat in hearing.panel.sitting_seats})
        return hearing

    def signed(self, state):
        hearing = self.decided(state)
        make.signed(hearing.deliberation, self.judy)
        return hearing

    def done(self, state):
        hearing = self.signed(state)
        for obligation in hearing.case.obligations:
            obligation.excuse("Moved.", by=self.cora)
        hearing.case.ask_dismissal("All done.", by=self.cora)
        return hearing

    # States

    def referred(self):
        self.case("referred", make.referred(self.court, self.cora, name=self.name("referred")))

    def screened_out(self):
        case = make.referred(self.court, self.cora, name=self.name("screened"))
        case.decline(m.DeclineReason.NO_CONTACT, note="", by=self.cora)
        self.case("screened out", case, letter_id=tell_referrer(case, by=self.cora).id)

    def accepted(self):
        case = make.accepted(self.court, self.cora, name=self.name("accepted"))
        self.case("accepted", case, letter_id=tell_referrer(case, by=self.cora).id)

    def intake(self):
        case = make.accepted(self.court, self.cora, name=self.name("intake"))
        case.hold_intake(make.interview(case), by=self.cora)
        self.case("intake held", case)

    def waiting(self):
        self.case("waiting for a hearing", self.admitted("waiting"))

    def day_before(self):
        self.heard_case("the day before", self.placed("before", on=TOMORROW))

    def on_the_day(self):
        self.heard_case("on the day", self.placed("today"))

    def on_another_judges_docket(self):
        self.heard_case("on another judge's docket", self.placed("other", judge=self.jude))

    def in_hearing(self):
        self.heard_case("deciding", self.held("deciding"))

    def plan_with_judge(self):
        hearing = self.decided("decided")
        m.DispositionOrder.draft_for(hearing.deliberation, by=self.judy)
        self.heard_case("decided", hearing)

    def sent_back(self):
        hearing = self.decided("back")
        hearing.deliberation.return_to_panel("Why so much?", meets_on=self.court.today, by=self.judy)
        self.heard_case("sent back to the panel", hearing)

    def order_signed(self):
        self.heard_case("signed", self.signed("signed"))

    def day_closed(self):
        hearing = self.signed("closed")
        make.closed(hearing.court_session, by=self.cora)
        self.heard_case("day closed", hearing)

    def sent_back_after_closing(self):
        hearing = self.decided("again")
        make.closed(hearing.court_session, by=self.cora)
        hearing.deliberation.return_to_panel("Why so much?", meets_on=self.court.today, by=self.judy)
        self.heard_case("sent back after the day closed", hearing)

    def day_after(self):
        with clock.at(make.SATURDAY + YESTERDAY):
            hearing = self.held("yesterday")
        self.heard_case("the day after", hearing)

    def asked_to_dismiss(self):
        self.heard_case("dismissal asked", self.done("review"))

    def completed(self):
        with clock.at(make.SATURDAY + YESTERDAY):
            hearing = self.done("completed")
            hearing.case.dismiss(by=self.judy)
        self.heard_case("completed", hearing)

    def withdrawn(self):
        case = make.referred(self.court, self.cora, name=self.name("withdrawn"))
        case.withdraw(case.respondent, reason="", by=self.cora)
        self.case("withdrawn", case)

    def withdrawn_on_the_day(self):
        hearing = self.held("stopped")
        hearing.case.withdraw(hearing.case.respondent, reason="", by=self.cora)
        self.heard_case("withdrawn in the hearing", hearing)

    def returned(self):
        with clock.at(make.SATURDAY + YESTERDAY):
            hearing = self.signed("returned")
            hearing.case.return_to_referrer(m.ClosureReason.MOVED, note="Left.", by=self.cora)
        self.heard_case("returned", hearing)

    def did_not_come(self):
        hearing = self.placed("absent")
        record = self.heard_case("did not come", hearing)
        hearing.fail_to_appear(note="", by=self.cora)
        del record.ids["seat_id"]  # nobody has a seat any more

    def to_be_sealed(self):
        """Completed, with everybody's accounts; sealed once they have signed in."""
        with clock.at(make.SATURDAY + YESTERDAY):
            hearing = self.done("sealed")
            hearing.case.dismiss(by=self.judy)
        record = self.heard_case("sealed", hearing)
        for stays in ("court_session_id", "sitting_id"):  # the day was held, and served on, by many
            del record.ids[stays]

    # Things that belong to the court and to no case

    def volunteer(self):
        one, other = self.jurors[0], make.person(self.court, "Otto Obi", born_on=None)
        tie = m.Tie.between(one.person, other, m.TieKind.KIN, by=self.cora)
        self.records.append(Record("a volunteer", {"juror_id": one.id, "tie_id": tie.id}))
        gone = make.juror(self.court, "Lee Left", by=self.cora)
        hearing_day.leave(gone, by=self.cora)
        self.records.append(Record("a volunteer who left", {"juror_id": gone.id}))
        # who comes another day than the one that is asked about
        self.records.append(Record("a juror's own", {"own_juror_id": self.jurors[-1].id}))
        self.records.append(Record("the court", {"court_id": self.court.id}))

    def months_ahead(self):
        """What the last juror said and asks for, a schedule with a day, and a day that is offered."""
        juror, account = self.jurors[-1], self.accounts[self.jurors[-1]]
        other = self._juror("Bo Bystander")
        day = make.court_session(self.court, self.cora, held_on=self.court.today + timedelta(weeks=6))
        (sitting,) = make.booked([other], day, self.cora)
        said = m.Availability.state(juror, self.cora, self.court.today, weekday=5)
        schedule = m.JurorSchedule(
            court=self.court,
            starts_on=day.held_on,
            ends_on=day.held_on,
            asks_everybody=True,
            seed="a seed",
            made_at=clock.now(),
            made_by=self.cora,
        )
        scheduled = m.ScheduledDay(court=self.court, court_session=day, wanted=7)
        scheduled.places.append(m.ScheduledPlace(court=self.court, juror=juror))
        schedule.days.append(scheduled)
        db.session.add(schedule)
        offered = m.OpenDate.offer(day, 7, by=self.cora)
        (theirs,) = make.booked([juror], day, self.cora)
        mine = swapping.ask(theirs, by=account)
        nobodys = swapping.ask(sitting, by=self._juror_account(other))
        db.session.flush()
        self.records += [
            Record("what a juror said", {"availability_id": said.id}),
            Record("an open day", {"open_date_id": offered.id}),
            Record("a schedule", {"schedule_id": schedule.id}),
            Record(
                "a day of a schedule",
                {
                    "schedule_id": schedule.id,
                    "day_id": scheduled.id,
                    "place_id": scheduled.places[0].id,
                },
            ),
            Record("a swap", {"swap_id": mine.id}),
            Record("a swap of a bystander", {"swap_id": nobodys.id}),
        ]

    def lists(self):
        lists = {
            "agencies": self.court.agencies[0],
            "schools": self.court.schools[0],
            "rooms": self.court.rooms[0],
            "offences": self.court.offences[0],
            "activities": self.court.activities[0],
            "sites": self.court.sites[0],
        }
        self.records.append(Record("the court itself", {"court_id": self.court.id}))
        self.records.append(Record("an offence", {"offence_id": self.court.offences[0].id}))
        for kind, row in lists.items():
            self.records.append(Record(f"the list of {kind}", {"kind": kind, "row_id": row.id}))

    def sign_in_of_the_coordinator(self):
        row, _secret = m.SignedIn.begin(self.cora)
        db.session.flush()
        self.records.append(Record("a sign-in", {"signed_in_id": row.id}))
        self.records.append(Record("an account of a colleague", {"user_id": self.jude.id}))

    def word_form(self):
        self.records.append(Record("a Word form", {"form_id": self.form.id}))

    def destroyed(self):
        purged = m.Purge(court=self.court, token=f"token {self.key}", purged_at=clock.now(), kind="completed")
        db.session.add(purged)
        db.session.flush()
        self.records.append(Record("a destroyed record", {"purge_id": purged.id}))

    def noticed(self):
        notice = m.UnusualReading(court=self.court, reader=self.jude, noticed_at=clock.now(), cases=61)
        db.session.add(notice)
        db.session.flush()
        self.records.append(Record("an unusual reading", {"notice_id": notice.id}))

    def passkey_of_somebody_else(self):
        """Of an account that none of those who ask has."""
        pat = make.user(self.court, "Pat Passkey", Role.COORDINATOR, email=f"pat.{self.key}@example.org")
        key = {"credential_id": f"device of {self.key}", "public_key": b"public", "sign_count": 0}
        passkey = m.Passkey.keep(pat, "Phone", **key)
        self.records.append(Record("a passkey", {"passkey_id": passkey.id, "user_id": pat.id}))

    def place(self):
        db.session.flush()
        staff = {
            "coordinator": self.cora,
            "another_judge": self.jude,
            "administrator": self.ada,
            "without_role": self.norole,
            "invited": self.invited,
            "ended": self.ended,
            "at_the_door": self.waiting_at_the_door,
            "juror": self.jurors and self.accounts[self.jurors[0]],
        }
        place = Place(self.key, {part: account.email for part, account in staff.items()}, self.records)
        place.staff["family"] = self.records[0].who["youth"]
        return place


CASE_STATES = (
    *(Builder.referred, Builder.screened_out, Builder.accepted, Builder.intake, Builder.waiting),
    *(Builder.day_before, Builder.on_the_day, Builder.on_another_judges_docket),
    *(Builder.in_hearing, Builder.plan_with_judge),
    *(Builder.sent_back, Builder.order_signed, Builder.day_closed, Builder.sent_back_after_closing),
    *(Builder.day_after, Builder.asked_to_dismiss, Builder.completed, Builder.withdrawn),
    *(Builder.withdrawn_on_the_day, Builder.returned, Builder.did_not_come, Builder.to_be_sealed),
)
IN_THE_OTHER_COURT = (Builder.referred, Builder.in_hearing, Builder.order_signed, Builder.screened_out)

OF_ACCOUNTS = (Builder.sign_in_of_the_coordinator, Builder.passkey_of_somebody_else)


def build():
    """The court that the table is about, and another with people and cases of its own."""
    places = []
    for name, states in (("Harbor Court", CASE_STATES), ("Other Court", IN_THE_OTHER_COURT)):
        builder = Builder(name)
        alone = (
            Builder.volunteer,
            Builder.lists,
            *OF_ACCOUNTS,
            Builder.noticed,
            Builder.destroyed,
            Builder.word_form,
        )
        alone = (*alone, Builder.months_ahead)
        for state in (*states, *alone):
            state(builder)
        places.append(builder.place())
    db.session.commit()
    return places
