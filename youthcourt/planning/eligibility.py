"""Who may take which role at which hearing, and the rule that says no."""

from __future__ import annotations

from collections.abc import Callable

from .day import Candidate, Day, Hearing, Place

Test = Callable[[Candidate, Hearing, str, Day], bool]


def _shares_school(who: Candidate, hearing: Hearing, _role: str, day: Day) -> bool:
    return day.rules.schoolmates_apart and who.school != "" and who.school in hearing.schools


def _of_other_age(who: Candidate, _hearing: Hearing, _role: str, day: Day) -> bool:
    youngest, oldest = day.rules.ages
    return who.age is None or not youngest <= who.age <= oldest


def _is_barred(who: Candidate, hearing: Hearing, _role: str, day: Day) -> bool:
    return (who.id, hearing.id) in day.bars or (who.id, None) in day.bars


def _has_no_place_left(who: Candidate, _hearing: Hearing, _role: str, day: Day) -> bool:
    return who.places_taken >= day.rules.places_a_day


def _never_led(who: Candidate, _hearing: Hearing, role: str, day: Day) -> bool:
    return role == "foreperson" and day.rules.experience == "needed" and who.served == 0


# Each rule says when somebody may not take a role at a hearing. None of them looks at anybody else.
RULES: dict[str, Test] = {
    "left": lambda who, _hearing, _role, _day: who.left,
    "not_free": lambda who, hearing, _role, _day: hearing.block not in who.free,
    "tie": lambda who, hearing, _role, _day: bool(hearing.ties.get(who.id)),
    "barred": _is_barred,
    "open_case": lambda who, _hearing, _role, day: day.rules.open_cases_apart and who.open_case,
    "not_of_age": _of_other_age,
    "not_trained": lambda who, _hearing, role, day: not is_trained(who, role, day),
    "same_school": _shares_school,
    "day_full": _has_no_place_left,
    "limit_reached": lambda who, _hearing, _role, _day: who.places_left is not None and who.places_left < 1,
    "never_served": _never_led,
}

# What a court may waive to save a hearing or a seat, and how much that weighs against other ways.
PRICE_OF_WAIVING = {"limit_reached": 2, "same_school": 3, "never_served": 4, "not_trained": 5}


def is_trained(who: Candidate, role: str, day: Day) -> bool:
    until = who.trained_until.get(role)
    return until is not None and until >= day.held_on.isoformat()


def what_bars(
    who: Candidate, hearing: Hearing, role: str, day: Day, without: frozenset[str] = frozenset()
) -> list[str]:
    """The rules by which somebody may not take this role there; none when they may."""
    return [name for name, no in RULES.items() if name not in without and no(who, hearing, role, day)]


def impossible_pins(day: Day) -> list[Place]:
    """Pins at a place that their person may not take, whoever else sits where."""
    people = {each.id: each for each in day.candidates}
    hearings = {each.id: each for each in day.hearings}
    broken = []
    for who, role, where in sorted(day.pins):
        heard = [hearings[where]] if where in hearings else []
        asked = role
        if role == "reserve":
            heard, asked = [each for each in day.hearings if each.block == where], "juror"
        if who not in people or not any(not what_bars(people[who], each, asked, day) for each in heard):
            broken.append((who, role, where))
    return broken
