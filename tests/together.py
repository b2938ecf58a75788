"""Doing the same thing at the same moment, each in a transaction of its own."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from youthcourt import clock
from youthcourt.extensions import db, writing
from youthcourt.walls import in_every_court


def at_once(app, act, times=6):
    """What each of several transactions got that did the same at once; all of them are kept."""
    gate, now = Barrier(times), clock.now()

    def one(_number):
        with app.app_context(), writing(), clock.at(now), in_every_court():
            gate.wait()
            got = act(db.session())
            db.session.commit()
            db.session.remove()
            return got

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(one, range(times)))
