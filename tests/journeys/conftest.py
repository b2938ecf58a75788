"""Whole stories in a real browser: a real server, a real Chromium, the real time of day, no mock."""

import importlib.resources
import os
import shutil
import subprocess
import sys
import threading
import urllib.request
from contextlib import contextmanager

import pytest
from playwright.sync_api import sync_playwright

from config import settings_from_env
from tests import make
from tests.database import empty
from youthcourt import create_app
from youthcourt.extensions import db, writing

WIDTHS = {"phone": 390, "laptop": 1280}
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
# Chromium as root needs no sandbox; the rest keeps it from calling home.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(autouse=True)
def the_clock_stands():
    """Here the clock runs: a browser and a server live in real time."""


@pytest.fixture(scope="session")
def live_app(database_url):
    app = create_app(settings_from_env({"YOUTHCOURT_ENV": "test", "DATABASE_URL": database_url}))
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture(scope="session")
def address(live_app, database_url):
    """Where the application is served, by the server that serves it in production."""
    command = ["-m", "gunicorn", "--bind", "127.0.0.1:0", "--threads", "8", "--no-control-socket", "wsgi:app"]
    environ = {**os.environ, "YOUTHCOURT_ENV": "test", "DATABASE_URL": database_url}
    with subprocess.Popen(
        [sys.executable, *command], env=environ, stderr=subprocess.PIPE, text=True
    ) as server:
        said = iter(server.stderr.readline, "")
        place = next(line.split()[-2] for line in said if "Listening at" in line)
        # Its log is read to the end: a pipe that is full would stop the server.
        reader = threading.Thread(target=server.stderr.read)
        reader.start()
        try:
            urllib.request.urlopen(f"{place}/sign-in", timeout=60).close()  # answered once it has started
            yield place
        finally:
            server.terminate()
            server.wait()
            reader.join()


@pytest.fixture(scope="session")
def chromium():
    with sync_playwright() as playwright:
        installed = next(filter(None, map(shutil.which, BROWSERS)), None)
        browser = playwright.chromium.launch(executable_path=installed, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def behind_the_scenes(live_app):
    """A transaction of our own on the same database, for setting the stage and for looking behind it."""

    @contextmanager
    def scene():
        with live_app.app_context(), writing():
            yield db.session
            db.session.commit()
            db.session.remove()

    yield scene
    with live_app.app_context(), writing():
        empty()


@pytest.fixture
def people(chromium, address):
    """Opens a browser for somebody: people("phone") gives a page that fails the test on any console error."""
    contexts = []

    def open_browser(width="laptop", **options):
        screen = {"width": WIDTHS[width], "height": 900}
        context = chromium.new_context(
            **{"base_url": address, "viewport": screen, "locale": "en-US", **options}
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        page.faults = []
        page.on(
            "console", lambda message: page.faults.append(message.text) if message.type == "error" else None
        )
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        return page

    yield open_browser
    faults = [
        fault for context in contexts for page in context.pages for fault in getattr(page, "faults", [])
    ]
    for context in contexts:
        for page in context.pages:  # what is still on its way through a test's hands ends with the test
            page.unroute_all(behavior="ignoreErrors")
        context.close()
    # The browser reports an answer of 409 or 422 as a failed load; it is an answer like any other.
    assert [fault for fault in faults if "Failed to load resource" not in fault] == []


def sign_in(page, user_email, password=make.PASSWORD):
    page.goto("/sign-in")
    page.get_by_label("E-mail address").fill(user_email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(lambda url: "/sign-in" not in url)


def axe_faults(page):
    """What axe-core finds wrong with the page as it stands."""
    script = importlib.resources.files("axe_playwright_python").joinpath("axe.min.js").read_text()
    page.evaluate(script)
    found = page.evaluate("tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", AXE_TAGS)
    return [
        f"{each['id']}: {node['target']} {node['failureSummary']}"
        for each in found["violations"]
        for node in each["nodes"]
    ]


def scrolls_sideways(page):
    return page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth + 1")
