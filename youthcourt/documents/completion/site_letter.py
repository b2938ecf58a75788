"""The letter to a place of service: who comes, for how many hours, and whom to call. Never why."""

from __future__ import annotations

from typing import Any

from youthcourt.documents.kind import Kind, Phase
from youthcourt.documents.paper import LETTERHEAD_NEEDED, Paper, known, letterhead, lines_of, named_short
from youthcourt.errors import RuleBroken
from youthcourt.i18n import _
from youthcourt.i18n import lazy as _l
from youthcourt.models import Obligation, ServiceSite, Unit, User

SITE_LETTER = Kind(
    "site_letter",
    _l("Letter to a service place"),
    Phase.COMPLETION,
    says={
        "worker": _l("The young person, by first name and initial"),
        "site": _l("The service place"),
        "due_on": _l("By when"),
        "number": _l("The case number"),
        "court_name": _l("The name of the court"),
        "court_phone": _l("The court's phone number"),
    },
    texts={
        "lead": _l(
            "{worker} has agreed with us to work for the community for some hours. Thank you for giving "
            "{worker} a place for it, and an adult who shows how things are done."
        ),
        "asked": _l(
            "- An adult is near the whole time, and {worker} knows whom to ask.\n"
            "- The work is safe for a teenager: no driving, no power tools, no roofs, no handling of money.\n"
            "- Each day is written on the time sheet that {worker} brings, and signed by whoever was in "
            "charge.\n"
            "- Nobody is paid for it, and it takes no paid person's place."
        ),
        "call": _l(
            "Call us the same day when {worker} does not come, is hurt, or something does not go well. You "
            "may end it at any time: call us, and we find another place."
        ),
        "private": _l(
            "Why {worker} works with you is private. We may not tell you, and we ask you not to ask. Please "
            "treat {worker} like any other volunteer, and tell nobody that this court sent anybody."
        ),
    },
    issued=True,
)


def site_letter(obligation: Obligation, by: User | None = None, language: str = "en") -> Paper:
    """To the place where the hours are worked, by first name and initial."""
    case, site = obligation.case, _site_of(obligation)
    if obligation.activity.unit is not Unit.MINUTES:
        raise RuleBroken(_("A letter to a service place is about hours."))
    return Paper(
        kind=SITE_LETTER,
        title=_l("Letter to a service place, case %(number)s", number=case.number),
        reference=case.number,
        language=known(language),
        facts={
            **letterhead(case.court),
            "dated": case.court.today,
            "number": case.number,
            **_to(site),
            "worker": named_short(case.respondent),
            "activity": obligation.activity.name,
            "unit": obligation.activity.unit.value,
            "left": obligation.amount_left,
            "due_on": obligation.due_on,
            "signed_by": by.name if by else None,
        },
        needed=LETTERHEAD_NEEDED
        | {
            "site": _l("The service place"),
            "address": _l("The address of the service place"),
            "signed_by": _l("Who signs the letter"),
        },
    )


def _site_of(obligation: Obligation) -> ServiceSite | None:
    """Where the hours were worked last, else the one place that the court has; else it is written by hand."""
    sites = {each.name: each for each in obligation.court.sites}
    worked = [sites[done.site] for done in obligation.service_records if done.site in sites]
    if worked:
        return worked[-1]
    return next(iter(sites.values())) if len(sites) == 1 else None


def _to(site: ServiceSite | None) -> dict[str, Any]:
    """Somebody to write to there, if the court noted one, and where."""
    names = [site.name, *lines_of(site.contact)[:1]] if site else []
    return {
        "site": site.name if site else None,
        "recipients": [{"name": name, "lang": "en"} for name in names],
        "address": lines_of(site.address) if site else [],
    }
