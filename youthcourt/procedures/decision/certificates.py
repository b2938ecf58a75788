"""The court's own certificate, with which its orders are sealed: a file outside the database.

Whoever has the key can seal in the name of the court, so it lies in a folder of its own, readable for the
server's user alone, and in no backup of the database. A seal says that a file comes from this court and that
no letter of it was changed since. It does not say that the judge held the key.
"""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
    pkcs12,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from youthcourt import clock
from youthcourt.errors import RuleBroken
from youthcourt.i18n import _
from youthcourt.models import Court

Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey

YEARS = 3
SOON = timedelta(days=60)
_DOCUMENT_SIGNING = x509.ObjectIdentifier("1.3.6.1.5.5.7.3.36")
_LONGEST_NAME = 64  # of a certificate (RFC 5280, appendix A)


@dataclass(frozen=True)
class CourtCertificate:
    """A key, its certificate, and the certificates of those who vouch for it."""

    key: Key
    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...] = ()

    @property
    def subject(self) -> str:
        names = self.certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
        return str(names[0].value) if names else self.certificate.subject.rfc4514_string()

    @property
    def issuer(self) -> str:
        return self.certificate.issuer.rfc4514_string()

    @property
    def is_own(self) -> bool:
        """Whether nobody vouches for it but the court itself."""
        return self.certificate.issuer == self.certificate.subject

    @property
    def until(self) -> datetime:
        return self.certificate.not_valid_after_utc

    @property
    def is_valid(self) -> bool:
        return self.certificate.not_valid_before_utc <= clock.now() <= self.until

    @property
    def runs_out_soon(self) -> bool:
        return self.until - clock.now() < SOON

    @property
    def fingerprint(self) -> str:
        return self.certificate.fingerprint(hashes.SHA256()).hex()


class Certificates:
    """The folder in which the certificates of an installation lie, one file a court."""

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)

    def path_of(self, court: Court) -> Path:
        return self.folder / f"court-{court.id}.pem"

    def of(self, court: Court) -> CourtCertificate | None:
        """The certificate of a court; None when it has none."""
        path = self.path_of(court)
        if not path.exists():
            return None
        if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            raise RuleBroken(
                _(
                    "The file of the court's certificate can be read by others. Run: chmod 600 %(path)s",
                    path=path,
                )
            )
        return _read(path.read_bytes())

    def make(self, court: Court, years: int = YEARS) -> CourtCertificate:
        """A new key, and a certificate that only the court itself vouches for."""
        made = _own_certificate(court, years)
        self._keep(court, made)
        return made

    def take_in(self, court: Court, content: bytes, password: str | None = None) -> CourtCertificate:
        """Keep a key and a certificate that somebody else has issued: PEM, or PKCS #12."""
        found = _read(content, password)
        if not found.is_valid:
            raise RuleBroken(_("This certificate is not valid today."))
        self._keep(court, found)
        return found

    def _keep(self, court: Court, one: CourtCertificate) -> None:
        """Written beside the old one and then put in its place, so that there is always a whole one."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = self.path_of(court)
        beside = path.with_suffix(".new")
        beside.unlink(missing_ok=True)
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(one.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
            for each in (one.certificate, *one.chain):
                file.write(each.public_bytes(Encoding.PEM))
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, path)


def _own_certificate(court: Court, years: int) -> CourtCertificate:
    key, name = ec.generate_private_key(ec.SECP256R1()), court.name[:_LONGEST_NAME]
    subject = x509.Name(
        [x509.NameAttribute(NameOID.COMMON_NAME, name), x509.NameAttribute(NameOID.ORGANIZATION_NAME, name)]
    )
    usage = x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(clock.now() - timedelta(minutes=5))  # for readers whose clock is behind
        .not_valid_after(clock.now() + timedelta(days=365 * years))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(
            x509.ExtendedKeyUsage([_DOCUMENT_SIGNING, ExtendedKeyUsageOID.EMAIL_PROTECTION]), critical=False
        )
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    return CourtCertificate(key, certificate)


def _read(content: bytes, password: str | None = None) -> CourtCertificate:
    """A key and its certificate out of a file, the certificate of the key first."""
    secret = password.encode() if password else None
    try:
        if b"-----BEGIN" in content:
            key = load_pem_private_key(content, secret)
            found = x509.load_pem_x509_certificates(content)
        else:
            key, first, others = pkcs12.load_key_and_certificates(content, secret)  # type: ignore[assignment]
            found = [each for each in (first, *others) if each is not None]
    except (ValueError, TypeError) as no:
        raise RuleBroken(_("No key and certificate could be read from this file.")) from no
    if not isinstance(key, ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey):
        raise RuleBroken(_("This kind of key cannot seal a paper. Use RSA or an elliptic curve."))
    own = [each for each in found if each.public_key() == key.public_key()]
    if not own:
        raise RuleBroken(_("The certificate in this file does not belong to its key."))
    return CourtCertificate(key, own[0], tuple(each for each in found if each is not own[0]))
