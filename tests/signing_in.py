"""Signing in for tests that are about something else: quick, without the pages that ask for it."""

from youthcourt.models import SignedIn


def begun(user, factor=True):
    """The secret of a sign-in that was just begun in the session at hand; whoever asks commits it."""
    row, token = SignedIn.begin(user, awaiting_factor=not factor)
    return row.show_factor() if factor else token


def browser_with(app, token):
    """A test client that holds the secret of a sign-in."""
    browser = app.test_client()
    with browser.session_transaction() as session:
        session["signed_in"] = token
    return browser
