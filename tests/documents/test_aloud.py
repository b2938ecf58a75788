"""Papers as a listener hears them: the tags one after the other, with what each of them is.

What they are compared with lies in aloud/, one file a paper. After a change that is meant to be heard, run
these tests with RENEW=1, and read what the files say now.
"""

import os
import re
import subprocess
from pathlib import Path

import pytest

from tests.documents.conftest import CASES, printed

pytestmark = pytest.mark.only_on("sqlite")

FOLDER = Path(__file__).with_name("aloud")
SPOKEN = ("H1", "H2", "H3", "P", "Lbl", "LBody", "TH", "TD", "Caption", "Figure")
_LINE = re.compile(r"^( *)(?:\"(.*)\"|([A-Za-z0-9]+)\b.*)$")
_DIGEST = re.compile(r"\b[0-9a-f]{32,}\b")

HEARD = (("hearing_notice", "es"), ("disposition_order", "en"), ("room_sheets", "es"))


@pytest.fixture(scope="module")
def typical(on_stage):
    return {language: on_stage(CASES["typical"], language) for language in ("en", "es")}


def aloud(pdf):
    """Each block on a line of its own: what it is, and its words."""
    told = subprocess.run(["pdfinfo", "-struct-text", "-"], input=pdf, capture_output=True, check=True)
    lines = []
    for line in told.stdout.decode().splitlines():
        found = _LINE.match(line)
        if not found:
            continue
        _indent, words, tag = found.groups()
        if tag in SPOKEN:
            lines.append([tag])
        elif words and lines:
            lines[-1].append(words)
    said = (" ".join(" ".join(line).split()) for line in lines)
    return "".join(_DIGEST.sub("(fingerprint)", line) + "\n" for line in said if " " in line)


@pytest.mark.parametrize(("kind", "language"), HEARD)
def test_a_paper_is_heard_in_the_order_in_which_it_makes_sense(kind, language, typical):
    file = FOLDER / f"{kind}-{language}.txt"
    heard = aloud(printed(typical[language][kind]).pdf)
    if os.environ.get("RENEW") == "1":
        file.write_text(heard)

    assert heard == file.read_text()


def languages_in(paper):
    """What the tags say of the language of single passages."""
    file = printed(paper).file
    return {
        str(each.Lang)
        for each in file.objects
        if getattr(each, "get", None) and each.get("/S") and "/Lang" in each
    }


def test_a_passage_in_another_language_says_so(typical):
    paper = typical["es"]["hearing_notice"]
    guardians = [{"name": "王小明", "lang": "zh"}]

    told = languages_in(type(paper)(**{**vars(paper), "facts": {**paper.facts, "guardians": guardians}}))

    assert told == {"es", "zh"}
