"""What is kept encrypted opens for its own row and purpose, under the key of today or the one before."""

import pytest

from youthcourt import keys


@pytest.fixture
def secret(app, monkeypatch):
    """Sets the secret of the installation, and the one before it."""

    def choose(now, before=None):
        monkeypatch.setitem(app.config, "SECRET_KEY", now)
        monkeypatch.setitem(app.config, "SECRET_KEY_FALLBACKS", [before] if before else [])

    return choose


@pytest.fixture
def in_app(app):
    with app.app_context():
        yield


def test_what_was_kept_comes_back_for_the_same_row(in_app):
    kept = keys.encrypt("seed of Cora", "authenticator", about="row 1")

    assert "seed" not in kept
    assert keys.decrypt(kept, "authenticator", about="row 1") == "seed of Cora"


def test_the_same_words_are_never_kept_alike(in_app):
    assert keys.encrypt("seed", "authenticator", "row 1") != keys.encrypt("seed", "authenticator", "row 1")


def test_what_was_moved_to_another_row_or_purpose_or_altered_stays_shut(in_app):
    kept = keys.encrypt("seed", "authenticator", about="row 1")
    altered = kept[:-6] + ("A" if kept[-6] != "A" else "B") + kept[-5:]

    tries = [
        (kept, "authenticator", "row 2"),
        (kept, "letters", "row 1"),
        (altered, "authenticator", "row 1"),
        ("", "authenticator", "row 1"),
        ("é not base64", "authenticator", "row 1"),
    ]

    assert [keys.decrypt(*each) for each in tries] == [None] * 5


def test_after_the_secret_changed_the_one_before_still_opens_and_a_strange_one_does_not(in_app, secret):
    secret("the first secret of this court")
    kept = keys.encrypt("seed", "authenticator", "row 1")

    secret("the second secret of this court", before="the first secret of this court")
    with_before = keys.decrypt(kept, "authenticator", "row 1")
    secret("a third secret", before="the second secret of this court")
    too_late = keys.decrypt(kept, "authenticator", "row 1")

    assert (with_before, too_late) == ("seed", None)
