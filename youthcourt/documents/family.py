"""What papers to a family say of it, and the day that a letter carries."""

from __future__ import annotations

from datetime import date
from typing import Any

from youthcourt.documents.paper import named
from youthcourt.models import Case, Court, Person


def of_case(case: Case) -> dict[str, Any]:
    """Whose case it is, who stands for them, and who sent them."""
    respondent = case.respondent
    return {
        "number": case.number,
        "respondent": named(respondent),
        "given_name": {"name": respondent.given_name, "lang": respondent.language},
        "guardians": [named(each) for each in respondent.guardians],
        "agency": case.referral.agency.name,
    }


def everybody_of(case: Case) -> tuple[Person, ...]:
    return (case.respondent, *case.respondent.guardians)


def interpreter_for(case: Case) -> str | None:
    """The language to interpret, as its code; None when nobody of the family asked for that."""
    return next((each.language for each in everybody_of(case) if each.needs_interpreter), None)


def dated(court: Court) -> date:
    """The day that a letter made now carries."""
    return court.today
