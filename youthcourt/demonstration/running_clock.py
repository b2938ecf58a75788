"""The demonstration's own time: it goes on from where the play stopped, whatever day it is outside."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from youthcourt import clock
from youthcourt.models import AuditEvent

Wsgi = Any


def behind(session: Session) -> timedelta:
    """How far the last line of the trail lies behind this moment."""
    last = session.scalar(select(func.max(AuditEvent.at)))
    return clock.now() - last if last else timedelta()


class RunningClock:
    """Serves an application at a time that runs as ours does, but so much behind it.

    Without it the evening of hearings would be over on the day after the demonstration was built.
    """

    def __init__(self, app: Wsgi, behind: timedelta) -> None:
        self._app, self._behind = app, behind

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        with clock.at(self.now()):
            answer: Iterable[bytes] = self._app(environ, start_response)
            return answer

    def now(self) -> datetime:
        return clock.now() - self._behind
