"""Words that are typed and not sent yet: kept while somebody types, offered when they come back."""

from flask import Blueprint, abort, current_app, flash, redirect, request
from flask_login import current_user
from sqlalchemy import select
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException

from youthcourt.extensions import db
from youthcourt.i18n import _
from youthcourt.models import Case, Deliberation, DispositionOrder, Draft, Hearing, Obligation
from youthcourt.models.draft import KEPT_DAYS
from youthcourt.permissions import Permission

from .access import me, permitted

bp = Blueprint("drafts", __name__, url_prefix="/drafts")

MOST_CHARACTERS = 200_000
NEVER_KEPT = {"csrf_token", "request_id", "draft_of"}
# Of passwords and of votes nothing is kept on the way.
NOTHING_KEPT_OF = (bp.name, "accounts", "ballots")
# The case that a page is about, by the number in its address.
CASE_OF = {
    "case_id": select(Case.id, Case.id, Case.court_id),
    "hearing_id": select(Hearing.id, Hearing.case_id, Hearing.court_id),
    "obligation_id": select(Obligation.id, Obligation.case_id, Obligation.court_id),
    "order_id": select(DispositionOrder.id, DispositionOrder.case_id, DispositionOrder.court_id),
    "deliberation_id": select(Deliberation.id, Hearing.case_id, Hearing.court_id).join(Deliberation.hearing),
}


@bp.route("/", methods=["POST"])
@permitted(Permission.SEE_DESK)
def save():
    """Keep the words of a form; says the same whether or not the page is this person's to open."""
    page, about = _page_meant()
    typed = {name: values for name, values in request.form.lists() if name not in NEVER_KEPT}
    if sum(len(name) + sum(map(len, values)) for name, values in typed.items()) > MOST_CHARACTERS:
        abort(413)
    Draft.keep(me(), page, typed, _case_id(about))
    if request.headers.get("Sec-Fetch-Mode", "navigate") != "navigate":
        return "", 204
    flash(_("Your words are kept for %(days)s days. Only you can see them.", days=KEPT_DAYS), "info")
    return redirect(page)


@bp.route("/removal", methods=["POST"])
@permitted(Permission.SEE_DESK)
def drop():
    page, _about = _page_meant()
    Draft.forget(me(), page)
    flash(_("The words that were not sent are thrown away."), "info")
    return redirect(page)


def _page_meant():
    """The page that a draft is for and the numbers in its address: one of ours that takes a form."""
    page = request.form.get("draft_of", "")
    try:
        endpoint, about = current_app.url_map.bind("localhost").match(page, "POST")
    except HTTPException:
        abort(422)
    if endpoint.split(".")[0] in NOTHING_KEPT_OF:
        abort(422)
    return page, about


def _case_id(about):
    """The case whose end is the end of this draft too; none outside the person's own court."""
    for name, number in about.items():
        if name in CASE_OF:
            row = db.session.execute(CASE_OF[name].where(_number_of(CASE_OF[name]) == number)).first()
            return row[1] if row and row[2] == current_user.court_id else None
    return None


def _number_of(asked):
    return asked.selected_columns[0]


def forget() -> None:
    """A form was carried out: the words that were kept of it are not needed any more."""
    if request.method == "POST" and current_user.is_authenticated and request.blueprint != bp.name:
        Draft.forget(me(), request.path)


def offered(form):
    """What this person typed into this form before, to be put back; with `?put_back` it is put back here."""
    if request.method != "GET":
        return None
    draft = Draft.of(me(), request.path)
    if draft is not None and "put_back" in request.args:
        form.put_back(MultiDict(draft.typed))
        return None
    return draft
