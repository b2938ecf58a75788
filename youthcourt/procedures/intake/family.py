"""The family of a case: how each is reached, who stands for the young person, who may sign in."""

from __future__ import annotations

from typing import Any

from sqlalchemy import or_, select

from youthcourt.errors import RuleBroken
from youthcourt.i18n import _
from youthcourt.models import (
    Case,
    Guardianship,
    Invitation,
    PasswordReset,
    Person,
    User,
    WhyEnded,
    end_sign_ins,
)
from youthcourt.permissions import Role

from .referring import GuardianFacts, add_guardian

# Accounts of these parts alone may be joined with a family's; whoever works here keeps both apart.
_NOT_STAFF = frozenset({Role.FAMILY, Role.JUROR})


def is_family(case: Case, person: Person) -> bool:
    """The young person, or somebody who stands for them now."""
    return person is case.respondent or person in case.respondent.guardians


def change_contact(case: Case, person: Person, facts: dict[str, Any], by: User) -> None:
    """Correct a name or how somebody is reached. What it was is not kept: that is nobody's business."""
    _check_family(case, person)
    changed = [key for key, value in facts.items() if getattr(person, key) != value]
    for key in changed:
        setattr(person, key, facts[key])  # what is out of sight stays there: see Person
    if changed:
        case.record("case.contact_changed", by=by, person=person.id, changed=changed)


def welcome_guardian(case: Case, facts: GuardianFacts, by: User) -> Person:
    """Note a guardian who was not known when the case came."""
    stands = add_guardian(case.court, case.respondent, facts)
    if stands is None:
        raise RuleBroken(_("This guardian is noted already."), field="given_name")
    case.session.flush()
    case.record("case.guardian_added", by=by, person=stands.guardian.id, relation=stands.relation)
    return stands.guardian


def why_not_end_guardianship(case: Case) -> str | None:
    if len(case.respondent.guardians) > 1 or case.is_closed:
        return None
    return _("Add another guardian first: somebody has to stand for the young person.")


def end_guardianship(case: Case, guardian: Person, by: User) -> None:
    """Somebody no longer stands for the young person. From now on they see nothing of the case."""
    if why_not := why_not_end_guardianship(case):
        raise RuleBroken(why_not)
    for stands in _standing(case, guardian):
        stands.ended_on = case.court.today
        case.record("case.guardian_ended", by=by, person=guardian.id)
    case.session.flush()
    if account := account_of(guardian):
        _shut_out(account, guardian, by=by)


def _shut_out(account: User, guardian: Person, by: User) -> None:
    """Where a former guardian is signed in, and every link they hold, ends at once.

    Whoever has no other business here loses the account; others sign in again and see what is still theirs.
    """
    for link in (Invitation, PasswordReset):
        link.void(account)
    if _stands_for_somebody(guardian):
        end_sign_ins(account, WhyEnded.GUARDIANSHIP_ENDED, by=by)
    elif account.roles <= {Role.FAMILY}:
        account.close(WhyEnded.GUARDIANSHIP_ENDED, by=by)
    else:
        account.take(Role.FAMILY, by=by)


def _stands_for_somebody(person: Person) -> bool:
    """Whether a case is still their business, as a guardian or as a young person."""
    wards = select(Guardianship.ward_id).where(
        Guardianship.court_id == person.court_id,
        Guardianship.guardian_id == person.id,
        Guardianship.ended_on.is_(None),
    )
    theirs = select(Case.id).where(
        Case.court_id == person.court_id,
        or_(Case.respondent_id == person.id, Case.respondent_id.in_(wards)),
    )
    return person.session.scalars(theirs.limit(1)).first() is not None


def _standing(case: Case, guardian: Person) -> list[Guardianship]:
    all_of_them = case.respondent.guardianships
    return [each for each in all_of_them if each.guardian is guardian and each.ended_on is None]


def account_of(person: Person) -> User | None:
    """The account with which this person signs in, if they have one."""
    found = select(User).where(User.person_id == person.id, User.ended_at.is_(None)).order_by(User.id)
    return person.session.scalars(found.limit(1)).first()


def open_access(case: Case, person: Person, email: str, by: User) -> str | None:
    """Let somebody of the family see the case. Returns the secret of the link with which they join.

    Somebody who signs in already, as a juror, keeps that account: then there is no link to hand over.
    """
    _check_family(case, person)
    account = account_of(person)
    if account is None:
        account = User.invite(case.court, email, person.name, Role.FAMILY, by=by, person=person)
    elif not account.roles <= _NOT_STAFF:
        raise RuleBroken(_("This person works for the court. They need an account of its own for this."))
    elif Role.FAMILY in account.roles and account.password_hash:
        raise RuleBroken(_("%(name)s can sign in already.", name=person))
    else:
        account.grant(Role.FAMILY, by=by)
    case.record("case.access_opened", by=by, person=person.id)
    return None if account.password_hash else Invitation.issue(account)


def _check_family(case: Case, person: Person) -> None:
    if not is_family(case, person):
        raise RuleBroken(_("This person is not part of the family of this case."))
