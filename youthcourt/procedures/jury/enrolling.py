"""Volunteers: put on the list of jurors, and let in to see their own sittings."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from youthcourt.errors import RuleBroken
from youthcourt.i18n import _
from youthcourt.models import Court, Invitation, Juror, Person, User, namesakes
from youthcourt.permissions import Role
from youthcourt.procedures.intake.referring import PersonFacts


def enrol_volunteer(
    court: Court, facts: PersonFacts, by: User, known: Person | None = None, is_new: bool = False
) -> Juror:
    """Put a volunteer on the list of jurors.

    When the court knows somebody of that name, the coordinator says whether it is the same person: `known`,
    or `is_new`. One person is never two, or a juror could come to judge their own case.
    """
    if known is None and not is_new and namesakes(court, facts.given_name, facts.family_name, facts.born_on):
        raise RuleBroken(
            _("The court knows somebody of this name. Say below whether it is the same person."),
            field="same_as",
        )
    if known is None:
        known = Person(court=court, **vars(facts))
        court.session.add(known)
        court.session.flush()
    elif juror := _on_the_list(known):
        raise RuleBroken(_("%(name)s is on the list of jurors already.", name=juror), field="same_as")
    known.born_on = known.born_on or facts.born_on
    known.school = facts.school or known.school
    known.phone = facts.phone or known.phone
    known.email = facts.email or known.email
    return Juror.enrol(known, by=by)


def _on_the_list(person: Person) -> Juror | None:
    """The volunteer that this person already is. Somebody who sits for a plan may still volunteer."""
    listed = select(Juror).where(
        Juror.person_id == person.id, Juror.left_on.is_(None), Juror.is_volunteer.is_(True)
    )
    return person.session.scalars(listed).first()


def account_of(person: Person) -> User | None:
    """The account with which this person signs in, with the roles it has."""
    theirs = select(User).where(User.person_id == person.id, User.ended_at.is_(None))
    return person.session.scalars(theirs.options(selectinload(User.grants))).first()


def invite_juror(juror: Juror, email: str, by: User) -> str | None:
    """Open an account for a juror. Returns the secret of a link that lets them choose a password, shown once.

    Nothing comes back when they have a password already: the account they know then opens their sittings too.
    """
    user = account_of(juror.person)
    if user is None:
        user = User.invite(
            juror.court, email=email, name=juror.person.name, role=Role.JUROR, by=by, person=juror.person
        )
    else:
        user.grant(Role.JUROR, by=by)
    user.session.flush()
    return None if user.password_hash else Invitation.issue(user)
