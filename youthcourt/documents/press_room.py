"""The limited process in which papers are set. press.py starts it; the application never imports it.

It gets markup on its standard input and answers with a PDF, or gets finished papers and joins them. Nothing
of the application is loaded here: no settings, no secret, no database. It has a bounded memory, bounded time
for each paper, and opens nothing but the libraries' own files.
"""

from __future__ import annotations

import gc
import hashlib
import json
import logging
import os
import resource
import sys
from typing import Any, BinaryIO

import pikepdf
import pydyf
from weasyprint import CSS, HTML, __version__
from weasyprint.text import ffi
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

from .joining import join
from .leaf import Leaf
from .standards import PDF_VARIANT, finisher
from .tagging import tell_all

MEMORY = 2 * 2**30  # of addresses, most of them fonts that lie on the disk

_FORBIDDEN = ("socket.", "subprocess.", "os.exec", "os.posix_spawn", "os.system", "os.fork", "ctypes.")
_READING = ("r", "rb", None)
_STYLES = 8  # of courts, each with its own look, that are kept read
# Whatever the first paper takes longer for than the second: fonts of each face, a table, a drawing, tags.
_WARM = """<html lang="en"><title>Warm</title><h1>W</h1><p>w <b>w</b> <i>w</i>
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><title>w</title><path d="M0 0h9v9z"/></svg>
<table><thead><tr><th scope="col">W<tbody><tr><td>w</table>"""
_WARM_STYLE = """@page { @bottom-left { content: "w" counter(page) counter(pages) } }
html { font-family: "Noto Sans" } h1 { font-family: "Noto Serif" }
p { display: grid } table { break-inside: avoid }"""


class Work:
    """WeasyPrint with its fonts, its style sheets, and what it complained of."""

    def __init__(self) -> None:
        tell_all()
        # A seal stands in the paper that bears it. Nothing is fetched, ever.
        self.fetcher = URLFetcher(allowed_protocols=("data",))
        self.fonts = FontConfiguration()
        self.styles: dict[str, Any] = {}
        self.style: Any = None

    def warm_up(self) -> None:
        """Do once what no paper has to wait for, and leave it out of every later search for garbage."""
        pdf, _pages = self.pdf([_WARM], _WARM_STYLE)
        join((Leaf("W", paper=0),), [pdf], "W", "en")
        self.styles.clear()
        gc.collect()
        gc.freeze()
        gc.set_threshold(50_000, 20, 20)

    def pdf(self, copies: list[str], style: str) -> tuple[bytes, int]:
        """The copies one after the other, each with its own page numbers; and how many pages they are."""
        self.set_style(style)
        laid_out = [self.lay_out(markup) for markup in copies]
        pages = [page for copy in laid_out for page in copy.pages]
        mark = hashlib.sha256("\0".join(copies).encode()).hexdigest()[:12]
        pdf: bytes = laid_out[0].copy(pages).write_pdf(pdf_variant=PDF_VARIANT, finisher=finisher(mark))
        return pdf, len(pages)

    def set_style(self, style: str) -> None:
        if style not in self.styles:
            if len(self.styles) >= _STYLES:
                self.styles.clear()
            self.styles[style] = CSS(string=style, font_config=self.fonts, url_fetcher=self.fetcher)
        self.style = self.styles[style]

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


def imprint() -> str:
    """All that the look of a paper hangs on besides its words: programs, libraries and fonts."""
    linked = f"pango {ffi.pango.pango_version()}, harfbuzz {_harfbuzz()}, fonts {_fonts()}"
    made_by = f"weasyprint {__version__}, pydyf {pydyf.VERSION}, pikepdf {pikepdf.__version__}"
    return f"{PDF_VARIANT}, {made_by}, qpdf {pikepdf.__libqpdf_version__}, {linked}"


def _harfbuzz() -> str:
    """It only says whether it is at least some version."""
    version = [0, 0, 0]
    for place in range(3):
        while ffi.harfbuzz.hb_version_atleast(*version[:place], version[place] + 1, *version[place + 1 :]):
            version[place] += 1
    return ".".join(map(str, version))


def _fonts() -> str:
    """A digest of the fonts there are: each file, its version as the system knows it, and its size."""
    config = ffi.fontconfig.FcInitLoadConfigAndFonts()
    fonts, known = ffi.fontconfig.FcConfigGetFonts(config, ffi.fontconfig.FcSetSystem), set()
    place = ffi.ffi.new("FcChar8 **")
    for number in range(fonts.nfont):
        if ffi.fontconfig.FcPatternGetString(fonts.fonts[number], b"file", 0, place) == 0:
            file = ffi.ffi.string(place[0]).decode()
            known.add(f"{file} {os.path.getsize(file)}")
    ffi.fontconfig.FcConfigDestroy(config)
    return hashlib.sha256("\n".join(sorted(known)).encode()).hexdigest()


def work(asked: BinaryIO, answers: BinaryIO, seconds: int) -> None:
    """Say what this press is, then set and join one paper after another until nobody asks any more."""
    complaints = Complaints()
    said = logging.getLogger("weasyprint")
    said.handlers, said.propagate = [complaints], False
    press = Work()
    press.warm_up()
    _say(answers, {"imprint": imprint()})
    limit()
    shut((sys.prefix, sys.base_prefix))
    for line in asked:
        order = json.loads(line)
        contents = [asked.read(size) for size in order["sizes"]]
        allow_time(seconds + order["more_seconds"])
        complaints.said.clear()
        pdf, pages, error = b"", 0, None
        try:
            pdf, pages = _carry_out(press, order, contents)
        except BaseException as mistake:  # WeasyPrint's own end of patience is no Exception
            error = type(mistake).__name__
        head = {"length": len(pdf), "pages": pages, "said": complaints.said, "error": error}
        _say(answers, head, pdf)


def _carry_out(press: Work, order: dict[str, Any], contents: list[bytes]) -> tuple[bytes, int]:
    if "leaves" not in order:
        return press.pdf(order["copies"], order["style"])
    leaves = tuple(Leaf.of(each) for each in order["leaves"])
    try:
        return join(leaves, contents, order["title"], order["language"])
    finally:
        gc.collect()  # a large evening, in many small pieces


def _say(answers: BinaryIO, head: dict[str, Any], pdf: bytes = b"") -> None:
    answers.write(json.dumps(head).encode() + b"\n" + pdf)
    answers.flush()
