"""Who may open which page, asked of every page, method, part, state and court there is."""

import random
from collections import defaultdict

from tests.authorization import table
from tests.authorization.asking import (
    checksum,
    headers_of,
    pages,
    plain_body,
    same_as_never,
    without_drawing_pages,
)

# SQLite answers every cell; the other database, which asks each over a wire, a share of them by lot.
SHARE = {"sqlite": None, "postgresql": 8_000}
LEAST = 50_000


def test_the_table_names_every_page_and_no_other(app):
    assert set(table.ROWS) == {page for page, *_rest in pages(app)}


def test_every_page_opens_to_whom_the_table_says_and_nobody_else(app, engine_name, enumeration, asker):
    cells = [*enumeration.cells(), *enumeration.nested(), *enumeration.other_methods()]
    assert len(cells) >= LEAST
    if share := SHARE[engine_name]:
        cells = random.Random(2026).sample(cells, share)
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


def test_what_is_not_ones_business_reads_like_what_never_was(app, enumeration, asker):
    """Byte for byte, as drawn: another's record, another court's, and a number nobody ever had."""
    told_apart, pairs = [], 0
    answers = defaultdict(set)
    for cell in same_as_never(enumeration):
        answer = asker.ask(cell)
        seen = (answer.status, plain_body(answer, cell.path), headers_of(answer))
        answers[cell.page, cell.account, cell.method].add(seen)
        pairs += 1
        if len(answers[cell.page, cell.account, cell.method]) > 1:
            told_apart.append(str(cell))

    print(f"count: refusals compared byte for byte = {pairs}")
    assert told_apart == []
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
