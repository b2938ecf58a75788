"""What somebody proves beside their password: an app, a passkey, or a code from a printed list."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from youthcourt.errors import RuleBroken
from youthcourt.i18n import _
from youthcourt.models import Authenticator, Passkey, RecoveryCode, User
from youthcourt.models.accounts.authenticator import step_of
from youthcourt.models.accounts.passkey import MOST


class FactorKind(StrEnum):
    APP = "app"
    PASSKEY = "passkey"


@dataclass(frozen=True)
class Factors:
    """What one account has."""

    app: Authenticator | None
    passkeys: list[Passkey]
    codes_left: int

    @property
    def count(self) -> int:
        """Recovery codes open the door once, but they are no factor to live with."""
        return len(self.passkeys) + (self.app is not None)


def factors_of(user: User) -> Factors:
    return Factors(Authenticator.of(user), Passkey.of(user), RecoveryCode.left(user))


# ---- Adding ---------------------------------------------------------------------------------------


def add_app(user: User, seed: str, code: str, by: User) -> list[str]:
    """Keep an app that showed the right code. An app kept before is forgotten: it was for another phone.

    Returns recovery codes to print when this is the first factor, else nothing.
    """
    step = step_of(seed, code)
    if step is None:
        raise RuleBroken(_("This is not the code that the app shows now. Type the newest one."), field="code")
    is_first = not user.has_factor
    if old := Authenticator.of(user):
        _forget(old, FactorKind.APP, by=by)
    Authenticator.keep(user, seed, step)
    user.record("factor.added", by=by, kind=FactorKind.APP)
    return make_codes(user, by=by) if is_first else []


def add_passkey(
    user: User, name: str, *, credential_id: str, public_key: bytes, sign_count: int, by: User
) -> list[str]:
    """Keep a device that signed our question. Returns recovery codes to print when it is the first factor."""
    if len(Passkey.of(user)) >= MOST:
        raise RuleBroken(_("You have %(count)s passkeys. Remove one first.", count=MOST))
    if Passkey.with_credential(user.session, credential_id):
        raise RuleBroken(_("This device has a passkey here already."))
    is_first = not user.has_factor
    Passkey.keep(user, name, credential_id=credential_id, public_key=public_key, sign_count=sign_count)
    user.record("factor.added", by=by, kind=FactorKind.PASSKEY, name=name)
    return make_codes(user, by=by) if is_first else []


def make_codes(user: User, by: User) -> list[str]:
    """A fresh list of recovery codes, shown this once; the list before is worth nothing any more."""
    if not user.has_factor:
        raise RuleBroken(_("Set up an app or a passkey first."))
    codes = RecoveryCode.make(user)
    user.record("recovery_codes.made", by=by)
    return codes


# ---- Proving --------------------------------------------------------------------------------------


def app_accepts(user: User, code: str) -> bool:
    app = Authenticator.of(user)
    return app is not None and app.accepts(code)


def use_recovery_code(user: User, code: str) -> bool:
    """Whether this opens the door in place of a phone. It does so once, and it is written down."""
    if not RecoveryCode.use(user, code):
        return False
    user.record("recovery_code.used", by=user, left=RecoveryCode.left(user))
    return True


def is_proved_by(user: User, code: str) -> bool:
    """Whether this is a code of their app, or one line of their printed list."""
    typed = "".join(code.split())
    return app_accepts(user, typed) if typed.isdecimal() else use_recovery_code(user, code)


# ---- Removing -------------------------------------------------------------------------------------


def why_not_remove(user: User, factors: Factors) -> str | None:
    """Somebody whose role needs a second factor keeps the last one until there is another."""
    if factors.count == 1 and user.works_here:
        return _("Your role needs a second step when you sign in. Add another one first, then remove this.")
    return None


def remove_app(user: User, by: User) -> None:
    app = Authenticator.of(user)
    if app is None:
        raise RuleBroken(_("There is no app to remove."))
    _remove(user, app, FactorKind.APP, by=by)


def remove_passkey(passkey: Passkey, by: User) -> None:
    _remove(passkey.user, passkey, FactorKind.PASSKEY, by=by)


def _remove(user: User, factor: Authenticator | Passkey, kind: FactorKind, by: User) -> None:
    if why_not := why_not_remove(user, factors_of(user)):
        raise RuleBroken(why_not)
    _forget(factor, kind, by=by)
    if not user.has_factor:
        RecoveryCode.forget(user)


def remove_lost(user: User, reason: str, by: User | None) -> None:
    """Forget everything somebody lost, so that they set up anew at their next sign-in.

    Whoever does it has made sure who is asking; they see none of the secrets. `by` is None at the
    command line, for the only administrator there is.
    """
    if by is user:
        raise RuleBroken(_("Ask another administrator: nobody does this for themselves."))
    factors = factors_of(user)
    if not factors.count:
        raise RuleBroken(_("%(name)s has no second step to remove.", name=user))
    for passkey in factors.passkeys:
        _forget(passkey, FactorKind.PASSKEY, by=by, reason=reason)
    if factors.app:
        _forget(factors.app, FactorKind.APP, by=by, reason=reason)
    RecoveryCode.forget(user)


def _forget(factor: Authenticator | Passkey, kind: FactorKind, by: User | None, reason: str = "") -> None:
    named = {"name": factor.name} if isinstance(factor, Passkey) else {}
    factor.user.record("factor.removed", by=by, kind=kind, reason=reason, **named)
    factor.session.delete(factor)
    factor.session.flush()
