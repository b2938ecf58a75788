"""The few places that each role goes to."""

from typing import Any

from flask import request, url_for
from flask_login import current_user

from youthcourt.i18n import lazy as _l
from youthcourt.permissions import Permission

# endpoint, words, who sees it; the first that matches a page's blueprint is where the reader is
PLACES = (
    ("desk.show", _l("Today"), Permission.SEE_DESK),
    ("orders.waiting", _l("To sign"), Permission.SIGN_ORDER),
    ("court_sessions.index", _l("Hearing days"), Permission.SEE_DOCKET),
    ("cases.index", _l("Cases"), Permission.SEE_CASE),
    ("jurors.index", _l("Jurors"), Permission.SEE_PEOPLE),
    ("sittings.index", _l("My sittings"), Permission.SEE_OWN_SITTINGS),
    ("my_cases.index", _l("My case"), Permission.SEE_OWN_CASE),
    ("reports.index", _l("Reports"), Permission.SEE_REPORT),
    ("settings.show", _l("Court"), Permission.SEE_SETTINGS),
)

# Pages that lie under another place.
UNDER = {
    "people": "settings",
    "referrals": "cases",
    "obligations": "cases",
    "ties": "cases",
    "safe_contacts": "cases",
    "boards": "court_sessions",
    "closings": "court_sessions",
    "doors": "court_sessions",
    "draws": "court_sessions",
    "hearings": "court_sessions",
    "panels": "court_sessions",
    "paper_ballots": "court_sessions",
    "paper_nights": "court_sessions",
    "preparations": "court_sessions",
    "remarks": "court_sessions",
    "scripts": "court_sessions",
    "tablets": "court_sessions",
    "answers": "my_cases",
    "ballots": "sittings",
    "deliberations": "sittings",
    "schedules": "jurors",
    "forecasts": "jurors",
    "paper_texts": "settings",
    "word_forms": "settings",
    "script_lines": "settings",
    "seating_rules": "settings",
    "looks": "settings",
    "access_log": "settings",
    "records": "settings",
}

# Pages that a juror finds under their sittings, a coordinator under the jurors.
OF_JURORS = {"availabilities", "open_dates", "swaps"}


def of_reader() -> list[dict[str, Any]]:
    """The places of whoever reads this page, with the one they are at."""
    here = UNDER.get(request.blueprint or "", request.blueprint)
    if request.blueprint in OF_JURORS:
        here = "jurors" if current_user.may(Permission.SEE_PEOPLE) else "sittings"
    return [
        {
            "label": words,
            "url": url_for(endpoint),
            "is_current": endpoint.partition(".")[0] == here,
            "count": None,
        }
        for endpoint, words, permission in PLACES
        if current_user.may(permission)
    ]
