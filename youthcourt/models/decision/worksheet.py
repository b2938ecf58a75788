"""What each juror thinks alone, before the panel talks; and what of it the table sees: never whose it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from statistics import median_low
from typing import TYPE_CHECKING, Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from youthcourt.models.base import CourtOwned, Record

from .finding import Answer, Question

if TYPE_CHECKING:
    from youthcourt.models.court.court import SanctionActivity
    from youthcourt.models.jury.panel import Seat

    from .deliberation import Deliberation

# With fewer sheets than this a count would tell who wrote what.
FEWEST_TOLD = 3


class Worksheet(CourtOwned, Record):
    """One juror's own answers and ideas. Destroyed when the panel sends its plan; only the spread is kept.

    Until then it is known whose it is, because a juror who turns out to know somebody takes theirs back.
    """

    __table_args__ = (UniqueConstraint("deliberation_id", "seat_id"),)

    deliberation_id: Mapped[int] = mapped_column(ForeignKey("deliberation.id"))
    deliberation: Mapped[Deliberation] = relationship(back_populates="worksheets")
    seat_id: Mapped[int] = mapped_column(ForeignKey("seat.id"), index=True)
    seat: Mapped[Seat] = relationship()
    ratings: Mapped[list[Rating]] = relationship(
        back_populates="worksheet", order_by="Rating.id", cascade="all, delete-orphan"
    )
    ideas: Mapped[list[Idea]] = relationship(
        back_populates="worksheet", order_by="Idea.id", cascade="all, delete-orphan"
    )

    def fill(
        self, ratings: Mapping[Question, tuple[Answer, str]], ideas: Mapping[SanctionActivity, int]
    ) -> None:
        """Make the sheet say this and nothing else."""
        self.ratings.clear()
        self.ideas.clear()
        self.session.flush()
        for question, (answer, reason) in ratings.items():
            rating = Rating(court=self.court, question=question, answer=answer, reason=reason.strip())
            self.ratings.append(rating)
        for activity, amount in ideas.items():
            self.ideas.append(Idea(court=self.court, activity=activity, amount=amount))


class Rating(CourtOwned, Record):
    """One juror's own answer to one of the four questions."""

    __table_args__ = (UniqueConstraint("worksheet_id", "question"),)

    worksheet_id: Mapped[int] = mapped_column(ForeignKey("worksheet.id"))
    worksheet: Mapped[Worksheet] = relationship(back_populates="ratings")
    question: Mapped[Question]
    answer: Mapped[Answer]
    reason: Mapped[str]


class Idea(CourtOwned, Record):
    """An activity that one juror would ask for, and how much of it."""

    __table_args__ = (UniqueConstraint("worksheet_id", "activity_id"),)

    worksheet_id: Mapped[int] = mapped_column(ForeignKey("worksheet.id"))
    worksheet: Mapped[Worksheet] = relationship(back_populates="ideas")
    activity_id: Mapped[int] = mapped_column(ForeignKey("sanction_activity.id"))
    activity: Mapped[SanctionActivity] = relationship()
    amount: Mapped[int]


def spread_of(worksheets: Iterable[Worksheet]) -> dict[str, Any] | None:
    """What the sheets say together, as plain words and numbers; nothing when there are too few of them.

    Reasons stand in the order of their letters, which tells nothing about who wrote when.
    """
    sheets = list(worksheets)
    if len(sheets) < FEWEST_TOLD:
        return None
    ratings = [rating for sheet in sheets for rating in sheet.ratings]
    named: dict[int, list[int]] = {}
    for idea in (idea for sheet in sheets for idea in sheet.ideas):
        named.setdefault(idea.activity_id or idea.activity.id, []).append(idea.amount)
    return {
        "sheets": len(sheets),
        "answers": {question.value: _answers(ratings, question) for question in Question},
        "activities": {
            str(activity_id): {
                "named_by": len(amounts),
                "lowest": min(amounts),
                "median": median_low(amounts),
                "highest": max(amounts),
            }
            for activity_id, amounts in sorted(named.items())
        },
    }


def _answers(ratings: list[Rating], question: Question) -> dict[str, list[str]]:
    """Every reason that was written for an answer, one for each juror who gave it."""
    return {
        answer.value: sorted(
            (each.reason for each in ratings if each.question is question and each.answer is answer),
            key=str.casefold,
        )
        for answer in Answer
    }
