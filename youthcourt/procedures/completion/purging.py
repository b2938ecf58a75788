"""Destroying a record: two people, a cooling time, and then nothing left that tells of anybody.

Every table that tells of the case loses its rows, as the foreign keys lead. People who play no other part
go with it. What stays: a line in the ledger, a figure, and for a while a keyed mark.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Column, Table, and_, delete, func, or_, select, update
from sqlalchemy.orm import Session, joinedload

from youthcourt import clock
from youthcourt.errors import RuleBroken
from youthcourt.extensions import Base
from youthcourt.i18n import _
from youthcourt.models import (
    Case,
    CaseFigure,
    Companion,
    Court,
    Destruction,
    Guardianship,
    LetterKind,
    Person,
    Purge,
    RecordKind,
    Referral,
    Tie,
    User,
    forget_papers,
    seeing_sealed,
)
from youthcourt.models.audit_chain import forget_about, forget_case
from youthcourt.models.completion.retention import BLOCKED_WORDS
from youthcourt.models.intake.participation import keep_mark
from youthcourt.walls import in_every_court

from . import sealing
from .forgetting import forget_days, forget_draws
from .ledger import Entry, Ledger

# Proposing and confirming


def why_not_propose(case: Case) -> str | None:
    """What stands in the way of destroying this record, whoever asks."""
    if not case.is_closed or case.closure is None:
        return _("This case is not closed yet.")
    if why := sealing.blocked(case):
        return str(BLOCKED_WORDS[why]) + "."
    rule = sealing.rule_for(case)
    if rule and rule.needs_notice and not sealing.is_notice_sent(case, LetterKind.DESTRUCTION_NOTICE):
        return _("Tell the family first: write the notice and note it as sent.")
    return None


def proposal_of(case: Case) -> Destruction | None:
    found = select(Destruction).where(Destruction.case_id == case.id)
    found = found.options(joinedload(Destruction.proposed_by))
    return case.session.scalars(found).first()


def propose(case: Case, reason: str, by: User) -> Destruction:
    """Ask another person to destroy a record. Nothing happens before the cooling time is over."""
    if proposal_of(case):
        raise RuleBroken(_("Somebody has proposed this already."))
    if why_not := why_not_propose(case):
        raise RuleBroken(why_not)
    if not reason.strip():
        raise RuleBroken(_("Write the reason."), field="reason")
    proposed = Destruction(
        court=case.court,
        case=case,
        reason=reason.strip(),
        proposed_at=clock.now(),
        proposed_by=by,
        not_before=clock.now() + timedelta(days=case.court.destruction_cooling_days),
    )
    case.session.add(proposed)
    proposed.record("destruction.proposed", by=by)
    return proposed


def withdraw(proposed: Destruction, by: User) -> None:
    """Take a proposal back: the record stays."""
    proposed.record("destruction.withdrawn", by=by)
    proposed.session.delete(proposed)


def why_not_confirm(proposed: Destruction, by: User) -> str | None:
    """Why this person cannot say the last yes now."""
    if proposed.proposed_by_id == by.id:
        return _("You proposed this. Another person has to confirm it.")
    if clock.now() < proposed.not_before:
        return _("The cooling time is not over yet.")
    return why_not_propose(proposed.case)


def confirm(proposed: Destruction, by: User, ledger: Ledger) -> Purge:
    """The second person says yes: the record is destroyed, for good."""
    if why_not := why_not_confirm(proposed, by):
        raise RuleBroken(why_not)
    case, rule = proposed.case, sealing.rule_for(proposed.case)
    assert case.closure is not None, "only a closed case is destroyed"
    entry = Entry(
        token=case.token,
        purged_at=clock.now().isoformat(),
        kind=case.closure.outcome,
        rule=rule.name if rule else "",
        citation=rule.citation if rule else "",
        proposed_by=proposed.proposed_by_id,
        confirmed_by=by.id,
        keeps_mark=rule is None or rule.keeps_mark,
    )
    purged = purge(case, entry)
    ledger.write(entry)
    return purged


# Destroying


def purge(case: Case, entry: Entry) -> Purge:
    """Delete a case and whoever is known by it alone, within the transaction of whoever calls."""
    session, court = case.session, case.court
    with seeing_sealed():
        session.flush()
        standing = sealing.standing(case)
        if standing is None and case.closure:
            session.add(sealing.figure_of(case))
        if entry.keeps_mark:
            keep_mark(case)
        everybody = sealing.people_of(case)
        going = [person for person in everybody if not sealing.has_another_part(person, case)]
        _forget_names_elsewhere(case)
        forget_draws(case, everybody)
        forget_papers(court)
        forget_days(case, everybody, sealing.STAND_IN, by=session.get(User, entry.confirmed_by))
        _untie(case, everybody)
        for person in going:
            if juror := sealing.juror_of(person):
                sealing.put_stand_in(juror)
        by = session.get(User, entry.confirmed_by)
        for person in everybody:
            if person not in going and by:
                sealing.end_family_access(person, case, by=by)
        numbers, accounts = [person.id for person in going], _accounts_of(going, session)
        forget_case(case, by=by)
        forget_about(court, "person", numbers, by=by)
        forget_about(court, "user", accounts, by=by)
        session.flush()
        token, case_id = case.token, case.id
        session.expire_all()
        counts = _delete(session, "case", [case_id])
        counts += _delete(session, "user", accounts)
        counts += _delete(session, "person", numbers)
        session.expire_all()
    purged = Purge(
        court=court,
        token=token,
        purged_at=datetime.fromisoformat(entry.purged_at),
        kind=RecordKind(entry.kind),
        rule=entry.rule,
        citation=entry.citation,
        counts=dict(sorted(counts.items())),
        # A copy from before somebody came does not know them; the ledger does.
        proposed_by=session.get(User, entry.proposed_by),
        confirmed_by=session.get(User, entry.confirmed_by),
    )
    session.add(purged)
    court.record("court.record_destroyed", by=purged.confirmed_by, rule=entry.rule)
    session.flush()
    return purged


def _accounts_of(people: Iterable[Person], session: Session) -> list[int]:
    numbers = [person.id for person in people]
    return list(session.scalars(select(User.id).where(User.person_id.in_(numbers))))


def _forget_names_elsewhere(case: Case) -> None:
    """Where the young person stands in the case of a co-respondent, the name goes and the place stays."""
    session, name = case.session, case.respondent.name
    beside = select(Companion).where(
        Companion.court_id == case.court_id,
        Companion.case_id != case.id,
        or_(
            Companion.person_id == case.respondent_id,
            and_(Companion.person_id.is_(None), func.lower(Companion.name) == name.lower()),
        ),
    )
    for companion in session.scalars(beside):
        companion.person, companion.name = None, sealing.STAND_IN
        told = session.scalars(select(Referral).where(Referral.case_id == companion.case_id)).one()
        told.narrative = told.narrative.replace(name, sealing.STAND_IN)


def _untie(case: Case, people: list[Person]) -> None:
    """Who stands for whom, and who knows whom, is forgotten where only this case told of it."""
    session = case.session
    other = select(Case.id).where(Case.respondent_id == case.respondent_id, Case.id != case.id)
    if session.scalar(other.limit(1)) is None:
        session.execute(delete(Guardianship).where(Guardianship.ward_id == case.respondent_id))
        numbers = [person.id for person in people]
        about = or_(Tie.person_id == case.respondent_id, Tie.other_id == case.respondent_id)
        session.execute(delete(Tie).where(about, or_(Tie.person_id.in_(numbers), Tie.other_id.in_(numbers))))


def _delete(session: Session, table_name: str, numbers: list[int]) -> Counter[str]:
    """Delete these rows, and every row that cannot be without them; what merely points to them lets go.

    Returns how many rows of which table are gone.
    """
    if not numbers:
        return Counter()
    with in_every_court():  # tables know no filter; what points to a row stands in its court
        return _delete_by_tables(session, table_name, numbers)


def _delete_by_tables(session: Session, table_name: str, numbers: list[int]) -> Counter[str]:
    doomed: dict[Table, set[int]] = {}
    todo: list[tuple[Table, set[int]]] = [(Base.metadata.tables[table_name], set(numbers))]
    while todo:
        table, found = todo.pop()
        new = found - doomed.setdefault(table, set())
        doomed[table] |= new
        for column, goes_along in _pointing_to(table) if new else ():
            if column.nullable and not goes_along:
                letting_go = update(column.table).where(column.in_(new)).values({column.name: None})
                session.execute(letting_go)
            else:
                held = session.scalars(select(column.table.c.id).where(column.in_(new)))
                todo.append((column.table, set(held)))
    for table in reversed(Base.metadata.sorted_tables):
        if doomed.get(table):
            session.execute(delete(table).where(table.c.id.in_(doomed[table])))
    return Counter({table.name: len(found) for table, found in doomed.items() if found})


def _pointing_to(table: Table) -> list[tuple[Column[Any], bool]]:
    """The columns that point to a table, and whether their rows are said to go along with it."""
    return [
        (key.parent, key.ondelete == "CASCADE")
        for other in Base.metadata.tables.values()
        for key in other.foreign_keys
        if key.column is table.c.id
    ]


# Doing it again on a copy


def replay(session: Session, ledger: Ledger) -> int:
    """Destroy once more whatever the ledger names and this database still has. Returns how many that were."""
    done = 0
    for entry in ledger.entries():
        with seeing_sealed():
            case = session.scalars(select(Case).where(Case.token == entry.token)).first()
            if case is not None:
                purge(case, entry)
                done += 1
    return done


def kept_in(session: Session, ledger: Ledger) -> list[str]:
    """The numbers that the ledger names and this database has not yet forgotten."""
    with seeing_sealed():
        named = [entry.token for entry in ledger.entries()]
        return list(session.scalars(select(Case.token).where(Case.token.in_(named))))


def unswept(session: Session) -> list[Purge]:
    """Purges whose traces in free pages and logs are not swept yet."""
    return list(session.scalars(select(Purge).where(Purge.swept_at.is_(None))))


def drop_old_marks(court: Court) -> None:
    """Marks go when the look-back that they serve is over."""
    marks = Base.metadata.tables["participation_mark"]
    gone = delete(marks).where(marks.c.court_id == court.id, marks.c.keep_until <= court.today)
    with in_every_court():  # tables know no filter; the condition names the court
        court.session.execute(gone)


def figures_of(court: Court) -> list[CaseFigure]:
    """What sealed and destroyed cases still count for."""
    return list(court.session.scalars(select(CaseFigure).where(CaseFigure.court_id == court.id)))
