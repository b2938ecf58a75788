"""What tests of pages share."""

import pytest

from tests.browser import counting_statements
from youthcourt.extensions import db


@pytest.fixture
def statements():
    """How many statements something takes."""

    def count(ask):
        with counting_statements(db.engine) as asked:
            ask()
        return len(asked)

    return count
