"""The questions that passkeys sign: random, for one purpose and one person, answered once."""

from datetime import timedelta

from tests.together import at_once
from youthcourt import clock
from youthcourt.models import ChallengePurpose as For
from youthcourt.models import PasskeyChallenge, User
from youthcourt.models.accounts.passkey import handle_of


def test_a_question_is_answered_once(cast, session):
    challenge = PasskeyChallenge.ask(session(), For.PROVE, cast.cora)
    session.flush()

    taken = [PasskeyChallenge.take(session(), challenge, For.PROVE, cast.cora) for _time in range(2)]

    assert taken == [True, False]
    assert len(challenge) == 32


def test_a_question_is_worth_nothing_for_another_purpose_or_person(cast, session):
    theirs = PasskeyChallenge.ask(session(), For.PROVE, cast.cora)
    anybodys = PasskeyChallenge.ask(session(), For.SIGN_IN)
    session.flush()

    wrong = [
        (theirs, For.ADD, cast.cora),
        (theirs, For.PROVE, cast.judy),
        (theirs, For.PROVE, None),
        (theirs, For.SIGN_IN, None),
        (anybodys, For.PROVE, cast.cora),
        (anybodys, For.SIGN_IN, cast.cora),
        (b"made up", For.SIGN_IN, None),
    ]

    assert [PasskeyChallenge.take(session(), *each) for each in wrong] == [False] * len(wrong)
    assert PasskeyChallenge.take(session(), theirs, For.PROVE, cast.cora)
    assert PasskeyChallenge.take(session(), anybodys, For.SIGN_IN)


def test_a_question_lapses_and_is_swept_away(cast, session):
    challenge = PasskeyChallenge.ask(session(), For.SIGN_IN)
    session.flush()

    with clock.at(clock.now() + timedelta(minutes=5)):
        assert not PasskeyChallenge.take(session(), challenge, For.SIGN_IN)
        PasskeyChallenge.ask(session(), For.SIGN_IN)
        session.flush()

    assert session.query(PasskeyChallenge).count() == 1


def test_of_many_answers_at_once_one_counts(app, cast, session):
    challenge, number = PasskeyChallenge.ask(session(), For.PROVE, cast.cora), cast.cora.id
    session.commit()

    def answer(session):
        return PasskeyChallenge.take(session, challenge, For.PROVE, session.get(User, number))

    assert at_once(app, answer).count(True) == 1


def test_an_account_goes_by_a_name_that_tells_nothing(cast):
    handles = {handle_of(user) for user in (cast.cora, cast.judy)}

    assert len(handles) == 2
    assert all(len(handle) == 32 for handle in handles)
