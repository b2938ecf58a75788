"""Leading somebody back to where they were, and never off this site."""

import re

from flask import request, url_for

# One slash and no second. Browsers drop tabs and line ends from an address and take a backslash for a slash.
A_PATH = re.compile(r"/(?![/\\])[^\\\s\x00-\x1f\x7f-\x9f\u200b-\u200f\u2060\ufeff]*")


def safe(target: str | None) -> str:
    """A place on this site, or the desk."""
    return target if target and A_PATH.fullmatch(target) else url_for("desk.show")


def here_again() -> str:
    """This page, to come back to."""
    if request.method == "GET" and request.query_string:
        return request.full_path
    return request.path
