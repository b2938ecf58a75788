"""The limited process in which papers are set. press.py starts it; the application never imports it.

It gets markup on its standard input and answers with a PDF. Nothing of the application is loaded here: no
settings, no secret, no database. It has a bounded memory, bounded time for each paper, and opens nothing but
the libraries' own files.
"""

from __future__ import annotations

import json
import logging
import resource
import sys
from typing import Any, BinaryIO

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

from .standards import PDF_VARIANT, say_accessible

MEMORY = 2 * 2**30  # of addresses, most of them fonts that lie on the disk

_FORBIDDEN = ("socket.", "subprocess.", "os.exec", "os.posix_spawn", "os.system", "os.fork", "ctypes.")
_READING = ("r", "rb", None)


class Work:
    """WeasyPrint with its fonts, its style sheet, and what it complained of."""

    def __init__(self) -> None:
        self.fetcher = URLFetcher(allowed_protocols=())  # papers stand on their own: nothing is fetched, ever
        self.fonts = FontConfiguration()
        self.source: str | None = None
        self.style: Any = None

    def pdf(self, copies: list[str], style: str) -> bytes:
        """The copies one after the other, each with its own page numbers."""
        self.set_style(style)
        laid_out = [self.lay_out(markup) for markup in copies]
        pages = [page for copy in laid_out for page in copy.pages]
        pdf: bytes = laid_out[0].copy(pages).write_pdf(pdf_variant=PDF_VARIANT, finisher=say_accessible)
        return pdf

    def set_style(self, style: str) -> None:
        if style != self.source:
            self.style = CSS(string=style, font_config=self.fonts, url_fetcher=self.fetcher)
            self.source = style

    def lay_out(self, markup: str) -> Any:
        page = HTML(string=markup, url_fetcher=self.fetcher)
        return page.render(font_config=self.fonts, stylesheets=[self.style], pdf_variant=PDF_VARIANT)


class Complaints(logging.Handler):
    """What WeasyPrint says of one paper, to be said again where the application keeps its log."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(record.getMessage())


def shut(folders: tuple[str, ...]) -> None:
    """From here on: no network, no other program, and no file but for reading in these folders."""

    def refuse(event: str, facts: tuple[Any, ...]) -> None:
        if event.startswith(_FORBIDDEN):
            raise PermissionError(event)
        if event == "open" and not (facts[1] in _READING and str(facts[0]).startswith(folders)):
            raise PermissionError("open")

    sys.addaudithook(refuse)


def limit() -> None:
    """No more memory than a long paper takes, no file to write to, no core dump with a name in it."""
    for kind, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        try:
            resource.setrlimit(kind, (most, most))
        except (ValueError, OSError):  # macOS knows no bound of addresses
            continue


def allow_time(seconds: int) -> None:
    """Time for one paper more. Whoever needs more is ended by the system itself."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    until = int(used.ru_utime + used.ru_stime) + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (until, resource.RLIM_INFINITY))


def work(asked: BinaryIO, answers: BinaryIO, seconds: int) -> None:
    """Set one paper after another until nobody asks any more."""
    complaints = Complaints()
    said = logging.getLogger("weasyprint")
    said.handlers, said.propagate = [complaints], False
    press = Work()
    limit()
    shut((sys.prefix, sys.base_prefix))
    for line in asked:
        order = json.loads(line)
        allow_time(seconds + order["more_seconds"])
        complaints.said.clear()
        pdf, error = b"", None
        try:
            pdf = press.pdf(order["copies"], order["style"])
        except BaseException as mistake:  # WeasyPrint's own end of patience is no Exception
            error = type(mistake).__name__
        head = {"length": len(pdf), "said": complaints.said, "error": error}
        answers.write(json.dumps(head).encode() + b"\n" + pdf)
        answers.flush()
