"""Asking a device to sign, and checking what it signed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import webauthn
from sqlalchemy.orm import Session
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url, parse_authentication_credential_json
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from youthcourt.errors import RuleBroken
from youthcourt.i18n import _
from youthcourt.models import ChallengePurpose, Passkey, PasskeyChallenge, User
from youthcourt.models.accounts.passkey import handle_of
from youthcourt.walls import visiting

from .second_factor import add_passkey

MILLISECONDS = 5 * 60 * 1000
NOT_A_FORM_OF_ANSWER = (WebAuthnException, ValueError, KeyError, TypeError)


@dataclass(frozen=True)
class Site:
    """Where this installation is: a passkey made here answers to exactly this address."""

    origin: str
    name: str = "Youthcourt"

    @property
    def rp_id(self) -> str:
        return urlsplit(self.origin).hostname or ""


def question_to_add(user: User, site: Site) -> tuple[bytes, str]:
    """A question that makes a device keep a new passkey: its random part, and all of it as scripts see it."""
    challenge = PasskeyChallenge.ask(user.session, ChallengePurpose.ADD, user)
    options = webauthn.generate_registration_options(
        rp_id=site.rp_id,
        rp_name=site.name,
        user_id=handle_of(user),
        user_name=user.email,
        user_display_name=user.name,
        challenge=challenge,
        timeout=MILLISECONDS,
        # Found by the device itself, and only after a finger, a face or a PIN.
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=_descriptors(user),
    )
    return challenge, webauthn.options_to_json(options)


def add(user: User, site: Site, challenge: bytes, answer: str, name: str, by: User) -> list[str]:
    """Keep the passkey that answered. Returns recovery codes to print when it is the first factor."""
    try:
        checked = webauthn.verify_registration_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=site.rp_id,
            expected_origin=site.origin,
            require_user_verification=True,
        )
    except NOT_A_FORM_OF_ANSWER as no:
        raise RuleBroken(_("This passkey could not be added. Please try again.")) from no
    if not PasskeyChallenge.take(user.session, challenge, ChallengePurpose.ADD, user):
        raise RuleBroken(_("That took too long. Please try again."))
    return add_passkey(
        user,
        name,
        credential_id=bytes_to_base64url(checked.credential_id),
        public_key=checked.credential_public_key,
        sign_count=checked.sign_count,
        by=by,
    )


def question(session: Session, site: Site, user: User | None = None) -> tuple[bytes, str]:
    """A question for a passkey of this account; of whoever is there, when nobody has said who they are."""
    purpose = ChallengePurpose.PROVE if user else ChallengePurpose.SIGN_IN
    challenge = PasskeyChallenge.ask(session, purpose, user)
    options = webauthn.generate_authentication_options(
        rp_id=site.rp_id,
        challenge=challenge,
        timeout=MILLISECONDS,
        allow_credentials=_descriptors(user) if user else None,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return challenge, webauthn.options_to_json(options)


def proved_by(
    session: Session, site: Site, challenge: bytes, answer: str, user: User | None = None
) -> Passkey | None:
    """The passkey that gave this answer to this question; None when it is none, or not of this account."""
    passkey, handle = _named_in(session, answer)
    if passkey is None or not _may_speak_for(passkey, handle, user):
        return None
    try:
        checked = webauthn.verify_authentication_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=site.rp_id,
            expected_origin=site.origin,
            credential_public_key=passkey.public_key,
            credential_current_sign_count=passkey.sign_count,
            require_user_verification=True,
        )
    except NOT_A_FORM_OF_ANSWER:
        return None
    purpose = ChallengePurpose.PROVE if user else ChallengePurpose.SIGN_IN
    if not PasskeyChallenge.take(session, challenge, purpose, user):
        return None
    with visiting(session, passkey.court_id):
        passkey.note_use(checked.new_sign_count)
    return passkey


def _named_in(session: Session, answer: str) -> tuple[Passkey | None, Any]:
    """The passkey that an answer names, and the account that the device believes it belongs to."""
    try:
        told = parse_authentication_credential_json(answer)
    except NOT_A_FORM_OF_ANSWER:
        return None, None
    return Passkey.with_credential(session, bytes_to_base64url(told.raw_id)), told.response.user_handle


def _may_speak_for(passkey: Passkey, handle: Any, user: User | None) -> bool:
    owner = passkey.user
    is_the_one = user is None or owner is user
    return is_the_one and owner.ended_at is None and handle in (None, b"", handle_of(owner))


def _descriptors(user: User) -> list[PublicKeyCredentialDescriptor]:
    return [
        PublicKeyCredentialDescriptor(id=base64url_to_bytes(each.credential_id)) for each in Passkey.of(user)
    ]
