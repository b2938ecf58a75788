"""`flask panel replay` and `flask panel check`: what was drawn is made again, and held against every rule."""

import pytest

from tests import make
from youthcourt.extensions import db
from youthcourt.procedures.jury import drawing

pytestmark = pytest.mark.only_on("sqlite")


@pytest.fixture
def draw(court, cast):
    day = make.court_session(court, cast.cora)
    make.hearing(make.admitted(court, cast.cora), day, cast.judy, cast.cora)
    make.booked(cast.jurors, day, cast.cora)
    drawn = drawing.ask(day, by=cast.cora)
    drawing.solve(drawn)
    db.session.commit()
    return drawn


def told(app, *words):
    answer = app.test_cli_runner().invoke(args=["panel", *map(str, words)])
    return answer.exit_code, answer.output


def test_a_draw_is_made_again_to_the_same_places(app, draw):
    number, digest, places = draw.id, draw.digest, len(draw.places)
    db.session.rollback()

    said = told(app, "replay", number)

    assert said == (0, f"Draw {number}: the same {places} places come out, digest {digest}.\n")


def test_a_draw_that_somebody_touched_ends_with_one(app, draw):
    number = draw.id
    draw.result = {**draw.result, "places": draw.result["places"][1:]}
    db.session.commit()

    code, output = told(app, "replay", number)

    assert code == 1
    assert f"Draw {number}: its digest is another." in output
    assert f"Draw {number}: other places come out." in output


def test_what_was_never_worked_out_is_not_made_again(app, draw):
    db.session.rollback()

    code, output = told(app, "replay", 987)

    assert (code, output) == (1, "Error: There is no draw 987 that was worked out.\n")


def test_every_draw_is_held_against_every_rule(app, draw):
    db.session.rollback()
    sound = told(app, "check")
    db.session.refresh(draw)
    draw.result = {**draw.result, "places": [*draw.result["places"], draw.result["places"][0]]}
    draw.digest = drawing.digest(drawing.evidence(draw))
    db.session.commit()

    planted = told(app, "check")

    assert sound == (0, "1 draws checked, 0 without their names, 0 faults.\n")
    assert planted[0] == 1
    assert f"Draw {draw.id}: " in planted[1]


def test_a_certificate_that_was_touched_proves_nothing(app, draw):
    """Whoever alters the prices and the digest with them is found out by the proof itself."""
    certificate = draw.result["certificate"]
    halved = [each and {row: price // 2 for row, price in each.items()} for each in certificate["prices"]]
    draw.result = {**draw.result, "certificate": {**certificate, "prices": halved}}
    draw.digest = drawing.digest(drawing.evidence(draw))
    db.session.commit()

    code, output = told(app, "check")

    assert code == 1
    assert f"Draw {draw.id}: certificate: " in output


def test_a_draw_without_its_names_is_counted_and_not_checked(app, draw):
    draw.forget()
    db.session.commit()

    assert told(app, "check") == (0, "0 draws checked, 1 without their names, 0 faults.\n")
