"""A kind of paper: what it is called, and the passages in it that each court may say in its own words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from youthcourt.i18n import LazyString
from youthcourt.i18n import lazy as _l

from .texts import places_in


class Phase(StrEnum):
    """Where on its way a case is when the paper is printed."""

    INTAKE = "intake"
    JURY = "jury"
    COURT = "court"
    DECISION = "decision"
    COMPLETION = "completion"


PHASE_WORDS = {
    Phase.INTAKE: _l("Referral and intake"),
    Phase.JURY: _l("Jurors"),
    Phase.COURT: _l("Hearing day"),
    Phase.DECISION: _l("Decision"),
    Phase.COMPLETION: _l("Plan and closing"),
}


@dataclass(frozen=True)
class Kind:
    """One kind of paper. Its name is that of its template, and its word in addresses.

    `says` are the facts that may stand in a text, each in words. `texts` are the passages as most courts say
    them; `{fact}` stands where the fact is filled in. An `issued` paper is kept as it was handed out, and
    carries a code; those of an order are kept when it is signed. A `sealed` one bears the electronic seal of
    a court that has a certificate.
    """

    name: str
    title: str | LazyString
    phase: Phase
    says: Mapping[str, str | LazyString] = field(default_factory=lambda: MappingProxyType({}))
    texts: Mapping[str, str | LazyString] = field(default_factory=lambda: MappingProxyType({}))
    issued: bool = False
    sealed: bool = False

    def strange_places(self, words: str) -> list[str]:
        """What stands between { and } in these words and is no fact of this paper."""
        return [place for place in places_in(words) if place not in self.says]

    def __str__(self) -> str:
        return self.name
