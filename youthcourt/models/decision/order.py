"""The disposition order: what the respondent has to do, signed by the judge."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Self

from sqlalchemy import ForeignKey, Select, UniqueConstraint, false, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from youthcourt import clock
from youthcourt.errors import ChangedMeanwhile, RuleBroken
from youthcourt.i18n import _
from youthcourt.models.case import Case
from youthcourt.models.case_stage import CaseStage
from youthcourt.models.completion.obligation import Obligation
from youthcourt.models.court.hearing import Hearing
from youthcourt.models.issued_paper import IssuedPaper, PaperKind
from youthcourt.models.jury.juror import SittingState
from youthcourt.permissions import Role

from .deliberation import Deliberation
from .family_answer import Acceptance, Appeal, AppealAnswer, Rejection
from .order_answers import AnsweredByFamily
from .order_draft import DraftedByJudge, Item, OrderItem
from .sign_off import SignOffAnswer
from .unsigning import Unsigning

if TYPE_CHECKING:
    from youthcourt.models.accounts.user import User

# A day on which somebody sits, or sat, for what the order asks.
_TAKEN = (SittingState.BOOKED, SittingState.CHECKED_IN, SittingState.CREDITED)


def letters_of(number: int) -> str:
    """A for the first, Z for the 26th, AA for the 27th."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


class DispositionOrder(DraftedByJudge, AnsweredByFamily):
    """An order for one case. A draft until signed; then never changed, only amended by another."""

    __table_args__ = (UniqueConstraint("court_id", "number"),)
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - read by SQLAlchemy

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    case: Mapped[Case] = relationship(back_populates="orders")
    deliberation_id: Mapped[int] = mapped_column(ForeignKey("deliberation.id"))
    deliberation: Mapped[Deliberation] = relationship(back_populates="orders")
    amends_id: Mapped[int | None] = mapped_column(ForeignKey("disposition_order.id"))
    amends: Mapped[DispositionOrder | None] = relationship(
        foreign_keys=amends_id, remote_side="DispositionOrder.id"
    )
    # The order that its judge took back, in whose place this one stands.
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("disposition_order.id"))
    replaces: Mapped[DispositionOrder | None] = relationship(
        foreign_keys=replaces_id, remote_side="DispositionOrder.id"
    )
    judge_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    judge: Mapped[User] = relationship()
    change_reason: Mapped[str] = mapped_column(default="")
    number: Mapped[str | None]
    signed_at: Mapped[datetime | None]
    digest: Mapped[str | None]
    items: Mapped[list[OrderItem]] = relationship(
        back_populates="order", order_by="OrderItem.id", cascade="all, delete-orphan"
    )
    # Asked of every order that is signed, so it comes along with each.
    unsigning: Mapped[Unsigning | None] = relationship(back_populates="order", lazy="joined")
    papers: Mapped[list[IssuedPaper]] = relationship(back_populates="order", order_by=IssuedPaper.id)
    acceptances: Mapped[list[Acceptance]] = relationship(back_populates="order", order_by=Acceptance.id)
    rejections: Mapped[list[Rejection]] = relationship(back_populates="order", order_by=Rejection.id)
    appeals: Mapped[list[Appeal]] = relationship(back_populates="order", order_by=Appeal.id)

    def __str__(self) -> str:
        return self.number or _("draft")

    # Lists

    @classmethod
    def visible_to(cls, user: User) -> Select[Self]:
        """The orders of the cases that are this reader's business."""
        cases = Case.visible_to(user).with_only_columns(Case.id)
        return select(cls).where(cls.case_id.in_(cases))

    @classmethod
    def waiting_for(cls, judge: User) -> Select[Deliberation]:
        """What the panels have proposed and this judge has not signed, oldest first."""
        if Role.JUDGE not in judge.roles:
            return select(Deliberation).where(false())
        return (
            select(Deliberation)
            .join(Deliberation.hearing)
            .join(Hearing.case)
            .where(
                Hearing.court_id == judge.court_id,
                Hearing.judge_id == judge.id,
                Case.stage == CaseStage.PROPOSED,
                Deliberation.decided_at.is_not(None),
            )
            .order_by(Deliberation.decided_at)
        )

    @classmethod
    def draft_for(cls, deliberation: Deliberation, by: User) -> Self:
        """The judge's draft: what the panel proposed, until the judge changes it."""
        if why_not := deliberation.why_not_return(by):
            raise RuleBroken(why_not)
        draft = next((order for order in deliberation.orders if not order.is_signed), None)
        if draft is None:
            taken_back = [order for order in deliberation.orders if order.is_withdrawn and not order.amends]
            draft = cls(
                court=deliberation.court,
                case=deliberation.hearing.case,
                judge=by,
                replaces=taken_back[-1] if taken_back else None,
            )
            deliberation.orders.append(draft)
            draft._fill([Item(p.activity, p.amount, p.due_on, p.builds) for p in deliberation.proposals])
            deliberation.session.flush()
        return draft  # type: ignore[return-value]

    @classmethod
    def amendment_of(cls, order: DispositionOrder, by: User) -> Self:
        """A draft that will take the place of a signed order and point back to it."""
        if why_not := order.why_not_amend(by):
            raise RuleBroken(why_not)
        draft = next(
            (each for each in order.case.orders if each.amends is order and not each.is_signed), None
        )
        if draft is None:
            taken_back = [each for each in order.case.orders if each.is_withdrawn and each.amends is order]
            draft = cls(
                court=order.court,
                case=order.case,
                deliberation=order.deliberation,
                amends=order,
                replaces=taken_back[-1] if taken_back else None,
                judge=by,
            )
            order.session.add(draft)
            draft._fill([Item(i.activity, i.amount, i.due_on, i.builds) for i in order.items])
            order.session.flush()
        return draft  # type: ignore[return-value]

    # Questions

    @property
    def audited_case_id(self) -> int:  # type: ignore[override]
        return self.case_id or self.case.id

    @property
    def is_signed(self) -> bool:
        return self.signed_at is not None

    @property
    def is_withdrawn(self) -> bool:
        """Whether it was signed and its judge took that back."""
        return self.unsigning is not None

    @property
    def is_standing(self) -> bool:
        return self.is_signed and not self.is_withdrawn

    def paper(self, kind: PaperKind) -> IssuedPaper | None:
        """The paper of this kind as it was handed out; None for orders from before papers were kept."""
        return next((each for each in self.papers if each.kind == kind), None)

    def why_not_amend(self, by: User) -> str | None:
        if not self.is_signed or self.case.order is not self:
            return _("Only the order in force can be amended.")
        if self.case.stage is not CaseStage.ACTIVE:
            return _("The plan is not under way, so its order cannot be amended.")
        return None if self.judge is by else _("Another judge signed this order.")

    def why_not_unsign(self, by: User) -> str | None:
        if not self.is_standing or self.case.order is not self:
            return _("Only the order in force can be taken back.")
        if self.judge is not by:
            return _("Another judge signed this order.")
        if self.case.stage is not CaseStage.ACTIVE:
            return _("The plan is not under way, so its order cannot be taken back.")
        if self.acceptances:
            return _("The family has said yes to this order. Amend it instead.")
        if self._has_begun:
            return _("Work on this plan has begun. Amend the order instead.")
        return None

    @property
    def _has_begun(self) -> bool:
        """Whether anything was credited, or a day in court booked, since it was signed."""
        assert self.signed_at is not None, "asked of a signed order"
        owed = self.case.obligations
        credited = [done.credited_at for each in owed for done in each.service_records]
        opened = [each for each in owed if each.order is self and each.is_open]
        booked = [sitting for each in opened for sitting in each.sittings if sitting.state in _TAKEN]
        return any(at >= self.signed_at for at in credited) or (bool(booked) and self.amends is None)

    def why_not_sign(self, by: User) -> str | None:
        if why_not := self.why_not_change(by):
            return why_not
        if not self.items:
            return _("The order is empty.")
        if self.court.jury_duty_mandatory and not any(item.activity.is_jury_duty for item in self.items):
            return _("Jury duty is part of every plan in this court.")
        if self.differences() and not self.change_reason.strip():
            return _("You changed the plan. Write the reason.")
        if any(self._why_not_within_range(Item(i.activity, i.amount, i.due_on)) for i in self.items):
            return _("The panel disagreed within a range. Choose an amount inside it.")
        return None

    # Verbs

    def sign(self, seen: str, by: User, at: datetime | None = None) -> None:
        """Number and date the order and let the plan begin. `seen` is the fingerprint of what was read.

        `at` is the moment that its papers name; now, when it has none.
        """
        if why_not := self.why_not_sign(by):
            raise RuleBroken(why_not)
        if seen != self.fingerprint():
            raise ChangedMeanwhile(_("The order changed since you opened it. Read it once more, then sign."))
        self.number = self._next_number()
        self.signed_at, self.digest = at or clock.now(), seen
        if self.amends is None:
            answer = SignOffAnswer.CHANGED if self.differences() else SignOffAnswer.APPROVED
            self.deliberation._sign_off(answer, self.change_reason, by=by)
            self.case.move_to(CaseStage.ACTIVE)
        Obligation.follow(self, by=by)
        self.record("order.signed", by=by, number=self.number, digest=self.digest, amends=self.amends)
        self._answer_appeals(by=by)

    def _answer_appeals(self, by: User) -> None:
        """What an amendment changes was asked for, perhaps: then this is the answer."""
        changed = {each.activity for each in self.differences()} if self.amends else set()
        for item in self.amends.open_appeal_items if self.amends else ():
            if item.item.activity in changed:
                item.settle(AppealAnswer.CHANGED, self.change_reason, by=by, changed_by=self)

    def unsign(self, reason: str, by: User) -> None:
        """Take the signature back, with the reason. The order and its papers stay; a new one points back."""
        self.answer_alone()
        if why_not := self.why_not_unsign(by):
            raise RuleBroken(why_not)
        if not reason.strip():
            raise RuleBroken(_("Write the reason."), field="reason")
        self.unsigning = Unsigning(court=self.court, reason=reason.strip(), unsigned_at=clock.now(), by=by)
        Obligation.go_back(self)
        if self.amends is None:
            self.case.move_to(CaseStage.PROPOSED)
        for item in self.open_appeal_items:
            item.settle(AppealAnswer.CHANGED, reason.strip(), by=by)
        self.record("order.unsigned", by=by, number=self.number, reason=reason.strip())

    def _next_number(self) -> str:
        earlier = sum(order.is_signed for order in self.case.orders)
        return f"{self.case.number}-{letters_of(earlier + 1)}"
