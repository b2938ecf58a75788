"""Passages of a paper as they are written: paragraphs, lists, **bold**, and {facts} to be filled in.

The marks are read first and the facts filled in afterwards, so that no name is ever taken for a mark.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from markdown_it import MarkdownIt
from markupsafe import Markup, escape

_PLACE = re.compile(r"\{([a-z_]+)\}")
# Paragraphs, lists and bold, and nothing else: no links, no pictures, no markup, no headings.
_MARKS = MarkdownIt("zero").enable(["list", "emphasis"])


def places_in(words: str) -> list[str]:
    """The names between { and }, each once, in the order in which they stand."""
    return list(dict.fromkeys(_PLACE.findall(words)))


def marked_up(words: str) -> Markup:
    """The words with their marks read: safe to print, its places not filled in yet."""
    return Markup(_MARKS.render(words))


class Texts(Mapping[str, Markup]):
    """The passages of one paper by name, filled in as its template asks for them.

    `own` are the court's own words where it has any; `said` puts a fact into words.
    """

    def __init__(
        self,
        usual: Mapping[str, Any],
        own: Mapping[str, str],
        facts: Mapping[str, Any],
        said: Callable[[Any], Any],
    ) -> None:
        self.usual, self.own, self.facts, self.said = usual, own, facts, said

    def __getitem__(self, name: str) -> Markup:
        words = self.own.get(name) or str(self.usual[name])
        return self._filled(marked_up(words))

    def __iter__(self) -> Iterator[str]:
        return iter(self.usual)

    def __len__(self) -> int:
        return len(self.usual)

    def _filled(self, markup: Markup) -> Markup:
        parts = _PLACE.split(str(markup))  # words and names by turns
        return Markup("").join(
            escape(self.said(self.facts.get(part))) if number % 2 else Markup(part)
            for number, part in enumerate(parts)
        )
