"""Every kind of paper follows both standards to the letter: PDF/UA-1, to hear, and PDF/A-2a, to keep.

Two checkers say so that are not ours, and they are shown papers with defects that they must find.
"""

import io
import logging
import re
from contextlib import contextmanager

import pikepdf
import pytest

from tests.documents.checkers import NO_VERAPDF, OUTLOUD, PDF_A, PDF_UA, check
from tests.documents.conftest import CASES, complaints, printed
from tests.lot import is_drawn
from youthcourt.documents.kinds import KINDS
from youthcourt.documents.paper import html_of, print_html
from youthcourt.i18n import LANGUAGES

pytestmark = pytest.mark.only_on("sqlite")

NOTHING = {PDF_UA: [], PDF_A: [], OUTLOUD: []}
needs_verapdf = pytest.mark.skipif(bool(NO_VERAPDF), reason=NO_VERAPDF)

# The words of a paper, with the defect in them. outloud finds what veraPDF has no rule for.
DEFECTS = {
    "no language": (lambda page: page.replace('<html lang="en">', "<html>"), PDF_UA, "7.2-29"),
    "no title": (lambda page: re.sub("<title>Disp.*?</title>", "", page), PDF_UA, "7.1-9"),
    "picture without words": (lambda page: page.replace("<h1", f'<img src="{DOT}"><h1'), PDF_UA, "7.3-1"),
    "heading skipped": (lambda page: page.replace("h2>", "h4>"), PDF_UA, "7.4.2-1"),
    "rows of unequal length": (
        lambda page: page.replace("</tbody>", "<tr><td>x</td></tr></tbody>", 1),
        PDF_UA,
        "7.2-43",
    ),
    "heads of columns as cells": (
        lambda page: re.sub(r"<th\b[^>]*>(.*?)</th>", r"<td>\1</td>", page, flags=re.S),
        OUTLOUD,
        "TBL-001",
    ),
    "letter in no font": (lambda page: page.replace("Jordan", "Jordan \ue123"), PDF_UA, "7.21.8-1"),
}
DOT = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGA"
    "WjR9awAAAABJRU5ErkJggg=="
)


@pytest.fixture(scope="module")
def drawn(on_stage):
    """Each kind, from an empty, a typical and an overfull case, in both languages; a twelfth by lot."""
    papers = {}
    for case, play in CASES.items():
        for language in LANGUAGES:
            for kind, paper in on_stage(play, language).items():
                name = f"{kind} {case} {language}"
                if is_drawn(name, one_in=12) or name.endswith("typical en"):
                    papers[name] = printed(paper).pdf
    return papers


@pytest.fixture(scope="module")
def defective(on_stage):
    typical = on_stage(CASES["typical"], "en")
    (page,) = html_of(typical["disposition_order"])
    good = print_html([page])
    with unheard():
        files = {name: print_html([spoil(page)]) for name, (spoil, *_) in DEFECTS.items()}
    return {"nothing": good, **files, "joined": joined(good, good), "said": unsaid(good)}


@contextmanager
def unheard():
    """WeasyPrint complains of some defects itself, which fails other tests."""
    said = logging.getLogger("weasyprint")
    said.disabled = True
    yield
    said.disabled = False


def joined(*parts):
    """The pages of some papers one after the other, as most programs join them."""
    whole = pikepdf.new()
    for part in parts:
        whole.pages.extend(pikepdf.open(io.BytesIO(part)).pages)
    return written(whole)


def unsaid(pdf):
    """The same paper, which no longer says which standards it follows."""
    file = pikepdf.open(io.BytesIO(pdf))
    del file.Root.Metadata
    return written(file)


def written(file):
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


@pytest.fixture(scope="module")
def found(drawn, defective, tmp_path_factory):
    return check(
        drawn | {f"defect: {name}": pdf for name, pdf in defective.items()}, tmp_path_factory.mktemp("pdf")
    )


@needs_verapdf
def test_every_kind_of_paper_breaks_no_rule(drawn, found):
    broken = {name: found[name] for name in drawn if found[name] != NOTHING}

    print(f"count: papers checked for PDF/UA-1 and PDF/A-2a = {len(drawn)}")
    print(f"count: checks made by veraPDF and outloud = {found.checks}")
    assert broken == {}


@needs_verapdf
def test_every_kind_there_is_was_checked(drawn):
    assert set(KINDS) - {name.split()[0] for name in drawn} == set()


@needs_verapdf
@pytest.mark.parametrize("defect", DEFECTS)
def test_a_planted_defect_is_found(defect, found):
    _spoil, checker, rule = DEFECTS[defect]

    assert found["defect: nothing"] == NOTHING
    assert [each for each in found[f"defect: {defect}"][checker] if each.startswith(rule)]


@needs_verapdf
@pytest.mark.parametrize("defect", ["joined", "said"])
def test_a_file_that_only_looks_like_a_paper_is_found(defect, found):
    broken = found[f"defect: {defect}"]

    assert broken[PDF_UA]
    assert broken[PDF_A]


def test_what_weasyprint_complains_of_fails_the_test_that_printed_it(on_stage, caplog):
    print_html(["<title>x</title><p>no language"])

    assert complaints(caplog) != []
    caplog.clear()
