"""A full night on one small server: eight rooms that vote on phones, ten boards, whoever waits, bad wifi.

100 screens look for news as the pages tell them to. Lines are cut at random, before a vote is sent, in its
middle and before it is answered; the phone then sends the same form again. The counts of each round are held
against what its jurors meant. `VOTES` says how many votes are cast: the first tenth at a quick panel's pace,
and only their times are the figure; the others as a storm that the server has to outlast without a mistake.
"""

import asyncio
import os
import random
import re
import statistics
import subprocess
import sys
import threading
import time
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from urllib.parse import urlencode

from sqlalchemy import delete, select

from tests import make
from tests.conftest import app_on
from tests.database import sqlite_database
from tests.signing_in import begun, browser_with
from youthcourt import models as m
from youthcourt.extensions import db, writing
from youthcourt.permissions import Role
from youthcourt.walls import in_every_court

VOTES = int(os.environ.get("VOTES", "10000"))
ROOMS, SEATS, BOARDS, WAITING = 8, 8, 10, 26  # with the phones, 100 screens
ENOUGH = 5  # of eight votes; no round of this night gets there, so that there is always another
CUT = 0.05  # of the votes meet a line that is cut
COME_WITHIN = 20  # seconds, people open their screens
LOOKS_EVERY = 1.5  # seconds, as the pages say
# Seconds between a round that is called and a juror's vote: far quicker than people are, and in a storm.
THINKS, STORMS = (4.0, 20.0), (0.2, 2.0)
AT_EASE = 0.1  # of the votes; their times are told
TIDIED_AFTER = 5  # rounds: no panel votes more often on one plan
PATIENCE = 30
WORKERS, THREADS = 2, 4  # as `make serve` starts it

_HIDDEN = re.compile(r'name="(csrf_token|request_id|round)"[^>]* value="([^"]*)"')
_POLLED = re.compile(r'data-poll="([^"]+)"')
_MARK = re.compile(rb"ETag: ([^\r]+)", re.I)
_COOKIE = re.compile(rb"Set-Cookie: session=([^;]+)", re.I)


# ---- The night ------------------------------------------------------------------------------------


def set_the_stage(url):
    """Eight panels of eight at work, their plans written; the secrets of everybody's sign-in."""
    app = app_on(url)
    with app.app_context(), writing(), in_every_court():
        court = make.court(panel_size=SEATS, panel_minimum=ENOUGH, decision_rule=m.DecisionRule.MAJORITY)
        cora = make.user(court, "Cora Diaz", Role.COORDINATOR)
        for number in range(len(court.rooms), ROOMS):
            db.session.add(m.Room(court=court, name=f"Room {number}"))
        db.session.flush()
        db.session.refresh(court)
        day = make.court_session(court, cora)
        hearings = [_at_work(court, day, cora, number) for number in range(ROOMS)]
        db.session.commit()
        night = SimpleNamespace(
            app=app,
            day=day.id,
            rooms=[
                SimpleNamespace(
                    hearing=hearing.id,
                    deliberation=hearing.deliberation.id,
                    tokens=[begun(user) for user in make.panel_users(hearing)],
                )
                for hearing in hearings
            ],
            coordinator=begun(cora),
        )
        db.session.commit()
        db.session.remove()
    return night


def _at_work(court, day, cora, number):
    judge = make.user(court, f"Judge{number} Okafor", Role.JUDGE)
    case = make.admitted(court, cora, name=f"Robin{number} Tate")
    hearing = make.hearing(case, day, judge, cora, room=number)
    jurors = [make.juror(court, f"Juror{number}x{seat} Lane", by=cora) for seat in range(SEATS)]
    panel = m.Panel(court=court, hearing=hearing)
    db.session.add(panel)
    for sitting in make.booked(jurors, day, cora):
        sitting.check_in(by=cora)
    for place, juror in enumerate(jurors):
        panel.add_seat(juror, is_foreperson=place == 0)
    db.session.flush()
    db.session.expire(day, ["sittings"])
    for seat in panel.sitting_seats:
        seat.swear(by=cora)
    for who in (case.respondent, *case.respondent.guardians):
        hearing.check_in(who, by=cora)
    hearing.hold(by=judge)
    make.written(make.opened(hearing), by=make.panel_users(hearing)[0])
    return hearing


@contextmanager
def served(url):
    """The server that production runs, on two cores' worth of workers; its port."""
    command = [sys.executable, "-m", "gunicorn", "--bind", "127.0.0.1:0", "--no-control-socket", "wsgi:app"]
    command += ["--workers", str(WORKERS), "--threads", str(THREADS)]
    environ = {**os.environ, "YOUTHCOURT_ENV": "test", "DATABASE_URL": url}
    root = Path(__file__).resolve().parents[2]
    with subprocess.Popen(command, env=environ, stderr=subprocess.PIPE, text=True, cwd=root) as server:
        said = iter(server.stderr.readline, "")
        port = int(re.search(r"127\.0\.0\.1:(\d+)", next(line for line in said if "Listening at" in line))[1])
        reader = threading.Thread(target=server.stderr.read)  # a pipe that is full would stop it
        reader.start()
        try:
            yield port
        finally:
            server.terminate()
            server.wait()
            reader.join()


# ---- A phone --------------------------------------------------------------------------------------


class Cut(ConnectionError):
    """The wifi is gone."""


@dataclass
class Phone:
    """Somebody's browser: it keeps its cookie, and the line to the server may be cut."""

    port: int
    cookie: str
    chance: random.Random
    seen: dict[str, str] = field(default_factory=dict)

    async def ask(self, path, form=None, cut=None):
        """The status and the words of an answer. `cut`: whether the line goes in the middle, or before it."""
        body = urlencode(form).encode() if form is not None else b""
        head = [
            f"{'GET' if form is None else 'POST'} {path} HTTP/1.1",
            "Host: 127.0.0.1",
            "Connection: close",
        ]
        head.append(f"Cookie: session={self.cookie}")
        if form is not None:
            head += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
        elif path in self.seen:
            head += [f"If-None-Match: {self.seen[path]}", "X-Background: 1"]
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        try:
            sent = "\r\n".join([*head, "", ""]).encode() + body
            writer.write(sent[: len(sent) // 2] if cut == "in the middle" else sent)
            await writer.drain()
            if cut:
                raise Cut
            answer = await asyncio.wait_for(reader.read(), PATIENCE)
        finally:
            writer.close()
        top, _blank, words = answer.partition(b"\r\n\r\n")
        if new := _COOKIE.search(top):
            self.cookie = new[1].decode()
        if (mark := _MARK.search(top)) and form is None:
            self.seen[path] = mark[1].decode()
        return int(top.split(None, 2)[1]), words.decode()

    async def form_on(self, path):
        """What the page's form sends along unseen."""
        status, words = await self.ask(path)
        assert status == 200, (status, path, words[:300])
        return {name: unescape(value) for name, value in _HIDDEN.findall(words)}, words


class Night:
    """What goes on, and how long it took."""

    def __init__(self, night, port, votes):
        self.night, self.port, self.votes = night, port, votes
        self.thinks, self.took_in_storm, self.off = THINKS, [], 0
        self.chance = random.Random(1996)
        self.counts, self.took, self.looks = Counter(), [], []
        self.meant = {room.hearing: [] for room in night.rooms}
        self.is_over = False

    def phone(self, token):
        with self.night.app.app_context():
            browser = browser_with(self.night.app, token)
        return Phone(self.port, browser.get_cookie("session").value, random.Random(self.chance.random()))

    async def go(self):
        rooms = [(room, [self.phone(token) for token in room.tokens]) for room in self.night.rooms]
        screens = [
            (phone, f"/deliberations/{room.hearing}/vote") for room, phones in rooms for phone in phones
        ]
        board = f"/court-sessions/{self.night.day}/board"
        screens += [(self.phone(self.night.coordinator), board) for _each in range(BOARDS)]
        screens += [
            (self.phone(self.night.coordinator), board.replace("board", "wall")) for _each in range(WAITING)
        ]
        for phone, path in screens:  # with its first page a browser gets the token that all its forms carry
            await phone.ask(path)
        began = time.monotonic()
        watching = [asyncio.create_task(self._watch(*screen)) for screen in screens]
        self.counts["screens"] = len(screens)
        await asyncio.gather(*(self._vote_in(room, phones, self.votes * AT_EASE) for room, phones in rooms))
        self.took, self.took_in_storm, self.thinks = self.took_in_storm, self.took, STORMS
        await asyncio.gather(*(self._vote_in(room, phones, self.votes) for room, phones in rooms))
        self.took, self.took_in_storm = self.took_in_storm, self.took
        self.is_over = True
        await asyncio.gather(*watching)
        self.counts["seconds"] = round(time.monotonic() - began)

    async def _watch(self, phone, path):
        """Look for news as the page says, from one moment or another on."""
        await asyncio.sleep(phone.chance.uniform(0, COME_WITHIN))
        _status, words = await phone.ask(path)
        polled = unescape(_POLLED.search(words)[1])
        while not self.is_over:
            await asyncio.sleep(LOOKS_EVERY * phone.chance.uniform(0.9, 1.1))
            began = time.monotonic()
            status, _words = await phone.ask(polled)
            self.looks.append(time.monotonic() - began)
            self.counts[f"looks answered {status}"] += 1

    async def _vote_in(self, room, phones, votes):
        while self.counts["votes"] < votes:
            for _round in range(TIDIED_AFTER):
                await self._round(room, phones)
            self.off += await asyncio.to_thread(wrong, self.night, room, self.meant[room.hearing])
            self.meant[room.hearing].clear()

    async def _round(self, room, phones):
        path = f"/deliberations/{room.hearing}/vote"
        lead = phones[0]
        form, _words = await lead.form_on(path)
        await self._send(
            lead, f"{path}/call", {k: form[k] for k in ("csrf_token", "request_id") if k in form}
        )
        agreeing = self.chance.randrange(ENOUGH)
        choices = [place < agreeing for place in range(len(phones))]
        self.chance.shuffle(choices)
        self.meant[room.hearing].append((agreeing, len(phones) - agreeing))
        await asyncio.gather(
            *(self._vote(phone, path, agrees) for phone, agrees in zip(phones, choices, strict=True))
        )

    async def _vote(self, phone, path, agrees):
        await asyncio.sleep(phone.chance.uniform(*self.thinks))
        form, _words = await phone.form_on(path)
        form["agrees"] = "yes" if agrees else "not_yet"
        await self._send(phone, path, form, may_be_cut=True)
        self.counts["votes"] += 1

    async def _send(self, phone, path, form, may_be_cut=False):
        """Send a form, again and again until it is answered."""
        while may_be_cut and phone.chance.random() < CUT:
            how = phone.chance.choice(["in the middle", "before the answer"])
            self.counts[f"lines cut {how}"] += 1
            try:
                await phone.ask(path, form, cut=how)
            except Cut:
                await asyncio.sleep(phone.chance.uniform(0, 1))
        began = time.monotonic()
        status, words = await phone.ask(path, form)
        if may_be_cut:
            self.took.append(time.monotonic() - began)
        assert status == 302, (status, path, words[:2000])


# ---- What came of it ------------------------------------------------------------------------------


def wrong(night, room, meant):
    """By how many votes the counts that were kept in a room differ from what was meant; they are cleared."""
    with night.app.app_context(), writing(), in_every_court():
        of_room = m.VotingRound.deliberation_id == room.deliberation
        counted = select(m.VotingRound.agreeing, m.VotingRound.not_yet).where(of_room)
        kept = db.session.execute(counted.order_by(m.VotingRound.number)).all()
        assert len(kept) == len(meant), "a round was lost, or held twice"
        rounds = select(m.VotingRound.id).where(of_room)
        db.session.execute(delete(m.Voter).where(m.Voter.voting_round_id.in_(rounds)))
        db.session.execute(delete(m.VotingRound).where(of_room))
        db.session.commit()
        db.session.remove()
    return sum(
        abs(yes - agreed) + abs(no - not_yet)
        for (yes, no), (agreed, not_yet) in zip(kept, meant, strict=True)
    )


def in_milliseconds(times, share):
    return round(statistics.quantiles(times, n=100)[share - 1] * 1000)


def run() -> dict[str, object]:
    with TemporaryDirectory() as folder:
        url = sqlite_database(folder, "night")
        night = set_the_stage(url)
        with served(url) as port:
            held = Night(night, port, VOTES)
            asyncio.run(held.go())
        with night.app.app_context():
            db.engine.dispose()
    assert held.counts["votes"] >= VOTES
    return {
        "votes": held.counts["votes"],
        "votes_wrong": held.off,
        "vote_p50_ms": in_milliseconds(held.took, 50),
        "vote_p95_ms": in_milliseconds(held.took, 95),
        "vote_in_storm_p95_ms": in_milliseconds(held.took_in_storm, 95),
        "look_p95_ms": in_milliseconds(held.looks, 95),
        **{name.replace(" ", "_"): count for name, count in sorted(held.counts.items()) if name != "votes"},
    }
