"""Keeps one application in memory and starts it again and again: a whole gunicorn, one fork away.

Run as a process of its own. The first line read names a socket for the rehearsal: there the work begins in
this very process, so that every life has its templates and statements at hand, until the next line is read.
Each further line names a socket; a group of processes then serves there, and its number is printed, by which
the whole group can be killed. `--halves` serves a planted fault.
"""

import ctypes
import gc
import logging
import os
import signal
import sys
import time
from threading import Thread

from gunicorn.app.base import BaseApplication
from werkzeug.serving import make_server

from tests import make
from tests.conftest import app_on
from youthcourt import clock
from youthcourt.extensions import db
from youthcourt.views import submissions
from youthcourt.views.intake import cases

WORKERS, THREADS = 2, 4
BETWEEN_HALVES_IN_SECONDS = 0.02


class Server(BaseApplication):
    """gunicorn as `make serve` starts it, for an application that is loaded already."""

    def __init__(self, application, bind):
        self.application, self.bind = application, bind
        super().__init__()

    def load_config(self):
        settings = {
            "bind": self.bind,
            "workers": WORKERS,
            "threads": THREADS,
            "control_socket_disable": True,
            "loglevel": "critical",
            "errorlog": "/dev/null",
        }
        for name, value in settings.items():
            self.cfg.set(name, value)

    def load(self):
        return self.application


def standing_clock(application):
    """The same moment in every worker, so that midnight does not come in the middle of a test."""

    def stand(environ, start_response):
        with clock.at(make.SATURDAY):
            return application(environ, start_response)

    return stand


def in_halves(verb):
    """The planted fault: what was done so far is committed before the rest is done."""

    def halved(*args, **kwargs):
        db.session.commit()
        time.sleep(BETWEEN_HALVES_IN_SECONDS)
        return verb(*args, **kwargs)

    return halved


def application_on(url, *faults):
    if "--halves" in faults:
        submissions.remember = in_halves(submissions.remember)
    if "--letters-later" in faults:
        cases.tell_referrer = in_halves(cases.tell_referrer)
    app = app_on(url)
    app.wsgi_app = standing_clock(app.wsgi_app)
    return app


def rehearse(app):
    """Serve as we are until we are told that it is enough."""
    server = make_server(f"unix://{sys.stdin.readline().strip()}", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    print("open", flush=True)
    sys.stdin.readline()
    server.shutdown()
    thread.join()
    server.server_close()
    with app.app_context():
        db.engine.dispose()
    gc.collect()
    gc.freeze()  # what is here now is shared by every life and looked at by none


def bury_the_killed():
    """Workers outlive their arbiter by a moment. On Linux they come to us then, and leave no trace."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    if sys.platform == "linux":
        set_child_subreaper = 36
        ctypes.CDLL(None).prctl(set_child_subreaper, 1, 0, 0, 0)


def main(url, *faults):
    logging.getLogger("werkzeug").disabled = True  # tells of each request
    app = application_on(url, *faults)
    rehearse(app)
    bury_the_killed()
    print("ready", flush=True)
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            os.setsid()
            sys.argv = ["gunicorn"]
            Server(app, f"unix:{line.strip()}").run()
        print(child, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
