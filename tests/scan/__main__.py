"""`make scan`: wapiti and sqlmap, signed in as each role, against this application and against a leaky twin.

The twin has the holes that the scanners look for. What they do not find there, they cannot vouch for here.
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
from pathlib import Path
from urllib.request import urlopen

from sqlalchemy import select

from tests import make
from tests.conftest import app_on
from tests.everywhere import cookie_of, house, secrets_of
from youthcourt import clock
from youthcourt.extensions import Base, db, writing
from youthcourt.models import AuditEvent

MODULES = "sql,xss,permanentxss,redirect,file,exec,crlf"
MINUTES_EACH = 3
WANTED_OF_TWIN = {"SQL Injection", "Reflected Cross Site Scripting", "Open Redirect", "Path Traversal"}
# A question in an address for sqlmap, for whoever may ask it.
ASKED = {
    "cora": [
        "/cases/?q=a&stage=referred&page=1",
        "/jurors/?q=a",
        "/obligations/?q=a&activity=1",
        "/court-sessions/?case=1",
    ],
    "judy": ["/cases/?q=a&page=1"],
    "ada": ["/settings/?page=1"],
    "seated": ["/sittings/?page=1"],
    "youth": ["/my-cases/?page=1"],
    "nobody": ["/sign-in?next=/"],
}


def main(bin_folder):
    with tempfile.TemporaryDirectory() as folder:
        with serving(["tests/scan/twin.py"], folder) as twin:
            seen = wapiti(bin_folder, twin, folder)
            injected = sqlmap(bin_folder, f"{twin}/person?id=1", folder)
        print(f"twin: wapiti found {sorted(seen)}, sqlmap {'found' if injected else 'did not find'} its hole")
        blind = WANTED_OF_TWIN - seen
        found = scan_ours(bin_folder, folder)
    print(f"count: kinds of hole found in the planted twin = {len(seen & WANTED_OF_TWIN) + injected}")
    print(f"count: holes that scanners found here = {len(found)}")
    for each in found:
        print("found:", each)
    sys.exit(1 if blind or not injected or found else 0)


def scan_ours(bin_folder, folder):
    url = f"sqlite:///{folder}/scan.sqlite"
    cookies = court_with_people(url)
    os.environ |= {"YOUTHCOURT_ENV": "test", "DATABASE_URL": url}
    found = []
    server = ["-m", "gunicorn", "--threads", "4", "--no-control-socket", "wsgi:app", "--bind"]
    with serving(server, folder, bind="127.0.0.1:{}") as address:
        for role, cookie in cookies.items():
            for kind in sorted(wapiti(bin_folder, address, folder, cookie)):
                found.append(f"{role}: wapiti says {kind}")
            for question in ASKED[role]:
                if sqlmap(bin_folder, address + question, folder, cookie):
                    found.append(f"{role}: sqlmap gets in through {question}")
            print(f"scanned as {role}: {len(found)} found so far", flush=True)
    return found


def court_with_people(url):
    """A court with something of everything; each one's cookie."""
    app = app_on(url)
    with app.app_context(), writing():
        Base.metadata.create_all(db.engine)
        known = house()
        db.session.commit()
        assert db.session.scalar(select(AuditEvent.id).limit(1)), "nothing happened in this court"
        people = {name: user.email for name, user in known.people.items() if name != "guardian"}
    cookies = {name: f"session={cookie_of(app, secret)}" for name, secret in secrets_of(app, people).items()}
    return {**cookies, "nobody": ""}


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


def wapiti(bin_folder, address, folder, cookie=""):
    """The kinds of weakness that wapiti reports."""
    report = Path(folder) / "wapiti.json"
    report.unlink(missing_ok=True)
    seconds = str(MINUTES_EACH * 60)
    command = [f"{bin_folder}/wapiti", "-u", address + "/", "-m", MODULES, "-f", "json", "-o", str(report)]
    command += ["--flush-session", "--no-bugreport", "-v", "0", "-d", "3", "--store-session", folder]
    command += ["--max-scan-time", seconds, "--max-attack-time", "60", "-x", f"{address}/sign-out"]
    if cookie:
        command += ["-C", cookie, "--drop-set-cookie"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    told = json.loads(report.read_text())
    print(f"  wapiti looked at {told['infos'].get('crawled_pages_nbr')} pages of {address}", flush=True)
    return {kind for kind, found in told["vulnerabilities"].items() if found}


def sqlmap(bin_folder, address, folder, cookie=""):
    """Whether sqlmap gets into the database through this address."""
    command = [f"{bin_folder}/sqlmap", "-u", address, "--batch", "--flush-session", "--output-dir", folder]
    command += ["--level", "1", "--risk", "1", "--disable-coloring", "--timeout", "10", "--retries", "1"]
    command += ["--cookie", cookie, "--drop-set-cookie"] if cookie else []
    said = subprocess.run(command, check=False, capture_output=True, text=True).stdout
    return re.search(r"identified the following injection point", said) is not None


if __name__ == "__main__":
    with clock.at(make.SATURDAY):
        main(sys.argv[1])
