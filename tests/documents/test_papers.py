"""Every kind of paper, read as its readers read it."""

import re
from datetime import time, timedelta

import pytest
from jinja2 import meta, nodes

from tests import make
from tests.documents.conftest import printed
from youthcourt import models as m
from youthcourt.documents import paper as paper_maker
from youthcourt.documents.completion.completion_certificate import completion_certificate
from youthcourt.documents.court.docket import DOCKET, docket, docket_for_jurors
from youthcourt.documents.court.evening_sheets import room_sheets, sign_in_sheets
from youthcourt.documents.court.hearing_notice import hearing_notice
from youthcourt.documents.court.hearing_script import hearing_script
from youthcourt.documents.decision.deliberation_sheet import deliberation_sheet
from youthcourt.documents.decision.disposition_order import disposition_order
from youthcourt.documents.kinds import KINDS
from youthcourt.documents.paper import (
    LAYOUT_NAMES,
    LETTERHEAD_NAMES,
    Paper,
    _templates,
    html_of,
    style_sheet,
)
from youthcourt.documents.press_room import Work
from youthcourt.documents.standards import PDF_VARIANT
from youthcourt.errors import RuleBroken

PAGES = {
    "hearing_notice": 1,
    "docket": 1,
    "docket_for_jurors": 1,
    "sign_in_sheets": 2,
    "room_sheets": 2,
    "hearing_script": 2,
    "deliberation_sheet": 2,
    "disposition_order": 2,
    "plain_copy": 1,
    "completion_certificate": 1,
    "decision_letter": 1,
    "destruction_certificate": 1,
    "door_list": 1,
    "oath_cards": 2,
    "question_guide": 1,
    "appeal_form": 2,
    "obligation_plan": 2,
    "time_sheet": 1,
    "site_letter": 1,
    "progress_letter": 1,
    "warning": 1,
    "noncompliance_report": 2,
    "apology_guide": 1,
    "essay_guide": 1,
    "cover_sheet": 1,
    "return_to_referrer": 1,
    "referral_acknowledgement": 1,
    "intake_appointment": 1,
    "agreement": 2,  # the young person's copy and a guardian's
    "media_consent": 1,
    "text_consent": 1,
    "harmed_notice": 1,
    "impact_statement": 2,
    "harmed_invitation": 1,
    "case_cover": 1,
    "case_file": 3,
    "juror_application": 2,
    "juror_form": 2,
    "juror_schedule": 1,
    "juror_days": 1,
    "juror_notice": 8,  # one for each juror
    "labels_30": 1,
    "labels_14": 1,
    "labels_21": 1,
    "envelope_pages": 1,
    "final_report": 1,
    "sealing_notice": 1,
    "service_certificate": 1,
    "service_letter": 1,
    "credit_statement": 1,
}

# Names as they are written where families come from: each comes back letter by letter, in order.
NAMES = [
    ("ar", "محمد الخطيب"),
    ("fa", "زهرا رضایی"),
    ("he", "דוד כהן"),
    ("am", "ሰላም ተስፋዬ"),
    ("vi", "Nguyễn Thị Ánh"),
    ("zh", "王小明"),
    ("zh-Hant", "陳怡君"),
    ("ja", "佐藤 直子"),
    ("ko", "김민준"),
    ("hi", "प्रिया देवी"),
    ("bn", "রহমান"),
    ("my", "အောင်"),
    ("th", "สมชาย"),
    ("uk", "Оксана Шевченко"),
    ("haw", "Ka\N{MODIFIER LETTER TURNED COMMA}iulani"),
]
# Drawn right, but poppler gives their letters back in the order of the drawing.
REORDERED = [("ar", "الأحمدي"), ("hi", "शर्मा"), ("km", "សុខ ស្រី")]


def test_each_paper_has_the_pages_it_needs(typical):
    pages = {kind: printed(paper).pages for kind, paper in typical.papers.items()}

    assert pages == PAGES


def test_each_paper_of_an_overfull_case_prints(overfull):
    pages = {kind: printed(paper).pages for kind, paper in overfull.papers.items()}

    longer = {"hearing_notice": 2, "hearing_script": 3, "deliberation_sheet": 3, "room_sheets": 3}
    longer |= {"plain_copy": 2, "site_letter": 2, "case_file": 4, "impact_statement": 3}
    assert pages == PAGES | longer


def test_each_paper_is_tagged_for_readers_who_hear_it(typical):
    for kind, paper in typical.papers.items():
        file = printed(paper).file
        root = file.Root

        assert str(root.Lang) == "en", kind
        assert bool(root.MarkInfo.Marked), kind
        assert root.StructTreeRoot.K, kind
        assert bool(root.ViewerPreferences.DisplayDocTitle), kind


def test_each_paper_says_which_standards_it_follows(typical):
    for kind, paper in typical.papers.items():
        with printed(paper).file.open_metadata() as said:
            found = {name: said.get(name) for name in ("pdfaid:part", "pdfaid:conformance", "pdfuaid:part")}

        assert found == {"pdfaid:part": "2", "pdfaid:conformance": "A", "pdfuaid:part": "1"}, kind


def test_each_paper_says_on_each_page_which_it_is_and_when_it_was_printed(typical):
    for kind, paper in typical.papers.items():
        found = printed(paper)

        for number in range(1, found.pages + 1):
            text = found.text_of_page(number)
            # each copy has its own page numbers
            of_copy = found.pages // len(paper.copies)
            assert f"Page {(number - 1) % of_copy + 1} of {of_copy}" in text, kind
            assert paper.reference in text, kind
            assert "Printed Mar 7, 2026, 12:00 PM" in text, kind


def test_each_paper_begins_with_one_heading_of_the_first_order(typical):
    for kind, paper in typical.papers.items():
        for markup in html_of(paper):
            assert markup.count("<h1") == 1, kind
            assert markup.index("<h1") < (markup.find("<h2") if "<h2" in markup else len(markup)), kind


def asked_by(template):
    env = _templates()
    return names_taken(env.loader.get_source(env, f"documents/{template}.html")[0])


def names_taken(source):
    """The names that a template takes from outside: neither its own nor those it imports."""
    env = _templates()
    tree = env.parse(source)
    own = {macro.name for macro in tree.find_all(nodes.Macro)}
    own |= {name for line in tree.find_all(nodes.FromImport) for name in line.names}
    own |= {node.name for node in tree.find_all(nodes.Name) if node.ctx == "store"}
    return meta.find_undeclared_variables(tree) - own - set(env.globals)


def test_a_template_refers_to_nothing_but_the_facts_of_its_paper(typical):
    strays = {
        kind: asked_by(kind) - set(paper.facts_of_copies()[0]) - LAYOUT_NAMES
        for kind, paper in typical.papers.items()
    }

    assert strays == {kind: set() for kind in typical.papers}
    assert asked_by("layout") <= LAYOUT_NAMES | LETTERHEAD_NAMES


def test_a_planted_name_that_is_no_fact_is_found(typical):
    planted = (
        "{% from 'documents/parts.html' import person %}{{ person(respondent) }}{% set a = case %}{{ a }}"
    )

    strays = names_taken(planted) - set(typical.papers["hearing_notice"].facts) - LAYOUT_NAMES

    assert strays == {"case"}


def test_every_kind_there_is_stands_in_these_tests(typical):
    assert set(KINDS) - set(typical.papers) == set()


def test_every_fact_of_a_paper_is_printed_somewhere(typical):
    idle = {
        kind: set(paper.facts_of_copies()[0]) - asked_by(kind) - set(paper.kind.says) - LETTERHEAD_NAMES
        for kind, paper in typical.papers.items()
    }

    assert idle == {kind: set() for kind in typical.papers}


def test_facts_are_plain_values_that_lead_to_no_record(typical):
    def records(value):
        if isinstance(value, dict):
            return [record for each in value.values() for record in records(each)]
        if isinstance(value, (list, tuple)):
            return [record for each in value for record in records(each)]
        return [value] if hasattr(value, "__mapper__") else []

    assert {kind: records(paper.facts_of_copies()) for kind, paper in typical.papers.items()} == {
        key: [] for key in typical.papers
    }


def docket_of(names):
    """A docket with these names on it, each in its language."""
    row = {"room": "Room A", "guardians": [], "offence": "Shoplifting", "judge": "Judy", "foreperson": None}
    row |= {"juror_count": 0, "interpreter": None}
    rows = [
        row | {"number": f"YC-{number}", "respondent": {"name": name, "lang": lang}}
        for number, (lang, name) in enumerate(names)
    ]
    facts = {"court_name": "Court", "court_address": [], "court_phone": "", "court_email": ""}
    facts |= {"printed_at": make.SATURDAY, "held_on": make.TODAY, "place": "Here", "rooms": [], "judge": None}
    facts |= {"hearing_count": len(rows), "slots": [{"starts_at": make.SATURDAY, "rows": rows}]}
    return Paper(kind=DOCKET, title="Names", reference="names", facts=facts)


def test_a_name_of_any_script_can_be_read_out_of_the_paper(session):
    text = printed(docket_of(NAMES)).text.replace(" ", "")

    assert [name for _lang, name in NAMES if name.replace(" ", "") not in text] == []


def test_every_letter_of_a_name_is_in_a_font_we_have(session):
    (markup,) = html_of(docket_of([*NAMES, *REORDERED]))

    assert letters_without_a_glyph(markup) == set()


def lay_out(markup):
    """One page as the press lays it out, here where it can be looked into."""
    press = Work()
    press.set_style(style_sheet())
    return press.lay_out(markup)


def letters_without_a_glyph(markup):
    lost = set()
    lay_out(markup).write_pdf(
        pdf_variant=PDF_VARIANT,
        finisher=lambda document, pdf: lost.update(c for f in document.fonts.values() for c in f.missing),
    )
    return lost


def test_nothing_is_fetched_for_a_name_that_looks_like_markup(court, cast, caplog):
    name = '<img src="http://127.0.0.1:9/secret.png"> <link rel=attachment href=file:///etc/passwd>'
    case = make.admitted(court, cast.cora, name)
    hearing = make.hearing(case, make.court_session(court, cast.cora), cast.judy, cast.cora)

    found = printed(hearing_notice(hearing))

    assert '<img src="http://127.0.0.1:9/secret.png">' in found.text
    assert "/EmbeddedFiles" not in str(found.file.Root)


def test_even_a_template_that_asks_gets_nothing_from_outside(app, caplog):
    with app.app_context():
        document = lay_out('<html lang="en"><title>x</title><img alt="x" src="file:///etc/passwd">')

    assert len(document.pages) == 1
    assert "disallowed protocol" in caplog.text
    caplog.clear()


def test_a_missing_fact_prints_as_a_line_and_is_listed(court, cast):
    court.address = court.phone = court.place = ""
    case = make.admitted(court, cast.cora)
    case.respondent.mailing_address = ""
    hearing = make.hearing(case, make.court_session(court, cast.cora), cast.judy, cast.cora)

    paper = hearing_notice(hearing)

    assert paper.missing == [
        "The court's address",
        "The court's phone number",
        "The place of the hearing",
        "A mailing address of the family",
    ]
    assert html_of(paper)[0].count('class="blank') == 6
    assert printed(paper).pages == 1


def test_a_complete_paper_misses_nothing(typical):
    # nobody is late in this case: whoever prints a warning is told so
    nothing_late = {"warning": ["What is late: nothing is, by what is written down"]}

    assert {kind: paper.missing for kind, paper in typical.papers.items()} == {
        key: [] for key in PAGES
    } | nothing_late


# Each kind by itself


def test_the_notice_tells_the_family_when_where_and_who(court, cast):
    case = make.admitted(court, cast.cora)
    hearing = make.hearing(case, make.court_session(court, cast.cora), cast.judy, cast.cora)

    text = printed(hearing_notice(hearing)).text

    assert "Saturday, March 7, 2026, 6:30 PM" in text
    assert "Courthouse, Room A" in text
    assert "Jordan Tate and a parent or guardian: Renee Tate" in text
    assert "Your rights" in text


def test_a_family_in_two_homes_gets_two_envelopes_each_with_its_own_page_numbers(court, cast):
    case = make.admitted(court, cast.cora)
    case.respondent.guardians[0].mailing_address = "77 Bay Road\nHarbor, NC 28302"
    hearing = make.hearing(case, make.court_session(court, cast.cora), cast.judy, cast.cora)

    found = printed(hearing_notice(hearing))

    assert found.pages == 2
    assert "5 Elm Street" in found.text_of_page(1)
    assert "77 Bay Road" in found.text_of_page(2)
    assert "77 Bay Road" not in found.text_of_page(1)
    assert "Page 1 of 1" in found.text_of_page(2)


def test_one_home_spelt_two_ways_gets_one_envelope(court, cast):
    case = make.admitted(court, cast.cora)
    case.respondent.guardians[0].mailing_address = "5 elm street\nHarbor NC"
    hearing = make.hearing(case, make.court_session(court, cast.cora), cast.judy, cast.cora)

    (copy,) = hearing_notice(hearing).copies

    assert [each["name"] for each in copy["recipients"]] == ["Jordan Tate", "Renee Tate"]


def test_a_family_that_needs_an_interpreter_is_promised_one(court, cast):
    case = make.admitted(court, cast.cora)
    case.respondent.guardians[0].language, case.respondent.guardians[0].needs_interpreter = "am", True
    hearing = make.hearing(case, make.court_session(court, cast.cora), cast.judy, cast.cora)

    text = printed(hearing_notice(hearing)).text

    assert "Amharic" in text
    assert "An interpreter will be there, at no cost to you." in text


def test_the_notice_is_written_in_the_language_of_the_young_person(court, cast):
    case = make.admitted(court, cast.cora)
    case.respondent.language = "es"
    hearing = make.hearing(case, make.court_session(court, cast.cora), cast.judy, cast.cora)

    found = printed(hearing_notice(hearing))

    assert str(found.file.Root.Lang) == "es"
    assert "sábado, 7 de marzo de 2026" in found.text


def test_the_notice_fits_one_page_in_spanish_with_an_interpreter(court, cast):
    case = make.admitted(court, cast.cora)
    case.respondent.language, case.respondent.needs_interpreter = "es", True
    hearing = make.hearing(case, make.court_session(court, cast.cora), cast.judy, cast.cora)

    found = printed(hearing_notice(hearing))

    assert "Página 1 de 1" in found.text
    assert len(found.file.pages) == len(hearing_notice(hearing).copies)


def test_a_notice_of_a_hearing_that_does_not_take_place_says_so(court, cast):
    case = make.admitted(court, cast.cora)
    hearing = make.hearing(case, make.court_session(court, cast.cora), cast.judy, cast.cora)
    hearing.cancel("The family withdrew.", by=cast.cora)

    assert "Cancelled" in html_of(hearing_notice(hearing))[0]


def test_papers_that_families_see_name_no_juror(typical, cast):
    jurors = {str(juror) for juror in cast.jurors} | {juror.person.short_name for juror in cast.jurors}
    kinds = ("hearing_notice", "disposition_order", "completion_certificate")
    texts = {kind: printed(typical.papers[kind]).text for kind in kinds}

    assert {kind: {name for name in jurors if name in texts[kind]} for kind in kinds} == {
        kind: set() for kind in kinds
    }


def test_papers_that_lie_where_jurors_sit_use_short_names(typical):
    for kind in ("docket_for_jurors", "hearing_script", "deliberation_sheet"):
        text = printed(typical.papers[kind]).text

        assert "Tate" not in text, kind
        assert "Okafor" in text or kind != "hearing_script"


def test_the_evening_on_paper_names_everybody_short_and_tells_no_offence(typical):
    door, rooms = (printed(typical.papers[kind]).text for kind in ("sign_in_sheets", "room_sheets"))

    assert [word for word in ("Tate", "Shoplifting", "jacket", "Obi") if word in door + rooms] == []
    assert typical.case.number not in door
    assert ("Jordan T." in door, "Renee T." in door, "Amara O." in door) == (True, True, True)


def test_a_room_sheet_asks_for_all_that_is_typed_in_later(typical):
    text = printed(typical.papers["room_sheets"]).text

    asked = ("Case presented by", "Here", "Oath", "Leads", "Stood down", "Did not come", "Adjourned to")
    asked += ("Done by", "For", "Against", "could not agree", "Foreperson")
    assert [words for words in asked if words not in text] == []
    assert [f"{number}. Do they" in text or f"{number}. Are they" in text for number in (1, 2, 3, 4)] == [
        True
    ] * 4


def test_the_evening_prints_in_spanish_too(typical):
    door = printed(sign_in_sheets(typical.day, "es")).text
    rooms = printed(room_sheets(typical.day, "es")).text

    assert ("Familias en la entrada" in door, "Hoja de sala" in rooms) == (True, True)


def test_a_day_without_hearings_prints_one_empty_room_sheet(court, cast):
    day = make.court_session(court, cast.cora)

    assert printed(room_sheets(day)).pages == 2


def test_the_list_for_jurors_says_nothing_about_who_is_heard(typical):
    text = printed(typical.papers["docket_for_jurors"]).text

    assert "Jordan" not in text
    assert "Shoplifting" not in text
    assert "Amara O." in text or "Ben K." in text


def test_a_docket_of_forty_hearings_repeats_its_heading_on_each_page(court, cast):
    make.db.session.add_all(m.Room(court=court, name=f"Courtroom {number}") for number in range(1, 9))
    judges = [make.user(court, f"Judge{n} Adeyemi-Castellanos", make.Role.JUDGE) for n in range(10)]
    make.db.session.flush()
    make.db.session.refresh(court)
    starts = [time(17 + n) for n in range(4)]
    day = make.court_session(court, cast.cora, starts=starts)
    for number in range(40):
        case = make.admitted(court, cast.cora, f"Wilhelmina{number} Featherstonehaugh-{number}")
        make.hearing(case, day, judges[number % 10], cast.cora, block=number // 10, room=number % 10)

    found = printed(docket(day))

    assert found.pages == 3
    assert all("Young person" in found.text_of_page(n + 1) for n in range(found.pages))
    assert found.text.count("Featherstonehaugh") == 80
    assert "40 hearings" in found.text


def test_a_day_without_hearings_prints_a_docket_that_says_so(court, cast):
    day = make.court_session(court, cast.cora)

    read = [printed(docket(day)).text, printed(docket_for_jurors(day)).text]

    assert all("No hearing is placed on this day yet." in text and "DRAFT" in text for text in read)


def test_a_judge_gets_the_hearings_that_they_hear(court, cast):
    other = make.user(court, "Otto Other", make.Role.JUDGE)
    day = make.court_session(court, cast.cora)
    make.hearing(make.admitted(court, cast.cora), day, cast.judy, cast.cora)
    make.hearing(make.admitted(court, cast.cora, "Kim Wu"), day, other, cast.cora, room=1)

    text = printed(docket(day, judge=cast.judy)).text

    assert "Jordan Tate" in text
    assert "Kim Wu" not in text


def test_a_draft_of_a_docket_lists_what_the_day_misses(court, cast):
    day = make.court_session(court, cast.cora)
    hearing = make.hearing(make.admitted(court, cast.cora), day, cast.judy, cast.cora)

    assert docket(day).missing == [f"{hearing.case.number}: no panel yet."]


def test_the_script_has_the_oath_and_the_findings(typical):
    text = printed(typical.papers["hearing_script"]).text

    assert "I promise that what I hear in this room stays in this room." in text
    assert all(str(words)[:30] in text for words in m.QUESTION_WORDS.values())
    assert "Took a jacket from a store." in text


def test_the_script_is_in_the_language_of_whoever_prints_it_and_in_the_courts_own_words(court, cast):
    hearing = make.hearing(
        make.admitted(court, cast.cora), make.court_session(court, cast.cora), cast.judy, cast.cora
    )
    m.ScriptLine.write(court, "rise", by=cast.cora, words="All rise.", words_es="Todos de pie.")
    m.ScriptLine.write(court, "i_do", by=cast.cora, words="We do.")  # not translated: said as it was written

    english, spanish = (printed(hearing_script(hearing, language)).text for language in ("en", "es"))

    assert ("All rise." in english, "Todos de pie." in english) == (True, False)
    assert ("All rise." in spanish, "Todos de pie." in spanish) == (False, True)
    assert "We do." in spanish
    assert "¿todavía quiere que este tribunal escuche su caso?" in spanish


@pytest.mark.parametrize("make_paper", [hearing_script, deliberation_sheet])
def test_papers_of_the_room_say_in_which_language_they_are(court, cast, make_paper):
    hearing = make.hearing(
        make.admitted(court, cast.cora), make.court_session(court, cast.cora), cast.judy, cast.cora
    )

    assert [make_paper(hearing, each).language for each in ("es", "en", "ht")] == ["es", "en", "en"]


def test_a_script_without_narrative_or_panel_has_lines_instead(court, cast):
    case = make.admitted(court, cast.cora, narrative="")
    hearing = make.hearing(case, make.court_session(court, cast.cora), cast.judy, cast.cora)

    paper = hearing_script(hearing)

    assert paper.missing == [
        "What happened, for the coordinator to read aloud",
        "The foreperson of the panel",
    ]
    assert "4. What the case is about" in printed(paper).text


def test_the_script_reads_what_the_person_harmed_wrote_without_their_name(court, cast):
    case = make.admitted(court, cast.cora)
    harmed = m.PersonHarmed(
        court=court, case=case, name="Corner Store", contact="", statement="We had to close for a day."
    )
    make.db.session.add(harmed)
    hearing = make.hearing(case, make.court_session(court, cast.cora), cast.judy, cast.cora)

    text = printed(hearing_script(hearing)).text

    assert "We had to close for a day." in text
    assert "Corner Store" not in text


def test_the_sheet_shows_the_courts_limits_for_this_class_of_offence(typical):
    text = printed(typical.papers["deliberation_sheet"]).text

    assert "15 to 25 hours" in text
    assert "2 to 4 sittings" in text
    assert "Everything is done by Friday, June 5, 2026." in text


def test_on_the_sheet_no_name_stands_beside_a_vote(typical):
    text = printed(typical.papers["deliberation_sheet"]).text

    votes, _heading, panel = text.partition("Our votes")[2].partition("The panel:")
    assert [name for name in ("Amara", "Ben", "Chloe", "Dev", "Elena") if name in votes] == []
    assert "Amara" in panel or "Ben" in panel
    assert "Initials" not in text


def test_a_sheet_without_a_panel_says_what_is_missing(court, cast):
    case = make.admitted(court, cast.cora)
    hearing = make.hearing(case, make.court_session(court, cast.cora), cast.judy, cast.cora)

    paper = deliberation_sheet(hearing)

    assert paper.missing == ["The jurors of the panel"]
    assert "The panel:" in printed(paper).text


def test_the_order_says_what_by_when_and_who_signed(typical):
    text = printed(typical.papers["disposition_order"]).text

    assert f"Disposition order {typical.case.number}-A" in text
    assert "1. Community service 20 hours Jun 5, 2026 Gives back to the neighbourhood." in text
    assert "Signed electronically by Judy Okafor Mar 7, 2026, 12:00 PM" in text
    assert "Parent or guardian: Renee Tate" in text
    assert typical.order.digest in text


@pytest.fixture
def proposed(court, cast):
    case = make.admitted(court, cast.cora)
    day = make.court_session(court, cast.cora)
    hearing = make.hearing(case, day, cast.judy, cast.cora)
    make.booked(cast.jurors, day, cast.cora)
    make.drawn(hearing, cast.cora)
    make.sworn(hearing, cast.cora)
    hearing.hold(by=cast.judy)
    return make.proposed(hearing)


def test_an_order_that_is_not_signed_says_draft_and_names_no_number(proposed, cast):
    draft = m.DispositionOrder.draft_for(proposed, by=cast.judy)

    text = printed(disposition_order(draft)).text

    assert "This paper orders nothing." in text
    assert "DRAFT" in text
    assert "Signed electronically" not in text


def test_an_order_shows_what_the_judge_changed_and_why(proposed, cast, court):
    order = m.DispositionOrder.draft_for(proposed, by=cast.judy)
    items = [m.Item(i.activity, i.amount, i.due_on, i.builds) for i in order.items]
    items[0] = m.Item(items[0].activity, 960, items[0].due_on, items[0].builds)
    order.change(items, reason="Works two evenings a week already.", by=cast.judy)

    text = printed(disposition_order(order)).text

    assert "What the judge changed" in text
    assert "Community service 20 hours, by Jun 5, 2026 16 hours, by Jun 5, 2026" in text
    assert "Reason: Works two evenings a week already." in text


def test_an_amendment_points_back_to_the_order_it_takes_the_place_of(proposed, cast, court):
    first = make.signed(proposed, cast.judy)
    second = m.DispositionOrder.amendment_of(first, by=cast.judy)
    items = [m.Item(i.activity, i.amount, i.due_on + timedelta(days=14), i.builds) for i in second.items]
    second.change(items, reason="Two weeks of flu.", by=cast.judy)

    text = printed(disposition_order(second)).text

    assert f"Takes the place of order {first.number}" in text
    assert f"What changes from order {first.number}" in text


def test_signatures_are_never_parted_from_their_heading(proposed, cast):
    for question in m.Question:
        proposed.finding_on(question).reason = "They told us about it at length. " * 14
    order = make.signed(proposed, cast.judy)

    found = printed(disposition_order(order))

    last = found.text_of_page(found.pages)
    assert all(words in last for words in ("Signatures", "Judge: Judy Okafor", "Young person: Jordan Tate"))


def test_a_certificate_waits_for_the_end_of_the_case(court, cast):
    case = make.admitted(court, cast.cora)

    with pytest.raises(RuleBroken, match="once the case is completed"):
        completion_certificate(case)


def test_a_certificate_says_what_was_done_and_nothing_that_went_wrong(typical):
    text = printed(typical.papers["completion_certificate"]).text

    assert "Jordan Tate" in text
    assert "20 hours" in text
    assert "Shoplifting" not in text
    assert "sitting" not in text


def test_the_letter_carries_the_words_that_were_written(typical):
    text = printed(typical.papers["decision_letter"]).text

    assert "Harbor Police 1 Main Street" in text.replace("Saturday, March 7, 2026 ", "")
    assert "Jordan Tate has completed the plan." in text
    assert "Cora Diaz Harbor County Youth Court" in text


def longest_run_for(name):
    """The most letters in a row that layout gets of a docket with this name, with no place to break them.

    What such a run costs grows with its square in a table: 0.6 s for 500 letters, 49 s for 4,000.
    """
    return max(len(run) for markup in html_of(docket_of([("en", name)])) for run in re.findall("x+", markup))


def test_a_word_of_four_thousand_letters_is_broken_up_before_it_is_laid_out(session):
    assert longest_run_for("x" * 4000) <= 40
    assert printed(docket_of([("en", "x" * 4000)])).pages >= 1


def test_an_endless_word_that_nobody_breaks_up_would_be_noticed(session, monkeypatch):
    monkeypatch.setattr(paper_maker, "_ENDLESS_WORD", re.compile("(?!)"))

    assert longest_run_for("x" * 4000) == 4000
