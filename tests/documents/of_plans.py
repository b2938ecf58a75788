"""The papers of a hearing day that are about no case, and those that go with a plan, as a case is played."""

from tests import make
from youthcourt import models as m
from youthcourt.documents.completion.obligation_plan import obligation_plan
from youthcourt.documents.completion.plan_letters import progress_letter, warning
from youthcourt.documents.completion.referrer_reports import noncompliance_report, return_to_referrer
from youthcourt.documents.completion.site_letter import site_letter
from youthcourt.documents.completion.time_sheet import time_sheet
from youthcourt.documents.completion.writing import apology_guide, cover_sheet, essay_guide
from youthcourt.documents.court.door_list import door_list
from youthcourt.documents.court.oath_cards import oath_cards
from youthcourt.documents.court.question_guide import question_guide
from youthcourt.documents.decision.appeal_form import appeal_form


def papers_of_day(day, offence, language="en"):
    return {
        "door_list": door_list(day, language),
        "oath_cards": oath_cards(day.court, language),
        "question_guide": question_guide(offence, language),
    }


def papers_of_plan(order, cast, language="en"):
    """What goes with a plan on the day on which it was signed."""
    case = order.case
    if case.court.address:
        case.court.sites[0].address = "3 Oak Street\nHarbor, NC 28301"
    service = next(each for each in case.obligations if each.activity.kind is m.ActivityKind.SERVICE)
    return {
        "appeal_form": appeal_form(order),
        "obligation_plan": obligation_plan(case),
        "time_sheet": time_sheet(service),
        "site_letter": site_letter(service, by=cast.cora, language=language),
        "progress_letter": progress_letter(case, by=cast.cora),
        "warning": warning(case, by=cast.cora),
        "noncompliance_report": noncompliance_report(case, by=cast.cora, language=language),
    }


def papers_of_writing(order):
    """The same for an essay, which the plan of most tests does not ask for."""
    activity = make.activity(order.court, "essay")
    activity.description = "What is this rule for?"
    due_on = order.items[0].due_on
    essay = m.Obligation(
        court=order.court, case=order.case, order=order, activity=activity, amount_owed=1, due_on=due_on
    )
    make.db.session.add(essay)
    return {
        "apology_guide": apology_guide(essay),
        "essay_guide": essay_guide(essay),
        "cover_sheet": cover_sheet(essay),
    }


def gone_back(court, cast):
    case = make.admitted(court, cast.cora, "Riley Stone")
    case.return_to_referrer(m.ClosureReason.MOVED, note="The family moved to Ohio.", by=cast.cora)
    return case


def paper_of_return(court, cast, language="en"):
    return {"return_to_referrer": return_to_referrer(gone_back(court, cast), by=cast.cora, language=language)}
