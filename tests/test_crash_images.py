"""The power goes at any moment: all that was promised is on the disk, and nothing by half."""

import pytest

from tests.torture import crash_images
from tests.torture.crash_images import COMMIT

FORMS, IMAGES, ENOUGH_TO_FIND_A_FAULT = 40, 250, 40


@pytest.fixture(scope="module")
def work(tmp_path_factory):
    return crash_images.workload(tmp_path_factory.mktemp("work"), FORMS)


def test_after_a_power_cut_all_that_was_acknowledged_is_there_and_no_half(work, tmp_path):
    played = crash_images.play(*work, tmp_path)

    found = crash_images.faults(played, IMAGES)

    assert found == {None: IMAGES}
    assert len(set(played.states)) > FORMS
    assert {"write", "sync", "truncate"} < {step[0] for step in played.record}, "no checkpoint was cut"
    print(f"count: crash images whole = {found[None]}")


@pytest.mark.parametrize(("synchronous", "fault"), [("NORMAL", "lost"), ("OFF", "lost"), ("OFF", "damaged")])
def test_a_database_that_does_not_wait_for_the_disk_is_found_out(work, tmp_path, synchronous, fault):
    played = crash_images.play(*work, tmp_path, synchronous=synchronous)

    found = crash_images.faults(played, ENOUGH_TO_FIND_A_FAULT)

    assert found[fault], found


def test_a_transaction_that_is_committed_in_two_halves_is_found_out(work, tmp_path):
    before, statements = work
    halved = []
    for statement, parameters in statements:
        if statement == COMMIT:  # what was done so far, before the last of it; and nobody notes a state
            halved[-1:-1] = [(f"{COMMIT} /* too soon */", ()), ("BEGIN IMMEDIATE", ())]
        halved.append((statement, parameters))
    played = crash_images.play(before, halved, tmp_path)

    found = crash_images.faults(played, ENOUGH_TO_FIND_A_FAULT)

    assert found["half done"], found
