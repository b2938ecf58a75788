"""One other way to print the documents of an evening, in a process of its own; its figures as a line of JSON.

python -m tests.benchmarks._other_papers naive|chromium|typst FOLDER      (FOLDER/documents.json)
"""

import io
import json
import os
import re
import resource
import sys
import time
from html import unescape
from pathlib import Path
from statistics import median

import pikepdf

NOTICES = 9


def merged(files):
    """Page after page, as anybody would."""
    book = pikepdf.new()
    for each in files:
        book.pages.extend(pikepdf.open(io.BytesIO(each)).pages)
    written = io.BytesIO()
    book.save(written)
    return len(book.pages), written.getvalue()


def timed(work):
    began = time.perf_counter()
    return work(), time.perf_counter() - began


def printed(documents, pdf_of):
    """The whole evening, and one notice again and again."""
    copies = [copy for _kind, copies in documents for copy in copies]
    notice = next(copies[0] for kind, copies in documents if kind == "hearing_notice")
    pdf_of(notice)
    used = time.process_time()
    (pages, file), packet = timed(lambda: merged([pdf_of(copy) for copy in copies]))
    used = time.process_time() - used
    notice_ms = median(timed(lambda: pdf_of(notice))[1] for _time in range(NOTICES)) * 1000
    return {"packet": packet, "cpu": used, "pages": pages, "kB": len(file) // 1000, "notice_ms": notice_ms}


def naive(documents):
    from weasyprint import HTML

    found = printed(documents, lambda markup: HTML(string=markup).write_pdf())
    return found | {"memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def chromium(documents):
    from shutil import which

    from playwright.sync_api import sync_playwright

    notice = next(copies[0] for kind, copies in documents if kind == "hearing_notice")
    with sync_playwright() as play:

        def launch():
            return play.chromium.launch(
                executable_path=which("chromium") or which("google-chrome"), args=["--no-sandbox"]
            )

        def once():
            browser = launch()
            page = browser.new_page()
            page.set_content(notice)
            page.pdf(tagged=True)
            browser.close()

        cold = [timed(once)[1] for _time in range(3)]
        browser = launch()
        page = browser.new_page()

        def pdf_of(markup):
            page.set_content(markup)
            return page.pdf(tagged=True, prefer_css_page_size=True)

        found = printed(documents, pdf_of)
        memory = sum(_pss(pid) for pid in _below(os.getpid()))
        browser.close()
    return found | {"cold_notice_ms": median(cold) * 1000, "memory": memory}


def _below(pid):
    """The processes that this one has started, and those that they have."""
    try:
        started = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return [each for child in started for each in (child, *_below(child))]


def _pss(pid):
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0) / 1024


_PART = re.compile(
    r"<(h1|h2|h3|p|li|dd|dt|td|th|caption)[^>]*>(.*?)(?=<(?:h1|h2|h3|p|li|dd|dt|td|th|/)\b|</)", re.S
)
_LOOK = {"h1": "= ", "h2": "== ", "h3": "=== ", "li": "- "}


def typst(documents):
    """The same words under the same headings in Typst's own language: how fast setting can be at all."""
    import typst as setter

    def pdf_of(markup):
        lines = ['#set document(title: "Paper")', '#set page(numbering: "1 of 1")']
        for tag, inner in _PART.findall(markup):
            words = " ".join(unescape(re.sub(r"<[^>]+>", " ", inner)).split())
            if words:
                lines.append(_LOOK.get(tag, "") + "#" + json.dumps(words, ensure_ascii=False) + "\n")
        return setter.compile("\n".join(lines).encode(), format="pdf", pdf_standards="ua-1")

    found = printed(documents, pdf_of)
    return found | {"memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


if __name__ == "__main__":
    way, folder = sys.argv[1:]
    told = json.loads((Path(folder) / "documents.json").read_text())
    print(json.dumps({"naive": naive, "chromium": chromium, "typst": typst}[way](told)))
