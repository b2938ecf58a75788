"""What the independent checker says of the planner's plan of a day."""

from tests.planning import by_hand, days
from youthcourt.checker import check, count
from youthcourt.planning.plan import certify
from youthcourt.planning.planning import plan


def faults(facts, seed, made):
    """A line for each rule that is broken and for each claim that is not so."""
    lines = check(facts, seed, made.places)
    counted = count(facts, seed, made.places)
    if list(counted) != list(made.counted):
        lines.append(f"aims: {list(made.counted)}")
    lines += [
        f"{aim}: claimed {made.counted.get(aim)}, counted {value}"
        for aim, value in counted.items()
        if made.counted.get(aim) != value
    ]
    return lines


def verdict(number, size, mood=None):
    """The faults of the plan of one day, and what is to be counted about it."""
    facts, seed = days.day(number, size, mood), days.seed_of(number)
    made = plan(facts, seed)
    lines = faults(facts, seed, made)
    if made.certificate and not certify(facts, seed, made).is_proved:
        lines.append("certificate: it does not prove this plan")
    if size in ("tiny", "little"):
        by = by_hand.plan(facts)
        lines += [f"by hand: {line}" for line in check(facts, seed, by)]
        if list(count(facts, seed, by).values()) < list(made.counted.values()):
            lines.append("aims: the plan made by hand is better")
    return lines, made
