"""Where a day cannot be filled: which rules collide, and the least that would help."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from .day import PANEL_ROLES, Day, Facts, Hearing
from .eligibility import PRICE_OF_WAIVING, RULES
from .model import ROWS, Model, model_of
from .plan import Plan
from .solving import is_possible, solve

# Rows that nobody can do without, or that go with a rule of RULES; collisions are told by the others.
ALWAYS = frozenset(
    {
        "size_of_panels",
        "bailiffs_and_clerks",
        "reserves_wanted",
        "one_place_a_hearing",
        "places_a_day",  # goes with day_full
        "places_left",  # goes with limit_reached
    }
)

Filled = Counter[tuple[str, str]]  # hearing and post -> people


@dataclass(frozen=True)
class Shortage:
    """A hearing that is lost or not full, and a smallest set of rules that together bring it about."""

    hearing: str
    is_lost: bool
    open_seats: int
    # Names of RULES and ROWS, and "others" where it is that the other hearings keep what they have.
    rules: tuple[str, ...]


@dataclass(frozen=True)
class Way:
    """One way out: what to waive or whom to add, and how the day would stand then."""

    kind: str  # a rule of PRICE_OF_WAIVING, "more" people, or "mixed"
    price: int
    lost: int
    seats: int
    more: dict[str, int] = field(default_factory=dict)  # hearing -> further jurors
    waived: tuple[tuple[str, str, str], ...] = ()  # rule, person, hearing (none for a limit)


def shortages(facts: Facts, seed: str, plan: Plan) -> list[Shortage]:
    """Every hearing that is lost or not full, with the rules that collide there."""
    day = Day.of(facts)
    filled = Counter(
        (where, "panel" if role in PANEL_ROLES else role)
        for _who, role, where in plan.places
        if role != "reserve"
    )
    found = []
    for hearing in day.hearings:
        open_seats = hearing.seats - filled[hearing.id, "panel"]
        if open_seats:
            rules = _colliding(day, seed, hearing, filled)
            found.append(Shortage(hearing.id, open_seats == hearing.seats, open_seats, rules))
    return found


def _colliding(day: Day, seed: str, hearing: Hearing, filled: Filled) -> tuple[str, ...]:
    """A set of rules that rules this out, and no longer does when any one of them is left out.

    Found by leaving out one after the other (deletion filter). What is asked is the hearing itself, if it is
    lost, or one juror more on it; and "others" that all other places stay as full as they are.
    """
    names = [*RULES, *(rows.__name__ for rows in ROWS if rows.__name__ not in ALWAYS), "others"]
    left_out: set[str] = set()
    for name in names:
        if not _is_possible(day, seed, hearing, filled, frozenset({*left_out, name})):
            left_out.add(name)
    return tuple(name for name in names if name not in left_out)


def _is_possible(day: Day, seed: str, hearing: Hearing, filled: Filled, without: frozenset[str]) -> bool:
    model = model_of(day, seed, without=without, aims=False)
    wanted = max(filled[hearing.id, "panel"] + 1, hearing.least)
    _ask_for(model, hearing.id, "panel", wanted)
    if "others" not in without:
        for where, post in model.open:
            if (where, post) != (hearing.id, "panel"):
                _ask_for(model, where, post, filled[where, post])
    return is_possible(model.linear)


def _ask_for(model: Model, hearing: str, post: str, people: int) -> None:
    """At least so many people in these places; if there are any, the hearing is held."""
    if people:
        open_ = model.open[hearing, post]
        model.linear.rule(f"held:{hearing}", {model.lost[hearing]: 1}, most=0)
        model.linear.rule(f"people:{hearing}:{post}", {open_: 1}, most=model.linear.bounds[open_] - people)


def ways_out(facts: Facts, seed: str, plan: Plan) -> list[Way]:
    """What would help, cheapest first: each single kind of help, and the cheapest mixture of all."""
    day = Day.of(facts)
    before = (plan.counted["lost"], plan.counted["seats"])
    if before == (0, 0):
        return []
    single = (_way(day, seed, kind, [kind]) for kind in ("more", *PRICE_OF_WAIVING))
    ways = [way for way in single if (way.lost, way.seats) < before]
    mixed = _way(day, seed, "mixed", ["more", *PRICE_OF_WAIVING])
    is_new = all((way.lost, way.seats, way.price) > (mixed.lost, mixed.seats, mixed.price) for way in ways)
    return sorted([*ways, *([mixed] if is_new else [])], key=lambda way: (way.lost, way.seats, way.price))


def _way(day: Day, seed: str, kind: str, may_waive: Iterable[str]) -> Way:
    model = model_of(day, seed, may_waive=may_waive)
    chosen = solve(model.linear).chosen
    counted = {aim.name: aim.value(chosen) for aim in model.linear.aims}
    names = {variable: place for place, variable in model.choice.items()}
    waived = sorted(
        (bar, names[variable][0], names[variable][2])
        for variable, bars in model.waived.items()
        if chosen[variable]
        for bar in bars
        if bar != "limit_reached"
    )
    waived += [("limit_reached", who, "") for who, variable in sorted(model.over.items()) if chosen[variable]]
    more = {hearing: chosen[variable] for hearing, variable in model.more.items() if chosen[variable]}
    return Way(kind, counted["waived"], counted["lost"], counted["seats"], more, tuple(waived))
