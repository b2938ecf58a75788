"""A judge's private notes have one reader: nothing names them but the few places that keep them."""

import ast
import re
from pathlib import Path

from sqlalchemy import inspect

import youthcourt
from youthcourt.models import JudgeNote

from .source import modules

PACKAGE = Path(youthcourt.__file__).parent
TEMPLATES = PACKAGE.parent / "templates"

# The model, the form, the page; and who knows of it without reading: the list of models, the list of pages,
# the words for who looked, and the play, which writes one.
MAY_NAME_THEM = {
    "models/court/judge_note.py",
    "models/__init__.py",
    "views/__init__.py",
    "views/court/judge_notes.py",
    "forms/court/judge_note.py",
    "demonstration/courtroom.py",
}
MAY_SHOW_THEM = {"judge_notes/edit.html"}
# A link to the page and a line of the trail say that there are notes, and not what.
HARMLESS = re.compile(r"judge_notes\.edit|judge_note:keep|noted_by_judge|KEEP_JUDGE_NOTE|'judge_notes': _l")
NAMED = re.compile(r"judge_?note", re.IGNORECASE)


def names_them(text):
    return bool(NAMED.search(HARMLESS.sub("", text)))


def modules_that_name_them(found):
    return {str(path) for path, tree in found if names_them(ast.unparse(tree))} - MAY_NAME_THEM


def templates_that_name_them(found):
    return {name for name, text in found if names_them(text)} - MAY_SHOW_THEM


def templates():
    return [(str(path.relative_to(TEMPLATES)), path.read_text()) for path in TEMPLATES.rglob("*.html")]


def ways_there():
    """The relationships of other records that lead to somebody's notes."""
    mappers = inspect(JudgeNote).registry.mappers
    return {
        f"{mapper.class_.__name__}.{way.key}"
        for mapper in mappers
        for way in mapper.relationships
        if way.mapper.class_ is JudgeNote
    }


def test_a_planted_reader_is_found():
    paper = ast.parse(
        "from youthcourt.models import JudgeNote\nfacts = {'notes': JudgeNote.of(hearing, judge)}"
    )
    by_table = ast.parse("session.execute(text('SELECT words FROM judge_note'))")
    linking = ast.parse("url_for('judge_notes.edit', hearing_id=1)")
    page = [("orders/decide.html", "{{ hearing.judge_note.words }}"), ("a.html", "judge_notes.edit")]

    planted = [
        (Path("documents/notes.py"), paper),
        (Path("reports/all.py"), by_table),
        (Path("v.py"), linking),
    ]
    assert modules_that_name_them(planted) == {"documents/notes.py", "reports/all.py"}
    assert templates_that_name_them(page) == {"orders/decide.html"}


def test_no_paper_report_or_other_page_names_a_judges_notes():
    house, pages = list(modules()), templates()

    print(f"count: files that do not read a judge's notes = {len(house) + len(pages)}")
    assert modules_that_name_them(house) == set()
    assert templates_that_name_them(pages) == set()


def test_no_record_leads_to_a_judges_notes():
    assert ways_there() == set()
