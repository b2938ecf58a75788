"""Papers joined into one file are heard and kept like each of them."""

import hashlib
import io
import os
import subprocess
import sys

import pikepdf
import pytest

from tests.documents.hearing_aloud import bookmarks, elements, faults, read_aloud
from youthcourt.documents import joining
from youthcourt.documents.leaf import Leaf
from youthcourt.documents.press import Press
from youthcourt.errors import PaperFailed

PAPER = """<html lang="{lang}"><title>{title}</title><meta name="author" content="Harbor">
<h1>{title}</h1><p>{words} <a href="https://example.org/">{title}</a></p>
<table><thead><tr><th scope="col">Who</th><th scope="col">When</th></tr></thead>
<tbody><tr><th scope="row">{words}</th><td>6:30</td></tr></tbody></table>
<h2>More of {title}</h2>{more}"""
STYLE = "html { font-family: 'Noto Sans' } h3 { break-before: page }"
DOCKET, SCRIPT, CARD, LETTER = range(4)
EVENING = (
    Leaf("Docket", paper=DOCKET),
    Leaf("Room A", leaves=(Leaf("Script", paper=SCRIPT), Leaf("Card", paper=CARD))),
    Leaf("Room B", leaves=(Leaf("Letter", paper=LETTER), Leaf("Card", paper=CARD))),
)


def paper(title, words, lang="en", more=""):
    return [PAPER.format(lang=lang, title=title, words=words, more=more)]


@pytest.fixture(scope="module")
def press():
    press = Press()
    yield press
    press.end()


@pytest.fixture(scope="module")
def papers(press):
    """A docket, a script of two pages, a card that is used again and again, a letter in Spanish."""
    made = (
        paper("Docket", "Everybody"),
        paper("Script", "All rise", more="<h3>Page two</h3><p>Be seated"),
        paper("Card", "I swear"),
        paper("Carta", "Estimada familia", lang="es"),
    )
    return [press.printed(copies, STYLE).content for copies in made]


@pytest.fixture(scope="module")
def joined(press, papers):
    return press.joined(EVENING, papers, "Papers of the evening", "en")


def plainly_joined(papers):
    """As anybody would: page after page."""
    book = pikepdf.new()
    for each in papers:
        book.pages.extend(pikepdf.open(io.BytesIO(each)).pages)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def test_a_single_paper_has_no_fault(papers):
    assert [faults(each) for each in papers] == [[]] * 4


def test_a_joined_file_has_no_fault_and_a_plain_join_has_many(joined, papers):
    assert faults(joined.content) == []
    assert faults(plainly_joined(papers)) == [
        f"no {name}"
        for name in ("Lang", "MarkInfo", "StructTreeRoot", "Metadata", "OutputIntents", "Outlines")
    ]


def test_every_word_is_heard_in_the_order_of_the_papers(joined):
    heard = read_aloud(joined.content)

    said = ("Everybody", "All rise", "Page two", "I swear", "Estimada familia", "I swear")
    places = []
    for words in said:
        places.append(heard.index(words, places[-1] if places else 0))
    assert places == sorted(places)


def test_bookmarks_lead_by_room_and_paper_to_the_headings(joined):
    assert joined.pages == 6
    assert bookmarks(joined.content) == [
        (0, "Docket", 1),
        *[(1, "Docket", 1), (2, "More of Docket", 1)],
        (0, "Room A", 2),
        *[(1, "Script", 2), (2, "Script", 2), (3, "More of Script", 2), (4, "Page two", 3)],
        *[(1, "Card", 4), (2, "Card", 4), (3, "More of Card", 4)],
        (0, "Room B", 5),
        *[(1, "Letter", 5), (2, "Carta", 5), (3, "More of Carta", 5)],
        *[(1, "Card", 6), (2, "Card", 6), (3, "More of Card", 6)],
    ]


def test_each_part_is_heard_in_its_own_language(joined):
    file = pikepdf.open(io.BytesIO(joined.content))
    parts = [each for each in elements(file) if each.S == "/Part"]

    assert [(str(each.T), str(each.get("/Lang", ""))) for each in parts] == [
        ("Docket", "en"),
        *[("Room A", ""), ("Script", "en"), ("Card", "en")],
        *[("Room B", ""), ("Letter", "es"), ("Card", "en")],
    ]


def test_what_is_joined_can_be_joined_again(press, papers, joined):
    twice = press.joined(
        (Leaf("Front", paper=0), Leaf("Evening", paper=1)), [papers[CARD], joined.content], "All", "en"
    )

    assert faults(twice.content) == []
    assert (twice.pages, bookmarks(twice.content)[3:5]) == (7, [(0, "Evening", 2), (1, "Docket", 2)])


def test_a_card_that_is_used_forty_times_costs_its_bytes_once(press, papers):
    once, often = (
        len(press.joined((Leaf("Card", paper=0),) * count, [papers[CARD]], "Cards", "en").content)
        for count in (1, 40)
    )
    forty = press.joined((Leaf("Card", paper=0),) * 40, [papers[CARD]], "Cards", "en")

    print(f"count: bytes of one card = {once}, of forty = {often}")
    assert often < once * 3
    assert (forty.pages, faults(forty.content)) == (40, [])


def test_the_same_papers_give_the_same_bytes_in_every_process(papers, joined):
    other = Press()
    again = other.joined(EVENING, papers, "Papers of the evening", "en")
    other.end()

    assert hashlib.sha256(again.content).hexdigest() == hashlib.sha256(joined.content).hexdigest()


def test_papers_from_elsewhere_get_names_that_no_other_has(papers):
    """Without our own mark before them, the headers of every file are numbered alike."""
    alike, pages = joining.join(
        (Leaf("One", paper=0), Leaf("Two", paper=1)), [papers[0], papers[0]], "x", "en"
    )
    kept, _pages = joining.join(
        (Leaf("One", paper=0, is_new=False), Leaf("Two", paper=1, is_new=False)), [papers[0]] * 2, "x", "en"
    )

    assert (faults(alike), pages) == ([], 2)
    assert faults(kept) == ["two headers have one name"]


@pytest.mark.parametrize(
    ("fault", "planted"),
    [
        ("two pages have one place", lambda binder: setattr(binder, "next_place", 0)),
        ("page 1 has no tags", lambda binder: binder.places.clear()),
    ],
)
def test_a_planted_fault_of_joining_is_found(papers, monkeypatch, fault, planted):
    take = joining.Binder._take_tags

    def spoilt(binder, source, pages):
        planted(binder)
        return take(binder, source, pages)

    monkeypatch.setattr(joining.Binder, "_take_tags", spoilt)
    leaves = tuple(Leaf(str(number), paper=number) for number in range(3))
    pdf, _pages = joining.join(leaves, papers[:3], "x", "en")

    assert fault in faults(pdf)


def test_a_signature_is_left_out(papers):
    signed = pikepdf.open(io.BytesIO(papers[CARD]))
    widget = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Widget, Rect=[0, 0, 0, 0], FT=pikepdf.Name.Sig
    )
    signed.pages[0].obj.Annots.append(signed.make_indirect(widget))
    written = io.BytesIO()
    with pytest.warns(pikepdf.exceptions.PageCopyWarning):
        signed.save(written)

    pdf, _pages = joining.join((Leaf("Card", paper=0),), [written.getvalue()], "x", "en")

    file = pikepdf.open(io.BytesIO(pdf))
    notes = file.pages[0].obj.Annots
    assert [str(each.Subtype) for each in notes] == ["/Link"]
    assert faults(pdf) == []


BROKEN = b"%PDF-1.7 and nothing more"


def test_a_broken_paper_ends_in_the_press_and_says_so(papers):
    press = Press()

    with pytest.raises(PaperFailed, match="PdfError"):
        press.joined((Leaf("x", paper=0),), [BROKEN], "x", "en")
    assert press.is_worn


def test_joining_is_never_loaded_into_a_process_that_serves_pages():
    code = "import wsgi, sys; print([name for name in ('pikepdf', 'weasyprint') if name in sys.modules])"
    environ = {**os.environ, "YOUTHCOURT_ENV": "test", "DATABASE_URL": "sqlite:///:memory:"}

    said = [
        subprocess.run(
            [sys.executable, "-c", each], env=environ, capture_output=True, text=True, check=True
        ).stdout
        for each in (code, code.replace("import wsgi, sys", "import wsgi, sys, pikepdf"))
    ]

    assert said == ["[]\n", "['pikepdf']\n"]
