"""Papers that were handed out: kept as they were, and anybody may ask whether one is genuine."""

import io
import subprocess
from itertools import product

import pytest
import zxingcpp
from PIL import Image

from tests import make
from youthcourt import models as m
from youthcourt.extensions import db
from youthcourt.procedures.completion import sealing
from youthcourt.procedures.decision.certificates import Certificates
from youthcourt.procedures.paper_codes import LETTERS, as_written, code_for


@pytest.fixture
def completed(court, cast):
    """A case that is over, with its order; nothing of it was printed yet."""
    order = make.signed(make.proposed(make.held(court, cast)), cast.judy)
    for each in order.case.obligations:
        each.excuse("Moved away in the meantime.", by=cast.cora)
    order.case.ask_dismissal("Done.", by=cast.cora)
    order.case.dismiss(by=cast.judy)
    db.session.commit()
    return order.case


def kept(case):
    return m.IssuedPaper.all_of(db.session(), case.court_id, "completion_certificate", case.id)


def certificate(browser, case):
    return browser.get(f"/papers/completion_certificate/{case.id}")


def answer(client, code):
    return " ".join(client.get(f"/check/{code}").text.split())


def test_a_paper_is_kept_when_it_is_first_printed_and_the_same_bytes_come_again(completed, cast, sign_in):
    browser = sign_in(cast.cora)

    first, second = certificate(browser, completed), certificate(browser, completed)

    (paper,) = kept(completed)
    assert first.data == second.data == paper.content
    assert (paper.number, paper.case_id, paper.by_id) == (1, completed.id, cast.cora.id)


def test_what_changed_since_makes_a_new_paper_and_the_old_one_is_replaced(completed, cast, sign_in, client):
    browser = sign_in(cast.cora)
    certificate(browser, completed)
    completed.respondent.family_name = "Tate-Lindqvist"
    db.session.commit()

    new = certificate(browser, completed).data

    old, last = kept(completed)
    assert (old.state, last.state) == (m.PaperState.REPLACED, m.PaperState.GENUINE)
    assert (last.content, old.content != new) == (new, True)
    assert "It was replaced" in answer(client, old.code)
    assert "Yes, it is genuine" in answer(client, last.code)


def test_the_square_on_the_paper_leads_to_its_check(completed, cast, sign_in, client):
    pdf = certificate(sign_in(cast.cora), completed).data

    drawn = subprocess.run(["pdftoppm", "-r", "200", "-png"], input=pdf, capture_output=True, check=True)
    (square,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(drawn.stdout)).convert("L"))

    (paper,) = kept(completed)
    assert square.text.endswith(f"/check/{paper.code}")
    assert "Yes, it is genuine" in answer(client, square.text.rpartition("/")[2])


def test_whoever_checks_reads_no_name_and_no_number(completed, cast, sign_in, client):
    certificate(sign_in(cast.cora), completed)
    (paper,) = kept(completed)

    said = answer(client, paper.code)

    assert "Harbor Youth Court" in said or completed.court.name in said
    assert ("Certificate of completion" in said, paper.sha256 in said) == (True, True)
    for secret in ("Jordan", "Tate", completed.number, "Shoplifting", "Cora"):
        assert secret not in said


def test_a_withdrawn_paper_says_so_and_not_why(completed, cast, sign_in, client, logged):
    browser = sign_in(cast.cora)
    certificate(browser, completed)
    (paper,) = kept(completed)
    address = f"/papers/kept/{paper.id}/withdrawal"

    refused = browser.post(address, data={"reason": ""})
    browser.post(address, data={"reason": "It went to the wrong person."})

    assert (refused.status_code, "Write why it is withdrawn." in refused.text) == (422, True)
    said = answer(client, paper.code)
    assert ("It was withdrawn" in said, "wrong person" in said) == (True, False)
    listed = browser.get(f"/papers/of-case/{completed.id}").text
    assert ("It went to the wrong person." in listed, paper.code in listed) == (True, True)
    certificate(browser, completed)
    assert [each.state for each in kept(completed)] == [m.PaperState.WITHDRAWN, m.PaperState.GENUINE]


def test_the_papers_of_an_order_go_with_their_order(court, cast, client):
    order = make.signed(make.proposed(make.held(court, cast)), cast.judy)
    paper = m.IssuedPaper.keep(
        order, m.PaperKind.ORDER, b"%PDF", "en", by=cast.judy, code=code_for(court.id, "x", "1")
    )
    db.session.commit()
    before = answer(client, paper.code)

    order.unsign("Signed too early.", by=cast.judy)
    db.session.commit()

    assert "Yes, it is genuine" in before
    assert paper.why_not_withdraw().startswith("A paper of an order")
    assert "It was withdrawn" in answer(client, paper.code)


def test_of_a_sealed_or_destroyed_record_nothing_is_told(completed, cast, sign_in, client):
    certificate(sign_in(cast.cora), completed)
    code, unknown = kept(completed)[0].code, code_for(0, "no", "such")

    sealing.seal(db.session.get(m.Case, completed.id), "The wait is over.", by=cast.cora)
    db.session.commit()

    assert answer(client, code).replace(code, "C") == answer(client, unknown).replace(unknown, "C")
    assert "We know of no such paper" in answer(client, unknown)


@pytest.mark.parametrize("typed", ["4k7qm-d2x9h", " 4K7QM D2X9H ", "4K7QMD2X9H", "4K7QM\N{EN DASH}D2X9H"])
def test_a_code_is_read_however_it_is_typed(client, typed):
    asked = client.post("/check/", data={"code": typed})

    assert asked.location.endswith("/check/4K7QM-D2X9H")


@pytest.mark.parametrize("typed", ["", "4K7QM", "4K7QM-D2X9H-1", "4K7QM-D2X9!", "<script>"])
def test_what_cannot_be_a_code_is_refused_beside_its_field(client, typed):
    asked = client.post("/check/", data={"code": typed})

    assert (asked.status_code, 'aria-invalid="true"' in asked.text) == (422, True)
    assert "We know of no such paper" in client.get("/check/nonsense").text


def test_letters_that_look_alike_are_taken_for_each_other():
    assert as_written("OIL00-00000") == "01100-00000"
    assert set("ILOU").isdisjoint(LETTERS)


def test_codes_differ_with_court_kind_and_paper(app):
    with app.app_context():
        codes = {code_for(*each) for each in product((1, 2), "ab", ("1.en", "2.en"))}

    assert len(codes) == 8


def test_a_certificate_bears_the_seal_of_a_court_that_has_one(completed, cast, sign_in, app, tmp_path):
    app.config["CERTIFICATES"] = tmp_path
    seal = Certificates(tmp_path).make(completed.court)

    pdf = certificate(sign_in(cast.cora), completed).data

    file = tmp_path / "c.pdf"
    file.write_bytes(pdf)
    said = subprocess.run(["pdfsig", str(file)], capture_output=True, text=True, check=False).stdout
    assert "Signature Validation: Signature is Valid." in said
    assert kept(completed)[0].certificate == seal.fingerprint


def test_a_paper_that_cannot_be_kept_is_not_handed_out(completed, cast, sign_in, monkeypatch):
    browser = sign_in(cast.cora)
    monkeypatch.setattr(m.IssuedPaper, "hand_out", lambda *_args, **_facts: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        certificate(browser, completed)

    assert kept(completed) == []
