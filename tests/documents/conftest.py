"""Papers to test: an empty, a typical and an overfull case, and a reader of what was printed."""

import io
import logging
import subprocess
from dataclasses import replace
from datetime import time
from functools import cache
from types import SimpleNamespace

import pikepdf
import pytest

from tests import make, remembered
from tests.database import empty as empty_database
from tests.documents import sets
from tests.documents.of_plans import (
    paper_of_return,
    papers_of_day,
    papers_of_plan,
    papers_of_writing,
)
from youthcourt import clock
from youthcourt import models as m
from youthcourt.documents.completion.completion_certificate import completion_certificate
from youthcourt.documents.completion.destruction_certificate import destruction_certificate
from youthcourt.documents.court.docket import docket, docket_for_jurors
from youthcourt.documents.court.evening_sheets import room_sheets, sign_in_sheets
from youthcourt.documents.court.hearing_notice import hearing_notice
from youthcourt.documents.court.hearing_script import hearing_script
from youthcourt.documents.decision.deliberation_sheet import deliberation_sheet
from youthcourt.documents.decision.disposition_order import disposition_order
from youthcourt.documents.decision.plain_copy import plain_copy
from youthcourt.documents.intake.decision_letter import decision_letter
from youthcourt.documents.paper import html_of, print_html, style_sheet
from youthcourt.extensions import db, writing
from youthcourt.notices.referrer import tell_referrer


@pytest.fixture(autouse=True)
def nothing_is_spoiled(caplog):
    """WeasyPrint only logs what makes a paper unreadable aloud, or what it could not draw."""
    caplog.set_level(logging.ERROR, logger="weasyprint")
    yield
    assert complaints(caplog) == []


def complaints(caplog):
    """What WeasyPrint said while this test was prepared and while it ran."""
    said = [*caplog.get_records("setup"), *caplog.get_records("call")]
    return [record.getMessage() for record in said if record.name.startswith("weasyprint")]


@cache
def _printed(copies, style):
    return print_html(list(copies))


def printed(paper):
    """The paper as it is printed; the same words in the same look are printed once for all tests."""
    return Printed(_printed(tuple(html_of(paper)), style_sheet()))


class Printed:
    """A PDF as its readers see it: poppler for the text, pikepdf for what stands behind it."""

    def __init__(self, pdf):
        self.pdf = pdf
        self.file = pikepdf.open(io.BytesIO(pdf))

    @property
    def pages(self):
        return len(self.file.pages)

    @property
    def text(self):
        """All the words, each line break and narrow space as one space."""
        out = subprocess.run(
            ["pdftotext", "-layout", "-", "-"], input=self.pdf, capture_output=True, check=True
        )
        return " ".join(out.stdout.decode().split())

    def text_of_page(self, number):
        cut = ["pdftotext", "-layout", "-f", str(number), "-l", str(number), "-", "-"]
        out = subprocess.run(cut, input=self.pdf, capture_output=True, check=True)
        return " ".join(out.stdout.decode().split())


def play(court, cast, name="Jordan Tate", language="en", **facts):
    """One case from referral to letter, and each paper on the way as its step allows it."""
    case = make.accepted(court, cast.cora, name, **facts)
    for each in (case.respondent, *case.respondent.guardians, *(juror.person for juror in cast.jurors)):
        each.language = language
    case.respondent.guardians[0].mailing_address = case.respondent.mailing_address
    tell_referrer(case, by=cast.cora).send(by=cast.cora)
    sets.appointed(case, cast.cora)
    papers = sets.of_intake(case, cast, language)
    case.hold_intake(make.interview(case), by=cast.cora)
    for party in m.Party:
        case.agree(make.agreement(case, party), by=cast.cora)
    day = make.court_session(court, cast.cora, starts=(time(18, 30),))
    hearing = make.hearing(case, day, cast.judy, cast.cora)
    make.booked(cast.jurors, day, cast.cora)
    make.drawn(hearing, cast.cora)
    day.publish(by=cast.cora)
    papers |= sets.before_a_day(day, hearing, cast, language)
    papers |= {
        "hearing_notice": hearing_notice(hearing),
        "docket": docket(day, language=language),
        "docket_for_jurors": docket_for_jurors(day, language=language),
        "sign_in_sheets": sign_in_sheets(day, language=language),
        "room_sheets": room_sheets(day, language=language),
        "hearing_script": hearing_script(hearing, language),
        "deliberation_sheet": deliberation_sheet(hearing, language),
        **papers_of_day(day, case.offence, language),
    }
    make.sworn(hearing, cast.cora)
    hearing.hold(by=cast.judy)
    order = make.signed(make.proposed(hearing), cast.judy)
    papers["disposition_order"], papers["plain_copy"] = disposition_order(order), plain_copy(order)
    papers |= papers_of_plan(order, cast, language)
    make.closed(day, by=cast.cora)
    complete(case, cast)
    letter = tell_referrer(case, by=cast.cora)
    letter.send(by=cast.cora)
    papers |= sets.afterwards(case, cast, language)
    papers["completion_certificate"] = completion_certificate(case)
    papers["decision_letter"] = decision_letter(letter)
    papers["destruction_certificate"] = destruction_certificate(purged(court, cast), language)
    papers |= papers_of_writing(order) | paper_of_return(court, cast, language)
    return SimpleNamespace(case=case, day=day, hearing=hearing, order=order, letter=letter, papers=papers)


def purged(court, cast):
    """A record that two people had destroyed, as the ledger keeps it."""
    counts = {"case": 1, "person": 3, "hearing": 2, "seat": 9, "obligation": 4, "something_else": 2}
    return m.Purge(
        court=court,
        kind=m.RecordKind.COMPLETED,
        token="0123456789abcdef",
        rule="Completed cases",
        citation="N.C.G.S. 7B-3200",
        counts=counts,
        proposed_by=cast.cora,
        confirmed_by=cast.ada,
        purged_at=clock.now(),
        swept_at=clock.now(),
    )


def complete(case, cast):
    for each in case.obligations:
        if each.activity.is_jury_duty:
            each.excuse("The court has too few hearings.", by=cast.cora)
        else:
            each.credit(each.amount_left, done_on=case.court.today, vouched_by="Sister Ruth", by=cast.cora)
    case.ask_dismissal("All done.", by=cast.cora)
    case.dismiss(by=cast.judy)


@pytest.fixture
def typical(court, cast):
    return play(court, cast)


@pytest.fixture
def overfull(court, cast):
    return play_overfull(court, cast)


def play_overfull(court, cast, language="en"):
    """Everything as long as people write it."""
    court.name = "Cumberland and Harbor Counties Consolidated Youth Peer Court of Restorative Justice"
    court.address = (
        "Old Courthouse, Second Floor, Suite 214\n1200 Northwest Martin Luther King Boulevard\nHarbor"
    )
    for number in range(12):
        make.db.session.add(
            m.SanctionActivity(
                court=court,
                kind=m.ActivityKind.WORKSHOP,
                unit=m.Unit.PIECES,
                name=f"Workshop {number}: decisions, friends, and what to do when both pull different ways",
                position=20 + number,
            )
        )
    make.db.session.flush()
    make.db.session.refresh(court)
    return play(
        court,
        cast,
        name="Maximiliana-Guadalupe Wolfeschlegelsteinhausenbergerdorff y Fernández de la Cruz",
        language=language,
        narrative="\n".join(
            ["They took things, were seen, ran, and were brought back by a guard. " * 12] * 4
        ),
    )


@pytest.fixture
def empty(court, cast):
    return play_empty(court, cast)


def play_empty(court, cast, language="en"):
    """A court that has written nothing about itself yet, and papers without anything that may be missing."""
    court.address = court.phone = court.email = court.place = ""
    played = play(court, cast, language=language, narrative="")
    played.papers = {kind: emptied(paper) for kind, paper in played.papers.items()}
    return played


def emptied(paper):
    """The same paper without a single fact that it says somebody has to fill in."""
    facts, *copies = ({**each, **blank(each, paper.needed)} for each in (paper.facts, *paper.copies))
    return replace(paper, facts=facts, copies=tuple(copies))


def blank(facts, names):
    return {
        name: type(value)() if isinstance(value, (str, list, tuple)) else None
        for name, value in facts.items()
        if name in names
    }


# The three cases, each in both languages.
CASES = {"empty": play_empty, "typical": play, "overfull": play_overfull}


@pytest.fixture(scope="module")
def on_stage(app):
    """One database for all of this, emptied before each of the plays."""
    with clock.at(make.SATURDAY), app.app_context(), writing():
        yield lambda play, language: _played(play, language)
        db.session.rollback()
        db.session.remove()
        empty_database()


def _played(play, language):
    db.session.rollback()
    db.session.remove()
    empty_database()
    cast = remembered.the_court_with_its_cast()
    return play(cast.court, cast, language=language).papers
