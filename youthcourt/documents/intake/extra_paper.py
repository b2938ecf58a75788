"""A paper that only this court has, about one case."""

from __future__ import annotations

from typing import Any

from youthcourt.documents.kind import Kind, Phase
from youthcourt.documents.paper import LETTERHEAD_NEEDED, Paper, language_for, letterhead, named
from youthcourt.i18n import lazy as _l
from youthcourt.models import FACTS_OF_EXTRA_PAPER, Case, ExtraPaper

# Its words are a row of the court's own list, so there are no usual ones.
EXTRA = Kind("extra_paper", _l("A paper of your own"), Phase.INTAKE, says=FACTS_OF_EXTRA_PAPER)


def extra_paper(extra: ExtraPaper, case: Case) -> Paper:
    """The court's own words, with the facts of this case in them."""
    heading, words, language = extra.in_language(language_for(case.respondent))
    return Paper(
        kind=Kind(EXTRA.name, EXTRA.title, EXTRA.phase, EXTRA.says, {"body": words}),
        title=heading,
        reference=case.number,
        language=language,
        facts={
            **letterhead(case.court),
            **facts_of_case(case),
            "heading": heading,
            "is_signed_by_family": extra.is_signed_by_family,
        },
        needed=LETTERHEAD_NEEDED
        | {name: said for name, said in FACTS_OF_EXTRA_PAPER.items() if f"{{{name}}}" in words},
    )


def facts_of_case(case: Case) -> dict[str, Any]:
    """What a paper or form of a court's own may fill in, by the names in FACTS_OF_EXTRA_PAPER."""
    ahead = [each for each in case.hearings if each.is_live]
    return {
        "number": case.number,
        "respondent": named(case.respondent),
        "guardians": [named(each) for each in case.respondent.guardians],
        "agency": case.referral.agency.name,
        "hearing_day": ahead[-1].court_session.held_on if ahead else None,
        "last_day": max((each.due_on for each in case.obligations), default=None),
        "today": case.court.today,
        "court_name": case.court.name,
        "court_phone": case.court.phone,
    }
