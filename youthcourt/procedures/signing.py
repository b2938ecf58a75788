"""Signing an order: the plan begins, and whoever owes jury duty joins the jurors."""

from __future__ import annotations

from youthcourt.models import DispositionOrder, Juror, User


def sign_order(order: DispositionOrder, seen: str, by: User) -> None:
    """Sign what was seen, open the obligations, and enrol the respondent as a juror if they will sit."""
    order.sign(seen=seen, by=by)
    if any(item.activity.is_jury_duty for item in order.items):
        Juror.enrol(order.case.respondent, by=by, is_volunteer=False)
