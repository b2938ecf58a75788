"""Who may open which page, asked of every page, method, part, state and court there is."""

import random
from collections import defaultdict

from tests import make
from tests.authorization import table
from tests.authorization.asking import (
    checksum,
    headers_of,
    pages,
    plain_body,
    same_as_never,
    without_drawing_pages,
)
from tests.browser import counting_statements
from tests.lot import is_drawn
from youthcourt.extensions import db

# A share of all cells by lot, the same each time; fewer where each is asked over a wire.
SHARE = {"sqlite": 60_000, "postgresql": 4_000}
LEAST = 50_000


def test_the_table_names_every_page_and_no_other(app):
    assert set(table.ROWS) == {page for page, *_rest in pages(app)}


def test_every_page_opens_to_whom_the_table_says_and_nobody_else(app, engine_name, enumeration, asker):
    cells = [*enumeration.cells(), *enumeration.nested(), *enumeration.other_methods()]
    assert min(len(cells), SHARE["sqlite"]) >= LEAST
    cells = random.Random(f"{make.TODAY}").sample(cells, SHARE[engine_name])
    with app.app_context():
        before = checksum()

    with without_drawing_pages():
        wrong = asker.mismatches(cells)

    with app.app_context():
        after = checksum()
    print(f"count: authorization cells on {engine_name} = {len(cells)}")
    print(f"count: kinds of denial on {engine_name} = {len(asker.denials)}")
    assert wrong == []
    assert len(asker.denials) == 1
    assert after == before, "something that was refused left its mark"


def test_what_is_not_ones_business_reads_like_what_never_was(app, engine_name, enumeration, asker):
    """Byte for byte, with as many statements: another's record, another court's, and a number nobody had."""
    told_apart, pairs = [], 0
    answers = defaultdict(set)
    one_in = {"sqlite": 1, "postgresql": 4}[engine_name]
    for cell in same_as_never(enumeration):
        if not is_drawn(cell.page, one_in):
            continue
        with app.app_context(), counting_statements(db.engine) as statements:
            answer = asker.ask(cell)
        work = len(statements)
        seen = (answer.status, plain_body(answer, cell.path), headers_of(answer), work)
        answers[cell.page, cell.account, cell.method].add(seen)
        pairs += 1
        if len(answers[cell.page, cell.account, cell.method]) > 1:
            told_apart.append(str(cell))

    print(f"count: refusals compared byte for byte = {pairs}")
    assert not told_apart, "\n".join(told_apart)
    assert pairs > 300


def test_what_weighs_most_asks_again_who_it_is_and_nothing_else_does(app, enumeration, asker):
    once = {}
    for cell in enumeration.asked_again():
        if cell.account in asker.readers.cookies:
            method = cell.method if cell.expected == "c" else "any"
            once.setdefault((cell.page, method, cell.part), cell)

    with without_drawing_pages():
        wrong = asker.mismatches(once.values(), always_whole=True)

    asked = {cell.page for cell in once.values() if cell.expected == "c"}
    print(f"count: pages that ask again who it is = {len(asked)}")
    assert wrong == []
    assert asked == set(table.ASKS_AGAIN)
