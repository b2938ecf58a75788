"""The log: one line of JSON for each event. It holds kinds and numbers, never a word that somebody typed.

Messages of libraries are kept as the place in the code that wrote them: their texts may quote a name.
"""

import json
import logging
import sys
import traceback
from pathlib import Path
from types import TracebackType
from typing import Any, TextIO

from youthcourt import clock

_log = logging.getLogger("youthcourt")
_FOLDERS_KEPT = 3  # of a path, so that a line tells which module, and not whose machine


def event(name: str, level: int = logging.INFO, **facts: str | int | None) -> None:
    """Something that happened, such as request.answered: which page, what came of it, by which account."""
    _log.log(level, name, extra={"facts": facts})


def crash(name: str, error: BaseException, **facts: str | int | None) -> None:
    """A mistake of ours: its kind and where it was made."""
    _log.error(name, exc_info=error, extra={"facts": facts})


class OneLine(logging.Formatter):
    """Writes an event as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {"at": clock.now().isoformat(), "level": record.levelname.lower()}
        facts = getattr(record, "facts", None)
        if facts is None:
            line |= {"event": "library.said", "logger": record.name}
            line["place"] = f"{_short(record.pathname)}:{record.lineno}"
        else:
            line |= {"event": record.msg} | {name: fact for name, fact in facts.items() if fact is not None}
        if record.exc_info and (error := record.exc_info[1]):
            # Not its message: a database quotes the row that it refuses.
            line |= {"error": type(error).__name__, "frames": _frames(error.__traceback__)}
        return json.dumps(line)


def _frames(begun: TracebackType | None) -> list[str]:
    return [f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(begun)]


def _short(path: str) -> str:
    return "/".join(Path(path).parts[-_FOLDERS_KEPT:])


def handler(stream: TextIO | None = None) -> logging.Handler:
    """Where lines go: the standard error, which whoever runs the server keeps."""
    lines = logging.StreamHandler(stream or sys.stderr)
    lines.setFormatter(OneLine())
    return lines


def set_up() -> None:
    """Every log of this process becomes lines of JSON."""
    logging.basicConfig(level=logging.WARNING, handlers=[handler()], force=True)
    _log.setLevel(logging.INFO)
