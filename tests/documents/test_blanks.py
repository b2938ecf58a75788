"""A paper never fails for want of a fact, and never hides that it wants one."""

from dataclasses import replace

import pytest

from tests.documents.conftest import CASES, blank
from youthcourt.documents.paper import html_of
from youthcourt.i18n import speaking

pytestmark = pytest.mark.only_on("sqlite")

# Without the place there is nobody to write to either, and the address leaves its lines.
WITH_ANOTHER = {("site_letter", "site")}


# A line to write on, and one to sign on.
PLACES = ('class="blank', 'class="line"', 'class="ink"></span>')


@pytest.fixture(scope="module")
def typical(on_stage):
    return on_stage(CASES["typical"], "en")


def without(paper, name):
    facts, *copies = ({**each, **blank(each, [name])} for each in (paper.facts, *paper.copies))
    return replace(paper, facts=facts, copies=tuple(copies))


def lines_with_blanks(paper):
    """The lines of its markup in which there is something to write on by hand."""
    lines = (line for markup in html_of(paper) for line in markup.splitlines())
    return {line for line in lines if any(place in line for place in PLACES)}


def unsaid(papers):
    """Facts that are asked for, and whose want a paper does not show or does not list."""
    for kind, paper in papers.items():
        shown = lines_with_blanks(paper)
        for name, words in paper.needed.items():
            lacking = without(paper, name)
            # what is wanting on the typical paper already has its line there
            before = shown if all(facts[name] for facts in paper.facts_of_copies()) else set()
            if (kind, name) not in WITH_ANOTHER and not lines_with_blanks(lacking) - before:
                yield f"{kind}: {name} leaves no blank"
            with speaking("en"):
                if str(words) not in lacking.missing:
                    yield f"{kind}: {name} is not listed"


def test_each_fact_that_somebody_has_to_fill_in_leaves_a_blank_and_is_listed(typical):
    asked = sum(len(paper.needed) for paper in typical.values())

    print(f"count: facts that papers ask for = {asked}")
    assert list(unsaid(typical)) == []


def test_a_planted_fact_that_no_template_prints_is_found(typical):
    paper = typical["hearing_notice"]
    planted = replace(paper, facts={**paper.facts, "shoe": "42"}, needed={"shoe": "The size of the shoe"})

    assert list(unsaid({"hearing_notice": planted})) == ["hearing_notice: shoe leaves no blank"]
