"""Passages of papers: the usual words and a court's own, filled in, and never taken for markup."""

import re

import pytest
from jinja2 import nodes

from tests import make
from tests.documents.conftest import printed
from youthcourt import models as m
from youthcourt.documents.court.hearing_notice import hearing_notice
from youthcourt.documents.kind import Kind, Phase
from youthcourt.documents.kinds import KINDS
from youthcourt.documents.paper import LAYOUT_NAMES, _templates, html_of
from youthcourt.documents.texts import Texts, marked_up, places_in
from youthcourt.i18n import LANGUAGES, speaking
from youthcourt.views import papers


@pytest.fixture
def notice(court, cast):
    case = make.admitted(court, cast.cora)
    return make.hearing(case, make.court_session(court, cast.cora), cast.judy, cast.cora)


def texts(usual, own=None, **facts):
    return Texts(usual, own or {}, facts, lambda fact: fact or "____")


@pytest.mark.parametrize(
    ("written", "printed_as"),
    [
        ("One.\n\nTwo.", "<p>One.</p>\n<p>Two.</p>\n"),
        ("- one\n- two", "<ul>\n<li>one</li>\n<li>two</li>\n</ul>\n"),
        ("**Call** us", "<p><strong>Call</strong> us</p>\n"),
        ("<b>no</b> & [no](http://x.example) ![no](x) `no` # no", None),
        ("# no heading", None),
        ("    no code\n\n> no quote", None),
    ],
)
def test_paragraphs_lists_and_bold_are_read_and_nothing_else(written, printed_as):
    markup = marked_up(written)

    if printed_as is None:
        assert set(re.findall(r"</?(\w+)", markup)) == {"p"}
    else:
        assert markup == printed_as


def test_a_fact_is_filled_in_as_words_whatever_stands_in_it():
    said = texts({"lead": "Dear {name}, **come**."}, name="**x** {name} <script>")

    assert said["lead"] == "<p>Dear **x** {name} &lt;script&gt;, <strong>come</strong>.</p>\n"


def test_a_place_that_no_paper_fills_any_more_prints_a_blank():
    assert texts({"lead": "usual"}, {"lead": "By {gone}."})["lead"] == "<p>By ____.</p>\n"


def strays(kind, asked):
    """Where the texts of a kind and its template do not fit: a place no fact fills, a text nobody prints."""
    found = {
        f"{name}: {place}" for name, text in in_all_languages(kind) for place in kind.strange_places(text)
    }
    return found | {f"text {name}" for name in set(kind.texts) ^ asked}


def in_all_languages(kind):
    for language in LANGUAGES:
        with speaking(language):
            yield from [(name, str(text)) for name, text in kind.texts.items()]


def texts_asked_by(kind):
    env = _templates()
    tree = env.parse(env.loader.get_source(env, f"documents/{kind}.html")[0])
    return {
        node.attr
        for node in tree.find_all(nodes.Getattr)
        if isinstance(node.node, nodes.Name) and node.node.name == "text"
    }


def test_every_text_is_printed_and_every_place_in_it_is_a_fact_of_its_paper(app):
    with app.test_request_context():
        assert {name: strays(kind, texts_asked_by(kind)) for name, kind in KINDS.items()} == {
            name: set() for name in KINDS
        }


def test_a_planted_text_that_does_not_fit_is_found(app):
    planted = Kind("planted", "Planted", Phase.COURT, {"day": "The day"}, {"a": "On {dya}.", "b": "Never."})

    with app.test_request_context():
        assert strays(planted, {"a", "c"}) == {"a: dya", "text b", "text c"}


def test_the_words_in_every_language_name_the_same_places(app):
    for kind in KINDS.values():
        for text in kind.texts.values():
            said = set()
            for language in LANGUAGES:
                with app.test_request_context(), speaking(language):
                    said.add(frozenset(places_in(str(text))))
            assert len(said) == 1, text


def test_what_a_kind_says_are_facts_of_its_paper(typical):
    for name, paper in typical.papers.items():
        assert paper.kind is KINDS[name]
        assert set(paper.kind.says) <= set(paper.facts_of_copies()[0]) - LAYOUT_NAMES, name


def test_every_kind_can_be_printed_by_somebody():
    # who destroys a record prints its certificate on the page of records
    assert set(KINDS) - set(papers.PRINTING) == {"destruction_certificate"}
    assert set(papers.PRINTING) <= set(KINDS)


def test_a_court_says_a_passage_its_own_way_in_each_language(notice, court, cast):
    m.PaperText.write(
        court, "hearing_notice", "lead", "en", "{respondent}, we **wait** for you.", by=cast.cora
    )

    (english,) = html_of(hearing_notice(notice))
    notice.case.respondent.language = "es"
    (spanish,) = html_of(hearing_notice(notice))

    name = '<bdi lang="en">Jordan Tate</bdi>'
    assert f"<p>{name}, we <strong>wait</strong> for you.</p>" in english
    assert "Please come to the hearing" not in english
    assert "wait" not in spanish


def test_every_version_is_kept_and_the_usual_words_come_back(notice, court, cast, logged):
    for words in ("First.", "Second.", "Second.", ""):
        m.PaperText.write(court, "hearing_notice", "lead", "en", words, by=cast.cora)

    kept = m.PaperText.versions(court, "hearing_notice", "lead", "en")
    assert [(each.number, each.words) for each in kept] == [(1, "First."), (2, "Second."), (3, "")]
    assert "Please come to the hearing" in html_of(hearing_notice(notice))[0]
    place = {"paper": "hearing_notice", "name": "lead", "language": "en"}
    assert [event for event in logged() if event[0].startswith("paper_text")] == [
        ("paper_text.written", cast.cora, place),
        ("paper_text.written", cast.cora, place),
        ("paper_text.taken_back", cast.cora, place),
    ]


def test_the_notice_still_fits_its_page(notice):
    assert printed(hearing_notice(notice)).pages == 1
