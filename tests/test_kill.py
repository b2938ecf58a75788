"""Killed at any moment, the server loses nothing it has answered for, and does nothing by half or twice.

`make torture ONLY=kills` kills it two thousand times.
"""

import pytest

from tests.torture import kills

ON_SQLITE, ON_POSTGRESQL, WITH_DATABASE = 48, 12, 4
ENOUGH_TO_FIND_A_FAULT = 30


def test_killed_again_and_again_nothing_is_lost_and_nothing_half_done():
    counts = kills.survive_everywhere(ON_SQLITE, ON_POSTGRESQL, WITH_DATABASE)

    print(f"count: kills survived = {counts['kills']}")
    print(f"count: writes acknowledged before a kill, none lost = {counts['acknowledged writes']}")
    print(f"count: writes cut off by a kill and sent again, each with one effect = {counts['unsure writes']}")
    assert counts["kills"] == ON_SQLITE + ON_POSTGRESQL + WITH_DATABASE
    assert counts["acknowledged writes"] > counts["kills"]
    assert counts["unsure writes"] > counts["kills"]


@pytest.mark.parametrize("fault", ["--halves", "--letters-later"])
def test_a_planted_commit_in_two_halves_is_caught(fault):
    with kills.fresh_sqlite() as place, pytest.raises(kills.HalfDone):
        kills.survive(*place, ENOUGH_TO_FIND_A_FAULT, faults=[fault])
