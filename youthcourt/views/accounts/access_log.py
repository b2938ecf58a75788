"""Who looked at the court's cases, and whether the audit trail is as it was written."""

from datetime import date

from flask import Blueprint, flash, redirect, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from youthcourt.extensions import db
from youthcourt.forms.accounts.access_log import ReviewForm
from youthcourt.i18n import _
from youthcourt.models import AuditHead, Case, ReadingReview, UnusualReading
from youthcourt.permissions import Permission
from youthcourt.procedures import checking_trail
from youthcourt.reports.accounts import readings as reading_lists
from youthcourt.views.access import load, me, permitted
from youthcourt.views.listing import listing
from youthcourt.views.page import page
from youthcourt.views.protection import record_number
from youthcourt.views.readings import WORDS
from youthcourt.views.searching import searched
from youthcourt.walls import connection_of

bp = Blueprint("access_log", __name__, url_prefix="/access-log")

PER_PAGE = 50


@bp.route("/", methods=["GET", "POST"])
@permitted(Permission.SEE_ACCESS_LOG)
@searched("reader", "on")
def index(search):
    on, reader_id = _day(search.filters["on"]), request.args.get("reader", type=record_number)
    return page(
        "access_log/index.html",
        found=listing(reading_lists.of_court(me(), reader_id, search.words, on), PER_PAGE),
        readers=db.session.execute(reading_lists.readers(me())).all(),
        search=search,
        reader_id=reader_id,
        on=on or "",
        unusual=open_notices(),
        **WORDS,
    )


def _day(text):
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def open_notices():
    """Unusual readings that nobody has looked into; none for whoever does not see the log."""
    if not me().may(Permission.SEE_ACCESS_LOG):
        return []
    found = UnusualReading.open_ones(me()).options(joinedload(UnusualReading.reader)).limit(10)
    return db.session.scalars(found).all()


@bp.route("/cases/<int:case_id>")
@permitted(Permission.SEE_ACCESS_LOG)
def case(case_id):
    case = load(Case.visible_to(me()), case_id, joinedload(Case.respondent))
    found = listing(reading_lists.of_case(case), PER_PAGE)
    return page("access_log/case.html", case=case, found=found, **WORDS)


@bp.route("/notices/<int:notice_id>", methods=["GET", "POST"])
@permitted(Permission.SEE_ACCESS_LOG)
def look_into(notice_id):
    whole = (
        joinedload(UnusualReading.reader),
        joinedload(UnusualReading.review).joinedload(ReadingReview.by),
    )
    notice = load(UnusualReading.visible_to(me()), notice_id, *whole)
    form = ReviewForm()
    if form.validate_on_submit() and form.carry_out(notice.look_into, form.words.data, by=me()):
        flash(_("Your words are kept, and the notice is off the desk."))
        return redirect(url_for("access_log.index"))
    return page("access_log/look_into.html", form, raised=notice, refusal=notice.why_not_review(me()))


@bp.route("/trail")
@permitted(Permission.SEE_ACCESS_LOG)
def trail():
    is_asked = "check" in request.args
    checked = checking_trail.check(connection_of(db.session()), me().court_id) if is_asked else None
    head = db.session.scalars(select(AuditHead).where(AuditHead.court_id == me().court_id)).first()
    return page("access_log/trail.html", head=head, checked=checked, words=checking_trail.BROKEN_WORDS)
