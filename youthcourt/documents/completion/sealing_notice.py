"""What becomes of the record: given to the family after the hearing, and again when the case is over."""

from __future__ import annotations

from datetime import date

from youthcourt.documents.envelopes import envelopes
from youthcourt.documents.family import dated, of_case
from youthcourt.documents.kind import Kind, Phase
from youthcourt.documents.paper import LETTERHEAD_NEEDED, Paper, language_for, letterhead
from youthcourt.errors import RuleBroken
from youthcourt.i18n import _
from youthcourt.i18n import lazy as _l
from youthcourt.models import Case, Person
from youthcourt.procedures.completion.sealing import rule_for

SEALING_NOTICE = Kind(
    "sealing_notice",
    _l("What happens to your record"),
    Phase.COMPLETION,
    says={
        "number": _l("The case number"),
        "respondent": _l("The young person"),
        "given_name": _l("The first name of the young person"),
        "guardians": _l("Parents and guardians"),
        "agency": _l("Who referred the case"),
        "court_name": _l("The name of the court"),
        "court_phone": _l("The court's phone number"),
        "seal_on": _l("The day on which the record is sealed"),
        "destroy_on": _l("The day on which the record is destroyed"),
    },
    texts={
        "first": _l(
            "The hearing is over. This letter is about the papers of the case, and what becomes of them. You "
            "get it again when the case ends. You need do nothing now."
        ),
        "second": _l(
            "The case is over. This letter is about the papers that we keep, and what becomes of them. "
            "Please put it where you keep important things."
        ),
        "means": _l(
            "Sealing means: we close the record, and from then on it is as if it were not there. Somebody "
            "who looks for {given_name} at the youth court finds nothing. The papers are not burned yet: a "
            "very few people may open them, only for a reason that they write down, and each time is kept."
        ),
        "when": _l("We plan to seal the record on **{seal_on}**. You need not ask for it."),
        "when_unknown": _l(
            "We seal it when the case is over and the time has passed that our rules ask for. You need not "
            "ask for it. When the case ends, we tell you the day."
        ),
        "held": _l(
            "For now the record has to stay as it is. Call us if you want to know why: {court_phone}."
        ),
        "destroyed": _l(
            "From **{destroy_on}** on it is destroyed for good. Nobody can bring it back then, not even we."
        ),
        "others": _l(
            "Sealing closes what **we** keep. {agency}, the school and other courts have papers of their "
            "own. Ask them what becomes of those; a lawyer or a legal aid office can help you with it."
        ),
        "rights": _l(
            "- You may have a copy of your papers. Ask us before the record is sealed.\n"
            "- You may ask us to seal it earlier, or to correct what is wrong.\n"
            "- Tell us when you move, so that our letters reach you.\n"
            "- Call us, whatever you want to know: {court_phone}."
        ),
    },
    issued=True,
)


def sealing_notice(case: Case, to: Person | None = None) -> Paper:
    """One copy for each household, or the copy of whom it goes `to`; once an order is signed."""
    if case.order is None and not case.is_closed:
        raise RuleBroken(_("This letter is given to the family after the hearing, and again at the end."))
    seal_on, destroy_on = _days(case)
    return Paper(
        kind=SEALING_NOTICE,
        title=_l("What happens to your record, case %(number)s", number=case.number),
        reference=case.number,
        language=language_for(case.respondent),
        facts={
            **letterhead(case.court),
            **of_case(case),
            "dated": dated(case.court),
            "is_over": case.is_closed,
            "is_held": case.hold is not None,
            "seal_on": seal_on,
            "destroy_on": destroy_on,
        },
        needed=LETTERHEAD_NEEDED | {"address": _l("A mailing address of the family")},
        copies=envelopes(case, to),
        to_one=to is not None,
    )


def _days(case: Case) -> tuple[date | None, date | None]:
    """When the record is sealed and destroyed by the court's rule, as far as that can be known."""
    rule = rule_for(case)
    if rule is None or case.closure is None:
        return None, None
    starts_on = rule.starts_on(case.closure.closed_on, case.respondent.born_on)
    return rule.seal_on(starts_on), rule.destroy_on(starts_on)
