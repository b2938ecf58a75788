"""A county's own sign-in (OpenID Connect): where to send somebody, and what to believe of who comes back.

Needs the optional extra `oidc`. Without its settings nothing of it is shown.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from hmac import compare_digest
from typing import Any

from youthcourt import clock
from youthcourt.errors import RuleBroken
from youthcourt.i18n import _

PATIENCE_IN_SECONDS = 10
# Signed with a key pair: never `none`, and never a secret that both sides know.
ALGORITHMS = ["RS256", "PS256", "ES256", "EdDSA"]
LEEWAY, OLDEST = 60, 600
WHERE = "/.well-known/openid-configuration"


@dataclass(frozen=True)
class County:
    """The sign-in that this installation trusts, as its settings say."""

    issuer: str
    client_id: str
    client_secret: str
    name: str
    # Words in the claims `amr` or `acr` that say: they showed a second factor there.
    factor_words: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Asked:
    """What the browser keeps while its owner is away: three random words that only the right answer fits."""

    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True)
class Told:
    """Who came back: a number at an issuer. Their e-mail address is not asked for and not believed."""

    subject: str
    showed_factor: bool


def send_away(county: County, back: str) -> tuple[str, Asked]:
    """The address at the county to sign in at, and what to keep until they come back to `back`."""
    asked = Asked(*(secrets.token_urlsafe(32) for _word in range(3)))
    places = _places(county)
    with _client(county, back) as client:
        address, _state = client.create_authorization_url(
            places["authorization_endpoint"],
            state=asked.state,
            nonce=asked.nonce,
            code_verifier=asked.verifier,
        )
    return str(address), asked


def believe(county: County, asked: Asked, back: str, answer: Mapping[str, str]) -> Told:
    """Who came back, when everything about the answer is right; refused otherwise, whatever was wrong."""
    # An optional extra: loaded when somebody signs in this way, never by an installation without it.
    from authlib.integrations.base_client import OAuthError
    from joserfc.errors import JoseError
    from requests import RequestException

    try:
        if not compare_digest(asked.state.encode(), answer.get("state", "").encode()):
            raise ValueError("an answer to nothing we asked")
        if answer.get("iss", county.issuer) != county.issuer or not answer.get("code"):
            raise ValueError("no code of this issuer")
        places = _places(county)
        with _client(county, back) as client:
            token = client.fetch_token(
                places["token_endpoint"],
                code=answer["code"],
                code_verifier=asked.verifier,
                timeout=PATIENCE_IN_SECONDS,
                allow_redirects=False,
            )
        return told_by(county, asked, token["id_token"], _read(places["jwks_uri"]))
    except (OAuthError, JoseError, RequestException, ValueError, KeyError, TypeError) as no:
        raise RuleBroken(_("The county sign-in did not work. Please try again.")) from no


def told_by(county: County, asked: Asked, id_token: str, keys: Any) -> Told:
    """What a token says, when it is signed by the county, for us, for this question, and of now."""
    # An optional extra, as above.
    from joserfc import jwt
    from joserfc.jwk import KeySet

    claims = jwt.decode(id_token, KeySet.import_key_set(keys), algorithms=ALGORITHMS).claims
    now = clock.now().timestamp()
    audience = claims["aud"] if isinstance(claims["aud"], list) else [claims["aud"]]
    wrong = [
        claims["iss"] != county.issuer,
        county.client_id not in audience,
        claims.get("azp", county.client_id) != county.client_id
        or (len(audience) > 1 and "azp" not in claims),
        not compare_digest(str(claims["nonce"]).encode(), asked.nonce.encode()),
        float(claims["exp"]) <= now - LEEWAY,
        not now - OLDEST <= float(claims["iat"]) <= now + LEEWAY,
        not isinstance(claims["sub"], str) or not 0 < len(claims["sub"]) <= 255,
    ]
    if any(wrong):
        raise ValueError("a token for somebody else, or of another time")
    said = claims.get("amr")
    words = {str(word) for word in said} if isinstance(said, list) else set()
    return Told(claims["sub"], bool(county.factor_words & {*words, str(claims.get("acr"))}))


def _client(county: County, back: str) -> Any:
    # An optional extra, as above.
    from authlib.integrations.requests_client import OAuth2Session

    return OAuth2Session(
        county.client_id,
        county.client_secret,
        scope="openid",
        redirect_uri=back,
        code_challenge_method="S256",
    )


def _places(county: County) -> dict[str, str]:
    """Where the county answers what. A document that speaks for another issuer is not believed."""
    told = _read(county.issuer + WHERE)
    scheme = county.issuer.partition("://")[0] + "://"
    places = {key: str(told[key]) for key in ("authorization_endpoint", "token_endpoint", "jwks_uri")}
    if told["issuer"] != county.issuer or not all(place.startswith(scheme) for place in places.values()):
        raise RuleBroken(_("The county sign-in did not work. Please try again."))
    return places


def _read(address: str) -> Any:
    # An optional extra, as above.
    import requests

    try:
        answer = requests.get(address, timeout=PATIENCE_IN_SECONDS, allow_redirects=False)
        answer.raise_for_status()
        return answer.json()
    except (requests.RequestException, ValueError) as no:
        raise RuleBroken(_("The county sign-in did not work. Please try again.")) from no
