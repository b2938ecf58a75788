"""Every event that the house records has a sentence that people can read."""

import ast
import re

from tests.guards.source import modules
from youthcourt.models import SignOffAnswer
from youthcourt.views.events import EVENTS

RECORDS = {"record", "_changed"}
# Rows of the court's own lists belong to no case; their names are made from the table's.
OF_LISTS = re.compile(r"\{\}\.(added|changed|removed)")


def recorded(tree):
    """The names of the events that a module records, with {} for what is filled in."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in RECORDS:
            name = node.args[0] if node.args else None
            if isinstance(name, ast.Constant):
                yield name.value
            elif isinstance(name, ast.JoinedStr):
                yield "".join(part.value if isinstance(part, ast.Constant) else "{}" for part in name.values)


def names():
    found = {name for _path, tree in modules() for name in recorded(tree)}
    answers = {f"deliberation.{answer}" for answer in SignOffAnswer}
    return {name for name in found if "{}" not in name} | answers, {name for name in found if "{}" in name}


def test_a_planted_event_is_found():
    tree = ast.parse("case.record('case.planted', by=by)\nself.record(f'{kind}.added', by=by)")

    assert list(recorded(tree)) == ["case.planted", "{}.added"]


def test_every_recorded_event_has_its_sentence():
    plain, _made_up = names()

    print(f"count: kinds of events = {len(plain)}")
    assert plain - set(EVENTS) == set()


def test_no_sentence_stands_for_an_event_that_nobody_records():
    plain, _made_up = names()

    assert set(EVENTS) - plain == set()


def test_only_the_judges_answers_and_the_courts_lists_make_up_their_names():
    _plain, made_up = names()

    others = {name for name in made_up if not OF_LISTS.fullmatch(name)}
    assert others == {"deliberation.{}"}
