"""Many tests of this folder begin on one stage: its steps are walked twice and put back from then on."""

import pytest

from tests.memory import steps_kept


@pytest.fixture(autouse=True)
def stages_are_remembered():
    with steps_kept():
        yield
