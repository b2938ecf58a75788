"""What a juror has given, for a school, an employer or the wall: how often, how long, and nothing of a case.

Whether somebody sat of their own choice or because a plan asked for it stands on none of these papers.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from youthcourt.documents.certificate import name_size
from youthcourt.documents.family import dated
from youthcourt.documents.kind import Kind, Phase
from youthcourt.documents.paper import (
    LETTERHEAD_NEEDED,
    Paper,
    language_for,
    letterhead,
    local,
    named,
)
from youthcourt.errors import RuleBroken
from youthcourt.i18n import _
from youthcourt.i18n import lazy as _l
from youthcourt.models import Account, Juror, Sitting, TimeCredit, User

_SAYS = {
    "court_name": _l("The name of the court"),
    "court_phone": _l("The court's phone number"),
    "juror": _l("The juror"),
    "sittings": _l("How often they sat"),
    "first_on": _l("The first day they sat"),
    "last_on": _l("The last day they sat"),
}

SERVICE_CERTIFICATE = Kind(
    "service_certificate",
    _l("Certificate of service"),
    Phase.JURY,
    says=_SAYS,
    texts={
        "served": _l("has served the community as a juror of the {court_name}."),
        "deed": _l(
            "Jurors listen to people of their own age, ask who was hurt, and find with them a way to put it "
            "right. It takes patience, fairness and courage."
        ),
    },
    issued=True,
    sealed=True,
)

SERVICE_LETTER = Kind(
    "service_letter",
    _l("Letter about service as a juror"),
    Phase.JURY,
    says=_SAYS,
    texts={
        "lead": _l(
            "{juror} has served as a juror of the {court_name}. Below is each day, with the hours that we "
            "have written down."
        ),
        "deed": _l(
            "Jurors of a youth court are trained. They listen to young people who have done something wrong "
            "and to those who were hurt, question them, and agree with others on a plan that repairs the "
            "harm. They promise to keep what they hear to themselves, so we say nothing of the cases."
        ),
        "counts": _l(
            "These hours were given without pay. Whether they count as service hours for a school is for "
            "the school to say. Questions: {court_phone}."
        ),
    },
    issued=True,
)

CREDIT_STATEMENT = Kind(
    "credit_statement",
    _l("Statement of time credits"),
    Phase.JURY,
    says=_SAYS | {"balance": _l("Time credits on the account")},
    texts={
        "lead": _l(
            "An hour that you give is an hour that you earn. This is everything that came to your account "
            "and went from it."
        ),
        "double": _l(
            "Each line stands twice in the books of the court: here, and the other way round in the account "
            "of the court. No line is ever struck out; what was wrong goes back with a line of its own."
        ),
        "wrong": _l("Is a day missing, or is something not right? Tell us: {court_phone}."),
    },
    issued=True,
)


def service_certificate(juror: Juror) -> Paper:
    """How often and how long somebody served, for the wall."""
    served = _served(juror)
    return Paper(
        kind=SERVICE_CERTIFICATE,
        title=_l("Certificate of service"),
        reference=f"juror-{juror.id}",
        language=language_for(juror.person),
        facts={
            **letterhead(juror.court),
            **_sums(juror, served),
            "name_size": name_size(juror.person.name),
            "dated": dated(juror.court),
        },
    )


def service_letter(juror: Juror, by: User | None = None) -> Paper:
    """To a school or whoever asks: each day with its hours, signed by somebody of the court."""
    served = _served(juror)
    return Paper(
        kind=SERVICE_LETTER,
        title=_l("Service as a juror"),
        reference=f"juror-{juror.id}",
        language=language_for(juror.person),
        facts={
            **letterhead(juror.court),
            **_sums(juror, served),
            "days": served,
            "dated": dated(juror.court),
            "signed_by": by.name if by else None,
        },
        needed=LETTERHEAD_NEEDED | {"signed_by": _l("Who signs the letter")},
    )


def credit_statement(juror: Juror) -> Paper:
    """Everything that moved on somebody's time account, and what is on it."""
    lines = _lines(juror)
    came, went = sum(each["came"] for each in lines), sum(each["went"] for each in lines)
    return Paper(
        kind=CREDIT_STATEMENT,
        title=_l("Statement of time credits"),
        reference=f"juror-{juror.id}",
        language=language_for(juror.person),
        facts={
            **letterhead(juror.court),
            **_span(juror, _days(juror)),
            "lines": lines,
            "came": came,
            "went": went,
            "balance": came - went,
            "dated": dated(juror.court),
        },
        needed=LETTERHEAD_NEEDED,
    )


def _sums(juror: Juror, served: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        **_span(juror, served),
        "minutes": sum(each["minutes"] for each in served),
        "trained_minutes": sum(each.minutes for each in juror.trainings),
    }


def _span(juror: Juror, served: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "juror": named(juror.person),
        "sittings": len(served),
        "first_on": served[0]["held_on"] if served else None,
        "last_on": served[-1]["held_on"] if served else None,
    }


def _served(juror: Juror) -> list[dict[str, Any]]:
    served = _days(juror)
    if not served:
        raise RuleBroken(_("This paper can be printed once a sitting has been credited."))
    return served


def _days(juror: Juror) -> list[dict[str, Any]]:
    """The days that somebody sat, with what each counted for: paid, and not given back."""
    minutes: dict[date, int] = {}
    for each in _moves(juror):
        sitting = _sitting(each)
        if sitting is not None:
            day = sitting.court_session.held_on
            minutes[day] = minutes.get(day, 0) + (-each.minutes if each.reverses else each.minutes)
    return [{"held_on": day, "minutes": minutes[day]} for day in sorted(minutes) if minutes[day]]


def _lines(juror: Juror) -> list[dict[str, Any]]:
    """The account line by line, each with what is on it afterwards."""
    lines, balance = [], 0
    for each in _moves(juror):
        comes = each.to_account.person_id == juror.person_id
        balance += each.minutes if comes else -each.minutes
        sitting = _sitting(each)
        lines.append(
            {
                "paid_on": local(each.paid_at, juror.court).date(),
                "held_on": sitting.court_session.held_on if sitting else None,
                "is_given_back": each.reverses is not None,
                "came": each.minutes if comes else 0,
                "went": 0 if comes else each.minutes,
                "balance": balance,
            }
        )
    return lines


def _sitting(moved: TimeCredit) -> Sitting | None:
    """The sitting that minutes were paid for, or given back for."""
    return moved.reverses.sitting if moved.reverses else moved.sitting


def _moves(juror: Juror) -> list[TimeCredit]:
    """What entered or left a juror's account, oldest first."""
    own = select(Account.id).where(Account.person_id == juror.person_id)
    day = joinedload(TimeCredit.sitting).joinedload(Sitting.court_session)
    found = (
        select(TimeCredit)
        .where((TimeCredit.to_id.in_(own)) | (TimeCredit.from_id.in_(own)))
        .options(
            day,
            joinedload(TimeCredit.to_account),
            joinedload(TimeCredit.reverses).joinedload(TimeCredit.sitting).joinedload(Sitting.court_session),
        )
        .order_by(TimeCredit.paid_at, TimeCredit.id)
    )
    return list(juror.session.scalars(found))
