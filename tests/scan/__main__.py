"""`make scan`: wapiti and sqlmap, signed in as each role, against this application and against a leaky twin.

The twin has the holes that the scanners look for. What they do not find there, they cannot vouch for here.
Each role gets a court of its own, because scanners press every button. They are signed in with the tokens of
the forms at hand, and a role that was signed out on the way counts as a scan that saw nothing.
"""

import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from urllib.request import Request, urlopen

from sqlalchemy import select

from tests import make
from tests.conftest import app_on
from tests.everywhere import house, secrets_of
from tests.scan.twin import COOKIE, TOKEN
from tests.signing_in import browser_with
from tests.torture.__main__ import README
from tests.torture.table import with_figures
from youthcourt import clock
from youthcourt.extensions import Base, db, writing
from youthcourt.models import AuditEvent
from youthcourt.walls import in_every_court

MODULES = "sql,xss,permanentxss,redirect,file,exec,crlf"
CRAWL_SECONDS, ATTACK_SECONDS = 60, 20  # the second for each module
WANTED_OF_TWIN = {"SQL Injection", "Reflected Cross Site Scripting", "Open Redirect", "Path Traversal"}
FEWEST_PAGES = {"nobody": 1}
USUAL_FEWEST = 10
# A question for sqlmap, for whoever may ask it; with words, it is a form that is sent.
ASKED = {
    "cora": [
        ("/cases/?stage=referred&page=1&search=a", None),
        ("/cases/", "words=a&stage=referred&part=1"),
        ("/jurors/", "words=a&part=1"),
        ("/obligations/?activity=1&show=soon", None),
        ("/obligations/", "words=a&part=1"),
        ("/access-log/", "words=a&part=1&on=2026-03-07"),
        ("/court-sessions/?case=1", None),
    ],
    "judy": [("/cases/", "words=a&part=1")],
    "ada": [("/access-log/?reader=1&on=2026-03-07", None), ("/access-log/", "words=a&part=1")],
    "seated": [("/sittings/?page=1", None)],
    "youth": [("/my-case/?page=1", None)],
    # Not the form: each password costs a server so much work that sqlmap takes many minutes; wapiti has it.
    "nobody": [("/sign-in?next=/", None)],
}


def main(bin_folder, only=None):
    with tempfile.TemporaryDirectory() as folder:
        planted, blind = scan_twin(bin_folder, folder)
        pages, found = {}, []
        for role in [only] if only else ASKED:
            pages[role], holes = scan_as(role, bin_folder, folder)
            found += holes
            print(f"scanned as {role}: {pages[role]} pages, {len(holes)} found", flush=True)
    figures = {
        "roles that wapiti and sqlmap were signed in as": len(pages.keys() - {"nobody"}),
        "pages and forms that they came to": sum(pages.values()),
        "addresses and forms that sqlmap questioned": sum(len(ASKED[role]) for role in pages),
        "kinds of hole found in the planted twin": planted,
        "holes found": len(found),
    }
    for what, count in figures.items():
        print(f"count: {what} = {count}")
    for each in [*blind, *found]:
        print("found:", each)
    if blind or found:
        sys.exit(1)
    if not only:
        README.write_text(with_figures(README.read_text(), "scan", figures, datetime.now(UTC).date()))


def scan_twin(bin_folder, folder):
    """How many kinds of hole were found where they are, and what was not."""
    with serving(["tests/scan/twin.py"], folder) as twin:
        cookie = f"session={COOKIE}"
        seen, _pages = wapiti(bin_folder, twin, folder, cookie)
        form = f"words=Ada&csrf_token={TOKEN}"  # one that is found, so that a question changes the answer
        injected = {
            "sqlmap through an address": sqlmap(bin_folder, f"{twin}/person?id=1", folder, cookie),
            "sqlmap through a form": sqlmap(bin_folder, f"{twin}/found", folder, cookie, form),
        }
    print(f"twin: wapiti found {sorted(seen)}, sqlmap {injected}", flush=True)
    missed = [*(WANTED_OF_TWIN - seen), *(name for name, was_found in injected.items() if not was_found)]
    known = len(WANTED_OF_TWIN) + len(injected) - len(missed)
    return known, [f"the scanners are blind to {each}" for each in missed]


def scan_as(role, bin_folder, folder):
    """How many pages were seen in this role, and what was found."""
    url = f"sqlite:///{folder}/{role}.sqlite"
    cookie, token = court_with_people(url)[role]
    os.environ |= {"YOUTHCOURT_ENV": "test", "DATABASE_URL": url}
    server = ["-m", "gunicorn", "--threads", "4", "--no-control-socket", "tests.scan.served:app", "--bind"]
    with serving(server, folder, bind="127.0.0.1:{}") as address:
        was_in = is_in(address, cookie)
        kinds, pages = wapiti(bin_folder, address, folder, cookie)
        found = [f"{role}: wapiti says {kind}" for kind in sorted(kinds)]
        for path, words in ASKED[role]:
            form = f"{words}&csrf_token={token}" if words else None
            get(address + path, cookie)  # which raises for a page that does not open
            if sqlmap(bin_folder, address + path, folder, cookie, form):
                found.append(f"{role}: sqlmap gets in through {path}")
        if role != "nobody" and not (was_in and is_in(address, cookie)):
            found.append(f"{role}: was signed out on the way, so this scan saw too little")
    if pages < FEWEST_PAGES.get(role, USUAL_FEWEST):
        found.append(f"{role}: wapiti came to {pages} pages only")
    return pages, found


def court_with_people(url):
    """A court with something of everything; each one's cookie, and the token of the forms they see."""
    app = app_on(url)
    with app.app_context(), writing():
        Base.metadata.create_all(db.engine)
        known = house()
        db.session.commit()
        assert db.session.scalar(select(AuditEvent.id).limit(1)), "nothing happened in this court"
        people = {name: user.email for name, user in known.people.items() if name != "guardian"}
    secrets = secrets_of(app, people)
    browsers = {name: browser_with(app, secret) for name, secret in secrets.items()}
    return {
        name: with_token(browser, page)
        for name, browser, page in [
            *((name, browser, "/account/") for name, browser in browsers.items()),
            ("nobody", app.test_client(), "/sign-in"),
        ]
    }


def with_token(browser, page):
    """The cookie of a browser that has opened a page, and the token that its forms carry."""
    shown = browser.get(page)
    assert shown.status_code == 200, page
    token = re.search(r'name="csrf_token" value="([^"]*)"', shown.text)[1]
    return f"session={browser.get_cookie('session').value}", token


def is_in(address, cookie):
    """Whether somebody with this cookie is signed in."""
    return "data-sign-out" in get(f"{address}/", cookie)


def get(address, cookie):
    return urlopen(Request(address, headers={"Cookie": cookie})).read().decode()


@contextmanager
def serving(command, folder, bind="{}"):
    """A server in a process of its own; its address."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, *command, bind.format(port)],
        stdout=subprocess.DEVNULL,
        stderr=(Path(folder) / "server.log").open("w"),
    )
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(address)
        yield address
    finally:
        server.terminate()
        server.wait()


def wait_for(address):
    for _try in range(100):
        try:
            urlopen(address)
            return
        except OSError:
            time.sleep(0.2)
    sys.exit(f"nothing answers at {address}")


def wapiti(bin_folder, address, folder, cookie):
    """The kinds of weakness that wapiti reports, and how many pages and forms it came to."""
    report = Path(folder) / "wapiti.json"
    report.unlink(missing_ok=True)
    command = [f"{bin_folder}/wapiti", "-u", address + "/", "-m", MODULES, "-f", "json", "-o", str(report)]
    command += ["--flush-session", "--no-bugreport", "-v", "0", "-d", "4", "--store-session", folder]
    command += ["--max-scan-time", str(CRAWL_SECONDS), "--max-attack-time", str(ATTACK_SECONDS)]
    for ends_it in ("/sign-out", "/account/sign-ins/*", "/account/confirm", "/people/*/sign-out"):
        command += ["-x", address + ends_it]
    command += ["-C", cookie]  # never with --drop-set-cookie, which drops this one too
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    told = json.loads(report.read_text())
    kinds = {kind for kind, found in told["vulnerabilities"].items() if found}
    return kinds, told["infos"].get("crawled_pages_nbr") or 0


def sqlmap(bin_folder, address, folder, cookie="", form=None):
    """Whether sqlmap gets into the database through this address, or this form."""
    command = [f"{bin_folder}/sqlmap", "-u", address, "--batch", "--flush-session", "--output-dir", folder]
    command += ["--level", "1", "--risk", "1", "--disable-coloring", "--timeout", "10", "--retries", "1"]
    command += ["--cookie", cookie, "--drop-set-cookie"] if cookie else []
    command += ["--data", form, "--skip", "csrf_token"] if form else []
    said = subprocess.run(command, check=False, capture_output=True, text=True).stdout
    return re.search(r"identified the following injection point", said) is not None


if __name__ == "__main__":
    with clock.at(make.SATURDAY), in_every_court():  # the stage is set in every court
        main(*sys.argv[1:3])
