"""A notice about nobody, to see how a court's papers look."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from youthcourt import clock
from youthcourt.documents.paper import Paper, known, letterhead, look_facts
from youthcourt.documents.square import square
from youthcourt.i18n import _, speaking
from youthcourt.models import Court

from .hearing_notice import NOTICE

DAYS_AHEAD = 14


def sample_notice(court: Court, look: dict[str, Any], language: str = "en") -> Paper:
    """The notice of a hearing that is not planned, in a look that nobody has saved."""
    with speaking(known(language)):
        respondent, guardian = _("Alex Sample"), _("Robin Sample")
        street, agency = _("1 Sample Street"), _("the agency that referred it")
    held_on = clock.today(court.time_zone) + timedelta(days=DAYS_AHEAD)
    lang = known(language)
    return Paper(
        kind=NOTICE,
        title=_("Sample notice"),
        reference=f"{court.case_prefix}-0000",
        language=lang,
        facts={
            **letterhead(court),
            "look": look_facts(look),
            "dated": clock.today(court.time_zone),
            "number": f"{court.case_prefix}-0000",
            "respondent": {"name": respondent, "lang": lang},
            "guardians": [{"name": guardian, "lang": lang}],
            "held_on": held_on,
            "starts_at": datetime.combine(held_on, time(18, 30)),
            "room": "A",
            "place": court.place,
            "agency": agency,
            "interpreter": None,
            "square": square(street),
            "recipients": [{"name": respondent, "lang": lang}, {"name": guardian, "lang": lang}],
            "address": [street],
        },
        mark=_("Sample"),
    )
