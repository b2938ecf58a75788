"""Lists that are searched by typed words: mostly a child's name, so no address ever holds them.

The form is sent, and leads to an address in which the words stand enciphered, with a key made from this very
sign-in's secret. Paging, the way back and a second tab work as with any address; history, logs and proxies
keep nothing that can be read, and once the sign-in has ended nobody can read it, this house included.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from flask import flash, redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from youthcourt.forms.fields import LONGEST_LINE, clean
from youthcourt.i18n import _
from youthcourt.keys import decrypt, encrypt

# Words are filled up to this many letters, so that an address does not tell how long a name is.
AT_LEAST = 64


@dataclass(frozen=True)
class Search:
    """What somebody looks for in one list: words, and filters that are no names."""

    words: str
    hidden: str  # the words as an address may hold them
    filters: dict[str, str]
    # Asked while typing: the list alone is the answer.
    is_part: bool = False

    @property
    def kept(self) -> dict[str, Any]:
        """What an address needs so that it leads to this search again."""
        return {name: value for name, value in {**self.filters, "search": self.hidden}.items() if value}


def searched(*filters: str) -> Callable[[Callable[..., Any]], Callable[..., ResponseReturnValue]]:
    """Let a list be searched; its view is given the Search. `filters` may stand in an address as they are."""

    def decorate(answer: Callable[..., ResponseReturnValue]) -> Callable[..., ResponseReturnValue]:
        @wraps(answer)
        def looking() -> ResponseReturnValue:
            chosen = {name: request.values.get(name, "") for name in filters}
            if request.method == "POST":
                typed = clean(request.form.get("words", ""))[:LONGEST_LINE]
                asked = Search(typed, _hidden(typed), chosen, is_part="part" in request.form)
                return answer(asked) if asked.is_part else _led_to(asked)
            hidden = request.args.get("search", "")
            words = _shown(hidden)
            if words is None:
                flash(_("That search has ended. Please type it again."), "info")
                return _led_to(Search("", "", chosen))
            return answer(Search(words, hidden, chosen))

        looking.is_searched = True  # type: ignore[attr-defined]
        return looking

    return decorate


def _led_to(search: Search) -> ResponseReturnValue:
    return redirect(url_for(str(request.endpoint), **search.kept))


def _hidden(words: str) -> str:
    return encrypt(words.ljust(AT_LEAST), _purpose(), str(request.endpoint)) if words else ""


def _shown(hidden: str) -> str | None:
    """The words again; None when another sign-in or another list hid them."""
    found = decrypt(hidden, _purpose(), str(request.endpoint)) if hidden else ""
    return None if found is None else found.rstrip()


def _purpose() -> str:
    """Names the key: another for each sign-in, and lost with the secret that only its browser holds."""
    return f"search of {session['signed_in']}"
