"""The main pages of every role in a real browser: nothing is blocked, nothing fails, and old and hidden
records are as accessible as the rest."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from tests import make
from tests.everywhere import house
from tests.journeys.conftest import axe_faults, scrolls_sideways, sign_in
from youthcourt import clock
from youthcourt import models as m
from youthcourt.procedures.completion import purging, sealing
from youthcourt.procedures.completion.ledger import Ledger
from youthcourt.procedures.intake import safe_contact

PLANTED = '<p style="color: red">x</p><script>document.title = "planted"</script></main>'

# What a browser makes of a page does not hang on the database.
pytestmark = pytest.mark.only_on("sqlite")


@pytest.fixture
def stage(behind_the_scenes, tmp_path):
    """A mother who must only be reached safely; old records that are sealed, proposed and gone."""
    with behind_the_scenes() as session:
        known = house()
        court, cast, numbers = known.court, known.cast, known.numbers
        usual = {"trigger": m.Trigger.CLOSED, "seal_after_days": 0, "destroy_after_days": 0}
        usual |= {"needs_notice": False, "keeps_mark": True}
        m.RetentionRule.add(court, by=cast.cora, name="Old", kind=m.RecordKind.DECLINED, **usual)
        old = [make.referred(court, cast.cora, name=name) for name in ("Sol Old", "Pia Old", "Gus Old")]
        for each in old:
            each.decline(m.DeclineReason.NO_CONTACT, "", by=cast.cora)
        sealed, proposed, gone = old
        with clock.at(clock.now() - timedelta(days=60)):
            asked = purging.propose(gone, "The wait is over.", by=cast.cora)
        session.flush()
        purging.confirm(asked, by=cast.ada, ledger=Ledger(tmp_path))
        sealing.seal(sealed, "The wait is over.", by=cast.cora)
        purging.propose(proposed, "The wait is over.", by=cast.cora)
        mother = session.get(m.Person, numbers["person_id"])
        safe_contact.keep_apart(known.case, mother, "A protective order.", "Call the shelter.", by=cast.cora)
        session.flush()
        child = known.case.respondent_id
        case, hearing = f"/cases/{numbers['case_id']}", numbers["hearing_id"]
        safe = f"{case}/people/{mother.id}/safe-contact/"
        day, order = f"/court-sessions/{numbers['court_session_id']}", f"/orders/{numbers['order_id']}"
        return SimpleNamespace(
            emails={name: user.email for name, user in known.people.items()},
            shown=f'form[action$="{safe}address"] button',
            safe=safe,
            main={
                "cora": (
                    *("/", "/cases/", case, "/jurors/", "/obligations/", "/court-sessions/", "/reports/"),
                    *(f"/jurors/{numbers['juror_id']}", f"/hearings/{hearing}", "/referrals/new"),
                    *(
                        f"/hearings/{hearing}/script/steps/{step}"
                        for step in ("choice", "questions", "read_out")
                    ),
                    *("/settings/script/", "/settings/script/lines/rise", f"/hearings/{hearing}/script/stop"),
                    *(f"/court-sessions/{numbers['court_session_id']}", f"{case}/withdrawal"),
                    *(f"/obligations/{numbers['obligation_id']}", "/account/", "/access-log/", "/settings/"),
                ),
                "judy": (
                    "/",
                    "/cases/",
                    case,
                    "/orders/",
                    f"/orders/{numbers['order_id']}",
                    f"/hearings/{hearing}/my-notes",
                    "/court-sessions/",
                ),
                "seated": ("/", "/sittings/", f"/deliberations/{hearing}", "/account/"),
                "youth": ("/", "/my-case/", f"/my-case/{numbers['case_id']}", "/account/"),
            },
            night={
                "cora": (
                    *(f"{day}/readiness", f"{day}/dockets", f"{day}/closing", f"{day}/tablet", f"{day}/wall"),
                    *(f"{day}/board/walk-in", f"/hearings/{hearing}", f"/hearings/{hearing}/remarks/new"),
                    *(f"/hearings/{hearing}/script/steps/{step}" for step in ("oath", "read_out")),
                    *("/settings/script/", "/settings/script/lines/rise", f"{order}/people/{child}/no"),
                ),
                "judy": ("/orders/", order, f"/hearings/{hearing}/my-notes", f"{order}/withdrawal"),
                "youth": (
                    f"/my-case/{numbers['case_id']}",
                    *(f"{order}/people/{child}/{answer}" for answer in ("yes", "again")),
                ),
                "seated": (f"/deliberations/{hearing}/reading", "/sittings/"),
            },
            hidden={
                "cora": (
                    *(safe, f"{safe}end", f"{case}/people/{child}/safe-contact/", "/records/"),
                    *(f"/records/{proposed.id}/{page}" for page in ("sealing", "hold", "destruction")),
                ),
                "ada": (
                    *("/records/", "/records/sealed", "/records/destroyed"),
                    *(f"/records/sealed/{sealed.id}/opening", f"/records/{sealed.id}/destruction"),
                    *(f"/records/{proposed.id}/destruction/confirmation",),
                ),
            },
        )


def walked(page, paths):
    """Opens these pages one after another; those that did not open."""
    return [path for path in paths if page.goto(path).status != 200]


def test_no_main_page_of_any_role_is_blocked_or_fails_in_the_browser(people, stage):
    shut, opened = [], 0
    for role, paths in stage.main.items():
        page = people("phone" if role in ("seated", "youth") else "laptop")
        sign_in(page, stage.emails[role])
        shut += [(role, path) for path in walked(page, paths)]
        opened += len(paths)
        assert (role, page.faults, shut) == (role, [], [])

    print(f"count: pages without a console error or a blocked part = {opened}")


def test_what_the_policy_blocks_and_what_fails_is_noticed(people, stage):
    page = people()
    sign_in(page, stage.emails["cora"])

    def plant(route):
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace("</main>", PLANTED))

    page.route("**/cases/", plant)
    page.goto("/cases/")
    with page.expect_event("pageerror"):
        page.evaluate("setTimeout(() => { throw new Error('planted') })")
    noticed, page.faults = " ".join(page.faults), []

    assert ("inline style" in noticed, "inline script" in noticed, "planted" in noticed) == (True,) * 3
    assert page.title() != "planted"


@pytest.mark.parametrize("role", ["cora", "ada"])
def test_pages_of_hidden_addresses_and_old_records_are_accessible(people, stage, role):
    page, faults = people("phone"), {}
    sign_in(page, stage.emails[role])
    for path in stage.hidden[role]:
        assert page.goto(path).status == 200, path
        faults[path] = (axe_faults(page), scrolls_sideways(page))
    if role == "cora":
        page.goto(stage.safe)
        page.locator(stage.shown).first.click()
        page.wait_for_load_state()
        assert page.get_by_role("heading", level=1).text_content() == "Address out of sight"
        faults["the address itself"] = (axe_faults(page), scrolls_sideways(page))

    print(f"count: pages of hidden and old records looked at as {role} = {len(faults)}")
    assert {path: found for path, found in faults.items() if found != ([], False)} == {}


@pytest.mark.parametrize("role", ["cora", "judy", "youth", "seated"])
def test_pages_of_the_hearing_day_are_accessible_on_a_phone_in_spanish(people, stage, role):
    page, faults = people("phone"), {}
    sign_in(page, stage.emails[role])
    page.get_by_role("button", name="Español").click()
    page.wait_for_load_state()
    for path in stage.night[role]:
        assert page.goto(path).status == 200, path
        assert page.locator("html").get_attribute("lang") == "es"
        faults[path] = (axe_faults(page), scrolls_sideways(page))
    page.evaluate("document.querySelector('main').innerHTML += '<img src=/static/icon.svg width=2000>'")
    planted = axe_faults(page)

    print(f"count: pages of the hearing day looked at as {role} = {len(faults)}")
    assert {path: found for path, found in faults.items() if found != ([], False)} == {}
    assert ("image-alt" in planted[0], scrolls_sideways(page)) == (True, True)
