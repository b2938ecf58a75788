"""The plan of a day as a linear model: what may be chosen, the rules as rows, the aims in order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from .day import HEARING_ROLES, PANEL_ROLES, Candidate, Day, Hearing, Place
from .eligibility import PRICE_OF_WAIVING, what_bars
from .linear import Linear, Terms, ones
from .lots import hearings_lot, persons_lot, placing_lot

LEADS_UNSERVED = 4  # in `mix`: a foreperson who never served weighs as much as four first-timers too many
NO_CHANCE_LEFT = 100
GIVEN_UP = 10  # in `changes`: somebody who loses the place they had


@dataclass
class Model:
    """The rows and aims of one day, and which variable stands for what."""

    day: Day
    seed: str
    may_waive: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()
    linear: Linear = field(default_factory=Linear)
    choice: dict[Place, int] = field(default_factory=dict)
    waived: dict[int, list[str]] = field(default_factory=dict)
    lost: dict[str, int] = field(default_factory=dict)
    open: dict[tuple[str, str], int] = field(default_factory=dict)
    more: dict[str, int] = field(default_factory=dict)
    over: dict[str, int] = field(default_factory=dict)
    at: dict[str, dict[str, dict[str, int]]] = field(default_factory=dict)
    seats_of: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    reserves_of: dict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))

    def __post_init__(self) -> None:
        self.people = {each.id: each for each in self.day.candidates}
        self.block_of = {hearing.id: hearing.block for hearing in self.day.hearings}
        self.by_block: dict[str, list[Hearing]] = defaultdict(list)
        for hearing in self.day.hearings:
            self.by_block[hearing.block].append(hearing)

    def panel(self, hearing: Hearing) -> Iterator[tuple[Candidate, int]]:
        """Everybody who may be on the panel of a hearing, with the variable that seats them."""
        for role in PANEL_ROLES:
            for who, variable in self.at[hearing.id][role].items():
                yield self.people[who], variable

    def places(self, chosen: list[int]) -> tuple[Place, ...]:
        return tuple(sorted(place for place, variable in self.choice.items() if chosen[variable]))


def model_of(
    day: Day, seed: str, may_waive: Iterable[str] = (), without: Iterable[str] = (), aims: bool = True
) -> Model:
    """The model of a day.

    `may_waive` names rules that may be waived at a price (PRICE_OF_WAIVING, or "more" for calling further
    people); `without` names rules of RULES or ROWS that are left out, to find out which of them matter.
    """
    model = Model(day, seed, frozenset(may_waive), frozenset(without))
    for choose in CHOICES:
        choose(model)
    for add_rows in ROWS:
        if add_rows.__name__ not in model.without:
            add_rows(model)
    model.linear.decisions = list(model.lost.values())
    model.linear.placings = list(model.choice.values())
    for name in order_of(model) if aims else []:
        AIMS[name](model)
    return model


def order_of(model: Model) -> list[str]:
    """The aims in strict order: the court chooses among the soft ones, between the first and the lots."""
    if model.may_waive:
        return ["lost", "which", "seats", "waived", "lottery", "placing"]
    mending = ["changes"] if model.day.keep is not None else []
    return ["lost", "which", "seats", *mending, *model.day.rules.order, "lottery", "placing"]


# What may be chosen


def choose_places(model: Model) -> None:
    """A variable for each person, role and hearing that no rule forbids."""
    day, linear = model.day, model.linear
    roles_wanted = {hearing.id: _roles(hearing) for hearing in day.hearings}
    for hearing in day.hearings:
        model.at[hearing.id] = {role: {} for role in HEARING_ROLES}
    for who in day.candidates:
        for hearing in day.hearings:
            for role in roles_wanted[hearing.id]:
                bars = what_bars(who, hearing, role, day, model.without)
                if not model.may_waive.issuperset(bars):
                    continue
                variable = linear.variable()
                model.choice[who.id, role, hearing.id] = variable
                model.at[hearing.id][role][who.id] = variable
                model.seats_of[who.id].append(variable)
                if bars:
                    model.waived[variable] = bars


def _roles(hearing: Hearing) -> list[str]:
    bailiff = ["bailiff"] if hearing.bailiffs else []
    return [*PANEL_ROLES, *bailiff, *(["clerk"] if hearing.clerks else [])]


def choose_reserves(model: Model) -> None:
    """A variable for each person and block at which they could join a panel."""
    for block in model.day.blocks:
        if not block.reserves:
            continue
        able = {
            who
            for hearing in model.by_block[block.id]
            for who, variable in model.at[hearing.id]["juror"].items()
            if variable not in model.waived
        }
        for who in sorted(able):
            variable = model.linear.variable()
            model.choice[who, "reserve", block.id] = variable
            model.reserves_of[who][block.id] = variable


def choose_losses(model: Model) -> None:
    for hearing in model.day.hearings:
        model.lost[hearing.id] = model.linear.variable()
        for post, wanted in (
            ("panel", hearing.seats),
            ("bailiff", hearing.bailiffs),
            ("clerk", hearing.clerks),
        ):
            if wanted:
                model.open[hearing.id, post] = model.linear.variable(wanted)
        if "more" in model.may_waive:
            model.more[hearing.id] = model.linear.variable(hearing.seats)


CHOICES = [choose_places, choose_reserves, choose_losses]


# The rules as rows


def one_place_a_block(model: Model) -> None:
    _one_place(model, lambda role, where: where if role == "reserve" else model.block_of[where])


def one_place_a_hearing(model: Model) -> None:
    """Follows from the rule before; said for the question what would be without it."""
    if "one_place_a_block" in model.without:
        _one_place(model, lambda _role, where: where)


def _one_place(model: Model, at: Callable[[str, str], str]) -> None:
    taken: dict[tuple[str, str], list[int]] = defaultdict(list)
    for (who, role, where), variable in model.choice.items():
        taken[who, at(role, where)].append(variable)
    for (who, where), variables in taken.items():
        if len(variables) > 1:
            model.linear.rule(f"one_place:{who}:{where}", ones(variables), most=1)


def places_a_day(model: Model) -> None:
    if "day_full" in model.without:
        return
    for who, person in model.people.items():
        variables = [*model.seats_of[who], *model.reserves_of[who].values()]
        left = model.day.rules.places_a_day - person.places_taken
        if len(variables) > left:
            model.linear.rule(f"places_a_day:{who}", ones(variables), most=max(left, 0))


def places_left(model: Model) -> None:
    if "limit_reached" in model.without:
        return
    for who, person in model.people.items():
        variables, left = model.seats_of[who], person.places_left
        if left is None or len(variables) <= left:
            continue
        terms = ones(variables)
        if "limit_reached" in model.may_waive:
            model.over[who] = model.linear.variable(len(variables))
            terms[model.over[who]] = -1
        model.linear.rule(f"places_left:{who}", terms, most=left)


def size_of_panels(model: Model) -> None:
    """Nobody at all, or at least as many as a panel needs; never more than its seats."""
    for hearing in model.day.hearings:
        lost, open_ = model.lost[hearing.id], model.open[hearing.id, "panel"]
        seated = ones(variable for _who, variable in model.panel(hearing))
        if hearing.id in model.more:
            seated[model.more[hearing.id]] = 1
        filled = {**seated, open_: 1}
        model.linear.rule(f"seats:{hearing.id}", filled, least=hearing.seats, most=hearing.seats)
        slack = hearing.seats - hearing.least
        model.linear.rule(f"least:{hearing.id}", {open_: 1, lost: -hearing.least}, most=slack)
        model.linear.rule(f"nobody_when_lost:{hearing.id}", {open_: 1, lost: -hearing.seats}, least=0)


def one_foreperson(model: Model) -> None:
    for hearing in model.day.hearings:
        leads = ones(model.at[hearing.id]["foreperson"].values())
        leads[model.lost[hearing.id]] = 1
        model.linear.rule(f"foreperson:{hearing.id}", leads, least=1, most=1)


def bailiffs_and_clerks(model: Model) -> None:
    for hearing in model.day.hearings:
        for post, wanted in (("bailiff", hearing.bailiffs), ("clerk", hearing.clerks)):
            if wanted:
                open_ = model.open[hearing.id, post]
                terms = {**ones(model.at[hearing.id][post].values()), open_: 1}
                model.linear.rule(f"{post}:{hearing.id}", terms, least=wanted, most=wanted)
                lost = {open_: 1, model.lost[hearing.id]: -wanted}
                model.linear.rule(f"no_{post}_when_lost:{hearing.id}", lost, least=0)


def reserves_wanted(model: Model) -> None:
    for block in model.day.blocks:
        waiting = [blocks[block.id] for blocks in model.reserves_of.values() if block.id in blocks]
        if len(waiting) > block.reserves:
            model.linear.rule(f"reserves:{block.id}", ones(waiting), most=block.reserves)


def kept_apart(model: Model) -> None:
    for group in model.day.apart:
        for hearing in model.day.hearings:
            together = ones(variable for who, variable in model.panel(hearing) if who.id in group)
            if len(together) > 1:
                model.linear.rule(f"apart:{'+'.join(sorted(group))}:{hearing.id}", together, most=1)


def first_timers(model: Model) -> None:
    if model.day.rules.experience == "needed":
        for hearing in model.day.hearings:
            new, most = _new_on(model, hearing), most_first_timers(hearing, model.day)
            if len(new) > most:
                model.linear.rule(f"first_timers:{hearing.id}", ones(new), most=most)


def pinned(model: Model) -> None:
    """A pin at a hearing holds if the hearing is held; a pin in reserve holds."""
    known = {*model.lost, *(block.id for block in model.day.blocks)}
    for place in sorted(model.day.pins):
        who, role, where = place
        if who not in model.people or where not in known:
            continue
        chosen = ones([model.choice[place]]) if place in model.choice else {}
        if role != "reserve":
            chosen[model.lost[where]] = 1
        model.linear.rule(f"pin:{who}:{role}:{where}", chosen, least=1)


ROWS = [
    one_place_a_block,
    one_place_a_hearing,
    places_a_day,
    places_left,
    size_of_panels,
    one_foreperson,
    bailiffs_and_clerks,
    reserves_wanted,
    kept_apart,
    first_timers,
    pinned,
]


def _new_on(model: Model, hearing: Hearing) -> list[int]:
    return [variable for who, variable in model.panel(hearing) if who.served == 0]


def most_first_timers(hearing: Hearing, day: Day) -> int:
    return hearing.seats * day.rules.first_timers_most // 100


# The aims


def lost(model: Model) -> None:
    model.linear.aim("lost", ones(model.lost.values()))


def which(model: Model) -> None:
    """The least important hearing is given up first; between equals, the lot says."""
    by_importance = sorted(
        model.day.hearings, key=lambda h: (-h.priority, hearings_lot(model.seed, h.id), h.id)
    )
    count = len(by_importance)
    model.linear.aim("which", {model.lost[h.id]: count - rank for rank, h in enumerate(by_importance)})


def seats(model: Model) -> None:
    """Open places; somebody still to be called fills a seat here, and is paid for in `waived`."""
    model.linear.aim("seats", ones(model.open.values()))


def waived(model: Model) -> None:
    """The least that has to give way: a rule for one person at one hearing, a limit, a further juror."""
    terms = {variable: price_of(bars) for variable, bars in model.waived.items()}
    terms |= dict.fromkeys(model.over.values(), PRICE_OF_WAIVING["limit_reached"])
    terms |= dict.fromkeys(model.more.values(), PRICE_OF_ONE_MORE)
    model.linear.aim("waived", terms)


def price_of(bars: list[str]) -> int:
    """What it weighs to let somebody sit in spite of these rules; a limit is paid for by the seat."""
    return sum(PRICE_OF_WAIVING[bar] for bar in bars if bar != "limit_reached")


PRICE_OF_ONE_MORE = 4


def changes(model: Model) -> None:
    """Whoever has a place keeps it; holes go to the reserve first, then to others who were called."""
    keep = model.day.keep or ()
    roles = {(who, where): role for who, role, where in keep if role != "reserve"}
    waited = {(who, where) for who, role, where in keep if role == "reserve"}
    called = {who for who, _role, _where in keep}
    terms: Terms = {}
    may_stay, may_wait = set(), {place for place in waited if (place[0], "reserve", place[1]) in model.choice}
    for (who, role, where), variable in model.choice.items():
        block = where if role == "reserve" else model.block_of[where]
        terms[variable] = -1 if (who, block) in may_wait else 0
        if role == "reserve":
            continue
        before = roles.get((who, where))
        if before is not None:
            may_stay.add((who, where))
            terms[variable] += (0 if before == role else 1) - GIVEN_UP
        elif (who, block) in waited:
            terms[variable] += 1
        else:
            terms[variable] += 2 if who in called else 5
    model.linear.aim("changes", terms, constant=GIVEN_UP * len(may_stay) + len(may_wait))


def duty(model: Model) -> None:
    terms: Terms = {}
    for who in model.day.candidates:
        if who.owes > 0 and model.seats_of[who.id]:
            served = model.linear.variable()
            model.linear.rule(f"duty:{who.id}", {**ones(model.seats_of[who.id]), served: -1}, least=0)
            terms[served] = -urgency(who)
    model.linear.aim("duty", terms, constant=-sum(terms.values()))


def urgency(who: Candidate) -> int:
    """How much it weighs that somebody who owes sittings is passed over, from 1 to 100."""
    if who.chances <= who.owes:
        return NO_CHANCE_LEFT
    return max(1, (40 * who.owes + who.chances) // (2 * who.chances))


def standby(model: Model) -> None:
    terms: Terms = {}
    for block in model.day.blocks:
        waiting = {who: blocks[block.id] for who, blocks in model.reserves_of.items() if block.id in blocks}
        if block.reserves:
            missing = model.linear.variable(block.reserves)
            terms[missing] = 1
            model.linear.rule(
                f"standby:{block.id}", {**ones(waiting.values()), missing: 1}, least=block.reserves
            )
        for hearing in model.by_block[block.id]:
            able = {
                who for who, variable in model.at[hearing.id]["juror"].items() if variable not in model.waived
            }
            gap = model.linear.variable()
            terms[gap] = 1
            cover = ones(variable for who, variable in waiting.items() if who in able)
            model.linear.rule(f"cover:{hearing.id}", {**cover, gap: 1}, least=1)
    model.linear.aim("standby", terms)


def mix(model: Model) -> None:
    linear, terms = model.linear, Terms()
    for hearing in model.day.hearings:
        new = _new_on(model, hearing)
        nobody_new = linear.variable()
        terms[nobody_new] = 1
        linear.rule(f"new:{hearing.id}", {**ones(new), nobody_new: 1, model.lost[hearing.id]: 1}, least=1)
        if model.day.rules.experience == "wanted":
            leads = model.at[hearing.id]["foreperson"].items()
            terms |= {variable: LEADS_UNSERVED for who, variable in leads if model.people[who].served == 0}
            most = most_first_timers(hearing, model.day)
            if len(new) > most:
                above = linear.variable(hearing.seats)
                terms[above] = 1
                linear.rule(f"too_new:{hearing.id}", {**ones(new), above: -1}, most=most)
    model.linear.aim("mix", terms)


def balance(model: Model) -> None:
    terms: Terms = {}
    for hearing in model.day.hearings:
        _balance_schools(model, hearing, terms)
        for quota in model.day.rules.quotas:
            name = f"quota:{quota.group}:{quota.value}:{hearing.id}"
            like = ones(v for who, v in model.panel(hearing) if who.groups.get(quota.group) == quota.value)
            if len(like) > quota.most:
                above = model.linear.variable(hearing.seats)
                terms[above] = 1
                model.linear.rule(f"{name}:most", {**like, above: -1}, most=quota.most)
            if quota.least:
                missing = model.linear.variable(quota.least)
                terms[missing] = 1
                when_held = {**like, missing: 1, model.lost[hearing.id]: quota.least}
                model.linear.rule(f"{name}:least", when_held, least=quota.least)
    model.linear.aim("balance", terms)


def _balance_schools(model: Model, hearing: Hearing, terms: Terms) -> None:
    share = model.day.rules.school_most
    if not share:
        return
    most = -(-hearing.seats * share // 100)
    by_school: dict[str, list[int]] = defaultdict(list)
    for who, variable in model.panel(hearing):
        if who.school:
            by_school[who.school].append(variable)
    for school, variables in sorted(by_school.items()):
        if len(variables) > most:
            above = model.linear.variable(hearing.seats)
            terms[above] = 1
            model.linear.rule(f"school:{school}:{hearing.id}", {**ones(variables), above: -1}, most=most)


def fair_share(model: Model) -> None:
    """The first seat of somebody who is owed turns is cheap; each further one of the day costs more."""
    terms: Terms = {}
    seat = bands(100, model.day.rules.band)
    for who in model.day.candidates:
        owed = bands(who.credit, model.day.rules.band)
        variables = model.seats_of[who.id]
        first = (2 * who.places_taken + 1) * seat - 2 * owed
        terms |= dict.fromkeys(variables, first)
        further = min(model.day.rules.places_a_day - who.places_taken, len(variables)) - 1
        steps = [model.linear.variable() for _each in range(max(further, 0))]
        terms |= {step: 2 * seat * number for number, step in enumerate(steps, start=1)}
        if steps:
            more_than_one = {**ones(variables), **dict.fromkeys(steps, -1)}
            model.linear.rule(f"further:{who.id}", more_than_one, most=1)
        terms |= dict.fromkeys(model.reserves_of[who.id].values(), seat - owed)
    model.linear.aim("fair_share", terms)


def bands(hundredths: int, band: int) -> int:
    """Hundredths of a seat in whole bands, halves up."""
    return (2 * hundredths + band) // (2 * band)


def lottery(model: Model) -> None:
    """Who: one lot a person, so that many open seats give nobody more than one chance."""
    lots = {who: 1 + persons_lot(model.seed, who) for who in model.people}
    model.linear.aim("lottery", {variable: lots[place[0]] for place, variable in model.choice.items()})


def placing(model: Model) -> None:
    """Where: a lot for each place, so that there is one best plan and no other."""
    terms = {variable: 1 + placing_lot(model.seed, *place) for place, variable in model.choice.items()}
    model.linear.aim("placing", terms)


AIMS = {
    each.__name__: each
    for each in (
        lost,
        which,
        seats,
        waived,
        changes,
        duty,
        standby,
        mix,
        balance,
        fair_share,
        lottery,
        placing,
    )
}
