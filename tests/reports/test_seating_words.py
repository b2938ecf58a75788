"""Every reason, every rule and every way out has its sentence, and none tells a juror of a case."""

import pytest

from youthcourt.planning.eligibility import PRICE_OF_WAIVING, RULES
from youthcourt.planning.model import AIMS, ROWS
from youthcourt.planning.reasons import NOT_SEATED, SEATED, Reason
from youthcourt.planning.shortage import ALWAYS
from youthcourt.reports.jury import seating_words as words
from youthcourt.reports.jury.seating_words import Names, way_out, what_collides, why, why_you

pytestmark = pytest.mark.usefixtures("app")

NAMES = Names({"a": "Ana M."}, {"h": "10:30, Room 3"}, {"h": "Lincoln High"})


def test_every_code_of_the_planner_has_its_words():
    told = RULES.keys() - {"tie", "barred"} | {"conflict"}

    assert set(words.WHY_THEY) == set(words.WHY_YOU) == set(SEATED)
    assert set(words.OUTRANKED_THEY) == set(words.OUTRANKED_YOU) == AIMS.keys() - {"waived", "placing"}
    assert set(words.COUNTED_WORDS) == AIMS.keys() - {"waived"}
    assert set(words.CLOSED_THEY) == told
    assert set(words.CLOSED_YOU) == told - {"same_school"}
    assert set(words.COLLIDING) == RULES.keys() | {rows.__name__ for rows in ROWS} - ALWAYS | {"others"}
    assert {*words.ONE_BY_ONE, "same_school"} == set(PRICE_OF_WAIVING)


def test_everybody_gets_a_sentence():
    reasons = [Reason(code) for code in (*SEATED, *NOT_SEATED) if code != "outranked"]
    reasons += [Reason("outranked", aim=aim) for aim in words.OUTRANKED_YOU]
    reasons += [Reason("no_hearing_open", rules={rule: 2}) for rule in words.CLOSED_THEY]

    assert all(why(each) for each in reasons)
    assert all(why_you(each) for each in reasons if each != Reason("no_hearing_open"))


def test_a_juror_cannot_tell_a_school_from_a_tie():
    """Whoever reads "your school" knows that somebody from there is heard."""
    assert why_you(Reason("no_hearing_open", rules={"same_school": 1})) == why_you(
        Reason("no_hearing_open", rules={"conflict": 1})
    )
    assert why_you(Reason("no_hearing_open", rules={"conflict": 1, "same_school": 3})) == why_you(
        Reason("no_hearing_open", rules={"conflict": 2})
    )


def test_what_was_owed_is_said_with_the_line():
    assert why(Reason("owed_turns", credit=120, line=-40)) == (
        "They have sat less often than others, for the days they could come. "
        "Owed +1.2 seats; the next in line -0.4."
    )


def test_a_shortage_names_the_hearing_and_what_cannot_all_be_kept():
    assert what_collides("h", True, 6, ["not_free", "same_school"], NAMES) == (
        "10:30, Room 3 has no panel: too few can come at that time; some go to a school of the case."
    )
    assert what_collides("h", False, 1, ["not_free"], NAMES) == (
        "10:30, Room 3 has 1 open seat: too few can come at that time."
    )


def test_a_way_out_says_whom_to_find_and_what_to_allow():
    waived = [("same_school", "a", "h"), ("same_school", "b", "h"), ("not_trained", "a", "h")]

    assert way_out({"h": 2}, waived, NAMES) == [
        "Find 2 more jurors for 10:30, Room 3.",
        "Let 2 jurors of Lincoln High sit at 10:30, Room 3.",
        "Train these people before the day: Ana M..",
    ]
