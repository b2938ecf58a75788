"""What a family is told before its record is sealed or destroyed, while its address is still known."""

from __future__ import annotations

from flask import current_app

from youthcourt.i18n import _, speaking
from youthcourt.models import Case, Letter, LetterKind, Person, User


def tell_family(case: Case, kind: LetterKind, by: User) -> Letter:
    """One letter to the household, in its language: what happens to the record, and what that means."""
    people = [case.respondent, *case.respondent.guardians]
    with speaking(case.respondent.language):
        words = {
            LetterKind.SEALING_NOTICE: _("Your record is being sealed"),
            LetterKind.DESTRUCTION_NOTICE: _("Your record is being destroyed"),
        }
        template = current_app.jinja_env.get_template("notices/family.txt")
        address = address_of(people)
        body = template.render(kind=kind, court=case.court.name, phone=case.court.phone).strip()
    names = "\n".join(each.name for each in people)
    return Letter.write(case, kind, to_name=names, to_address=address, subject=words[kind], body=body, by=by)


def address_of(people: list[Person]) -> str:
    """Where one letter to all of them goes: never to one of them what is for another who must be safe."""
    if any(each.safe_contact for each in people):
        return _("To be handed over at the court")
    return next((each.mailing_address for each in people if each.mailing_address.strip()), "")
