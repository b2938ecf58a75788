"""What the family answers to an order, and what it is told when it asked for a change."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Mapped

from youthcourt import clock
from youthcourt.errors import RuleBroken
from youthcourt.i18n import _
from youthcourt.models.audit import Audited
from youthcourt.models.base import CourtOwned, Record

from .family_answer import Acceptance, Appeal, AppealItem, Rejection

if TYPE_CHECKING:
    from youthcourt.models.accounts.user import User
    from youthcourt.models.person import Person


class AnsweredByFamily(CourtOwned, Audited, Record):
    """The part of an order to which the family says yes, no, or this part not."""

    __abstract__ = True

    if TYPE_CHECKING:  # what it asks of the order that it is part of
        signed_at: Mapped[datetime | None]
        acceptances: Mapped[list[Acceptance]]
        rejections: Mapped[list[Rejection]]
        appeals: Mapped[list[Appeal]]

    # Questions

    @property
    def appeal_until(self) -> date | None:
        """The last day on which the family can ask the judge to look again; None where they cannot."""
        if self.signed_at is None or not self.court.days_to_appeal:
            return None
        signed_on = self.signed_at.astimezone(ZoneInfo(self.court.time_zone)).date()
        return clock.add_business_days(signed_on, self.court.days_to_appeal)

    @property
    def open_appeal_items(self) -> list[AppealItem]:
        return [each for appeal in self.appeals for each in appeal.items if each.is_open]

    def is_accepted_by(self, person: Person) -> bool:
        said_no = any(no.person is person and no.stands for no in self.rejections)
        return not said_no and any(each.person is person for each in self.acceptances)

    # Verbs

    def answer_alone(self) -> None:
        """Whoever answers, or takes the order back, at the same moment waits, and then sees what was said."""
        self.session.flush()
        mine = select(type(self).id).where(type(self).id == self.id)
        self.session.execute(mine.with_for_update(key_share=True, of=type(self)))
        self.session.refresh(self, ["unsigning", "acceptances", "rejections", "appeals"])

    def let_stand(self, number: str, reason: str, by: User) -> None:
        """Answer the family that one part, named by its number, stays as it is."""
        asked = {str(each.id): each for appeal in self.appeals for each in appeal.items}
        if number not in asked:
            raise RuleBroken(_("This is answered already."))
        asked[number].stand(reason, by=by)
