"""Papers that only this court has: a heading and passages of its own, about one case."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Self

from sqlalchemy.orm import Mapped, mapped_column

from youthcourt.errors import RuleBroken
from youthcourt.i18n import _
from youthcourt.i18n import lazy as _l

from .court_list import CourtList

if TYPE_CHECKING:
    from youthcourt.models.accounts.user import User

    from .court import Court

# What a paper of a court's own may fill in, between { and }.
FACTS_OF_EXTRA_PAPER = {
    "number": _l("The case number"),
    "respondent": _l("The young person"),
    "guardians": _l("Parents and guardians"),
    "agency": _l("Who referred the case"),
    "hearing_day": _l("The day of the hearing"),
    "last_day": _l("The last day of the plan"),
    "today": _l("The day on which it is printed"),
    "court_name": _l("The name of the court"),
    "court_phone": _l("The court's phone number"),
}
_PLACE = re.compile(r"\{([a-z_]+)\}")


class ExtraPaper(CourtList):
    """One such paper, in both languages; without Spanish words it is printed in English."""

    name_es: Mapped[str] = mapped_column(default="")
    words: Mapped[str]
    words_es: Mapped[str] = mapped_column(default="")
    # Whether the young person, a guardian and the office sign at its end.
    is_signed_by_family: Mapped[bool] = mapped_column(default=False)

    @classmethod
    def add(cls, court: Court, by: User | None, **facts: Any) -> Self:
        _check_places(facts)
        return super().add(court, by=by, **facts)

    def change(self, by: User | None, **facts: Any) -> None:
        _check_places(facts)
        super().change(by=by, **facts)

    def in_language(self, language: str) -> tuple[str, str, str]:
        """Its heading and words as somebody of this language reads them, and the language they are in."""
        if language == "es" and self.words_es:
            return self.name_es or self.name, self.words_es, "es"
        return self.name, self.words, "en"


def _check_places(facts: dict[str, Any]) -> None:
    for field in ("words", "words_es"):
        for place in _PLACE.findall(facts.get(field, "")):
            if place not in FACTS_OF_EXTRA_PAPER:
                known = ", ".join("{" + name + "}" for name in FACTS_OF_EXTRA_PAPER)
                message = _(
                    "There is no fact called {%(name)s}. You can use %(known)s.", name=place, known=known
                )
                raise RuleBroken(message, field=field)
