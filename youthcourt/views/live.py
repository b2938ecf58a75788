"""Parts of a page that keep up with what others do: asked for again and again, answered when there is news.

The page holds `<div data-poll="URL" data-every="1.5" data-etag='"{{ mark }}"'>` with the same part inside, so
that it says the same with scripts off. Nothing that somebody types in should stand in such a part. Read the
beat (`reports/beats.py`) before the facts: what is changed in between shows the next time, and is not missed.
"""

from collections.abc import Callable, Mapping
from typing import Any

from flask import Response, make_response, render_template, request
from flask_babel import get_locale


def mark(*seen: object) -> str:
    """Another one whenever the part would read otherwise; in another language it always does."""
    return "-".join(str(each) for each in (*seen, get_locale()))


def answer(seen: str, template: str, facts: Callable[[], Mapping[str, Any]]) -> Response:
    """The part as it stands, or 304 for whoever has it: `facts` are gathered only when something is new."""
    if seen in request.if_none_match:
        answered = Response(status=304)
        answered.set_etag(seen)
        return answered
    answered = make_response(render_template(template, **facts()))
    answered.set_etag(seen)
    return answered
