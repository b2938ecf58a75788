"""What the family answers to an order: yes, no, or this part not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Self

from sqlalchemy import ForeignKey, Select, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from youthcourt import clock
from youthcourt.errors import RuleBroken
from youthcourt.i18n import _
from youthcourt.i18n import lazy as _l
from youthcourt.models.audit import Audited
from youthcourt.models.base import CourtOwned, Record
from youthcourt.models.case_stage import CaseStage

if TYPE_CHECKING:
    from youthcourt.models.accounts.user import User
    from youthcourt.models.person import Person

    from .order import DispositionOrder
    from .order_draft import OrderItem

# A signature as it was drawn: strokes in a box of 600 by 200, as the path of an SVG.
_STROKES = re.compile(r"M\d{1,3} \d{1,3}(?:[ML]\d{1,3} \d{1,3})*")
FEWEST_POINTS, MOST_CHARACTERS = 8, 20_000


class HowAnswered(StrEnum):
    """How somebody said yes."""

    DRAWN = "drawn"
    TYPED = "typed"
    ON_PAPER = "on_paper"


HOW_ANSWERED_WORDS = {
    HowAnswered.DRAWN: _l("signed on the screen"),
    HowAnswered.TYPED: _l("typed their name"),
    HowAnswered.ON_PAPER: _l("signed on paper"),
}


class AppealAnswer(StrEnum):
    """What the judge answers to somebody who objects to one part of an order."""

    STANDS = "stands"
    CHANGED = "changed"


APPEAL_WORDS = {AppealAnswer.STANDS: _l("It stays"), AppealAnswer.CHANGED: _l("It was changed")}


def why_not_answer(order: DispositionOrder, person: Person, by: User) -> str | None:
    """Whether this person can answer this order now, and `by` may write the answer down."""
    case = order.case
    if order.is_withdrawn:
        return _("The judge took this order back. A new one will come.")
    if case.order is not order:
        return _("A later order took the place of this one. Please read that one.")
    if case.stage is not CaseStage.ACTIVE:
        return _("This case is closed.") if case.is_closed else _("The plan is not under way any more.")
    if person is not case.respondent and person not in case.respondent.guardians:
        return _("Only the young person and a parent or guardian answer.")
    if not by.works_here and by.person_id != person.id:
        return _("Each of you answers for yourself.")
    return None


class Acceptance(CourtOwned, Record):
    """The young person or a guardian said yes to an order."""

    __table_args__ = (UniqueConstraint("order_id", "person_id"),)

    order_id: Mapped[int] = mapped_column(ForeignKey("disposition_order.id"))
    order: Mapped[DispositionOrder] = relationship(back_populates="acceptances")
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    person: Mapped[Person] = relationship()
    how: Mapped[HowAnswered]
    # The strokes that were drawn, or the name that was typed; nothing when it was signed on paper.
    signature: Mapped[str] = mapped_column(default="")
    # What was accepted: the fingerprint of the order that was signed.
    digest: Mapped[str | None]
    accepted_at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    by: Mapped[User] = relationship()

    @classmethod
    def why_not_give(cls, order: DispositionOrder, person: Person, by: User) -> str | None:
        if order.is_accepted_by(person):
            return _("%(name)s has said yes already.", name=person)
        return why_not_answer(order, person, by)

    @classmethod
    def give(
        cls, order: DispositionOrder, person: Person, how: HowAnswered, by: User, signature: str = ""
    ) -> Self:
        """Say yes to an order, by hand on the screen, by name, or on paper that lies in the office."""
        order.answer_alone()
        if why_not := cls.why_not_give(order, person, by):
            raise RuleBroken(why_not)
        if broken := why_not_sign_so(how, signature, by):
            raise broken
        for no in order.rejections:
            if no.person is person and no.stands:
                no.taken_back_at = clock.now()
        accepted = cls(
            court=order.court,
            person=person,
            how=how,
            signature=signature.strip(),
            digest=order.digest,
            accepted_at=clock.now(),
            by=by,
        )
        order.acceptances.append(accepted)
        order.record("order.accepted", by=by, person=person.id, how=how)
        return accepted


def why_not_sign_so(how: HowAnswered, signature: str, by: User) -> RuleBroken | None:
    """Whether this is a signature, given in a way that this writer can vouch for."""
    if how is HowAnswered.ON_PAPER:
        return None if by.works_here else RuleBroken(_("The court office notes what was signed on paper."))
    if how is HowAnswered.TYPED:
        return None if signature.strip() else RuleBroken(_("Type your name."), field="name")
    is_drawn = len(signature) <= MOST_CHARACTERS and _STROKES.fullmatch(signature) is not None
    points = signature.count("M") + signature.count("L")
    if not is_drawn or points < FEWEST_POINTS:
        return RuleBroken(_("Sign with your finger in the box, or type your name."), field="signature")
    return None


class Rejection(CourtOwned, Record):
    """The young person or a guardian said no to an order. The office gives the case back."""

    order_id: Mapped[int] = mapped_column(ForeignKey("disposition_order.id"), index=True)
    order: Mapped[DispositionOrder] = relationship(back_populates="rejections")
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    person: Mapped[Person] = relationship()
    reason: Mapped[str] = mapped_column(default="")
    on_paper: Mapped[bool] = mapped_column(default=False)
    rejected_at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    by: Mapped[User] = relationship()
    # Until the office has given the case back, whoever said no may still say yes.
    taken_back_at: Mapped[datetime | None]

    @property
    def stands(self) -> bool:
        return self.taken_back_at is None

    @classmethod
    def why_not_give(cls, order: DispositionOrder, person: Person, by: User) -> str | None:
        if any(no.person is person and no.stands for no in order.rejections):
            return _("%(name)s has said no already.", name=person)
        return why_not_answer(order, person, by)

    @classmethod
    def give(
        cls, order: DispositionOrder, person: Person, reason: str, by: User, on_paper: bool = False
    ) -> Self:
        """Say no to an order as a whole. What somebody agreed to before no longer counts."""
        order.answer_alone()
        if why_not := cls.why_not_give(order, person, by):
            raise RuleBroken(why_not)
        said_no = cls(
            court=order.court,
            person=person,
            reason=reason.strip(),
            on_paper=on_paper,
            rejected_at=clock.now(),
            by=by,
        )
        order.rejections.append(said_no)
        order.record("order.rejected", by=by, person=person.id, reason=reason.strip())
        return said_no


class Appeal(CourtOwned, Audited, Record):
    """Somebody of the family asks the judge to look at parts of an order again."""

    order_id: Mapped[int] = mapped_column(ForeignKey("disposition_order.id"), index=True)
    order: Mapped[DispositionOrder] = relationship(back_populates="appeals")
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    person: Mapped[Person] = relationship()
    on_paper: Mapped[bool] = mapped_column(default=False)
    appealed_at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    by: Mapped[User] = relationship()
    items: Mapped[list[AppealItem]] = relationship(back_populates="appeal", order_by="AppealItem.id")

    @classmethod
    def visible_to(cls, user: User) -> Select[Self]:
        """The appeals in the cases that are this reader's business."""
        orders = cls.order.property.mapper.class_  # order.py imports this module
        return select(cls).where(cls.order_id.in_(orders.visible_to(user).with_only_columns(orders.id)))

    @property
    def audited_case_id(self) -> int:  # type: ignore[override]
        return self.order.case_id

    @property
    def is_open(self) -> bool:
        return any(each.is_open for each in self.items)

    @classmethod
    def why_not_make(cls, order: DispositionOrder, person: Person, by: User) -> str | None:
        if why_not := why_not_answer(order, person, by):
            return why_not
        until = order.appeal_until
        if until is None or order.court.today > until:
            return _("The days in which one can ask the judge to look again are over.")
        return None

    @classmethod
    def make(
        cls,
        order: DispositionOrder,
        person: Person,
        why: Mapping[OrderItem, str],
        by: User,
        on_paper: bool = False,
    ) -> Self:
        """Object to single parts, each in one's own words. The plan goes on until the judge has answered."""
        order.answer_alone()
        if why_not := cls.why_not_make(order, person, by):
            raise RuleBroken(why_not)
        if not why:
            raise RuleBroken(_("Choose at least one part, and write why."))
        for item, words in why.items():
            if broken := cls._why_not_name(order, item, words):
                raise broken
        appeal = cls(court=order.court, person=person, on_paper=on_paper, appealed_at=clock.now(), by=by)
        order.appeals.append(appeal)
        for item, words in why.items():
            appeal.items.append(AppealItem(court=order.court, item=item, words=words.strip()))
        order.record("order.appealed", by=by, person=person.id, count=len(why))
        return appeal

    @staticmethod
    def _why_not_name(order: DispositionOrder, item: OrderItem, words: str) -> RuleBroken | None:
        field = f"words_{item.id}"
        if item.order is not order:
            return RuleBroken(_("This is not a part of this order."), field=field)
        if not words.strip():
            return RuleBroken(_("Write why, in your own words."), field=field)
        if any(each.is_open and each.item is item for appeal in order.appeals for each in appeal.items):
            return RuleBroken(_("The judge is looking at this part already."), field=field)
        return None


class AppealItem(CourtOwned, Audited, Record):
    """One part of an order that somebody objects to, and what the judge answers."""

    appeal_id: Mapped[int] = mapped_column(ForeignKey("appeal.id"), index=True)
    appeal: Mapped[Appeal] = relationship(back_populates="items")
    item_id: Mapped[int] = mapped_column(ForeignKey("order_item.id"))
    item: Mapped[OrderItem] = relationship()
    words: Mapped[str]
    answer: Mapped[AppealAnswer | None]
    reason: Mapped[str] = mapped_column(default="")
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    answered_by: Mapped[User | None] = relationship()
    # The order that changed it.
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("disposition_order.id"))
    changed_by: Mapped[DispositionOrder | None] = relationship()

    @property
    def audited_case_id(self) -> int:  # type: ignore[override]
        return self.appeal.order.case_id

    @property
    def is_open(self) -> bool:
        return self.answer is None

    def why_not_stand(self, by: User) -> str | None:
        if not self.is_open:
            return _("This is answered already.")
        if self.appeal.order.case.is_closed:
            return _("This case is closed.")
        return None if self.appeal.order.judge is by else _("Another judge signed this order.")

    def stand(self, reason: str, by: User) -> None:
        """This part of the order stays as it is, and why."""
        if why_not := self.why_not_stand(by):
            raise RuleBroken(why_not)
        if not reason.strip():
            raise RuleBroken(_("Write the reason."), field="reason")
        self.settle(AppealAnswer.STANDS, reason.strip(), by=by)

    def settle(
        self, answer: AppealAnswer, reason: str, by: User, changed_by: DispositionOrder | None = None
    ) -> None:
        self.answer, self.reason, self.changed_by = answer, reason, changed_by
        self.answered_at, self.answered_by = clock.now(), by
        activity = self.item.activity.name
        self.record("appeal_item.answered", by=by, activity=activity, answer=answer, reason=reason)
