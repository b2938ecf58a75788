"""How panels were drawn before: what was kept of it is still repeated."""

import json
import random

import pytest

from tests import make
from youthcourt import clock
from youthcourt import models as m
from youthcourt.extensions import db
from youthcourt.models.audit import plain
from youthcourt.planning.lots import commitment
from youthcourt.procedures.jury import drawing, panel_lots

OTHER = ["other jurors come out", "its digest is another"]


def old_draw(hearing, by, seed="a seed"):
    """A draw as an older version kept it."""
    candidates = [
        {"juror": sitting.juror_id, "has_served": False, "bars": []}
        for sitting in hearing.court_session.sittings
    ]
    inputs = {
        "method": panel_lots.METHOD,
        "hearing": hearing.id,
        "size": 6,
        "reserves": 1,
        "candidates": candidates,
    }
    result = panel_lots.outcome(seed, inputs)
    draw = m.Draw(
        court=hearing.court,
        court_session=hearing.court_session,
        kind=m.DrawKind.PANEL,
        state=m.DrawState.PUBLISHED,
        secret=seed,
        commitment=commitment(seed),
        committed_at=clock.now(),
        method=panel_lots.METHOD,
        facts=inputs,
        result=result,
        digest=panel_lots.digest(seed, inputs, result),
        settled_at=clock.now(),
        settled_by=by,
    )
    db.session.add(draw)
    db.session.flush()
    return draw


@pytest.fixture
def draw(court, cast):
    hearing = make.hearing(
        make.admitted(court, cast.cora), make.court_session(court, cast.cora), cast.judy, cast.cora
    )
    make.booked(cast.jurors, hearing.court_session, cast.cora)
    return old_draw(hearing, cast.cora)


def test_the_lowest_lots_were_drawn_and_are_drawn_again(draw):
    lots = sorted(draw.facts["candidates"], key=lambda each: panel_lots.lot("a seed", each["juror"]))

    assert draw.result["seats"] == [each["juror"] for each in lots[:6]]
    assert drawing.differences(draw) == []


@pytest.mark.parametrize(
    ("part", "changed", "told"),
    [
        ("secret", lambda _draw: "another", OTHER),
        ("facts", lambda draw: {**draw.facts, "size": 5}, OTHER),
        (
            "result",
            lambda draw: {**draw.result, "foreperson": 0},
            OTHER,
        ),
        ("digest", lambda _draw: "0" * 64, ["its digest is another"]),
    ],
)
def test_an_old_draw_of_which_anything_was_changed_does_not_repeat(draw, part, changed, told):
    setattr(draw, part, changed(draw))

    assert drawing.differences(draw) == told


def test_the_draw_depends_on_seed_and_inputs_alone():
    """In whatever order candidates are kept, and through JSON and back, the same panel comes out."""
    chance = random.Random(7)
    for size in range(1, 40):
        people = [
            {"juror": n, "has_served": chance.random() < 0.3, "bars": ["away"] * (chance.random() < 0.2)}
            for n in chance.sample(range(1000), size)
        ]
        inputs = {"size": chance.randint(1, 8), "reserves": chance.randint(0, 3), "candidates": people}
        first = panel_lots.outcome("seed", inputs)
        mixed = {**inputs, "candidates": chance.sample(people, len(people))}

        again = panel_lots.outcome("seed", json.loads(json.dumps(plain(mixed))))

        assert again == first
