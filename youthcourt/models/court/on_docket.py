"""What is so of a hearing on the docket: whether it is ahead, who sits, and when its day is closed."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from youthcourt.models.audit import Audited
from youthcourt.models.base import CourtOwned, Record, Versioned

if TYPE_CHECKING:
    from sqlalchemy.orm import Mapped

    from youthcourt.models.accounts.user import User
    from youthcourt.models.case import Case
    from youthcourt.models.decision.deliberation import Deliberation
    from youthcourt.models.jury.panel import Panel

    from .court import Room
    from .court_session import CourtSession, TimeBlock


class HearingState(StrEnum):
    SET = "set"
    HELD = "held"
    FAILED_TO_APPEAR = "failed_to_appear"
    CANCELLED = "cancelled"


# Those that take their room.
LIVE_STATES = (HearingState.SET, HearingState.HELD)


class OnDocket(CourtOwned, Versioned, Audited, Record):
    """What every part of a hearing asks."""

    __abstract__ = True

    if TYPE_CHECKING:  # what it asks of the hearing that it is part of
        case_id: Mapped[int]
        case: Mapped[Case]
        court_session: Mapped[CourtSession]
        block: Mapped[TimeBlock]
        room: Mapped[Room]
        judge: Mapped[User]
        state: Mapped[HearingState]
        sits_on: Mapped[date]
        held_at: Mapped[datetime | None]
        panels: Mapped[list[Panel]]
        deliberation: Mapped[Deliberation | None]

    @property
    def audited_case_id(self) -> int:  # type: ignore[override]
        return self.case_id or self.case.id

    @property
    def is_ahead(self) -> bool:
        return self.state is HearingState.SET

    @property
    def is_live(self) -> bool:
        """Whether it takes its room: set or held, not cancelled and not failed."""
        return self.state in LIVE_STATES

    @property
    def is_held(self) -> bool:
        return self.state is HearingState.HELD

    @property
    def is_decided(self) -> bool:
        return self.deliberation is not None and self.deliberation.is_decided

    @property
    def panel(self) -> Panel | None:
        """The panel in force; earlier ones were dissolved when the hearing moved."""
        standing = [panel for panel in self.panels if panel.dissolved_at is None]
        return standing[-1] if standing else None

    def why_not_change_day(self) -> str | None:
        """Its day is closed; unless the judge has sent the panel back to decide once more."""
        meets_again = self.is_held and not self.is_decided and not self.case.is_closed
        return None if meets_again else self.court_session.why_not_change_day()

    def happened_at(self, at: datetime | None = None) -> datetime:
        """When something of this hearing happened that is written down now: see the day."""
        if at is None and self.court_session.held_on != self.court.today:
            return self.block.starts_at
        return self.court_session.happened_at(at)
