"""Who is tied to a case, and who to whom, so that nobody judges their own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from youthcourt.models import Case, Companion, Hearing, Juror, PersonHarmed, Tie, TieKind

# Hearing -> candidate, as the planner knows them -> what ties them to it.
Ties = dict[int, defaultdict[str, set[str]]]

# Whoever is one family or lives in one home does not sit on one panel.
OF_ONE_HOME = (TieKind.KIN, TieKind.HOUSEHOLD)


def to_hearings(hearings: Iterable[Hearing], by_person: Mapping[int, Juror], session: Session) -> Ties:
    """For each hearing, who of these jurors is tied to it."""
    docket = list(hearings)
    found: Ties = {hearing.id: defaultdict(set) for hearing in docket}
    for hearing_id, person_id, kind in _told(docket, session):
        if person_id is not None and person_id in by_person:
            found[hearing_id][str(by_person[person_id].id)].add(kind)
    return found


def _told(docket: list[Hearing], session: Session) -> Iterator[tuple[int, int | None, str]]:
    """Hearing, person and what ties them."""
    family: defaultdict[int, set[int]] = defaultdict(set)
    for hearing in docket:
        respondent = hearing.case.respondent
        yield hearing.id, respondent.id, "own_case"
        family[respondent.id].add(hearing.id)
        for each in respondent.guardianships:
            if each.ended_on is None:
                yield hearing.id, each.guardian_id, "family"
                family[each.guardian_id].add(hearing.id)
    yield from _told_by_cases(docket, session)
    known = select(Tie).where(or_(Tie.person_id.in_(family), Tie.other_id.in_(family)))
    for tie in session.scalars(known):
        for one, other in ((tie.person_id, tie.other_id), (tie.other_id, tie.person_id)):
            for hearing_id in family.get(one, set()) - family.get(other, set()):
                yield hearing_id, other, tie.kind.value


def _told_by_cases(docket: list[Hearing], session: Session) -> Iterator[tuple[int, int | None, str]]:
    of_case: dict[int, int] = {hearing.case_id: hearing.id for hearing in docket}
    of_respondent: dict[int | None, int] = {hearing.case.respondent_id: hearing.id for hearing in docket}
    companions = select(Companion.case_id, Companion.person_id).where(Companion.case_id.in_(of_case))
    for case_id, person_id in session.execute(companions):
        yield of_case[case_id], person_id, "co_respondent"
    # The tie holds both ways: whoever named this respondent as a companion may not judge them either.
    named = (
        select(Companion.person_id, Case.respondent_id)
        .join(Case, Companion.case_id == Case.id)
        .where(Companion.person_id.in_(of_respondent))
    )
    for companion_id, respondent_id in session.execute(named):
        yield of_respondent[companion_id], respondent_id, "co_respondent"
    harmed = select(PersonHarmed.case_id, PersonHarmed.person_id).where(PersonHarmed.case_id.in_(of_case))
    for case_id, person_id in session.execute(harmed):
        yield of_case[case_id], person_id, "harmed"


def apart(by_person: Mapping[int, Juror], session: Session) -> list[list[str]]:
    """Jurors of whom no two sit together: of one family or home, or of one incident."""
    ties = select(Tie.person_id, Tie.other_id).where(
        Tie.person_id.in_(by_person), Tie.other_id.in_(by_person), Tie.kind.in_(OF_ONE_HOME)
    )
    groups = [{one, other} for one, other in session.execute(ties)]
    groups += _of_one_incident(by_person, session)
    pairs = {pair for group in groups for pair in combinations(sorted(group), 2)}
    return sorted(sorted(str(by_person[each].id) for each in pair) for pair in pairs)


def _of_one_incident(by_person: Mapping[int, Juror], session: Session) -> list[set[int]]:
    by_case: defaultdict[int, set[int]] = defaultdict(set)
    named = (
        select(Companion.case_id, Companion.person_id, Case.respondent_id)
        .join(Case, Companion.case_id == Case.id)
        .where(Companion.person_id.in_(by_person))
    )
    for case_id, person_id, respondent_id in session.execute(named):
        by_case[case_id] |= {
            each for each in (person_id, respondent_id) if each is not None and each in by_person
        }
    return list(by_case.values())
