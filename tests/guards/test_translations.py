"""Every sentence a person reads exists in every language, with the same blanks in it."""

import re
import subprocess
import sys

import pytest
from babel.messages.pofile import read_po

from .source import PACKAGE, ROOT

BLANK = re.compile(r"%\(\w+\)[sd]")
# Words that Spanish pages do not use, and what they say instead: one thing has one name.
STRANGE = {"corte": "tribunal", "cortes": "tribunales"}


@pytest.fixture(scope="module")
def phrases(tmp_path_factory):
    """Everything the code asks to have translated."""
    found = tmp_path_factory.mktemp("phrases") / "messages.pot"
    command = [
        sys.executable,
        "-m",
        "babel.messages.frontend",
        "-q",
        "extract",
        "-k",
        "_l",
        "-F",
        "pyproject.toml",
    ]
    subprocess.run([*command, "-o", str(found), "."], cwd=ROOT, check=True)
    with found.open("rb") as file:
        return [message for message in read_po(file) if message.id]


def spanish():
    with (PACKAGE / "translations/es/LC_MESSAGES/messages.po").open("rb") as file:
        return read_po(file, locale="es")


def forms(message):
    return message if isinstance(message, list | tuple) else (message,)


def faults(phrases, catalog):
    """What is missing, unsure, or has other blanks than its original."""
    for phrase in phrases:
        known = catalog.get(phrase.id)
        if known is None or not all(forms(known.string)) or "fuzzy" in known.flags:
            yield f"not translated: {phrase.id!r}"
            continue
        blanks = {blank for each in forms(phrase.id) for blank in BLANK.findall(each)}
        if any(set(BLANK.findall(each)) - blanks for each in forms(known.string)):
            yield f"strange blank: {known.string!r}"
        if set(BLANK.findall(forms(known.string)[-1])) != set(BLANK.findall(forms(phrase.id)[-1])):
            yield f"other blanks: {known.string!r}"


def test_a_planted_gap_and_a_planted_blank_are_found(phrases):
    catalog = spanish()
    with_blank = next(each for each in phrases if isinstance(each.id, str) and BLANK.search(each.id))
    plain = next(each for each in phrases if isinstance(each.id, str) and not BLANK.search(each.id))
    catalog[with_blank.id].string = "sin lugar"
    catalog[plain.id].string = ""

    assert len(list(faults([with_blank, plain], catalog))) == 2


def test_every_phrase_is_translated_with_its_blanks(phrases):
    found = list(faults(phrases, spanish()))

    print(f"count: phrases in Spanish = {len(phrases)}")
    assert found == []


def strange_words(catalog):
    """What is said with a word that these pages do not use."""
    for message in catalog:
        for text in forms(message.string):
            yield from (text for word in re.findall(r"\w+", str(text).lower()) if word in STRANGE)


def test_the_court_has_one_name_in_spanish(phrases):
    catalog = spanish()
    planted = spanish()
    planted[phrases[0].id].string = "La oficina de la Corte"

    assert list(strange_words(planted)) == ["La oficina de la Corte"]
    assert list(strange_words(catalog)) == []
