"""Papers that were handed out stay, byte for byte."""

import hashlib

import pytest
from sqlalchemy import text

from tests import make
from tests.refusals import refused
from youthcourt import models as m

CONTENT = b"%PDF-1.7 as it was handed out"


@pytest.fixture
def paper(court, cast):
    order = make.signed(make.proposed(make.held(court, cast)), cast.judy)
    kept = m.IssuedPaper.keep(order, m.PaperKind.ORDER, CONTENT, language="en", by=cast.judy)
    court.session.commit()
    return kept


def test_what_was_kept_is_what_is_read(paper):
    assert (paper.read(), paper.sha256) == (CONTENT, hashlib.sha256(CONTENT).hexdigest())
    assert paper.order.paper(m.PaperKind.ORDER) is paper
    assert paper.order.paper(m.PaperKind.PLAIN_COPY) is None


def test_a_paper_cannot_be_changed_by_the_application(paper):
    paper.language = "es"

    with pytest.raises(AssertionError, match="never changed"):
        paper.session.flush()
    paper.session.rollback()


def test_one_flipped_bit_in_the_database_is_noticed(paper):
    spoilt = bytes([CONTENT[0] ^ 1]) + CONTENT[1:]
    change = text("UPDATE issued_paper SET content = :content WHERE id = :id")
    paper.session.execute(change, {"content": spoilt, "id": paper.id})
    paper.session.expire_all()

    assert not paper.is_unchanged
    assert refused(paper.read) == (
        "This paper is not as it was kept. Please tell whoever runs this computer."
    )
