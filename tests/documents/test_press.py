"""Papers are set in processes of their own, which can do little and may not take long."""

import getpass
import io
import re
import socket
import subprocess
import sys
from fnmatch import fnmatch
from pathlib import Path

import pikepdf
import pytest
from weasyprint import HTML

from tests import make
from tests.documents.conftest import printed
from youthcourt.documents import press as press_of
from youthcourt.documents.court.hearing_notice import hearing_notice
from youthcourt.documents.paper import style_sheet
from youthcourt.documents.press import PRESSES, Press, Printery, printery
from youthcourt.errors import PaperFailed

PLAIN = '<html lang="en"><title>Plain</title><h1>Plain</h1>'
ENDLESS = '<html lang="en"><title>x</title>' + "<p>word " * 300_000

GREEDY = """
<html lang="en"><title>x</title>
<link rel="attachment" href="{file}"><link rel="stylesheet" href="{file}">
<style>@import url({file}); p {{ background: url({file}); list-style: url({web}) }}
@font-face {{ font-family: stolen; src: url({file}) }}</style>
<a rel="attachment" href="{file}">x</a><img alt="x" src="{web}"><img alt="x" src="{file}">
<object data="{file}"></object><embed src="{file}"><svg><image href="{file}"/></svg><p>x</p>
"""


@pytest.fixture
def press():
    press = Press()
    yield press
    press.end()


@pytest.fixture
def secret(tmp_path):
    file = tmp_path / "secret.txt"
    file.write_text("the key of the court")
    return file


def embedded(pdf):
    file = pikepdf.open(io.BytesIO(pdf))
    return [name for name, each in file.attachments.items()] + [
        str(each.get("/Type")) for each in file.objects if getattr(each, "get", None) and each.get("/EF")
    ]


def test_a_paper_that_asks_for_everything_gets_nothing(press, secret, caplog):
    listener = socket.create_server(("127.0.0.1", 0))
    listener.setblocking(False)
    web = f"http://127.0.0.1:{listener.getsockname()[1]}/x.png"

    pdf = press.pdf([GREEDY.format(file=secret.as_uri(), web=web)], "p { color: black }")

    assert embedded(pdf) == []
    assert b"the key of the court" not in pdf
    with pytest.raises(BlockingIOError):
        listener.accept()
    listener.close()
    assert caplog.text.count("disallowed protocol") == 6  # and so much was asked for
    caplog.clear()


@pytest.mark.filterwarnings("ignore")
def test_without_our_fetcher_the_planted_file_would_be_in_the_paper(secret):
    pdf = HTML(string=f'<link rel="attachment" href="{secret.as_uri()}"><p>x</p>').write_pdf()

    assert embedded(pdf)


def test_an_endless_paper_is_ended_by_its_processor_time_and_the_next_one_prints():
    press = Press(seconds=1)

    with pytest.raises(PaperFailed):
        press.pdf([ENDLESS], "")

    assert press.is_worn
    assert printery().pdf([PLAIN], "").startswith(b"%PDF-")


def test_an_endless_paper_is_ended_by_the_clock_too(monkeypatch):
    press = Press()
    monkeypatch.setattr(press_of, "PATIENCE", 0.5)

    with pytest.raises(PaperFailed):
        press.pdf([ENDLESS], "")

    assert press.is_worn


def test_who_comes_when_every_press_is_taken_is_told_so(monkeypatch):
    monkeypatch.setattr(press_of, "PATIENCE", 0.01)
    taken = Printery()
    for _each in range(PRESSES):
        taken.free.get()

    with pytest.raises(PaperFailed, match="busy"):
        taken.pdf([PLAIN], "")


@pytest.mark.skipif(not Path("/proc/self/limits").exists(), reason="only Linux shows limits")
def test_a_press_has_bounded_memory_no_file_to_write_and_no_secret(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "the key of the court")
    press = Press()
    press.pdf([PLAIN], "")

    proc = Path(f"/proc/{press.process.pid}")
    limits = dict(re.findall(r"^(Max [a-z ]+?)  +(\S+)", (proc / "limits").read_text(), re.MULTILINE))
    environ = (proc / "environ").read_bytes()
    press.end()

    assert limits["Max address space"] == str(2 * 2**30)
    assert (limits["Max file size"], limits["Max core file size"]) == ("0", "0")
    assert limits["Max cpu time"].isdigit()
    assert b"the key of the court" not in environ


SHUT = """
import sys, types
room = types.ModuleType("papers")
room.__path__ = [sys.argv[1]]
sys.modules["papers"] = room
from papers.press_room import shut
import os, socket, subprocess
if sys.argv[2] == "shut":
    shut((sys.prefix, sys.base_prefix))
for name, act in {
    "read": lambda: open("/etc/hostname").read(),
    "write": lambda: open(sys.argv[3], "w"),
    "connect": lambda: socket.create_connection(("127.0.0.1", 9)),
    "run": lambda: subprocess.run(["true"], check=True),
    "shell": lambda: os.system("true"),
}.items():
    try:
        act()
    except ConnectionRefusedError:
        print(name, "done")
    except PermissionError:
        print(name, "refused")
    else:
        print(name, "done")
"""


@pytest.mark.parametrize(("state", "outcome"), [("shut", "refused"), ("open", "done")])
def test_once_shut_a_press_reads_writes_reaches_and_starts_nothing(tmp_path, state, outcome):
    folder = Path(press_of.__file__).parent

    said = subprocess.run(
        [sys.executable, "-I", "-c", SHUT, str(folder), state, str(tmp_path / "file")],
        capture_output=True,
        text=True,
        check=True,
    ).stdout

    found = dict(line.split() for line in said.splitlines())
    assert found == dict.fromkeys(("read", "write", "connect", "run", "shell"), outcome)


def test_a_press_is_replaced_when_it_is_worn(monkeypatch):
    monkeypatch.setattr(press_of, "PAPERS_EACH", 1)
    house = Printery()

    papers = [house.pdf([PLAIN], "") for _each in range(2)]
    house.close()

    assert all(paper.startswith(b"%PDF-") for paper in papers)


def test_a_server_that_forks_has_presses_of_its_own(monkeypatch):
    before = printery()
    monkeypatch.setattr(press_of, "_printery", before)
    monkeypatch.setattr(press_of.os, "getpid", lambda: 0)

    assert printery() is not before


def test_a_paper_says_nothing_of_whose_machine_made_it(court, cast):
    case = make.admitted(court, cast.cora)
    hearing = make.hearing(case, make.court_session(court, cast.cora), cast.judy, cast.cora)

    found = printed(hearing_notice(hearing))

    said = {str(name): str(value) for name, value in found.file.docinfo.items()}
    assert said.pop("/Author") == court.name
    assert set(said) <= {"/Title", "/Producer", "/Creator", "/CreationDate", "/ModDate"}
    told = " ".join(said.values()) + found.file.Root.Metadata.read_bytes().decode()
    for private in (socket.gethostname(), str(Path.home()), str(Path.cwd()), "Tate", "Jordan"):
        assert private not in told
    assert f"/{getpass.getuser()}" not in told


def test_a_paper_that_cannot_be_made_is_answered_in_words(court, cast, sign_in, monkeypatch):
    case = make.admitted(court, cast.cora)
    hearing = make.hearing(case, make.court_session(court, cast.cora), cast.judy, cast.cora)

    def fail(_copies, _style):
        raise PaperFailed("ended")

    monkeypatch.setattr(printery(), "pdf", fail)
    answer = sign_in(cast.cora).get(f"/papers/hearing_notice/{hearing.id}")

    assert answer.status_code == 503
    assert "This paper could not be made" in answer.text


LETTERS = """<html lang="en"><title>x</title><h1>Court</h1>
<p>Nguyễn ሰላም محمد 王小明 Оксана \N{MODIFIER LETTER TURNED COMMA}okina សុខ</p><p lang="ja">直子</p>"""
OTHER_FONTS = """<fontconfig><dir>/usr/share/fonts/truetype/dejavu</dir>
<cachedir prefix="xdg">fontconfig</cachedir></fontconfig>"""
ELSEWHERE = {"LANG": "ja_JP.UTF-8", "LC_ALL": "ar_EG.UTF-8", "TZ": "Asia/Tokyo", "PYTHONHASHSEED": "7"}


def printed_by_a_new_press(app):
    with app.app_context():
        style = style_sheet()
    press = Press()
    pdf = press.pdf([LETTERS], style)
    press.end()
    return pdf


@pytest.fixture
def other_fonts(tmp_path):
    file = tmp_path / "fonts.conf"
    file.write_text(OTHER_FONTS)
    return str(file)


def test_a_paper_has_the_same_bytes_whatever_the_machine_is_set_to(app, monkeypatch, other_fonts):
    here = printed_by_a_new_press(app)
    for name, value in {**ELSEWHERE, "FONTCONFIG_FILE": other_fonts}.items():
        monkeypatch.setenv(name, value)

    assert printed_by_a_new_press(app) == here


def test_other_fonts_would_be_noticed(app, monkeypatch, other_fonts):
    here = printed_by_a_new_press(app)
    monkeypatch.setattr(press_of, "FONTS", other_fonts)

    assert printed_by_a_new_press(app) != here


@pytest.mark.skipif(not Path("/usr/share/fonts/truetype/noto").exists(), reason="Debian's fonts are not here")
def test_the_fonts_of_papers_are_static_and_all_of_the_named_packages():
    named = re.findall("<glob>(/.*?)</glob>", press_of.FONTS.read_text())
    listed = subprocess.run(
        ["fc-list", ":", "file", "variable"],
        env={"FONTCONFIG_FILE": str(press_of.FONTS), "HOME": str(Path.home())},
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()

    files = [line.partition(": ")[0] for line in listed]
    assert [glob for glob in named if not any(fnmatch(file, glob) for file in files)] == []
    assert [file for file in files if not any(fnmatch(file, glob) for glob in named)] == []
    assert [line for line in listed if "variable=True" in line] == []
