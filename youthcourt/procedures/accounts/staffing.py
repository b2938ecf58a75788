"""Whoever works here: invited with a link, let in again with another, signed out from afar."""

from __future__ import annotations

from collections.abc import Set

from youthcourt.errors import RuleBroken
from youthcourt.i18n import _
from youthcourt.models import Court, Invitation, PasswordReset, User, WhyEnded, end_sign_ins
from youthcourt.permissions import Role


def invite_staff(court: Court, email: str, name: str, roles: Set[Role], by: User) -> str:
    """Open an account for somebody new. Returns the secret of the link with which they join, shown once."""
    if not roles:
        raise RuleBroken(_("Choose at least one part."), field="roles")
    if not roles <= by.may_give:
        raise RuleBroken(_("Only an administrator gives this part."), field="roles")
    first, *others = sorted(roles)
    user = User.invite(court, email=email, name=name, role=first, by=by)
    for role in others:
        user.grant(role, by=by)
    user.session.flush()
    return Invitation.issue(user)


def hand_out_link(user: User, by: User) -> str:
    """The secret of a link with which somebody chooses a password: the first one, or another."""
    if why_not := user.why_not_keep(by):
        raise RuleBroken(why_not)
    if user.password_hash:
        return PasswordReset.start(user, by=by)
    user.record("account.invited_again", by=by)
    return Invitation.issue(user)


def sign_out_everywhere(user: User, by: User) -> int:
    """End every sign-in of somebody, because a device was lost or a doubt came up. Returns how many."""
    if why_not := user.why_not_keep(by):
        raise RuleBroken(why_not)
    return end_sign_ins(user, WhyEnded.ENDED_BY_COURT, by=by)
