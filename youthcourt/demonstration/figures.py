"""The size and shape of a court's year: a real programme's published one, or that in proportion.

Source: Cumberland County NC, October 1993 to January 1995, in the report of the state's Administrative
Office of the Courts of May 1995.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Figures:
    """What came of the referrals of one period, as counted on the day of the report."""

    referred: int
    declined: int
    failed_to_appear: int
    past_deadline: int
    completed: int
    sittings: int
    service_hours: int
    workshops: int

    @property
    def scheduled(self) -> int:
        return self.referred - self.declined

    @property
    def heard(self) -> int:
        return self.scheduled - self.failed_to_appear


PUBLISHED = Figures(
    referred=334,
    declined=42,
    failed_to_appear=6,
    past_deadline=222,
    completed=170,
    sittings=740,
    service_hours=4950,
    workshops=300,
)


def of_size(referred: int) -> Figures:
    """The published figures in proportion, each rounded to the nearest whole number."""
    if referred < SMALLEST:
        raise ValueError(f"a court of {referred} referrals is too small to show every outcome: {SMALLEST} do")
    part = Fraction(referred, PUBLISHED.referred)
    declined, failed = round(PUBLISHED.declined * part), max(1, round(PUBLISHED.failed_to_appear * part))
    heard = Fraction(referred - declined - failed, PUBLISHED.heard)
    return Figures(
        referred=referred,
        declined=declined,
        failed_to_appear=failed,
        past_deadline=round(PUBLISHED.past_deadline * heard),
        completed=round(PUBLISHED.completed * heard),
        sittings=round(PUBLISHED.sittings * heard),
        service_hours=round(PUBLISHED.service_hours * heard),
        workshops=round(PUBLISHED.workshops * heard),
    )


SMALLEST = 24
