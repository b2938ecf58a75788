"""Whether a decision is easy to read: long sentences and hard words, measured, as hints and no more."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from youthcourt.models import Deliberation

# A sentence that a reader of twelve takes in at once. (Plain-language guides: 15 to 20 words.)
LONGEST_SENTENCE = 20
# Longer words are seldom a young reader's own, in English or in Spanish.
LONGEST_WORD = 12
# Words of courts and offices that are short and still hard.
HARD = {
    *("comply", "compliance", "hereby", "thereof", "pursuant", "remorse", "culpable", "mitigate"),
    *("aggravate", "deem", "entail", "forthwith", "impose", "liable", "sanction", "verdict", "statute"),
    *("restitution", "disposition", "acatar", "mitigar", "agravar", "remordimiento", "sanción"),
    *("veredicto", "estatuto", "disposición"),
}
_JOINS = "\N{RIGHT SINGLE QUOTATION MARK}'-"
_SENTENCE = re.compile(r"[^.!?\n]+")
_WORD = re.compile(rf"[^\W\d_]+(?:[{_JOINS}][^\W\d_]+)*")
MOST_HINTS = 12


@dataclass(frozen=True)
class Hint:
    """One thing that might be said more simply: a sentence of so many words, or one word."""

    kind: str
    words: str
    count: int = 0


def words_of(deliberation: Deliberation) -> list[str]:
    """What jurors wrote in their own words and the young person will read."""
    reasons = [finding.reason for finding in deliberation.findings]
    items = [text for item in deliberation.proposals for text in (item.builds, item.outside_reason)]
    return [text for text in [*reasons, *items] if text.strip()]


def hints_on(texts: Iterable[str]) -> list[Hint]:
    """What could be said more simply, each thing once, long sentences first."""
    sentences = [each.strip() for text in texts for each in _SENTENCE.findall(text)]
    long = [Hint("long", each, count) for each in sentences if (count := _count(each)) > LONGEST_SENTENCE]
    hard = [Hint("hard", word) for each in sentences for word in _WORD.findall(each) if _is_hard(word)]
    once = {(hint.kind, hint.words.casefold()): hint for hint in [*long, *hard]}
    return list(once.values())[:MOST_HINTS]


def _count(sentence: str) -> int:
    return len(_WORD.findall(sentence))


def _is_hard(word: str) -> bool:
    # a compound is as hard as its longest part
    return word.casefold() in HARD or max(map(len, re.split(f"[{_JOINS}]", word))) > LONGEST_WORD
