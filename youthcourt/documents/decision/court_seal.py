"""Sealing a finished PDF with the court's certificate: a PAdES signature that nobody sees on the page.

A stamp drawn on the page would break PDF/UA and PDF/A; what people read about the seal stands in the paper.
"""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from youthcourt.errors import PaperFailed
from youthcourt.procedures.decision.certificates import CourtCertificate

FIELD = "CourtSeal"


def sealed(pdf: bytes, one: CourtCertificate, reason: str, place: str, at: datetime) -> bytes:
    """The same PDF with the court's seal. PaperFailed when it cannot be sealed."""
    # pyHanko takes the better part of a second to load, and only sealing needs it
    from asn1crypto import keys as asn1_keys
    from asn1crypto import x509 as asn1_x509
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.sign import fields, signers
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    class AtItsMoment(signers.PdfSigner):
        """Signs as of the moment at which the order was signed, by the court's clock."""

        def init_signing_session(self, *args: Any, **kwargs: Any) -> Any:
            session = super().init_signing_session(*args, **kwargs)
            session.system_time = at
            return session

    def parsed(each: x509.Certificate) -> Any:
        return asn1_x509.Certificate.load(each.public_bytes(Encoding.DER))

    others = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    others.register_multiple([parsed(each) for each in one.chain])
    key = one.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    signer = signers.SimpleSigner(
        signing_cert=parsed(one.certificate),
        signing_key=asn1_keys.PrivateKeyInfo.load(key),
        cert_registry=others,
    )
    told = signers.PdfSignatureMetadata(
        field_name=FIELD,
        subfilter=fields.SigSeedSubFilter.PADES,
        md_algorithm="sha256",
        reason=reason,
        location=place or None,
        certify=True,
        docmdp_permissions=fields.MDPPerm.NO_CHANGES,
    )

    def sign() -> bytes:
        writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
        fields.append_signature_field(writer, fields.SigFieldSpec(FIELD))
        content: bytes = AtItsMoment(told, signer=signer).sign_pdf(writer).getvalue()
        return content

    try:
        # pyHanko runs an event loop of its own, which a thread can do only while it has no other
        with ThreadPoolExecutor(max_workers=1) as thread:
            return thread.submit(sign).result()
    except (PdfError, ValueError, TypeError) as no:
        raise PaperFailed("seal") from no
