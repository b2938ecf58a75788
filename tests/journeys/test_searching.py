"""Somebody looks for a name, and neither the browser's history nor anything on the way keeps it."""

from types import SimpleNamespace

import pytest
from playwright.sync_api import expect

from tests import make
from tests.cast import cast_of
from tests.journeys.conftest import axe_faults, scrolls_sideways, sign_in

NAME = "Zephyrine"

# What a browser makes of a page does not hang on the database.
pytestmark = pytest.mark.only_on("sqlite")


@pytest.fixture
def stage(behind_the_scenes):
    with behind_the_scenes() as session:
        court = make.court()
        cast = cast_of(court)
        make.accepted(court, cast.cora, name=f"{NAME} Moss")
        make.accepted(court, cast.cora, name="Lena Later")
        session.flush()
        return SimpleNamespace(cora=cast.cora.email)


@pytest.mark.parametrize("script", [True, False])
def test_a_name_that_is_searched_for_is_found_and_in_no_address(people, stage, script):
    page, asked = people("phone", java_script_enabled=script), []
    page.on("request", lambda request: asked.append(request.url))
    sign_in(page, stage.cora)
    page.goto("/cases/")
    page.get_by_label("Name or case number").press_sequentially(NAME)
    if script:
        expect(page.get_by_text("Lena Later")).to_have_count(0)  # the list follows the typing

    page.get_by_role("button", name="Search").click()
    expect(page.get_by_text("Lena Later")).to_have_count(0)
    page.get_by_role("row", name=NAME).get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(NAME)
    page.go_back()
    expect(page.get_by_label("Name or case number")).to_have_value(NAME)
    faults, sideways = axe_faults(page) if script else [], scrolls_sideways(page)
    page.get_by_role("link", name="Clear the search").click()

    expect(page.get_by_text("Lena Later")).to_be_visible()
    assert len(asked) > 8
    assert [url for url in asked if NAME.lower() in url.lower()] == []
    assert (faults, sideways) == ([], False)
