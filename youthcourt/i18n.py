"""Words in the reader's language. The rest of the house asks here, never Flask-Babel itself."""

from collections.abc import Callable

from flask import has_request_context, request, session
from flask_babel import Babel, LazyString, gettext, lazy_gettext, ngettext

__all__ = ["LANGUAGES", "_", "babel", "gettext", "lazy", "locale_of", "ngettext"]

LANGUAGES = {"en": "English", "es": "Español"}
# Plain "es" writes 9:30 without a. m.; es_US writes times and numbers as families here read them.
_LOCALES = {"en": "en_US", "es": "es_US"}

_: Callable[..., str] = gettext
lazy: Callable[..., LazyString] = lazy_gettext
babel = Babel()


def reader_language() -> str:
    """The language chosen on the page, else the browser's, else English."""
    if not has_request_context():
        return "en"
    return str(session.get("language") or request.accept_languages.best_match(LANGUAGES) or "en")


def locale_of(language: str) -> str:
    """The locale that words, dates and numbers of a language are written in."""
    return _LOCALES.get(language, _LOCALES["en"])


def reader_locale() -> str:
    return locale_of(reader_language())
