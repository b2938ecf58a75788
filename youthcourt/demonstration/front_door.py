"""Who signs in, forgets a password, gets another part, leaves: what happens to accounts in a year."""

from __future__ import annotations

from datetime import date, timedelta

from youthcourt.models import HowSignedIn, Invitation, PasswordReset, SignedIn, User, WhyEnded
from youthcourt.permissions import Role
from youthcourt.procedures.accounts.staffing import hand_out_link

from .sign_ins import ADDRESSES
from .stage import Stage, Story

LAPTOP = ("Edge", "Windows")
PHONE = ("Safari", "iPhone")
HELPER = "helper@demo.example"


def front_door(stage: Stage) -> Story:
    """The office in the weeks after it has opened."""
    court, colleague = stage.court, stage.colleague
    day = stage.season.starts_on + timedelta(days=3)
    yield stage.at(day, 8)
    Invitation.issue(colleague)
    colleague.set_password("paper lantern river stone")
    morning, _secret = SignedIn.begin(colleague, device=LAPTOP)
    stage.keep()
    yield stage.at(day, 8, 10)
    morning.end(WhyEnded.SIGNED_OUT, by=colleague)
    yield stage.at(day + timedelta(days=14), 8)
    yield from _forgets(stage, day + timedelta(days=14))
    yield stage.at(day + timedelta(days=20), 9)
    administrator = _administrator(stage)
    helper = User.invite(court, HELPER, "Rita Sol", Role.COORDINATOR, by=administrator)
    stage.keep()
    hand_out_link(helper, by=administrator)
    helper.change_roles({Role.JUDGE}, by=administrator)
    yield stage.at(day + timedelta(days=21), 9)
    helper.end(by=administrator)


def _forgets(stage: Stage, day: date) -> Story:
    """A password is tried in vain, then chosen anew with a link, then changed to one easier to remember."""
    colleague = stage.colleague
    PasswordReset.start(colleague, by=_administrator(stage))
    stage.keep()
    yield stage.at(day, 9)
    colleague.set_password("copper kettle morning walk")
    here, _secret = SignedIn.begin(colleague, device=PHONE, failed=3)
    SignedIn.begin(colleague, how=HowSignedIn.PASSWORD, device=LAPTOP)
    stage.keep()
    colleague.change_password("seven gardens under snow", here=here)


def _administrator(stage: Stage) -> User:
    found = User.signing_in_as(stage.court.session, ADDRESSES[Role.ADMINISTRATOR])
    assert found is not None, "the play opens with an administrator"
    return found
