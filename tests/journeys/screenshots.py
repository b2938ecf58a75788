"""Takes the README's pictures afresh: plays the demonstration court, serves it, and looks at it as each role.

python -m tests.journeys.screenshots [FOLDER]     tests/journeys/pictures when none is named
"""

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.journeys.conftest import BROWSERS, FLAGS, WIDTHS, sign_in
from youthcourt.demonstration.sign_ins import PASSWORD

ROOT = Path(__file__).resolve().parents[2]
TALL = {"laptop": 900, "phone": 844}


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def serve(folder):
    """The demonstration court, played into a database of its own and served; its address and its process."""
    port = free_port()
    settings = {"YOUTHCOURT_ENV": "demo", "DATABASE_URL": f"sqlite:///{folder}/pictures.sqlite"}
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "demo", "run", "--port", str(port)]
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **settings})
    address = f"http://127.0.0.1:{port}"
    deadline = time.monotonic() + 600
    while time.monotonic() < deadline and process.poll() is None:
        try:
            urllib.request.urlopen(f"{address}/sign-in").close()
        except OSError:
            time.sleep(0.5)
        else:
            return address, process
    raise SystemExit("the demonstration court did not start")


def open_as(browser, address, role, width):
    context = browser.new_context(
        base_url=address,
        viewport={"width": WIDTHS[width], "height": TALL[width]},
        device_scale_factor=2 if width == "phone" else 1,
        locale="en-US",
    )
    page = context.new_page()
    sign_in(page, f"{role}@demo.example", PASSWORD)
    return page


def take(browser, address, folder):
    def picture(page, name, whole=False):
        page.screenshot(path=folder / f"{name}.png", full_page=whole)

    office = open_as(browser, address, "coordinator", "laptop")
    picture(office, "desk")
    office.get_by_role("link", name="Night board").click()
    picture(office, "night-board")
    office.locator(".crumb a").click()
    picture(office, "hearing-day")
    office.goto("/cases/?stage=active")
    office.locator("table a").first.click()
    picture(office, "case")
    office.goto("/reports/")
    picture(office, "report")
    phone = open_as(browser, address, "juror", "phone")
    phone.get_by_role("link", name="Go to my hearing").click()
    picture(phone, "jury-room")
    phone.goto(phone.url + "/plan")
    picture(phone, "jury-plan")
    bench = open_as(browser, address, "judge", "laptop")
    bench.goto("/orders/")
    bench.get_by_role("link", name=re.compile("Read and decide")).first.click()
    picture(bench, "sign")
    family = open_as(browser, address, "family", "phone")
    family.goto("/my-case/")
    picture(family, "family")


def main():
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "tests" / "journeys" / "pictures")
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        address, process = serve(scratch)
        try:
            with sync_playwright() as playwright:
                installed = next(filter(None, map(shutil.which, BROWSERS)), None)
                browser = playwright.chromium.launch(executable_path=installed, args=FLAGS)
                take(browser, address, folder)
                browser.close()
        finally:
            process.terminate()
            process.wait()
    print(f"{len(list(folder.glob('*.png')))} pictures in {folder.name}")


if __name__ == "__main__":
    main()
