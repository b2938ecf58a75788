"""Two people change the same thing: nobody writes over what they have not seen, and nothing typed is lost."""

import re
from datetime import date
from html import unescape

import pytest

from tests import make
from tests.stages import day_with_hearing, held
from youthcourt.extensions import db
from youthcourt.forms.edit import EditForm
from youthcourt.models import (
    DispositionOrder,
    ExtraPaper,
    QuestionSet,
    RecordKind,
    ReportingPeriod,
    RetentionRule,
    Trigger,
)
from youthcourt.views.court import court_sessions  # noqa: F401 - every form is known once the pages are

STALE = "Somebody else changed this while you were typing."


def _all_below(form_class):
    return {form_class} | {below for child in form_class.__subclasses__() for below in _all_below(child)}


# Every form that edits: where it is, whom it lets in, which field each of two people changes, and how.


def settings(group, mine, theirs):
    def stage(court, cast):
        return cast.cora, f"/settings/change/{group}", mine, theirs

    return stage


def row(kind, mine, theirs, which=lambda court: court.schools[0]):
    def stage(court, cast):
        return cast.cora, f"/settings/lists/{kind}/{which(court).id}", mine, theirs

    return stage


def grid(court, cast):
    cell = next(each for each in court.grid if each.activity.kind == "jury_duty")
    name = f"high_{cell.offence_class}_{cell.activity_id}"
    return cast.cora, "/settings/grid", {name: "7"}, {name: "9"}


def respondent(court, cast):
    case = make.accepted(court, cast.cora)
    path = f"/cases/{case.id}/people/{case.respondent_id}"
    return cast.cora, path, {"phone": "555-0111"}, {"phone": "555-0122"}


def guardian(court, cast):
    case = make.accepted(court, cast.cora)
    path = f"/cases/{case.id}/people/{case.respondent.guardians[0].id}"
    return cast.cora, path, {"family_name": "Tate-Hill"}, {"family_name": "Hill"}


def move(court, cast):
    hearing = day_with_hearing(court, cast)
    blocks, rooms = hearing.court_session.blocks, hearing.court_session.rooms
    places = [f"{blocks[1].id}-{room.id}" for room in rooms]
    return cast.cora, f"/hearings/{hearing.id}/move", {"place": places[0]}, {"place": places[1]}


def order(court, cast):
    deliberation = make.proposed(held(court, cast))
    draft = DispositionOrder.draft_for(deliberation, by=cast.judy)
    db.session.flush()
    line = f"builds_{make.activity(court, 'service').id}"
    why = {"reason": "The school asked for it."}
    return cast.judy, f"/orders/{draft.id}/change", {line: "Mine", **why}, {line: "Theirs", **why}


def period(court, cast):
    days = {"starts_on": date(2026, 1, 1), "ends_on": date(2026, 3, 31)}
    row = ReportingPeriod.add(court, by=cast.cora, name="First quarter", **days)
    db.session.flush()
    return cast.cora, f"/settings/lists/periods/{row.id}", {"name": "Mine"}, {"name": "Theirs"}


def retention_rule(court, cast):
    after = {"seal_after_days": 90, "destroy_after_days": 400, "warn_days": 30}
    kind, trigger = RecordKind.COMPLETED, Trigger.CLOSED
    row = RetentionRule.add(court, by=cast.cora, name="Ours", kind=kind, trigger=trigger, **after)
    db.session.flush()
    path = f"/settings/lists/retention/{row.id}"
    return cast.cora, path, {"seal_after_days": "60"}, {"seal_after_days": "120"}


def seating_rules(_court, cast):
    return cast.cora, "/settings/seating/change", {"places_a_day": "3"}, {"places_a_day": "4"}


def script_line(_court, cast):
    return cast.cora, "/settings/script/lines/rise", {"words": "All rise."}, {"words": "Please stand."}


def judge_note(court, cast):
    hearing = day_with_hearing(court, cast)
    return cast.judy, f"/hearings/{hearing.id}/my-notes", {"words": "Mine."}, {"words": "Also mine."}


def words_said(court, cast):
    hearing = day_with_hearing(court, cast)
    db.session.commit()
    return (
        cast.cora,
        f"/hearings/{hearing.id}/script/steps/guardian/words",
        {"words": "Mine."},
        {"words": "Theirs."},
    )


def question_set(court, cast):
    row = QuestionSet.begin_with_usual(court, by=cast.cora)[0]
    db.session.flush()
    return cast.cora, f"/settings/lists/questions/{row.id}", {"name": "Mine"}, {"name": "Theirs"}


def passage(_court, cast):
    path = "/settings/papers/hearing_notice/lead/en"
    return cast.cora, path, {"words": "Please come."}, {"words": "We expect you."}


def extra_paper(court, cast):
    row = ExtraPaper.add(court, by=cast.cora, name="Ride", words="Call us.")
    db.session.flush()
    return cast.cora, f"/settings/lists/papers/{row.id}", {"words": "Mine."}, {"words": "Theirs."}


def look(_court, cast):
    return cast.cora, "/settings/look/", {"ink": "#7a1f2b"}, {"ink": "#1f2b7a"}


PAGES = {
    "look": look,
    "passage": passage,
    "paper of its own": extra_paper,
    "script line": script_line,
    "judge's note": judge_note,
    "words said": words_said,
    "question set": question_set,
    "seating rules": seating_rules,
    "period": period,
    "office": settings("office", {"phone": "555-0111"}, {"phone": "555-0122"}),
    "who": settings("who", {"youngest_age": "10"}, {"youngest_age": "12"}),
    "clocks": settings("clocks", {"days_to_intake": "20"}, {"days_to_intake": "40"}),
    "jurors": settings("jurors", {"minutes_per_sitting": "90"}, {"minutes_per_sitting": "60"}),
    "panel": settings("panel", {"panel_size": "8"}, {"panel_size": "7"}),
    "room": settings("room", {"hearing_minutes": "30"}, {"hearing_minutes": "20"}),
    "access": settings("access", {"cases_an_hour": "40"}, {"cases_an_hour": "50"}),
    "records": settings("records", {"destruction_cooling_days": "8"}, {"destruction_cooling_days": "9"}),
    "retention": retention_rule,
    "schools": row("schools", {"name": "Mine High"}, {"name": "Theirs High"}),
    "rooms": row("rooms", {"name": "Mine"}, {"name": "Theirs"}, lambda court: court.rooms[0]),
    "offences": row("offences", {"name": "Mine"}, {"name": "Theirs"}, lambda court: court.offences[0]),
    "activities": row("activities", {"name": "Mine"}, {"name": "Theirs"}, lambda court: court.activities[0]),
    "agencies": row("agencies", {"name": "Mine"}, {"name": "Theirs"}, lambda court: court.agencies[0]),
    "sites": row("sites", {"name": "Mine"}, {"name": "Theirs"}, lambda court: court.sites[0]),
    "grid": grid,
    "respondent": respondent,
    "guardian": guardian,
    "move": move,
    "order": order,
}


def as_filled(page):
    """What a browser would send back: every field of the page's form as it stands there."""
    form = re.search(r'<form class="form.*?</form>', page, re.S)[0]
    typed = {}
    for tag in re.findall(r"<input[^>]*>", form):
        kind, name, value = (_attribute(tag, each) for each in ("type", "name", "value"))
        if name and (kind not in ("checkbox", "radio") or " checked" in tag):
            typed.setdefault(name, []).append(value or "")
    for name, options in re.findall(r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', form, re.S):
        chosen = re.search(r'<option[^>]*selected[^>]*value="([^"]*)"', options)
        typed[name] = [unescape((chosen or re.search(r'<option[^>]*value="([^"]*)"', options))[1])]
    for name, words in re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>(.*?)</textarea>', form, re.S):
        typed[name] = [unescape(words).lstrip("\r\n")]
    return typed


def _attribute(tag, name):
    found = re.search(rf'\s{name}="([^"]*)"', tag)
    return unescape(found[1]) if found else None


def two_at_once(stage, court, cast, sign_in):
    """Two people open the same page and the second one saves: what the first one is about to send."""
    who, path, mine, theirs = stage(court, cast)
    first, second = sign_in(who), sign_in(who)
    opened = as_filled(first.get(path).text)
    answer = second.post(path, data={**as_filled(second.get(path).text), **theirs})
    assert answer.status_code == 302, answer.text
    return first, path, {**opened, **mine}


@pytest.mark.parametrize("stage", PAGES.values(), ids=PAGES)
def test_a_stale_edit_writes_nothing_and_shows_both(stage, court, cast, sign_in):
    browser, path, typed = two_at_once(stage, court, cast, sign_in)

    answer = browser.post(path, data=typed)

    theirs = re.findall(r'<strong class="lines">(.*?)</strong>', answer.text, re.S)
    assert (answer.status_code, STALE in answer.text) == (409, True)
    assert len(theirs) == 2  # theirs, and mine beside it
    assert theirs[0] != theirs[1]


@pytest.mark.parametrize("stage", PAGES.values(), ids=PAGES)
def test_who_has_compared_may_save(stage, court, cast, sign_in):
    browser, path, typed = two_at_once(stage, court, cast, sign_in)
    compared = as_filled(browser.post(path, data=typed).text)

    answer = browser.post(path, data=compared)

    assert answer.status_code == 302


def test_every_form_that_edits_is_tried():
    # What others share, and rows that are new.
    unlike = {"FactsForm", "RowForm", "NewActivityForm", "QuotaForm"}
    known = {each.__name__ for each in _all_below(EditForm) if each.__module__.startswith("youthcourt")}

    tried = {
        "EditForm",
        *("OfficeForm", "WhoForm", "ClocksForm", "JurorsForm", "PanelForm", "GridForm"),
        *("AccessForm", "RecordsForm", "RetentionRuleForm", "SeatingRulesForm", "RoomForm"),
        *("OffenceForm", "ActivityForm", "AgencyForm", "SiteForm", "PeriodForm"),
        *(
            "ExtraPaperForm",
            "LookForm",
            "PaperTextForm",
            "ScriptLineForm",
            "JudgeNoteForm",
            "WordsForm",
            "QuestionSetForm",
        ),
        *("ContactForm", "RespondentContactForm", "MoveForm", "ChangeForm"),
    }
    assert known - unlike - tried == set()
    print(f"count: forms that show a stale edit beside the newer one = {len(PAGES)}")


def test_what_i_did_not_touch_takes_what_they_wrote(court, cast, sign_in):
    first, second = sign_in(cast.cora), sign_in(cast.cora)
    path = "/settings/change/office"
    opened = as_filled(first.get(path).text)
    second.post(path, data={**as_filled(second.get(path).text), "phone": "555-0122"})

    answer = first.post(path, data={**opened, "place": "Town hall"})
    again = first.post(path, data=as_filled(answer.text))

    db.session.refresh(court)
    assert (answer.status_code, again.status_code) == (409, 302)
    assert (court.phone, court.place) == ("555-0122", "Town hall")


def test_a_change_of_something_that_the_form_does_not_show_is_no_conflict(court, cast, sign_in):
    browser = sign_in(cast.cora)
    opened = as_filled(browser.get("/settings/change/office").text)
    browser.post(
        "/settings/change/who",
        data=as_filled(browser.get("/settings/change/who").text) | {"oldest_age": "18"},
    )

    answer = browser.post("/settings/change/office", data={**opened, "phone": "555-0111"})

    assert answer.status_code == 302


def test_without_the_check_the_earlier_change_is_lost(court, cast, sign_in, monkeypatch):
    """The planted fault."""
    monkeypatch.setattr(EditForm, "check_fresh", lambda form: None)
    browser, path, typed = two_at_once(PAGES["office"], court, cast, sign_in)

    answer = browser.post(path, data=typed)

    db.session.refresh(court)
    assert (answer.status_code, court.phone) == (302, "555-0111")


# A rule that says no to a page that cannot show its form any more


def test_words_typed_for_something_that_moved_on_are_handed_back(court, cast, sign_in):
    case = make.accepted(court, cast.cora)
    browser = sign_in(cast.cora)
    case.hold_intake(make.interview(case), by=cast.cora)
    db.session.commit()
    own_words = "I was scared, and then I ran home & told my grandmother."

    answer = browser.post(
        f"/cases/{case.id}/interview",
        data={"held_on": make.TODAY, "strengths": "Draws", "own_words": own_words, "request_id": "once"},
    )

    assert answer.status_code == 409
    assert "The intake interview has been held." in answer.text
    assert own_words in unescape(answer.text)
