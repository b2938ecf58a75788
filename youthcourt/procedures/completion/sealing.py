"""Sealing a case and opening it again: who is hidden with it, and what it still counts for."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import literal, select
from sqlalchemy.orm import Session, aliased

from youthcourt import clock
from youthcourt.errors import RuleBroken
from youthcourt.i18n import _
from youthcourt.models import (
    Account,
    ActivityKind,
    Blocked,
    Case,
    CaseFigure,
    Companion,
    DispositionOrder,
    Guardianship,
    HearingState,
    Juror,
    Letter,
    LetterKind,
    Person,
    PersonHarmed,
    RecordKind,
    RetentionRule,
    SealedPerson,
    Sealing,
    User,
    forget_papers,
    seeing_sealed,
)
from youthcourt.models.completion.retention import BLOCKED_WORDS
from youthcourt.models.intake.participation import drop_mark, keep_mark
from youthcourt.permissions import Role

from .forgetting import forget_draws

STAND_IN = "A former participant"
FEWEST_LETTERS_OF_REASON = 10


def rule_for(case: Case) -> RetentionRule | None:
    """The court's rule for how this case ended; None while it runs or where the court has none."""
    return RetentionRule.of(case.court, RecordKind(case.closure.outcome)) if case.closure else None


def blocked(case: Case) -> Blocked | None:
    """What keeps this record whatever its rule says."""
    if case.hold:
        return Blocked.HOLD
    if any(owed.activity.kind is ActivityKind.RESTITUTION for owed in case.open_obligations):
        return Blocked.RESTITUTION
    return None


def standing(case: Case) -> Sealing | None:
    """The sealing under which this case is now."""
    found = select(Sealing).where(Sealing.case_id == case.id, Sealing.unsealed_at.is_(None))
    with seeing_sealed():
        return case.session.scalars(found).first()


def is_notice_sent(case: Case, kind: LetterKind) -> bool:
    """Whether the family was told, on paper, while its address was still known."""
    sent = select(Letter.id).where(
        Letter.case_id == case.id, Letter.kind == kind, Letter.sent_at.is_not(None)
    )
    with seeing_sealed():
        return case.session.scalar(sent.limit(1)) is not None


def why_not_seal(case: Case) -> str | None:
    """What stands in the way of sealing this case now."""
    if not case.is_closed or case.closure is None:
        return _("This case is not closed yet.")
    if standing(case):
        return _("This record is sealed already.")
    if why := blocked(case):
        return str(BLOCKED_WORDS[why]) + "."
    rule = rule_for(case)
    if rule and rule.needs_notice and not is_notice_sent(case, LetterKind.SEALING_NOTICE):
        return _("Tell the family first: write the notice and note it as sent.")
    return None


def seal(case: Case, reason: str, by: User) -> Sealing:
    """Make a closed case invisible to everybody but a named few. It can be undone."""
    if why_not := why_not_seal(case):
        raise RuleBroken(why_not)
    if not reason.strip():
        raise RuleBroken(_("Write the reason."), field="reason")
    session, rule = case.session, rule_for(case)
    figure = figure_of(case)
    session.add(figure)
    session.flush()
    sealing = Sealing(
        court=case.court,
        case=case,
        rule=rule,
        reason=reason.strip(),
        sealed_at=clock.now(),
        sealed_by=by,
        figure_id=figure.id,
    )
    if rule is None or rule.keeps_mark:
        keep_mark(case)
    forget_draws(case, people_of(case))
    forget_papers(case.court)
    for person in people_of(case):
        if has_another_part(person, case):
            end_family_access(person, case, by=by)
            continue
        juror = juror_of(person)
        sealing.people.append(SealedPerson(court=case.court, person=person, juror=juror))
        if juror:
            put_stand_in(juror)
    session.add(sealing)
    sealing.record("sealing.sealed", by=by, rule=rule.name if rule else "")
    session.flush()
    return sealing


def unseal(sealing: Sealing, reason: str, by: User) -> None:
    """Open a sealed case again, with the reason. It counts and shows as before."""
    if sealing.unsealed_at:
        raise RuleBroken(_("This record is open again already."))
    if len(reason.strip()) < FEWEST_LETTERS_OF_REASON:
        raise RuleBroken(_("Write why, in a few words."), field="reason")
    session = sealing.session
    with seeing_sealed():
        _show_again(people_of(sealing.case), session)
    sealing.unsealed_at, sealing.unsealed_by, sealing.unseal_reason = clock.now(), by, reason.strip()
    if figure := session.get(CaseFigure, sealing.figure_id or 0):
        session.delete(figure)
    sealing.figure_id = None
    drop_mark(sealing.case)
    sealing.record("sealing.unsealed", by=by, reason=reason.strip())
    session.flush()


def _show_again(people: list[Person], session: Session) -> None:
    """The people of a case that opens, under whichever sealing they were hidden."""
    numbers = [person.id for person in people]
    for hidden in session.scalars(select(SealedPerson).where(SealedPerson.person_id.in_(numbers))):
        if hidden.juror:
            nobody = hidden.juror.person
            _move(hidden.juror, nobody, hidden.person)
            session.delete(nobody)
        session.delete(hidden)


# Whom a case is about


def people_of(case: Case) -> list[Person]:
    """Everybody who came to the court's knowledge by this case: the young person, those who stand or stood
    for them, those named as part of it, those it hurt."""
    standing_for = case.session.scalars(
        select(Person)
        .join(Guardianship, Guardianship.guardian_id == Person.id)
        .where(Guardianship.ward_id == case.respondent_id)
    )
    named = [*(each.person for each in case.companions), *(each.person for each in case.persons_harmed)]
    people = [case.respondent, *standing_for, *(person for person in named if person)]
    return list(dict.fromkeys(people))


def has_another_part(person: Person, case: Case) -> bool:
    """Whether the court knows somebody by anything else that can be seen than this case."""
    ward_case = aliased(Case)
    of_case = [
        select(Case.id).where(Case.respondent_id == person.id, Case.id != case.id),
        select(ward_case.id)
        .join(Guardianship, Guardianship.ward_id == ward_case.respondent_id)
        .where(Guardianship.guardian_id == person.id, ward_case.id != case.id),
        # To be named in the case of a co-respondent is no part of its own for whoever had this case.
        select(Companion.id).where(
            Companion.person_id == person.id,
            Companion.case_id != case.id,
            literal(person.id) != case.respondent_id,
        ),
        select(PersonHarmed.id).where(PersonHarmed.person_id == person.id, PersonHarmed.case_id != case.id),
        select(Juror.id).where(Juror.person_id == person.id, Juror.is_volunteer.is_(True)),
    ]
    if any(case.session.scalar(part.limit(1)) is not None for part in of_case):
        return True
    account = _account(person)
    return account is not None and not account.roles <= {Role.FAMILY, Role.JUROR}


def _account(person: Person) -> User | None:
    return person.session.scalars(select(User).where(User.person_id == person.id)).first()


def juror_of(person: Person) -> Juror | None:
    return person.session.scalars(select(Juror).where(Juror.person_id == person.id)).first()


def put_stand_in(juror: Juror) -> Person:
    """The seats that somebody held on the panels of others, and the minutes they earned, are nobody's now."""
    was = juror.person
    nobody = Person(court=juror.court, given_name=STAND_IN, family_name="", born_on=None)
    juror.session.add(nobody)
    juror.session.flush()
    _move(juror, was, nobody)
    juror.left_on = juror.left_on or juror.court.today
    return nobody


def _move(juror: Juror, was: Person, now: Person) -> None:
    account = juror.session.scalars(select(Account).where(Account.person_id == was.id)).first()
    juror.person = now
    if account:
        account.person = now
    juror.session.flush()


def end_family_access(person: Person, case: Case, by: User) -> None:
    """Who stays, as a juror perhaps, signs in as family no longer when this was their only case."""
    mine = select(Case.id).where(Case.respondent_id == person.id, Case.id != case.id)
    wards = (
        select(Case.id)
        .join(Guardianship, Guardianship.ward_id == Case.respondent_id)
        .where(Guardianship.guardian_id == person.id, Guardianship.ended_on.is_(None), Case.id != case.id)
    )
    account, session = _account(person), person.session
    if account is None or any(session.scalar(each.limit(1)) is not None for each in (mine, wards)):
        return
    account.take(Role.FAMILY, by=by)


# What it still counts for


def figure_of(case: Case) -> CaseFigure:
    """The row that counts in the place of this case: no name, no number, days rounded to months."""
    closure, offence, referred_on = case.closure, case.offence, case.referral.referred_on
    assert closure is not None, "only what is over is sealed or destroyed"
    first = next((order for order in case.orders if order.is_standing and order.amends_id is None), None)
    states = {hearing.state for hearing in case.hearings}
    return CaseFigure(
        court=case.court,
        referred_about=referred_on.replace(day=15),
        age_band=age_band(case.respondent.age_on(case.referral.incident_on)),
        offence_class=offence.offence_class,
        outcome=closure.outcome,
        reason=closure.reason,
        was_scheduled=bool(case.hearings),
        was_heard=HearingState.HELD in states,
        has_failed=HearingState.FAILED_TO_APPEAR in states,
        had_deadline=first is not None and any(_is_past(item.due_on, case) for item in first.items),
        ordered=_ordered(case.order),
    )


def _is_past(day: date, case: Case) -> bool:
    return day < case.court.today


def _ordered(order: DispositionOrder | None) -> dict[str, Any]:
    return {str(item.activity_id): item.amount for item in order.items} if order else {}


def age_band(age: int | None) -> str:
    """An age as figures keep it."""
    if age is None:
        return "?"
    return next(
        (f"{low}-{low + 1}" for low in (11, 13, 15) if low <= age <= low + 1), "<11" if age < 11 else "17+"
    )
