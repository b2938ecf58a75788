"""The court's certificate: one file a court, for the server's user alone."""

import stat
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)

from tests import make
from tests.refusals import refused
from youthcourt import clock
from youthcourt.procedures.decision.certificates import Certificates


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "certificates"


@pytest.fixture
def kept(folder):
    return Certificates(folder)


def pem(one, key=None):
    private = (key or one.key).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return private + one.certificate.public_bytes(Encoding.PEM)


def test_a_court_has_none_until_one_is_made(court, kept):
    before = kept.of(court)
    made = kept.make(court)

    found = kept.of(court)
    assert before is None
    assert (found.fingerprint, found.subject, found.is_own) == (made.fingerprint, court.name, True)
    assert (found.is_valid, found.runs_out_soon) == (True, False)


def test_nobody_else_on_the_machine_reads_the_key(court, kept, folder):
    kept.make(court)

    modes = [stat.S_IMODE(path.stat().st_mode) for path in (folder, kept.path_of(court))]
    assert modes == [0o700, 0o600]
    assert [path.name for path in folder.iterdir()] == [f"court-{court.id}.pem"]


def test_a_key_that_others_can_read_is_not_used(court, kept):
    kept.make(court)
    kept.path_of(court).chmod(0o640)

    assert "can be read by others" in refused(kept.of, court)


def test_each_court_has_its_own(court, kept):
    other = make.court("Other County Youth Court")
    kept.make(court)

    assert (kept.of(other), kept.of(court) is not None) == (None, True)


def test_it_says_when_it_runs_out(court, kept):
    made = kept.make(court, years=1)

    with clock.at(make.SATURDAY + timedelta(days=310)):
        soon = made.is_valid, made.runs_out_soon
    with clock.at(make.SATURDAY + timedelta(days=366)):
        over = made.is_valid, made.runs_out_soon

    assert (soon, over) == ((True, True), (False, True))


def test_one_that_somebody_else_issued_is_taken_in(court, kept, folder):
    issued = Certificates(folder / "elsewhere").make(court)
    bundle = pkcs12.serialize_key_and_certificates(
        b"court", issued.key, issued.certificate, None, BestAvailableEncryption(b"secret")
    )

    from_pem = kept.take_in(court, pem(issued))
    from_bundle = kept.take_in(court, bundle, password="secret")

    assert from_pem.fingerprint == from_bundle.fingerprint == kept.of(court).fingerprint
    assert "could be read" in refused(kept.take_in, court, bundle, password="wrong")


def test_what_is_no_certificate_of_its_key_is_refused_and_the_old_one_stays(court, kept, folder):
    old = kept.make(court)
    issued = Certificates(folder / "elsewhere").make(court)
    stranger = ec.generate_private_key(ec.SECP256R1())

    assert "does not belong to its key" in refused(kept.take_in, court, pem(issued, key=stranger))
    assert "could be read" in refused(kept.take_in, court, b"-----BEGIN NOTHING-----")
    with clock.at(make.SATURDAY + timedelta(days=5000)):
        assert refused(kept.take_in, court, pem(issued)) == "This certificate is not valid today."
    assert kept.of(court).fingerprint == old.fingerprint
