"""How people of the office prove who they are, lose their phones, and hand the court's tablet to jurors."""

from __future__ import annotations

from datetime import timedelta

import pyotp

from youthcourt import clock
from youthcourt.models import CountyIdentity, CourtSession, TabletCode, User
from youthcourt.models.accounts.authenticator import new_seed
from youthcourt.permissions import Role
from youthcourt.procedures.accounts import second_factor

from .sign_ins import ADDRESSES
from .stage import Stage, Story

COUNTY = "https://sign-in.county.example"


def second_steps(stage: Stage) -> Story:
    """A colleague sets up an app, loses the phone, and comes back with a code from her list, then anew."""
    colleague, administrator = stage.colleague, _administrator(stage)
    opens_on = stage.season.opens_on
    yield stage.at(opens_on + timedelta(days=1), 9)
    codes = _set_up_app(colleague)
    yield stage.at(opens_on + timedelta(days=2), 9)
    linked = CountyIdentity.link(colleague, COUNTY, subject="wen.li", by=colleague)
    stage.keep()
    yield stage.at(stage.season.starts_on + timedelta(days=30), 8)
    second_factor.use_recovery_code(colleague, codes[0])
    yield stage.at(stage.season.starts_on + timedelta(days=44), 8)
    stage.is_refused(second_factor.remove_app, colleague, by=colleague)  # nothing else would be left
    why = "Her phone was stolen; she came to the office."
    second_factor.remove_lost(colleague, reason=why, by=administrator)
    linked.unlink(by=colleague)
    stage.keep()
    yield stage.at(stage.season.starts_on + timedelta(days=44), 9)
    _set_up_app(colleague)


def _administrator(stage: Stage) -> User:
    found = User.signing_in_as(stage.court.session, ADDRESSES[Role.ADMINISTRATOR])
    assert found is not None
    return found


def _set_up_app(user: User) -> list[str]:
    seed = new_seed()
    shown = pyotp.TOTP(seed).at(int(clock.now().timestamp()))
    return second_factor.add_app(user, seed, shown, by=user)


def hand_tablet(stage: Stage, night: CourtSession) -> None:
    """The first juror who has come forgot their phone, and sits down at the court's tablet."""
    sitting = next((each for each in night.sittings if each.is_here), None)
    if sitting is None:
        return
    digits = TabletCode.give(sitting, stage.account_of(sitting.juror), by=stage.colleague)
    stage.keep()
    TabletCode.use(stage.court.session, digits)
