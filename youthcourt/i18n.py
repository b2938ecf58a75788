"""Words in the reader's language. The rest of the house asks here, never Flask-Babel itself."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from babel import Locale
from flask import has_request_context, request, session
from flask_babel import Babel, force_locale, get_locale, gettext, ngettext
from flask_babel import LazyString as _LazyString
from markupsafe import Markup, escape

__all__ = [
    "LANGUAGES",
    "LazyString",
    "_",
    "babel",
    "gettext",
    "language_name",
    "language_names",
    "language_now",
    "lazy",
    "locale_of",
    "ngettext",
]

LANGUAGES = {"en": "English", "es": "Español"}
# Plain "es" writes 9:30 without a. m.; es_US writes times and numbers as families here read them.
_LOCALES = {"en": "en_US", "es": "es_US"}

# What families speak, most spoken first. Pages are written in LANGUAGES; interpreters speak all of these.
_SPOKEN = [
    *("en", "es", "zh", "tl", "vi", "ar", "fr", "ht", "ko", "ru", "pt", "hi", "ur"),
    *("bn", "so", "am", "ti", "sw", "my", "ne", "fa", "ps", "pl", "de", "it", "uk", "hmn", "id"),
]


class LazyString(_LazyString):
    """Words that come in the language of whoever reads them, safe to print whatever they were given.

    Flask-Babel's own call themselves markup, so that a name in them would be printed as it was typed.
    """

    def __html__(self) -> Markup:
        return escape(str(self))


def lazy(words: str, **facts: object) -> LazyString:
    return LazyString(gettext, words, **facts)


_: Callable[..., str] = gettext
babel = Babel()


def reader_language() -> str:
    """The language chosen on the page, else the browser's, else English."""
    if not has_request_context():
        return "en"
    return str(session.get("language") or request.accept_languages.best_match(LANGUAGES) or "en")


def language_now() -> str:
    """The language in which words come at this moment: the reader's, or the one that is being spoken."""
    locale = get_locale()
    return locale.language if locale else "en"


def locale_of(language: str) -> str:
    """The locale that words, dates and numbers of a language are written in."""
    return _LOCALES.get(language, _LOCALES["en"])


def speaking(language: str) -> AbstractContextManager[None]:
    """Words, dates and numbers inside come in this language, whoever reads."""
    context: AbstractContextManager[None] = force_locale(locale_of(language))
    return context


def reader_locale() -> str:
    return locale_of(reader_language())


def language_name(code: str) -> str:
    """A language as the reader calls it, such as Spanish for es."""
    return str(Locale.parse(reader_locale()).languages.get(code, code))


def language_names() -> dict[str, str]:
    """The languages that a person may be noted to speak, by code."""
    return {code: language_name(code) for code in _SPOKEN}
