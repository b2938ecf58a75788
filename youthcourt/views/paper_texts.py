"""The passages of papers, as this court says them."""

from dataclasses import dataclass, replace
from types import SimpleNamespace

from flask import Blueprint, abort, flash, redirect, url_for

from youthcourt.documents.kind import PHASE_WORDS
from youthcourt.documents.kinds import KINDS
from youthcourt.documents.paper import render_pdf
from youthcourt.extensions import db
from youthcourt.forms.base import TaskForm
from youthcourt.forms.paper import LONGEST_PASSAGE, PaperTextForm
from youthcourt.i18n import LANGUAGES, _, speaking
from youthcourt.i18n import lazy as _l
from youthcourt.models import PaperText
from youthcourt.permissions import Permission

from . import readings
from .access import me, permitted
from .page import page
from .papers import PRINTING, as_pdf

bp = Blueprint("paper_texts", __name__, url_prefix="/settings/papers")


@dataclass(frozen=True)
class Passage:
    """One passage of a kind of paper in one language: the usual words, and the court's own if it has any."""

    name: str
    language: str
    usual: str
    own: str


def _kind(name):
    kind = KINDS.get(name)
    return kind if kind and kind.texts else abort(404)


def _passage(kind, name, language):
    if name not in kind.texts or language not in LANGUAGES:
        abort(404)
    with speaking(language):
        usual = str(kind.texts[name])
    return Passage(name, language, usual, me().court.wording.get((kind.name, name, language), ""))


@bp.route("/")
@permitted(Permission.SEE_SETTINGS)
def index():
    own = {kind for kind, _name, _language in me().court.wording}
    phases = [
        (words, [kind for kind in KINDS.values() if kind.phase is phase and kind.texts])
        for phase, words in PHASE_WORDS.items()
    ]
    return page("paper_texts/index.html", phases=phases, own=own)


@bp.route("/<paper>")
@permitted(Permission.SEE_SETTINGS)
def show(paper):
    kind = _kind(paper)
    passages = [[_passage(kind, name, language) for language in LANGUAGES] for name in kind.texts]
    return page("paper_texts/show.html", kind=kind, passages=passages)


@bp.route("/<paper>/<name>/<language>", methods=["GET", "POST"])
@permitted(Permission.CHANGE_SETTINGS)
def change(paper, name, language):
    kind = _kind(paper)
    passage = _passage(kind, name, language)
    form = PaperTextForm(kind, obj=SimpleNamespace(words=passage.own or passage.usual))
    if form.validate_on_submit() and form.carry_out(_write, kind, passage, form.words.data):
        flash(_("The passage is kept in your words."))
        return redirect(url_for("paper_texts.show", paper=paper, _anchor=name))
    versions = PaperText.versions(me().court, paper, name, language)
    facts = {"kind": kind, "passage": passage, "versions": versions, "may_preview": _may_preview(kind)}
    return page("paper_texts/change.html", form, **facts)


def _write(kind, passage, words):
    words = "" if words == passage.usual else words
    PaperText.write(me().court, kind.name, passage.name, passage.language, words, by=me())


@bp.route("/<paper>/<name>/<language>/default", methods=["POST"])
@permitted(Permission.CHANGE_SETTINGS)
def take_back(paper, name, language):
    kind = _kind(paper)
    passage, form = _passage(kind, name, language), TaskForm()
    if form.validate_on_submit():
        form.carry_out(_write, kind, passage, "")
        flash(_("The passage says the usual words again."))
    return redirect(url_for("paper_texts.show", paper=paper, _anchor=name))


def _may_preview(kind):
    return kind.name in PRINTING and any(me().may(each) for each in PRINTING[kind.name].permissions)


@bp.route("/<paper>/<name>/<language>/preview", methods=["POST"])
@permitted(Permission.CHANGE_SETTINGS)
def preview(paper, name, language):
    """The paper about the latest record there is, with the words that stand in the form. Nothing is kept."""
    kind = _kind(paper)
    passage, form = _passage(kind, name, language), PaperTextForm(kind)
    record = _latest(kind) if _may_preview(kind) else abort(403)
    if record is None:
        flash(_("There is nothing yet to print this paper about."), "warning")
        return redirect(url_for("paper_texts.change", paper=paper, name=name, language=language))
    readings.prints(record, kind.name)
    return as_pdf(render_pdf(_with_words(record, kind, passage, form.words.data or "")), "preview", None)


def _with_words(record, kind, passage, words):
    made = PRINTING[kind.name].make(record, me())
    place = (kind.name, passage.name, passage.language)
    facts = {**made.facts, "wording": {**made.facts["wording"], place: words[:LONGEST_PASSAGE]}}
    return replace(made, facts=facts, language=passage.language, mark=_l("Preview"))


def _latest(kind):
    printing = PRINTING[kind.name]
    found = printing.printable(me())
    newest = found.order_by(None).order_by(found.column_descriptions[0]["entity"].id.desc())
    return db.session.scalars(newest.options(*printing.options).limit(1)).unique().first()
