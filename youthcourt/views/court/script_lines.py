"""The words of the script, as this court says them."""

from flask import Blueprint, abort, flash, redirect, url_for

from youthcourt.forms.base import TaskForm
from youthcourt.forms.court.script import ScriptLineForm
from youthcourt.i18n import LANGUAGES, _, speaking
from youthcourt.models import LINES, SAID_OF_CASE, SCRIPT, QuestionSet, ScriptLine, Step
from youthcourt.permissions import Permission
from youthcourt.views.access import me, permitted
from youthcourt.views.page import page

bp = Blueprint("script_lines", __name__, url_prefix="/settings/script")


def usual(line):
    """The usual words of a line in each language."""
    said = {}
    for language in LANGUAGES:
        with speaking(language):
            said[language] = str(line.words)
    return said


def line_named(key):
    return LINES.get(key) or abort(404)


@bp.route("/")
@permitted(Permission.SEE_SETTINGS)
def index():
    own = ScriptLine.of(me().court)
    steps = [(step, [line for line in SCRIPT if line.step is step]) for step in Step]
    return page("script_lines/index.html", steps=steps, own=own)


@bp.route("/questions", methods=["POST"])
@permitted(Permission.CHANGE_SETTINGS)
def take_questions():
    """Take the usual questions over as the court's own, once."""
    form = TaskForm()
    if form.validate_on_submit() and form.carry_out(QuestionSet.begin_with_usual, me().court, by=me()):
        flash(_("These are your questions now."))
    return redirect(url_for("settings.rows", kind="questions"))


@bp.route("/lines/<key>", methods=["GET", "POST"])
@permitted(Permission.CHANGE_SETTINGS)
def change(key):
    line, own = line_named(key), ScriptLine.of(me().court).get(key)
    words = usual(line)
    form = ScriptLineForm(obj=own, data=None if own else {"words": words["en"], "words_es": words["es"]})
    if form.validate_on_submit() and form.carry_out(
        ScriptLine.write, me().court, key, by=me(), words=form.words.data, words_es=form.words_es.data
    ):
        flash(_("The line is kept in your words."))
        return redirect(url_for("script_lines.index", _anchor=key))
    return page("script_lines/change.html", form, line=line, own=own, usual=words, names=SAID_OF_CASE)


@bp.route("/lines/<key>/default", methods=["POST"])
@permitted(Permission.CHANGE_SETTINGS)
def take_back(key):
    line_named(key)
    form = TaskForm()
    if form.validate_on_submit():
        form.carry_out(ScriptLine.back_to_default, me().court, key, by=me())
        flash(_("The line says the usual words again."))
    return redirect(url_for("script_lines.index", _anchor=key))
