"""An order is printed once, when it is signed, sealed by the court's certificate, and kept byte for byte."""

import re
import subprocess
from datetime import timedelta
from functools import partial

import pytest

from tests import make
from tests.documents.conftest import Printed
from tests.refusals import refused
from youthcourt import clock
from youthcourt import models as m
from youthcourt.documents.decision import issuing
from youthcourt.documents.decision.court_seal import sealed
from youthcourt.errors import ChangedMeanwhile, PaperFailed
from youthcourt.procedures.decision import signing
from youthcourt.procedures.decision.certificates import Certificates

ORDER, PLAIN = m.PaperKind.ORDER, m.PaperKind.PLAIN_COPY


@pytest.fixture
def plan(court, cast):
    return make.proposed(make.held(court, cast))


@pytest.fixture
def certificate(court, tmp_path):
    return Certificates(tmp_path / "certificates").make(court)


def signed(plan, by, seal=None):
    """As a page signs: rehearsed and undone, printed, and then done."""
    approve = partial(signing.approve_plan, plan, plan.revision, by)
    session = plan.session
    session.commit()
    rehearsed = issuing.rehearse(lambda at: approve(at=at), seal)
    session.rollback()
    printed = issuing.print_all(rehearsed)
    order = issuing.sign_as_printed(lambda at: approve(at=at), printed, by=by)
    session.commit()
    return order


def checked(pdf, tmp_path):
    """What poppler's own checker says of the signatures in a file."""
    file = tmp_path / "checked.pdf"
    file.write_bytes(pdf)
    said = subprocess.run(["pdfsig", str(file)], capture_output=True, text=True, check=False)
    return said.stdout


def test_an_order_is_sealed_and_a_stranger_to_our_code_says_so(plan, cast, certificate, tmp_path):
    order = signed(plan, cast.judy, certificate)

    paper = order.paper(ORDER)
    said = checked(paper.read(), tmp_path)
    assert "Signature Validation: Signature is Valid." in said
    assert "Signature Type: ETSI.CAdES.detached" in said
    assert "Total document signed" in said
    assert f"Signer Certificate Common Name: {plan.court.name}" in said
    assert "Signing Time: Mar 07 2026" in said
    assert paper.certificate == certificate.fingerprint
    print("count: papers whose seal pdfsig found good = 1")


@pytest.mark.parametrize("where", ["the first page", "the middle", "the end of what is signed"])
def test_one_flipped_bit_anywhere_breaks_the_seal(plan, cast, certificate, tmp_path, where):
    pdf = bytearray(signed(plan, cast.judy, certificate).paper(ORDER).content)
    first, length, second, rest = map(int, re.findall(rb"/ByteRange\s*\[([\d\s]+)\]", pdf)[0].split())
    at = {"the first page": 900, "the middle": length // 2, "the end of what is signed": second + rest - 40}
    pdf[at[where]] ^= 1

    said = checked(bytes(pdf), tmp_path)

    assert first == 0
    assert "Signature is Valid" not in said


def test_a_sealed_order_is_still_a_paper_to_keep_and_to_hear(plan, cast, certificate):
    found = Printed(signed(plan, cast.judy, certificate).paper(ORDER).content)

    assert found.file.Root.MarkInfo.Marked
    assert "/Lang" in found.file.Root
    metadata = found.file.Root.Metadata.read_bytes()
    assert b"<pdfaid:part>2</pdfaid:part>" in metadata or b'pdfaid:part="2"' in metadata
    assert b'pdfuaid:part="1"' in metadata
    assert certificate.fingerprint in found.text.replace(" ", "")
    assert "Signed electronically by Judy Okafor Mar 7, 2026, 12:00 PM" in found.text


def test_a_court_without_a_certificate_says_what_that_means(plan, cast, tmp_path):
    paper = signed(plan, cast.judy).paper(ORDER)

    assert (paper.certificate, "does not contain any signatures" in checked(paper.content, tmp_path)) == (
        None,
        True,
    )
    assert "The file of this order carries no electronic seal." in Printed(paper.content).text


def test_a_certificate_that_ran_out_seals_nothing(plan, cast, certificate):
    with clock.at(make.SATURDAY + timedelta(days=365 * 4)):
        at_its_end = issuing.rehearse(
            lambda at: signing.approve_plan(plan, plan.revision, cast.judy, at=at), certificate
        )

    assert at_its_end.seal is None


def test_what_is_kept_does_not_change_with_the_templates(plan, cast, app, monkeypatch):
    order = signed(plan, cast.judy)
    before = order.paper(ORDER).read(), order.paper(PLAIN).read()

    order.case.respondent.given_name = "Somebody"
    order.court.name = "Another court"
    order.session.commit()

    assert (order.paper(ORDER).read(), order.paper(PLAIN).read()) == before
    assert "Jordan Tate" in Printed(order.paper(ORDER).read()).text


def test_what_changed_between_printing_and_signing_is_not_signed(plan, cast, court):
    court.session.commit()
    approve = partial(signing.approve_plan, plan, plan.revision, cast.judy)
    rehearsed = issuing.rehearse(lambda at: approve(at=at), None)
    plan.session.rollback()
    printed = issuing.Printed(rehearsed, (b"%PDF", b"%PDF"))
    plan.hearing.case.respondent.family_name = "Else"

    with pytest.raises(ChangedMeanwhile):
        issuing.sign_as_printed(lambda at: approve(at=at), printed, by=cast.judy)

    plan.session.rollback()
    assert plan.orders == []


def test_what_cannot_be_sealed_fails_as_a_paper_that_cannot_be_printed(certificate):
    with pytest.raises(PaperFailed, match="seal"):
        sealed(b"no PDF at all", certificate, "Order", "Court", clock.now())


def test_only_the_judge_of_the_hearing_gets_as_far_as_printing(plan, cast):
    no = refused(issuing.rehearse, lambda at: signing.approve_plan(plan, 0, cast.cora, at=at), None)

    assert no == "Another judge heard this case."


# The copy in plain words


def test_the_copy_says_what_by_when_and_whom_to_ask(plan, cast):
    text = Printed(signed(plan, cast.judy).paper(PLAIN).read()).text

    for words in (
        "Your plan",
        "Hello Jordan.",
        "Community service: 20 hours",
        "Jury duty: 2 sittings",
        "Done by Friday, June 5, 2026.",
        "Gives back to the neighbourhood.",
        "Call us. You are not in trouble for asking: 555-0100",
        "You have until Friday, March 13, 2026.",
        "You can say no to the whole plan.",
    ):
        assert words in text
    assert "Shoplifting" not in text


def test_the_copy_is_in_the_young_persons_language_and_the_list_is_whole(court, cast):
    hearing = make.held(court, cast)
    hearing.case.respondent.language = "es"
    order = signed(make.proposed(hearing), cast.judy)

    papers = order.paper(PLAIN), order.paper(ORDER)

    assert {paper.language for paper in papers} == {"es"}
    assert "Su plan" in Printed(papers[0].read()).text


HOSTILE = '<script>alert(1)</script><img src="file:///etc/passwd"> {{ 7*7 }} \u202eexe.fdp ' + "x" * 3000


def test_hostile_words_of_the_panel_stay_words_in_the_copy(court, cast):
    plan = make.proposed(make.held(court, cast))
    for proposal in plan.proposals:
        proposal.builds = HOSTILE
    plan.session.commit()

    found = Printed(signed(plan, cast.judy).paper(PLAIN).read())

    assert "<script>alert(1)</script>" in found.text
    assert "{{ 7*7 }}" in found.text
    assert "root:" not in found.text
    assert found.pages <= 8
