"""Papers to test: an empty, a typical and an overfull case, and a reader of what was printed."""

import io
import logging
import subprocess
from datetime import time
from types import SimpleNamespace

import pikepdf
import pytest

from tests import make
from youthcourt import models as m
from youthcourt.documents.completion.completion_certificate import completion_certificate
from youthcourt.documents.court.docket import docket, docket_for_jurors
from youthcourt.documents.court.evening_sheets import room_sheets, sign_in_sheets
from youthcourt.documents.court.hearing_notice import hearing_notice
from youthcourt.documents.court.hearing_script import hearing_script
from youthcourt.documents.decision.deliberation_sheet import deliberation_sheet
from youthcourt.documents.decision.disposition_order import disposition_order
from youthcourt.documents.decision.plain_copy import plain_copy
from youthcourt.documents.intake.decision_letter import decision_letter
from youthcourt.documents.paper import render_pdf
from youthcourt.notices.referrer import tell_referrer


@pytest.fixture(autouse=True)
def nothing_is_spoiled(caplog):
    """WeasyPrint only logs what makes a paper unreadable aloud, or what it could not draw."""
    caplog.set_level(logging.ERROR, logger="weasyprint")
    yield
    assert [record.getMessage() for record in caplog.records if record.name.startswith("weasyprint")] == []


def printed(paper):
    return Printed(render_pdf(paper))


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


def play(court, cast, name="Jordan Tate", **facts):
    """One case from referral to letter, and each paper on the way as its step allows it."""
    case = make.admitted(court, cast.cora, name, **facts)
    day = make.court_session(court, cast.cora, starts=(time(18, 30),))
    hearing = make.hearing(case, day, cast.judy, cast.cora)
    make.booked(cast.jurors, day, cast.cora)
    make.drawn(hearing, cast.cora)
    day.publish(by=cast.cora)
    papers = {
        "hearing_notice": hearing_notice(hearing),
        "docket": docket(day),
        "docket_for_jurors": docket_for_jurors(day),
        "sign_in_sheets": sign_in_sheets(day),
        "room_sheets": room_sheets(day),
        "hearing_script": hearing_script(hearing),
        "deliberation_sheet": deliberation_sheet(hearing),
    }
    make.sworn(hearing, cast.cora)
    hearing.hold(by=cast.judy)
    order = make.signed(make.proposed(hearing), cast.judy)
    papers["disposition_order"], papers["plain_copy"] = disposition_order(order), plain_copy(order)
    make.closed(day, by=cast.cora)
    complete(case, cast)
    letter = tell_referrer(case, by=cast.cora)
    papers["completion_certificate"] = completion_certificate(case)
    papers["decision_letter"] = decision_letter(letter)
    return SimpleNamespace(case=case, day=day, hearing=hearing, order=order, letter=letter, papers=papers)


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
        narrative="\n".join(
            ["They took things, were seen, ran, and were brought back by a guard. " * 12] * 4
        ),
    )
