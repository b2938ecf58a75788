"""The certificate of completion, for the wall: no offence, nothing that went wrong."""

from __future__ import annotations

from youthcourt.documents.certificate import name_size
from youthcourt.documents.kind import Kind, Phase
from youthcourt.documents.paper import Paper, language_for, letterhead, named
from youthcourt.errors import RuleBroken
from youthcourt.i18n import _
from youthcourt.i18n import lazy as _l
from youthcourt.models import Case, CaseStage, ObligationState

CERTIFICATE = Kind(
    "completion_certificate",
    _l("Certificate of completion"),
    Phase.COMPLETION,
    says={
        "court_name": _l("The name of the court"),
        "respondent": _l("The young person"),
        "closed_on": _l("The day the case ended"),
        "judge": _l("The judge"),
    },
    texts={
        "certifies": _l("This certifies that"),
        "completed": _l(
            "listened to a panel of peers, agreed on a plan with them, and completed every part of it."
        ),
        "given": _l("Given on {closed_on}, with our thanks and respect."),
    },
    issued=True,
    sealed=True,
)


def completion_certificate(case: Case) -> Paper:
    """What somebody completed, and who says so."""
    if case.stage is not CaseStage.COMPLETED or case.closure is None:
        raise RuleBroken(_("The certificate can be printed once the case is completed."))
    return Paper(
        kind=CERTIFICATE,
        title=_l("Certificate of completion, case %(number)s", number=case.number),
        reference=case.number,
        language=language_for(case.respondent),
        facts={
            **letterhead(case.court),
            "respondent": named(case.respondent),
            "name_size": name_size(case.respondent.name),
            "deeds": [
                {
                    "activity": each.activity.name,
                    "unit": each.activity.unit,
                    "amount": max(each.amount_done, each.amount_owed),
                }
                for each in case.obligations
                if each.state is ObligationState.MET
            ],
            "closed_on": case.closure.closed_on,
            "judge": case.closure.closed_by.name,
            "coordinator": case.completion_review.asked_by.name if case.completion_review else None,
        },
        needed={"coordinator": _l("The coordinator who asked for the dismissal")},
    )
