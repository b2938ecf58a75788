"""Keeping an address out of everybody's sight: of one person, and of their own who live at the same place."""

from __future__ import annotations

from sqlalchemy import delete, select

from youthcourt.models import (
    Case,
    Draft,
    Guardianship,
    Letter,
    Person,
    SafeContact,
    User,
    forget_papers,
    seeing_sealed,
)
from youthcourt.models.intake.safe_contact import KEPT_APART
from youthcourt.models.person import spelling
from youthcourt.models.reading import SHOWN_APART


def keep_apart(case: Case, person: Person, why: str, how: str, by: User) -> list[SafeContact]:
    """Hide how somebody is reached, and how those of the family are who are reached the same way.

    An address is no secret as long as it stands beside the name of the child who lives there too.
    """
    shared = {name: spelling(getattr(person, name)) for name in KEPT_APART}
    addresses = {person.mailing_address}
    noted = [SafeContact.note(person, why, how, by=by)]
    for other in _kin(person):
        if not other.safe_contact and _is_reached_by(other, shared):
            addresses.add(other.mailing_address)
            noted.append(SafeContact.note(other, why, how, by=by))
    for each in noted:
        case.record("safe_contact.noted", by=by, person=each.person.id)
        _forget_typed(each.person)
    _forget_on_letters(case, addresses - {""})
    forget_papers(case.court)  # a packet printed before would still tell it
    return noted


def show(case: Case, apart: SafeContact, by: User) -> SafeContact:
    """Somebody asks to see the address. That they did is written down with the answer or not at all."""
    roles = sorted(by.roles)
    case.record(SHOWN_APART, by=by, page="hidden_address", roles=roles, person=apart.person.id)
    return apart


def lift(case: Case, apart: SafeContact, by: User) -> None:
    """The address may be used and seen like any other again."""
    apart.lift(by=by)
    case.record("safe_contact.lifted", by=by, person=apart.person.id)


def _is_reached_by(person: Person, told: dict[str, str]) -> bool:
    return any(text and spelling(getattr(person, name)) == text for name, text in told.items())


def _kin(person: Person) -> list[Person]:
    """Those this person stands or stood for, and everybody who stands or stood for them or beside them."""
    session, court_id = person.session, person.court_id
    pairs = select(Guardianship.ward_id, Guardianship.guardian_id).where(Guardianship.court_id == court_id)
    wards = {ward for ward, _guardian in session.execute(pairs.where(Guardianship.guardian_id == person.id))}
    wards.add(person.id)
    found = session.execute(pairs.where(Guardianship.ward_id.in_(wards))).all()
    numbers = {number for pair in found for number in pair} | wards
    others = select(Person).where(Person.id.in_(numbers - {person.id})).order_by(Person.id)
    return list(session.scalars(others))


def _forget_typed(person: Person) -> None:
    """Words on how to reach them that somebody typed and has not sent yet."""
    page = f"/cases/%/people/{person.id}"
    person.session.execute(delete(Draft).where(Draft.court_id == person.court_id, Draft.page.like(page)))


def _forget_on_letters(case: Case, addresses: set[str]) -> None:
    """Letters to the family keep what they said, and no longer where they went."""
    sent_there = select(Letter).where(Letter.court_id == case.court_id, Letter.to_address.in_(addresses))
    with seeing_sealed():
        for letter in case.session.scalars(sent_there):
            letter.to_address = ""
