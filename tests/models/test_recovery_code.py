"""Recovery codes: ten on a page, each good once."""

import math
import re

from sqlalchemy import text

from tests.together import at_once
from youthcourt.models import RecoveryCode, User
from youthcourt.models.accounts.recovery_code import LENGTH, SIGNS


def test_a_list_has_ten_different_codes_that_nobody_guesses(cast):
    codes = RecoveryCode.make(cast.cora)

    assert len(set(codes)) == 10
    assert all(re.fullmatch(r"([0-9a-z]{4}-){5}[0-9a-z]{4}", code) for code in codes)
    assert LENGTH * math.log2(len(SIGNS)) >= 112


def test_a_code_opens_the_door_once_however_it_is_typed(cast):
    codes = RecoveryCode.make(cast.cora)

    typed = codes[0].upper().replace("-", " ").replace("0", "O").replace("1", "I")

    assert [RecoveryCode.use(cast.cora, each) for each in (typed, typed, codes[0])] == [True, False, False]
    assert RecoveryCode.left(cast.cora) == 9


def test_a_code_opens_no_other_account(cast):
    codes = RecoveryCode.make(cast.cora)

    assert not RecoveryCode.use(cast.judy, codes[0])


def test_nothing_that_is_no_code_opens(cast):
    RecoveryCode.make(cast.cora)

    assert not any(RecoveryCode.use(cast.cora, each) for each in ("", "-", "0" * 24, "\ud800", "x" * 5000))


def test_a_new_list_makes_the_old_one_worthless(cast):
    old = RecoveryCode.make(cast.cora)
    new = RecoveryCode.make(cast.cora)

    assert not RecoveryCode.use(cast.cora, old[0])
    assert RecoveryCode.use(cast.cora, new[0])


def test_no_code_stands_in_the_database(cast, session):
    codes = RecoveryCode.make(cast.cora)
    session.flush()

    rows = str(session.execute(text("SELECT * FROM recovery_code")).all())

    assert not any(code in rows or code.replace("-", "") in rows for code in codes)


def test_of_many_who_type_one_code_at_once_one_comes_in(app, cast, session):
    code, number = RecoveryCode.make(cast.cora)[0], cast.cora.id
    session.commit()

    let_in = at_once(app, lambda session: RecoveryCode.use(session.get(User, number), code))

    assert let_in.count(True) == 1
