"""A case: one young person before the court for one incident."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Self

from sqlalchemy import (
    ColumnElement,
    ForeignKey,
    Index,
    Select,
    UniqueConstraint,
    exists,
    false,
    func,
    or_,
    select,
    true,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from youthcourt import clock
from youthcourt.errors import RuleBroken
from youthcourt.i18n import _
from youthcourt.models.completion.closure import (
    REASONS_TO_RETURN,
    Closure,
    ClosureReason,
    CompletionReview,
    Outcome,
)
from youthcourt.models.completion.obligation import Obligation
from youthcourt.models.completion.retention import new_token
from youthcourt.models.completion.sealing import seeing_sealed
from youthcourt.models.court.court import Court
from youthcourt.models.intake.intake import Agreement, Interview, Party, Withdrawal
from youthcourt.models.intake.participation import took_part_before
from youthcourt.models.intake.screening import DeclineReason, Screening
from youthcourt.permissions import Role

from .audit import Audited
from .base import CourtOwned, Record
from .case_stage import BEFORE_ADMISSION, CLOSED_STAGES, NEXT_STAGES, STAGE_WORDS, CaseStage
from .person import Guardianship, Person

if TYPE_CHECKING:
    from youthcourt.models.accounts.user import User
    from youthcourt.models.completion.retention import LegalHold
    from youthcourt.models.court.court import Offence
    from youthcourt.models.court.hearing import Hearing
    from youthcourt.models.decision.order import DispositionOrder
    from youthcourt.models.intake.appointment import Appointment
    from youthcourt.models.intake.referral import Companion, PersonHarmed, Referral


S = CaseStage


class Case(CourtOwned, Audited, Record):
    """One young person, one incident, from referral to closing."""

    __table_args__ = (
        UniqueConstraint("court_id", "number"),
        Index("ix_case_by_stage", "court_id", "stage", "decide_by"),
    )
    # Two people acting on one case at once: the second is told, not overwritten.
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - read by SQLAlchemy

    number: Mapped[str]
    stage: Mapped[CaseStage] = mapped_column(default=CaseStage.REFERRED)
    stage_since: Mapped[date]
    respondent_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    respondent: Mapped[Person] = relationship(foreign_keys=respondent_id)
    offence_id: Mapped[int] = mapped_column(ForeignKey("offence.id"))
    offence: Mapped[Offence] = relationship()
    # The court's clocks, counted when the case arrives and when it is accepted.
    decide_by: Mapped[date]
    intake_by: Mapped[date | None]
    # Says nothing; by it an old backup is told which records have been destroyed since.
    token: Mapped[str] = mapped_column(default=new_token, unique=True)

    referral: Mapped[Referral] = relationship(back_populates="case")
    companions: Mapped[list[Companion]] = relationship(
        back_populates="case", foreign_keys="Companion.case_id"
    )
    persons_harmed: Mapped[list[PersonHarmed]] = relationship(back_populates="case")
    screening: Mapped[Screening | None] = relationship(back_populates="case")
    appointments: Mapped[list[Appointment]] = relationship(back_populates="case", order_by="Appointment.id")
    interview: Mapped[Interview | None] = relationship(back_populates="case")
    agreements: Mapped[list[Agreement]] = relationship(back_populates="case", order_by=Agreement.id)
    withdrawal: Mapped[Withdrawal | None] = relationship(back_populates="case")
    hearings: Mapped[list[Hearing]] = relationship(back_populates="case", order_by="Hearing.id")
    orders: Mapped[list[DispositionOrder]] = relationship(
        back_populates="case", order_by="DispositionOrder.id"
    )
    obligations: Mapped[list[Obligation]] = relationship(back_populates="case", order_by=Obligation.id)
    completion_review: Mapped[CompletionReview | None] = relationship(back_populates="case")
    closure: Mapped[Closure | None] = relationship(back_populates="case")
    holds: Mapped[list[LegalHold]] = relationship(back_populates="case", order_by="LegalHold.id")

    def __str__(self) -> str:
        return self.number

    # Lists

    @classmethod
    def visible_to(cls, user: User) -> Select[Self]:
        """Coordinators see their court's cases, judges those they hear, families their own, jurors none."""
        mine: list[ColumnElement[bool]] = []
        if Role.COORDINATOR in user.roles:
            mine.append(true())
        if Role.JUDGE in user.roles:
            mine.append(cls.hearings.any(judge_id=user.id))
        if Role.FAMILY in user.roles and user.person_id:
            mine.append(cls.respondent_id == user.person_id)
            mine.append(
                exists().where(
                    Guardianship.ward_id == cls.respondent_id,
                    Guardianship.guardian_id == user.person_id,
                    Guardianship.ended_on.is_(None),
                )
            )
        here = cls.id == user.tablet_case_id if user.tablet_case_id else true()
        return select(cls).where(cls.court_id == user.court_id, here, or_(false(), *mine))

    @classmethod
    def next_number(cls, court: Court, day: date) -> str:
        """The next free number of the year, such as YC-2026-0187. Whoever asks at the same time waits."""
        stem = f"{court.case_prefix}-{day.year}-"
        court.session.execute(select(Court.id).where(Court.id == court.id).with_for_update(key_share=True))
        with seeing_sealed():  # a number is given once
            last = court.session.scalar(
                select(cls.number)
                .where(cls.court_id == court.id, cls.number.startswith(stem, autoescape=True))
                .order_by(func.length(cls.number).desc(), cls.number.desc())
                .limit(1)
            )
        return f"{stem}{int(last.rpartition('-')[2]) + 1 if last else 1:04d}"

    # Questions

    @property
    def audited_case_id(self) -> int:  # type: ignore[override]
        return self.id

    @property
    def is_closed(self) -> bool:
        return self.stage in CLOSED_STAGES

    @property
    def appointment(self) -> Appointment | None:
        """The first meeting that counts: the last one set."""
        return self.appointments[-1] if self.appointments else None

    @property
    def hearing(self) -> Hearing | None:
        """The hearing that counts: the last one set."""
        return self.hearings[-1] if self.hearings else None

    @property
    def order(self) -> DispositionOrder | None:
        """The order in force: the last one signed that was not taken back."""
        standing = [order for order in self.orders if order.is_standing]
        return standing[-1] if standing else None

    @property
    def hold(self) -> LegalHold | None:
        """The legal hold that keeps everything of this case, if there is one."""
        return next((each for each in self.holds if each.lifted_at is None), None)

    @property
    def open_obligations(self) -> list[Obligation]:
        return [each for each in self.obligations if each.is_open]

    def agreement_of(self, party: Party) -> Agreement | None:
        signed = [each for each in self.agreements if each.party is party]
        return signed[-1] if signed else None

    @property
    def is_agreed(self) -> bool:
        """Whether the young person and a guardian have both agreed to take part."""
        return all(self.agreement_of(party) for party in Party)

    def rules_against(self) -> list[tuple[DeclineReason, str]]:
        """The court's eligibility rules that exclude this case, each with its sentence."""
        against = []
        age = self.respondent.age_on(self.referral.incident_on)
        if age is not None and age < self.court.youngest_age:
            against.append((DeclineReason.TOO_YOUNG, _("Was %(age)s on the day of the incident.", age=age)))
        if age is not None and age > self.court.oldest_age:
            against.append((DeclineReason.TOO_OLD, _("Was %(age)s on the day of the incident.", age=age)))
        if not self.offence.is_accepted:
            against.append(
                (
                    DeclineReason.OFFENCE_EXCLUDED,
                    _("%(offence)s is not on this court's list.", offence=self.offence),
                )
            )
        if earlier := self.earlier_participation():
            against.append(
                (
                    DeclineReason.EARLIER_PARTICIPATION,
                    _("Took part before, in case %(number)s.", number=earlier.number),
                )
            )
        elif took_part_before(self.respondent, on=self.referral.referred_on):
            against.append(
                (
                    DeclineReason.EARLIER_PARTICIPATION,
                    _("Took part here before. The record is sealed or no longer kept."),
                )
            )
        return against

    def earlier_participation(self) -> Case | None:
        """Another case of the same person that the court took: still running, or ended in its look-back."""
        days = self.court.earlier_participation_days
        if not days:
            return None
        since = self.referral.referred_on - timedelta(days=days)
        earlier = (
            select(Case)
            .where(
                Case.court_id == self.court_id,
                Case.respondent_id == self.respondent_id,
                Case.id != self.id,
                Case.screening.has(Screening.is_accepted),
                Case.stage != CaseStage.DECLINED,
                or_(Case.stage.not_in(CLOSED_STAGES), Case.stage_since > since),
            )
            .order_by(Case.id.desc())
        )
        return self.session.scalars(earlier.limit(1)).first()

    # Verbs

    def move_to(self, stage: CaseStage) -> None:
        """Go on to a stage that may follow. The verb that calls this records why."""
        if stage not in NEXT_STAGES[self.stage]:
            raise RuleBroken(
                _(
                    "This case is at “%(now)s”, so it cannot go to “%(then)s”.",
                    now=STAGE_WORDS[self.stage],
                    then=STAGE_WORDS[stage],
                )
            )
        self.stage, self.stage_since = stage, self.court.today

    def why_not_screen(self) -> str | None:
        return None if self.stage is S.REFERRED else _("This referral is already decided.")

    def accept(self, by: User, override_reason: str = "") -> None:
        """Take the case. What a rule of the court excludes needs a written reason."""
        if why_not := self.why_not_screen():
            raise RuleBroken(why_not)
        against = self.rules_against()
        if against and not override_reason.strip():
            sentences = " ".join(sentence for _reason, sentence in against)
            raise RuleBroken(
                _(
                    "A rule of this court excludes this case: %(why)s Write why you accept it anyway.",
                    why=sentences,
                ),
                field="override_reason",
            )
        self.move_to(S.INTAKE_DUE)
        self.intake_by = self.referral.referred_on + timedelta(days=self.court.days_to_intake)
        self.screening = Screening.accepted(self, by=by, override_reason=override_reason)
        self.record(
            "case.accepted", by=by, override_reason=override_reason, against=[why for why, _text in against]
        )

    def why_not_decline(self) -> str | None:
        if self.stage in BEFORE_ADMISSION:
            return None
        return _("Only a case that has no signed agreements yet can be declined.")

    def decline(self, reason: DeclineReason, note: str, by: User) -> None:
        """Send the case back before it is admitted, with a reason the referrer reads."""
        if why_not := self.why_not_decline():
            raise RuleBroken(why_not)
        if reason is DeclineReason.OTHER and not note.strip():
            raise RuleBroken(_("Write what the other reason is."), field="note")
        self.move_to(S.DECLINED)
        if self.screening is None:
            self.screening = Screening.declined(self, reason, note, by=by)
        self.closure = Closure.of(
            self, Outcome.DECLINED, reason=ClosureReason(reason.value), note=note, by=by
        )
        self.record("case.declined", by=by, reason=reason, note=note)

    def why_not_interview(self) -> str | None:
        if self.stage is S.INTAKE_DUE:
            return None
        if self.stage is S.REFERRED:
            return _("Decide first whether the court takes this case.")
        return _("The intake interview has been held.") if self.interview else _("This case is closed.")

    def hold_intake(self, interview: Interview, by: User) -> None:
        """Keep what was said at the intake interview."""
        if why_not := self.why_not_interview():
            raise RuleBroken(why_not)
        if interview.held_on > self.court.today:
            raise RuleBroken(_("The interview is written down once it has been held."), field="held_on")
        self.interview = interview
        interview.held_by = by
        self.move_to(S.INTAKE_HELD)
        self.record("case.intake_held", by=by, held_on=interview.held_on)

    def why_not_agree(self) -> str | None:
        if self.stage is S.INTAKE_HELD:
            return None
        if self.is_agreed:
            return _("Both agreements are signed.")
        return _("This case is closed.") if self.is_closed else _("Hold the intake interview first.")

    def agree(self, agreement: Agreement, by: User) -> None:
        """Keep that the young person or a guardian agreed to take part. With both, the case is admitted."""
        if why_not := self.why_not_agree():
            raise RuleBroken(why_not)
        if why_not := agreement.why_not_valid(self):
            raise RuleBroken(why_not)
        agreement.kept_by, agreement.kept_at, agreement.court = by, clock.now(), self.court
        self.agreements.append(agreement)
        if self.is_agreed:
            self.move_to(S.ADMITTED)
        self.record(
            "case.agreed", by=by, party=agreement.party, how=agreement.how, signed_on=agreement.signed_on
        )

    def why_not_withdraw(self) -> str | None:
        return _("This case is closed.") if self.is_closed else None

    def withdraw(self, person: Person, reason: str, by: User) -> None:
        """Stop because the young person or a guardian no longer agrees. They may at any time."""
        if why_not := self.why_not_withdraw():
            raise RuleBroken(why_not)
        if person is not self.respondent and person not in self.respondent.guardians:
            raise RuleBroken(_("Only the young person or a guardian can withdraw."), field="person")
        if self.hearing and self.hearing.is_ahead:
            self.hearing.cancel(reason=_("The family withdrew."), by=by)
        self.move_to(S.WITHDRAWN)
        self.withdrawal = Withdrawal(
            court=self.court, person=person, reason=reason, withdrawn_at=clock.now(), kept_by=by
        )
        self.closure = Closure.of(self, Outcome.WITHDRAWN, reason=ClosureReason.WITHDREW, note=reason, by=by)
        self.record("case.withdrawn", by=by, person=person.id, reason=reason)

    def why_not_ask_dismissal(self) -> str | None:
        if self.stage is not S.ACTIVE:
            return _("Only a case whose plan is under way can be completed.")
        if still := self.open_obligations:
            return _(
                "Still open: %(what)s. Each must be met or excused first.",
                what=", ".join(str(o.activity) for o in still),
            )
        return None

    def ask_dismissal(self, note: str, by: User) -> None:
        """Tell the judge that everything is done."""
        if why_not := self.why_not_ask_dismissal():
            raise RuleBroken(why_not)
        self.move_to(S.COMPLETION_REVIEW)
        if self.completion_review is None:
            self.completion_review = CompletionReview(court=self.court)
        self.completion_review.asked_by, self.completion_review.asked_at = by, clock.now()
        self.completion_review.note = note
        self.record("case.dismissal_asked", by=by, note=note)

    def why_not_dismiss(self) -> str | None:
        if self.is_closed:
            return _("This case is closed.")
        if self.stage is not S.COMPLETION_REVIEW:
            return _("The coordinator has not asked for the dismissal yet.")
        if self.open_obligations:
            return _("Something in the plan is open again.")
        return None

    def dismiss(self, by: User) -> None:
        """The judge closes the case as completed."""
        if why_not := self.why_not_dismiss():
            raise RuleBroken(why_not)
        self.move_to(S.COMPLETED)
        self.closure = Closure.of(
            self, Outcome.COMPLETED, reason=ClosureReason.PLAN_COMPLETED, note="", by=by
        )
        self.record("case.dismissed", by=by)

    def why_not_keep_open(self) -> str | None:
        if self.stage is S.COMPLETION_REVIEW:
            return None
        return _("This case is closed.") if self.is_closed else _("Nobody has asked to close this case.")

    def keep_open(self, reason: str, by: User) -> None:
        """The judge wants something more before the case is dismissed."""
        if why_not := self.why_not_keep_open():
            raise RuleBroken(why_not)
        if not reason.strip():
            raise RuleBroken(_("Write what is still needed."), field="reason")
        self.move_to(S.ACTIVE)
        self.record("case.kept_open", by=by, reason=reason)

    def why_not_return(self) -> str | None:
        if S.RETURNED in NEXT_STAGES[self.stage]:
            return None
        return (
            _("This case is closed.")
            if self.is_closed
            else _("Decline this case instead: it is not admitted yet.")
        )

    def return_to_referrer(self, reason: ClosureReason, note: str, by: User) -> None:
        """Give the case back, saying why and what was done until then."""
        if why_not := self.why_not_return():
            raise RuleBroken(why_not)
        if reason not in REASONS_TO_RETURN:
            raise RuleBroken(_("Choose one of the reasons to return a case."), field="reason")
        if not note.strip():
            raise RuleBroken(
                _("Write what the referrer should know: what was done and what was not."), field="note"
            )
        if self.hearing and self.hearing.is_ahead:
            self.hearing.cancel(reason=_("Returned to the referrer."), by=by)
        self.move_to(S.RETURNED)
        self.closure = Closure.of(self, Outcome.RETURNED, reason=reason, note=note, by=by)
        self.record("case.returned", by=by, reason=reason, note=note)
