"""The certificate that a record was destroyed: how much of what, by which rule, by which two people."""

from __future__ import annotations

from youthcourt.documents.kind import Kind, Phase
from youthcourt.documents.paper import Paper, letterhead, local
from youthcourt.i18n import _
from youthcourt.i18n import lazy as _l
from youthcourt.models import Purge, User
from youthcourt.models.completion.retention import RECORD_WORDS

# What a court calls the rows of these tables. All others are told of together.
PARTS = (
    (
        _l("The case, its referral and how it was screened and closed"),
        ("case", "referral", "screening", "closure"),
    ),
    (_l("People whom the court knew by this case alone"), ("person",)),
    (_l("People named as hurt, or as part of what happened"), ("person_harmed", "companion")),
    (_l("Accounts"), ("user",)),
    (_l("Interviews and agreements"), ("appointment", "interview", "agreement", "attendance")),
    (
        _l("Hearings, panels and deliberations"),
        ("hearing", "adjournment", "panel", "seat", "draw", "deliberation"),
    ),
    (
        _l("Findings, votes and proposals"),
        (
            "finding",
            "proposal",
            "step_note",
            "worksheet",
            "rating",
            "idea",
            "voting_round",
            "voter",
            "sign_off",
        ),
    ),
    (_l("Orders and obligations"), ("disposition_order", "order_item", "obligation", "extension", "excusal")),
    (_l("Service that was written down"), ("service_record", "sitting", "training", "time_credit")),
    (_l("Letters"), ("letter",)),
)

DESTRUCTION = Kind(
    "destruction_certificate",
    _l("Certificate of destruction"),
    Phase.COMPLETION,
    says={"court_name": _l("The name of the court"), "token": _l("The line in the purge ledger")},
    texts={
        "lead": _l(
            "A record of this court was destroyed, in its database and in every copy that is brought back. "
            "Whose it was is not kept."
        ),
        "stays": _l(
            "- One row for the statistics: without a name, the days rounded to months.\n"
            "- That something was done with the case, and when, in the court's trail; not what was said.\n"
            "- A line in the purge ledger, by which every copy that is brought back forgets the record again."
        ),
    },
    issued=True,
    sealed=True,
)


def destruction_certificate(purge: Purge, language: str = "en") -> Paper:
    """What was destroyed, without a word about whose it was, in the language of the office that files it."""
    return Paper(
        kind=DESTRUCTION,
        title=_l("Certificate of destruction"),
        reference=purge.token[:8],
        language=language,
        facts={
            **letterhead(purge.court),
            "kind": RECORD_WORDS[purge.kind],
            "purged_at": local(purge.purged_at, purge.court),
            "swept_at": local(purge.swept_at, purge.court) if purge.swept_at else None,
            "rule": purge.rule,
            "citation": purge.citation,
            "proposed_by": _name(purge.proposed_by),
            "confirmed_by": _name(purge.confirmed_by),
            "token": purge.token,
            "parts": _parts(purge.counts or {}),
            "total": sum((purge.counts or {}).values()),
        },
        needed={
            "proposed_by": _l("Who proposed it"),
            "confirmed_by": _l("Who confirmed it"),
        },
        lacks=() if purge.swept_at else (_("Traces are swept in the coming night. Print it after that."),),
    )


def _name(user: User | None) -> str:
    return user.name if user else ""


def _parts(counts: dict[str, int]) -> list[dict[str, object]]:
    """How many rows of each part there were; what has no name of its own comes last."""
    told = {table for _words, tables in PARTS for table in tables}
    sums = [(words, sum(counts.get(table, 0) for table in tables)) for words, tables in PARTS]
    sums.append(
        (_l("Everything else that pointed to them"), sum(n for t, n in counts.items() if t not in told))
    )
    return [{"what": what, "count": count} for what, count in sums if count]
