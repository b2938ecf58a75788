"""Second steps for tests: an app in the pocket, and a password typed at the door."""

import re

import pyotp

from tests import make
from youthcourt import clock
from youthcourt.models.accounts.authenticator import new_seed
from youthcourt.procedures.accounts import second_factor

SEED = new_seed()


def code(seed=SEED, step=0):
    """What the app shows now, or so many half minutes later."""
    return pyotp.TOTP(seed).at(int(clock.now().timestamp()) + 30 * step)


def with_app(user):
    """Somebody who has set up an app; their recovery codes."""
    return second_factor.add_app(user, SEED, code(step=-1), by=user)


def with_password(app, user, **query):
    """A browser in which somebody has just typed their password."""
    browser = app.test_client()
    form = {"email": user.email, "password": make.PASSWORD}
    answer = browser.post("/sign-in", query_string=query, data=form)
    assert answer.status_code == 302, "could not sign in"
    return browser


def hidden(page, name):
    """What a page carries along in a field that nobody sees."""
    return re.search(rf'name="{name}" type="hidden" value="([^"]*)"', page.text).group(1)


def codes_on(page):
    """The recovery codes that a page shows."""
    return codes_on_page(page.text)


def codes_on_page(html):
    return re.findall(r"(?:[0-9a-z]{4}-){5}[0-9a-z]{4}", html)
