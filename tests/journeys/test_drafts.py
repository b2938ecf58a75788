"""A tablet dies in the middle of a sentence, and the sentence is there when its writer comes back."""

from types import SimpleNamespace

import pytest
from playwright.sync_api import expect

from tests import make
from tests.cast import cast_of
from tests.journeys.conftest import axe_faults, scrolls_sideways, sign_in
from tests.lot import EVERY

WORDS = "She draws every day and looks after her brother."
OFFER = "You have words here that you have not sent"


@pytest.fixture
def stage(behind_the_scenes):
    with behind_the_scenes() as session:
        court = make.court()
        cast = cast_of(court)
        case = make.accepted(court, cast.cora)
        session.flush()
        return SimpleNamespace(cora=cast.cora.email, page=f"/cases/{case.id}/interview")


@pytest.mark.parametrize("width", ["phone", "laptop"] if EVERY else ["phone"])
def test_words_outlive_the_browser_they_were_typed_in(people, stage, width):
    tablet = people(width)
    sign_in(tablet, stage.cora)
    tablet.goto(stage.page)
    tablet.get_by_label("What is this young person good at?").fill(WORDS)
    expect(tablet.locator("[data-saved]")).to_contain_text("Not sent yet.")
    left_behind = tablet.evaluate("localStorage.length + sessionStorage.length")
    tablet.context.close()

    other = people(width)
    sign_in(other, stage.cora)
    other.goto(stage.page)
    offered = other.get_by_text(OFFER).is_visible()
    faults, sideways = axe_faults(other), scrolls_sideways(other)
    other.get_by_role("link", name="Put them back").click()

    expect(other.get_by_label("What is this young person good at?")).to_have_value(WORDS)
    assert (left_behind, offered, faults, sideways) == (0, True, [], False)


def test_leaving_the_page_keeps_what_was_typed_last(people, stage):
    page = people()
    sign_in(page, stage.cora)
    page.goto(stage.page)
    page.get_by_label("What is this young person good at?").fill(WORDS)

    page.goto("/cases/")
    page.goto(stage.page)

    expect(page.get_by_text(OFFER)).to_be_visible()


def test_without_a_script_a_button_keeps_the_words(people, stage):
    page = people(java_script_enabled=False)
    sign_in(page, stage.cora)
    page.goto(stage.page)
    page.get_by_label("What is this young person good at?").fill(WORDS)

    page.get_by_role("button", name="Save for later").click()
    page.get_by_role("link", name="Put them back").click()

    expect(page.get_by_label("What is this young person good at?")).to_have_value(WORDS)
