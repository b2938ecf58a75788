"""How the papers of one court look: the colour of its ink, its seal, and the sheets in its printer."""

from __future__ import annotations

import re
from enum import StrEnum
from hashlib import sha256
from typing import Any

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, mapped_column

from youthcourt.errors import RuleBroken
from youthcourt.i18n import _
from youthcourt.i18n import lazy as _l
from youthcourt.models.accounts.user import User
from youthcourt.models.audit import Audited
from youthcourt.models.base import CourtOwned, Record, Versioned

from .court import Court
from .court_list import put


class Sheet(StrEnum):
    """The size of the paper in the printer."""

    LETTER = "letter"
    A4 = "a4"


SHEET_WORDS = {
    Sheet.LETTER: _l("Letter, 8.5 by 11 inches"),
    Sheet.A4: _l("A4, 210 by 297 mm"),
}

USUAL_INK = "#123640"
# Of ink to white paper, for words of any size (WCAG 2.2, success criterion 1.4.3).
LEAST_CONTRAST = 4.5

_HEX = re.compile(r"#[0-9a-f]{6}")


class Look(CourtOwned, Versioned, Audited, Record):
    """What one court has chosen. The papers of a court without such a row have the usual look."""

    court_id: Mapped[int] = mapped_column(ForeignKey("court.id"), unique=True)
    ink: Mapped[str] = mapped_column(default=USUAL_INK)
    sheet: Mapped[Sheet] = mapped_column(default=Sheet.LETTER)
    # A picture that documents/court/seal.py has drawn anew; None: the mark that every court has.
    seal: Mapped[bytes | None]
    # What the seal shows, for readers who hear the paper.
    seal_words: Mapped[str] = mapped_column(default="")

    @classmethod
    def of(cls, court: Court) -> Look | None:
        return court.session.scalars(select(cls).where(cls.court_id == court.id)).first()

    @classmethod
    def choose(cls, court: Court, facts: dict[str, Any], by: User | None) -> Look:
        """Let papers look like this from now on; those that were handed out stay as they are."""
        facts = looked_at(facts)
        look = cls.of(court) or cls(court=court, ink=USUAL_INK, sheet=Sheet.LETTER, seal=None, seal_words="")
        was, now = put(look, facts)
        court.session.add(look)
        if now:
            look.record("look.changed", by=by, was=_told(was), now=_told(now))
        return look

    def give_up(self, by: User | None) -> None:
        """Go back to the usual look."""
        self.record("look.given_up", by=by)
        self.session.delete(self)


def looked_at(facts: dict[str, Any]) -> dict[str, Any]:
    """The same facts, once it is certain that papers which look like this can be read."""
    facts = {**facts, "ink": facts["ink"].lower()}
    if broken := why_not_look(facts):
        raise broken
    return facts


def why_not_look(facts: dict[str, Any]) -> RuleBroken | None:
    """Why nobody could read papers that look like this."""
    if not _HEX.fullmatch(facts["ink"]):
        return RuleBroken(_("Choose a color."), field="ink")
    if contrast(facts["ink"]) < LEAST_CONTRAST:
        return RuleBroken(
            _("This color is too light to read on white paper. Choose a darker one."), field="ink"
        )
    if facts["seal"] and not facts["seal_words"]:
        return RuleBroken(
            _("Say in a few words what the seal shows, for people who hear the paper."), field="seal_words"
        )
    return None


def contrast(ink: str) -> float:
    """How much darker than white paper, from 1 to 21 (WCAG 2.2, contrast ratio)."""
    red, green, blue = (_linear(int(ink[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def _linear(share: float) -> float:
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4


def _told(facts: dict[str, Any]) -> dict[str, Any]:
    """As the trail keeps it: of a picture only its fingerprint."""
    return {
        name: sha256(value).hexdigest()[:16] if isinstance(value, bytes) else value
        for name, value in facts.items()
    }
