"""The one maker of court papers: facts in, an accessible PDF out."""

from __future__ import annotations

import hashlib
import json
import re
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from flask import current_app
from flask_babel import format_date, format_time, get_locale
from jinja2 import Environment, StrictUndefined
from jinja2.defaults import DEFAULT_NAMESPACE
from markupsafe import Markup

from youthcourt import clock
from youthcourt.i18n import LANGUAGES, LazyString, speaking
from youthcourt.i18n import lazy as _l
from youthcourt.models import USUAL_INK, Look, Sheet

from .kind import Kind
from .press import printery
from .texts import Texts

if TYPE_CHECKING:
    from youthcourt.models import Court, Person

# What every paper is told besides its own facts.
LAYOUT_NAMES = frozenset({"title", "reference", "language", "mark", "text", "check", "printed_by"})
# `wording` is what the court says in its own words: (kind, text, language) -> words. No template sees it.
LETTERHEAD_NAMES = frozenset(
    {"court_name", "court_address", "court_phone", "court_email", "printed_at", "look", "wording"}
)

USUAL_LOOK = {"ink": USUAL_INK, "sheet": str(Sheet.LETTER), "seal": None, "seal_words": ""}

LETTERHEAD_NEEDED = {
    "court_address": _l("The court's address"),
    "court_phone": _l("The court's phone number"),
}

_WORDS_OF_JINJA = ("_", "gettext", "ngettext", "pgettext", "npgettext")
# Words that fill no column of ours, and the piece after which such a word may be parted.
_ENDLESS_WORD, _PIECE = re.compile(r"\S{81,}"), re.compile(r"\S{20}(?=\S)")
# What a letter says of the day and the hand it was written by: with other ones it is still the same letter.
_OF_ITS_DAY = ("printed_at", "wording", "dated", "answer_by", "signed_by")
_BLANK: tuple[object, ...] = (None, "", [], ())


@dataclass(frozen=True)
class Paper:
    """A paper before it is printed. Its template sees `facts` and nothing else.

    `reference` stands in the footer and in the name of the file, so it holds no name of a person.
    `needed` names the facts that somebody has to fill in, each in words. `lacks` is what else is not done
    yet, in sentences. `mark` is printed large across the page: a draft must not pass for the real thing.
    `copies` are facts that differ from one copy to the next; each copy has its own page numbers. `to_one`:
    of several copies only that of whoever prints it at home.
    """

    kind: Kind
    title: str | LazyString
    reference: str
    facts: Mapping[str, Any]
    language: str = "en"
    needed: Mapping[str, str | LazyString] = field(default_factory=dict)
    lacks: tuple[str, ...] = ()
    mark: str | LazyString = ""
    copies: tuple[Mapping[str, Any], ...] = ({},)
    to_one: bool = False

    @property
    def is_final(self) -> bool:
        """Whether it may be handed out: a draft, what was cancelled or one copy of all is only read."""
        return not str(self.mark) and not self.to_one

    @property
    def missing(self) -> list[str]:
        """What prints as a blank line, and what else is not done yet, in words."""
        blank = [
            str(words)
            for facts in self.facts_of_copies()
            for name, words in self.needed.items()
            if facts[name] in _BLANK
        ]
        return list(dict.fromkeys([*blank, *self.lacks]))

    @property
    def digest(self) -> str:
        """SHA-256 of all that the paper says: the same for the same facts, whenever it is printed."""
        with speaking(self.language):
            said = {
                "kind": self.kind.name,
                "title": str(self.title),
                "language": self.language,
                "facts": [
                    {name: fact for name, fact in facts.items() if name not in _OF_ITS_DAY}
                    for facts in self.facts_of_copies()
                ],
                "own": own_texts(self),
            }
            return hashlib.sha256(json.dumps(said, sort_keys=True, default=str).encode()).hexdigest()

    def facts_of_copies(self) -> list[dict[str, Any]]:
        return [{**self.facts, **copy} for copy in self.copies]


# Facts that papers share


def letterhead(court: Court) -> dict[str, Any]:
    """Who writes, when it was printed, and what this court's papers say and look like."""
    return {
        "court_name": court.name,
        "court_address": lines_of(court.address),
        "court_phone": court.phone,
        "court_email": court.email,
        "printed_at": local(clock.now(), court),
        "wording": court.wording,
        "look": look_of(court),
    }


def look_of(court: Court) -> dict[str, Any]:
    """How the court's papers look, as their layout reads it."""
    look = Look.of(court)
    return USUAL_LOOK if look is None else look_facts({name: getattr(look, name) for name in USUAL_LOOK})


def look_facts(look: Mapping[str, Any]) -> dict[str, Any]:
    """The same facts with the seal as an address that holds the picture itself."""
    seal = f"data:image/png;base64,{b64encode(look['seal']).decode()}" if look["seal"] else None
    return {**look, "sheet": str(look["sheet"]), "seal": seal}


def local(moment: datetime, court: Court) -> datetime:
    """A moment on the clock of the court's own wall."""
    return moment.astimezone(ZoneInfo(court.time_zone))


def lazy_day(day: date) -> LazyString:
    """Saturday, March 7, 2026, in the language of whoever reads the title."""
    return LazyString(format_date, day, "full", rebase=False)


def lines_of(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def named(person: Person) -> dict[str, str]:
    """Somebody's name, and the language that says how its letters are drawn."""
    return {"name": person.name, "lang": person.language}


def named_short(person: Person) -> dict[str, str]:
    """First name and last initial: on papers that lie where jurors sit."""
    return {"name": person.short_name, "lang": person.language}


def initialed(name: str) -> str:
    """Cora Diaz as C. Diaz."""
    first, _space, others = name.strip().partition(" ")
    return f"{first[0]}. {others}" if others else first


def language_for(person: Person) -> str:
    """The language in which a paper is written to somebody."""
    return known(person.language)


def known(language: str) -> str:
    """This language if papers are written in it, else English."""
    return language if language in LANGUAGES else "en"


# Printing


@dataclass(frozen=True)
class Check:
    """How whoever holds a paper may find out whether it is genuine. `square` leads a camera there."""

    code: str
    address: str
    square: Mapping[str, int | str]
    sealed_by: str = ""  # the name in the certificate that the file is sealed with


def render_pdf(paper: Paper, by: str = "", check: Check | None = None) -> bytes:
    """The paper as a PDF to print, to hear (PDF/UA-1) and to keep (PDF/A-2a). `by` stands in its stamp."""
    return print_html(html_of(paper, by, check=check))


def print_html(copies: list[str]) -> bytes:
    """The markup of a paper's copies as one PDF."""
    return printery().pdf(copies, style_sheet())


def style_sheet() -> str:
    return current_app.jinja_env.get_template("documents/paper.css").render()


def html_of(paper: Paper, by: str = "", is_stamped: bool = True, check: Check | None = None) -> list[str]:
    """The markup of each copy, in the paper's language; with when it was printed and by whom, or without."""
    template = _templates().get_template(f"documents/{paper.kind}.html")
    with speaking(paper.language):
        layout: dict[str, Any] = {
            "title": str(paper.title),
            "reference": paper.reference,
            "language": paper.language,
            "mark": str(paper.mark),
            "look": paper.facts.get("look", USUAL_LOOK),  # whole: a seal is one long word
            "printed_by": by,
            **({} if is_stamped else {"printed_at": None}),
            "check": check,
        }
        copies = [breakable({**facts, "wording": None, "look": None}) for facts in paper.facts_of_copies()]
        return [template.render({**facts, **layout, "text": texts_of(paper, facts)}) for facts in copies]


def texts_of(paper: Paper, facts: Mapping[str, Any]) -> Texts:
    """The passages of a paper: in the court's own words where it has any, with these facts in them."""
    return Texts(paper.kind.texts, own_texts(paper), facts, in_text)


def own_texts(paper: Paper) -> dict[str, str]:
    """The passages that the court says in its own words, in the language of the paper."""
    wording: Mapping[tuple[str, str, str], str] = paper.facts.get("wording", {})
    return {
        text: words
        for (kind, text, language), words in wording.items()
        if (kind, language) == (paper.kind.name, paper.language)
    }


def breakable(fact: Any) -> Any:
    """The same fact, where a word longer than any line may be parted.

    WeasyPrint takes seconds to part a word of a thousand letters by itself.
    """
    if isinstance(fact, str):
        return _ENDLESS_WORD.sub(lambda word: _PIECE.sub("\\g<0>\u200b", word[0]), fact)
    if isinstance(fact, dict):
        return {name: breakable(each) for name, each in fact.items()}
    return [breakable(each) for each in fact] if isinstance(fact, (list, tuple)) else fact


def or_blank(value: object, size: str = "") -> object:
    """The value, or a line to write it on by hand. Sizes: short, and wide as the column."""
    return Markup('<span class="blank {}"></span>').format(size) if value in _BLANK else value


def in_text(fact: Any) -> Any:
    """A fact as it stands in a sentence: a day, a time, a name in its own letters, several of these."""
    filters = _templates().filters
    if isinstance(fact, datetime):
        return clock_time(fact)
    if isinstance(fact, date):
        return filters["day"](fact)
    if isinstance(fact, dict):
        return Markup('<bdi lang="{}">{}</bdi>').format(fact["lang"], fact["name"])
    if isinstance(fact, (list, tuple)) and fact:
        return Markup(", ").join(in_text(each) for each in fact)
    return or_blank(fact, "short")


def in_plain_text(fact: Any) -> str:
    """The same where only words can stand, as in a Word form."""
    return Markup(in_text(fact)).striptags()


def clock_time(value: datetime) -> str:
    """9:30 AM, on the clock that the fact was given in: a paper is read away from the reader's settings."""
    return str(format_time(value, "short", rebase=False))


def _moment(value: datetime) -> str:
    return f"{format_date(value, 'medium', rebase=False)}, {clock_time(value)}"


def _language_name(code: str) -> str:
    """The name of a language, in the language of the paper."""
    return str(get_locale().languages.get(code, code))


def _templates() -> Environment:
    """The application's templates without what pages know: no request, no reader, nothing but the facts."""
    papers: Environment | None = current_app.extensions.get("papers")
    if papers is None:
        pages = current_app.jinja_env
        papers = pages.overlay(undefined=StrictUndefined)
        papers.globals = {**DEFAULT_NAMESPACE, **{name: pages.globals[name] for name in _WORDS_OF_JINJA}}
        papers.filters = {
            **pages.filters,
            "or_blank": or_blank,
            "clock_time": clock_time,
            "moment": _moment,
            "language_name": _language_name,
        }
        current_app.extensions["papers"] = papers
    return papers
