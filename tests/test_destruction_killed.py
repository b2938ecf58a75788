"""Killed at any moment, destroying, sweeping, copying and restoring leave everything whole."""

import pytest

from tests.torture import destruction

KILLS = {"purge": 10, "copy": 5, "restore": 5}
ENOUGH_TO_FIND_A_FAULT = 20


@pytest.fixture(scope="module")
def house():
    with destruction.fresh_house() as house:
        yield house


@pytest.mark.parametrize("act", KILLS)
def test_killed_at_any_moment_it_is_whole_before_or_whole_after(act, house):
    counts = destruction.survive(house, KILLS[act], act)

    print(f"count: kills while destroying and restoring: {act} = {counts['kills']}")
    assert counts["killed before the end"] >= KILLS[act] // 2


@pytest.mark.parametrize("fault", destruction.FAULTS)
def test_a_planted_half_is_caught(fault, house):
    act, plant, words = destruction.FAULTS[fault]

    with pytest.raises(destruction.HalfDone, match=words):
        destruction.survive(house, ENOUGH_TO_FIND_A_FAULT, act, plant)
