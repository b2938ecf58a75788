"""The papers of a large evening: ours first, again, and with one hearing changed; and other ways to do it.

Naive is what anybody would write: each document by itself with the library's defaults, the files put one
after the other, without tags or bookmarks. All ways get the same markup and are timed in one run, from facts
that are read. Beside the seconds that people wait stand those of processors, which other work changes less.
"""

import hashlib
import json
import os
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import time as clock_time
from importlib.util import find_spec
from pathlib import Path
from shutil import which
from statistics import median
from tempfile import TemporaryDirectory
from types import SimpleNamespace

from sqlalchemy import delete

from tests import make
from tests.conftest import app_on
from tests.database import sqlite_database
from youthcourt import clock
from youthcourt import models as m
from youthcourt.documents import packing
from youthcourt.documents.court.packet import contents_of
from youthcourt.documents.leaf import Leaf
from youthcourt.documents.paper import Paper, html_of, style_sheet
from youthcourt.documents.press import Press, environment, printery
from youthcourt.extensions import db, writing
from youthcourt.permissions import Role
from youthcourt.walls import in_every_court

HEARINGS = int(os.environ.get("HEARINGS", "33"))
ROOMS, SEATS = 4, 6
AGAIN, NOTICES = 5, 15


# ---- The evening ----------------------------------------------------------------------------------


def set_the_stage():
    """A day of hearings in four rooms, each with a judge and a panel that stays all night."""
    court = make.court(panel_size=SEATS)
    cora = make.user(court, "Cora Diaz", Role.COORDINATOR)
    while len(court.rooms) < ROOMS:
        db.session.add(m.Room(court=court, name=f"Room {len(court.rooms) + 1}"))
        db.session.flush()
        db.session.refresh(court)
    starts = [clock_time(9 + number // 2, number % 2 * 30) for number in range(-(-HEARINGS // ROOMS))]
    day = make.court_session(court, cora, starts=starts)
    judges = [make.user(court, f"Judge{number} Okafor", Role.JUDGE) for number in range(ROOMS)]
    panels = [
        [make.juror(court, f"Juror{n}x{seat} Lane", by=cora) for seat in range(SEATS)] for n in range(ROOMS)
    ]
    make.booked([juror for panel in panels for juror in panel], day, cora)
    for number in range(HEARINGS):
        block, room = divmod(number, ROOMS)
        told = {"narrative": "They took a jacket from a store, were seen, and brought it back. " * 5}
        case = make.admitted(court, cora, f"Robin{number} Tate", **told)
        hearing = make.hearing(case, day, judges[room], cora, block=block, room=room)
        panel = m.Panel(court=court, hearing=hearing)
        db.session.add(panel)
        for place, juror in enumerate(panels[room]):
            panel.add_seat(juror, is_foreperson=place == 0)
    db.session.commit()
    return SimpleNamespace(day=day.id, cora=cora.id)


def asked(evening):
    """A packet that waits, and whoever makes it, who has read the facts."""
    with writing():
        day, cora = db.session.get(m.CourtSession, evening.day), db.session.get(m.User, evening.cora)
        packet = m.Packet.ask(day, m.PacketKind.FULL, "en", by=cora)
        db.session.commit()
        number, attempt = packet.id, packet.begin()
        db.session.commit()
        db.session.remove()
    return packing._Packer(number, attempt)


def pack(evening):
    """Seconds to make the packet, from facts that are read to a file that is kept; and the packet."""
    packer = asked(evening)
    seconds = timed(packer.pack)
    packet = db.session.get(m.Packet, packer.packet_id)
    told = SimpleNamespace(pages=packet.pages, key=packet.key, sha256=packet.sha256, lacks=packet.lacks)
    db.session.remove()
    return seconds, told


def timed(work, *args):
    began = time.perf_counter()
    work(*args)
    return time.perf_counter() - began


def used():
    """Seconds of processors, of this process and of its presses."""
    return time.process_time() + sum(used_by(press.process.pid) for press in presses())


def used_by(pid):
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def markup_of(evening):
    """Each document of the packet as its markup, with its style inside; a paper's copies one by one."""
    day = db.session.get(m.CourtSession, evening.day)
    contents = contents_of(day, m.PacketKind.FULL, "en")
    papers = [paper for section in contents.sections for paper in section.papers if isinstance(paper, Paper)]
    style = f"<style>{style_sheet()}</style></head>"
    found = [
        (paper.kind.name, [each.replace("</head>", style, 1) for each in html_of(paper)]) for paper in papers
    ]
    plain = next(html_of(paper) for paper in papers if paper.kind.name == "hearing_notice")
    db.session.remove()
    return found, plain


# ---- Ours -----------------------------------------------------------------------------------------


def ours(evening):
    warm()
    before = used()
    first, packet = pack(evening)
    cpu, again = used() - before, []
    for _time in range(AGAIN):
        with writing():  # all that was set lies there; the file of the whole evening does not
            db.session.execute(delete(m.PrintedPaper).where(m.PrintedPaper.key == packet.key))
            db.session.commit()
        again.append(pack(evening)[0])
    found = min(pack(evening)[0] for _time in range(AGAIN))
    facts = min(timed(asked_and_dropped, evening) for _time in range(2))
    changed = []
    for number in range(3):
        with writing():
            day = db.session.get(m.CourtSession, evening.day)
            day.hearings[HEARINGS // 2].case.respondent.given_name = f"Sam{number}"
            db.session.commit()
            db.session.remove()
        changed.append(pack(evening)[0])
    size = len(m.PrintedPaper.of(db.session(), 1, [packet.key])[packet.key].content)
    assert not packet.lacks
    return SimpleNamespace(
        first=first,
        first_cpu=cpu,
        again=min(again),
        found=found,
        facts=facts,
        changed=min(changed),
        pages=packet.pages,
        size=size,
        memory=sum(pss(press.process.pid) for press in presses()),
    )


def asked_and_dropped(evening):
    packer = asked(evening)
    with writing():
        db.session.execute(delete(m.Packet).where(m.Packet.id == packer.packet_id))
        db.session.commit()


def presses():
    return [press for press in list(printery().free.queue) if press is not None]


def warm():
    """Both presses up, as on a server that has printed before."""
    house = printery()
    places = [house.free.get() for _place in range(2)]
    up = [place or Press() for place in places]
    for press in up:
        assert press.imprint
        house.free.put(press)


def our_notice(copies):
    """Milliseconds for one notice in a warm press, and the megabytes it needs."""
    press, style = Press(), style_sheet()
    press.printed(copies, style)
    seconds = median(timed(press.printed, copies, style) for _time in range(NOTICES))
    memory = pss(press.process.pid)
    press.end()
    return seconds * 1000, memory


def same_in_every_process(copies):
    """Whether two fresh presses give the same bytes, for one paper and for several joined."""
    found = set()
    for _process in range(2):
        press = Press()
        paper = press.printed(copies, style_sheet()).content
        leaves = (Leaf("Room A", leaves=(Leaf("One", paper=0), Leaf("Two", paper=0))),)
        joined = press.joined(leaves, [paper], "Evening", "en").content
        found.add((hashlib.sha256(paper).hexdigest(), hashlib.sha256(joined).hexdigest()))
        press.end()
    return len(found) == 1


# ---- The other ways, each in a process of its own -------------------------------------------------


def in_its_own_process(way, folder):
    """The figures of a way; a plain word when its tool is not there."""
    command = [sys.executable, "-W", "ignore", "-m", "tests.benchmarks._other_papers", way, str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, **fonts()})
    if done.returncode:
        return SimpleNamespace(
            failed=done.stderr.strip().splitlines()[-1] if done.stderr.strip() else "failed"
        )
    return SimpleNamespace(**json.loads(done.stdout.splitlines()[-1]))


def fonts():
    """The same fonts as ours."""
    return {name: value for name, value in environment().items() if name.startswith("FONTCONFIG")}


def pss(pid):
    """Megabytes that a process has for itself, and its share of what it has with others."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


# ---- Side by side ---------------------------------------------------------------------------------


def run() -> dict[str, object]:
    with TemporaryDirectory() as folder, clock.at(make.SATURDAY), served(Path(folder)) as evening:
        documents, notice = markup_of(evening)
        (Path(folder) / "documents.json").write_text(json.dumps(documents))
        naive = in_its_own_process("naive", folder)
        mine = ours(evening)
        notice_ms, notice_memory = our_notice(notice)
        figures = {
            "hearings": HEARINGS,
            "documents": len(documents),
            "pages": mine.pages,
            "packet_repeat_ratio": round(naive.packet / mine.again, 1),
            "packet_one_changed_ratio": round(naive.packet / mine.changed, 1),
            "packet_first_ratio": round(naive.packet / mine.first, 2),
            "notice_ratio": round(naive.notice_ms / notice_ms, 2),
            # What the ratio of the first print would be on two processors that do nothing else.
            "packet_first_ratio_of_two_idle_processors": round(naive.cpu / (mine.first_cpu / 2), 2),
            "same_bytes_in_every_process": same_in_every_process(notice),
            "ours": {
                "first_s": round(mine.first, 2),
                "first_cpu_s": round(mine.first_cpu, 2),
                "repeat_s": round(mine.again, 3),
                "one_changed_s": round(mine.changed, 2),
                "unchanged_whole_s": round(mine.found, 3),
                "reading_all_facts_s": round(mine.facts, 2),
                "ms_per_paper": round(mine.first / len(documents) * 1000),
                "pages_a_second": round(mine.pages / mine.first, 1),
                "pages_a_second_repeated": round(mine.pages / mine.again),
                "notice_ms": round(notice_ms, 1),
                "kB": mine.size // 1000,
                "press_for_a_notice_pss_mb": round(notice_memory),
                "presses_after_all_pss_mb": round(mine.memory),
            },
            "naive": told(naive, len(documents)),
        }
        figures |= others(Path(folder), mine, len(documents), notice_memory)
        printery().close()
    return figures


def others(folder, mine, documents, memory):
    """Whatever else can print, when it is there."""
    found = {}
    chromium = which("chromium") or which("google-chrome")
    if chromium and find_spec("playwright"):
        other = in_its_own_process("chromium", folder)
        found["chromium"] = told(other, documents)
        if not hasattr(other, "failed"):
            found["repeat_to_warm_chromium"] = round(other.packet / mine.again, 1)
            found["one_changed_to_warm_chromium"] = round(other.packet / mine.changed, 1)
            found["notice_memory_to_chromium"] = round(memory / other.memory, 2)
    else:
        found["chromium"] = "not installed here"
    found["libreoffice"] = "not measured" if which("soffice") else "not installed here"
    other = in_its_own_process("typst", folder) if find_spec("typst") else None
    found["typst"] = told(other, documents) if other else "not installed here"
    return found


def told(way, documents):
    if hasattr(way, "failed"):
        return way.failed
    rounded = {name: round(value, 2) for name, value in vars(way).items()}
    return rounded | {"ms_per_paper": round(way.packet / documents * 1000)}


@contextmanager
def served(folder):
    app = app_on(sqlite_database(folder, "evening"))
    with app.app_context(), in_every_court():
        with writing():
            evening = set_the_stage()
            db.session.remove()
        yield evening
        db.session.remove()
        db.engine.dispose()
