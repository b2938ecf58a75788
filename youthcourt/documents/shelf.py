"""Papers under the digest of all that their look hangs on: what says the same as before is not set anew.

When it was printed, and by whom, is left out: an unchanged paper keeps saying when it was printed.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from youthcourt.extensions import db
from youthcourt.models import PrintedPaper

from .paper import Paper, html_of, render_pdf, style_sheet
from .press import printery


def key_of(paper: Paper, by: str) -> str:
    """The digest of a paper. Whether somebody is named who printed it counts, but not who."""
    return digest("paper", style_sheet(), bool(by), html_of(paper, is_stamped=False))


def digest(*parts: Any) -> str:
    """A digest of these, and of the programs, libraries and fonts that set papers here."""
    told = json.dumps([printery().imprint, *parts], ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()


def printed(paper: Paper, court_id: int, by: str) -> bytes:
    """The paper as it lies there; else it is set now. `by` stands on it, when it says somebody."""
    key = key_of(paper, by)
    found = PrintedPaper.of(db.session(), court_id, [key])
    return found[key].content if key in found else render_pdf(paper, by)
