"""The pages. A view loads, asks the form, tells the model, answers."""

from typing import Any

from flask import Flask, g, render_template, session
from flask.typing import ResponseReturnValue
from flask_login import current_user

from youthcourt.extensions import db
from youthcourt.i18n import LANGUAGES, reader_language
from youthcourt.walls import leave

from . import (
    checks,
    desk,
    drafts,
    navigation,
    paper_texts,
    papers,
    settings,
    styleguide,
    text,
    well_known,
    word_forms,
)
from .accounts import (
    access_log,
    accounts,
    county,
    lost_factors,
    own_account,
    own_factors,
    passkeys,
    people,
    second_steps,
    signing_in,
    tablets,
)
from .completion import obligations, records, reports
from .court import (
    boards,
    closings,
    court_sessions,
    doors,
    hearings,
    judge_notes,
    looks,
    packets,
    paper_nights,
    preparations,
    remarks,
    script_lines,
    scripts,
)
from .decision import answers, ballots, deliberations, orders, paper_ballots
from .intake import cases, my_cases, referrals, safe_contacts, ties
from .jury import (
    availabilities,
    draws,
    forecasts,
    jurors,
    open_dates,
    panels,
    schedules,
    seating_rules,
    sittings,
    swaps,
)
from .page import handed_back

PAGES = (
    access_log,
    accounts,
    answers,
    availabilities,
    ballots,
    boards,
    cases,
    checks,
    closings,
    county,
    court_sessions,
    deliberations,
    desk,
    doors,
    drafts,
    draws,
    forecasts,
    hearings,
    judge_notes,
    jurors,
    looks,
    lost_factors,
    my_cases,
    obligations,
    open_dates,
    orders,
    own_account,
    own_factors,
    panels,
    paper_ballots,
    packets,
    paper_nights,
    paper_texts,
    papers,
    passkeys,
    people,
    preparations,
    records,
    referrals,
    remarks,
    reports,
    safe_contacts,
    schedules,
    second_steps,
    script_lines,
    scripts,
    seating_rules,
    settings,
    sittings,
    styleguide,
    swaps,
    well_known,
    word_forms,
    tablets,
    ties,
)


def register(app: Flask) -> None:
    """Make every page and everything that templates ask known to the application."""
    for module in PAGES:
        app.register_blueprint(module.bp)
    text.register(app)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.context_processor(_for_every_page)


def _for_every_page() -> dict[str, Any]:
    # Our own fault may be the database's: its page asks nothing.
    signed_in = not g.get("failed") and current_user.is_authenticated
    return {
        "language": reader_language(),
        "languages": LANGUAGES,
        "may": lambda permission: signed_in and current_user.may(permission),
        "court": current_user.court if signed_in else None,
        "idle_seconds": signing_in.idle_seconds() if signed_in else 0,
        "navigation": navigation.of_reader() if signed_in else [],
    }


def flashes() -> list[Any]:
    """What the next page will say already."""
    return list(session.get("_flashes", ()))


def begin_again(said: list[Any]) -> None:
    """Forget all that a first try read and said; the second sees what is kept by then."""
    db.session.expire_all()
    for kept in ("_login_user", "signed_in", "seen"):
        g.pop(kept, None)
    leave()
    if session.get("_flashes", []) != said:
        session["_flashes"] = said


# Two denials must look alike to the letter, and a rule's "no" needs no telephone call.
WITHOUT_REFERENCE = (403, 404, 409, 429)
ERROR_PAGES = (400, 403, 404, 405, 409, 413, 429, 500, 503, 507)
HANDS_BACK = (409, 500, 503, 507)


def error_page(
    status: int, message: str | None = None, may_try_again: bool = False, name: str | None = None
) -> ResponseReturnValue:
    """One page for each kind of error, in words; any other reads as a bad request or as our fault.

    What was typed is handed back on it, and with `may_try_again` it can be sent once more as it is. `name`
    is for an error that has a page of its own beside that of its number.
    """
    known = status if status in ERROR_PAGES else (500 if status >= 500 else 400)
    g.failed = known >= 500
    shown = {"message": message, "reference": None if known in WITHOUT_REFERENCE else g.get("reference")}
    if known in HANDS_BACK:
        shown["typed"], again = handed_back()
        shown["again"] = again if may_try_again else None
    return render_template(f"errors/{name or known}.html", **shown), status
