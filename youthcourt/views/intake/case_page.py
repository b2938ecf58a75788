"""What the page of a case shows: who and what is loaded for it, the next step, the clock that runs."""

from typing import Any

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from youthcourt.extensions import db
from youthcourt.i18n import _
from youthcourt.models import (
    Agreement,
    Case,
    CaseStage,
    Closure,
    CompletionReview,
    CourtSession,
    DispositionOrder,
    Guardianship,
    Hearing,
    Interview,
    Obligation,
    Party,
    Person,
    Referral,
    Screening,
    User,
    Withdrawal,
)
from youthcourt.models.case_lists import letters_of, timeline_of
from youthcourt.permissions import Permission
from youthcourt.reports.accounts.readings import of_case
from youthcourt.views.events import people_named, timeline

LONGEST_TIMELINE = 300
MOST_LOOKERS = 5

FAMILY = joinedload(Case.respondent).options(
    joinedload(Person.school),
    joinedload(Person.safe_contact),
    selectinload(Person.guardianships).joinedload(Guardianship.guardian).joinedload(Person.safe_contact),
)
PLAN = selectinload(Case.obligations).options(
    joinedload(Obligation.activity),
    selectinload(Obligation.service_records),
    selectinload(Obligation.sittings),
)
HEARINGS = selectinload(Case.hearings).options(
    joinedload(Hearing.block),
    joinedload(Hearing.room),
    joinedload(Hearing.judge),
    joinedload(Hearing.court_session).selectinload(CourtSession.docket_versions),
    joinedload(Hearing.deliberation),
)
# What the court's rules ask of a case: enough for a page on which one thing is done.
RULES = (FAMILY, PLAN, joinedload(Case.interview), selectinload(Case.agreements))
EVERYTHING = (
    FAMILY,
    PLAN,
    HEARINGS,
    joinedload(Case.offence),
    joinedload(Case.referral).options(joinedload(Referral.agency), joinedload(Referral.school_at_incident)),
    joinedload(Case.screening).joinedload(Screening.decided_by),
    joinedload(Case.interview).joinedload(Interview.held_by),
    joinedload(Case.withdrawal).joinedload(Withdrawal.person),
    joinedload(Case.completion_review).joinedload(CompletionReview.asked_by),
    joinedload(Case.closure).joinedload(Closure.closed_by),
    selectinload(Case.appointments),
    selectinload(Case.agreements).joinedload(Agreement.person),
    selectinload(Case.companions),
    selectinload(Case.persons_harmed),
    selectinload(Case.orders).options(
        joinedload(DispositionOrder.judge), selectinload(DispositionOrder.rejections)
    ),
)


def facts_of(case: Case, reader: User) -> dict[str, Any]:
    """Everything that the page of this case shows to this reader."""
    return {
        "case": case,
        "step": next_step(case, reader),
        "clock": clock_of(case),
        "ahead": case.hearing if case.hearing and case.hearing.is_ahead else None,
        "events": _events(case),
        "lookers": _lookers(case) if reader.may(Permission.SEE_ACCESS_LOG) else None,
        "letters": db.session.execute(letters_of(case).limit(20)).all(),
    }


def _lookers(case: Case) -> list[dict[str, Any]]:
    """Who looked at the case last, each of them once."""
    found = db.session.execute(of_case(case).limit(LONGEST_TIMELINE)).all()
    latest = {row.by_id: row for row in reversed(found)}.values()
    last = sorted(latest, key=lambda row: row.id, reverse=True)[:MOST_LOOKERS]
    return [{"name": row.reader, "at": row.at} for row in last]


def _events(case: Case) -> list[dict[str, Any]]:
    rows = db.session.execute(timeline_of(case).limit(LONGEST_TIMELINE)).all()
    named = select(Person.id, Person.given_name + " " + Person.family_name).where(
        Person.court_id == case.court_id, Person.id.in_(people_named(rows))
    )
    return timeline(rows, case, people={key: name.strip() for key, name in db.session.execute(named)})


def clock_of(case: Case) -> dict[str, Any] | None:
    """The deadline that runs at this stage, and whether it has passed."""
    due_on, words = {
        CaseStage.REFERRED: (case.decide_by, _("Decide by")),
        CaseStage.INTAKE_DUE: (case.intake_by, _("Interview and agreements by")),
        CaseStage.INTAKE_HELD: (case.intake_by, _("Agreements by")),
        CaseStage.ACTIVE: (min((o.due_on for o in case.open_obligations), default=None), _("Next due")),
    }.get(case.stage, (None, ""))
    if due_on is None:
        return None
    return {"label": words, "due_on": due_on, "is_over": due_on < case.court.today}


def next_step(case: Case, reader: User) -> dict[str, Any]:
    """The one thing to do now: its words and, when it is this reader's to do, where it is done."""
    permission, words, place, waiting = _STEPS[case.stage](case)
    mine = permission is not None and reader.may(permission)
    return {"label": words, "url": place if mine else None, "waiting": waiting}


Step = tuple[Permission | None, str, str | None, str]


def _screen(case: Case) -> Step:
    return (
        Permission.SCREEN_CASE,
        _("Decide about this case"),
        url_for("cases.screen", case_id=case.id),
        _("The court decides whether to take this case."),
    )


def _interview(case: Case) -> Step:
    return (
        Permission.HOLD_INTAKE,
        _("Write down the interview"),
        url_for("cases.intake", case_id=case.id),
        _("The family is invited to the intake interview."),
    )


def _agree(case: Case) -> Step:
    party = next((party for party in Party if not case.agreement_of(party)), Party.GUARDIAN)
    words = {
        Party.YOUTH: _("Write down the young person's agreement"),
        Party.GUARDIAN: _("Write down a guardian's agreement"),
    }
    place = url_for("cases.agree", case_id=case.id, party=party)
    return Permission.HOLD_INTAKE, words[party], place, _("The agreements are not signed yet.")


def _schedule(case: Case) -> Step:
    return (
        Permission.PLACE_HEARING,
        _("Set a hearing"),
        url_for("court_sessions.index"),
        _("The case waits for a hearing."),
    )


def _hear(case: Case) -> Step:
    assert case.hearing is not None, "a hearing is set"
    words = _("Open the hearing")
    return Permission.SEE_DOCKET, words, url_for("hearings.show", hearing_id=case.hearing.id), ""


def _sign(case: Case) -> Step:
    assert case.hearing is not None, "the panel has heard the case"
    assert case.hearing.deliberation is not None, "the panel has decided"
    place = url_for("orders.decide", deliberation_id=case.hearing.deliberation.id)
    return Permission.SIGN_ORDER, _("Look at the plan and sign"), place, _("The plan waits for the judge.")


def _follow(case: Case) -> Step:
    if case.order and any(no.stands for no in case.order.rejections):
        place = url_for("cases.return_to_referrer", case_id=case.id)
        return Permission.CLOSE_CASE, _("Give the case back"), place, _("The family said no to the plan.")
    if still := case.open_obligations:
        # Jury duty is credited on the day itself; until then there is a sitting to book.
        first = min(still, key=lambda each: (each.activity.is_jury_duty, each.due_on))
        place = url_for("obligations.show", obligation_id=first.id)
        sits = first.activity.is_jury_duty
        words = _("Look after the jury duty") if sits else _("Write down what was done")
        return Permission.CREDIT_SERVICE, words, place, _("The young person works on the plan.")
    place = url_for("cases.ask_dismissal", case_id=case.id)
    return Permission.CLOSE_CASE, _("Ask the judge to dismiss"), place, _("Everything in the plan is done.")


def _dismiss(case: Case) -> Step:
    place = url_for("cases.dismiss", case_id=case.id)
    return (
        Permission.DISMISS_CASE,
        _("Dismiss the case"),
        place,
        _("The judge was asked to dismiss the case."),
    )


def _nothing(case: Case) -> Step:
    return None, "", None, ""


_STEPS = dict.fromkeys(CaseStage, _nothing) | {
    CaseStage.REFERRED: _screen,
    CaseStage.INTAKE_DUE: _interview,
    CaseStage.INTAKE_HELD: _agree,
    CaseStage.ADMITTED: _schedule,
    CaseStage.HEARING_SET: _hear,
    CaseStage.HEARD: _hear,
    CaseStage.PROPOSED: _sign,
    CaseStage.ACTIVE: _follow,
    CaseStage.COMPLETION_REVIEW: _dismiss,
}
