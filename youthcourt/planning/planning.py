"""Plans a day, or mends its plan: the best choice by the court's rules, proved, the same on every machine."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import version

from .certificate import Prices, Verdict, verify
from .day import HEARING_ROLES, Day, Facts, Place
from .eligibility import what_bars
from .model import Model, model_of
from .solving import Progress, Solution, Stop, solve

METHOD = "day-plan-1"


def _named(values: dict[int, int]) -> dict[str, int]:
    return {str(each): value for each, value in values.items()}


def _numbered(values: dict[str, int]) -> dict[int, int]:
    return {int(each): value for each, value in values.items()}


@dataclass(frozen=True)
class Certificate:
    """What proves a plan without a solver: all that was chosen, and the prices of each aim."""

    chosen: dict[int, int]  # variable -> value, where it is not nought
    prices: list[Prices | None]

    def facts(self) -> Facts:
        """The certificate as JSON."""
        return {"chosen": _named(self.chosen), "prices": [each and _named(each) for each in self.prices]}

    @classmethod
    def of(cls, facts: Facts) -> Certificate:
        return cls(_numbered(facts["chosen"]), [each and _numbered(each) for each in facts["prices"]])


@dataclass(frozen=True)
class Plan:
    """Who sits where, what it counts for in each aim, and how it is proved."""

    places: tuple[Place, ...]
    counted: dict[str, int]
    proof: str
    # Whether the certificate also shows that there is no other plan as good.
    is_only_one: bool
    # Who could have had a place at a hearing and has none: the aim for whose sake.
    outranked: dict[str, str]
    certificate: Certificate | None
    method: str
    solver: str

    def facts(self) -> Facts:
        """The plan as JSON."""
        certificate = self.certificate and self.certificate.facts()
        return {**vars(self), "places": [list(place) for place in self.places], "certificate": certificate}

    @classmethod
    def of(cls, facts: Facts) -> Plan:
        """Read a plan that was kept as JSON."""
        places = tuple((who, role, where) for who, role, where in facts["places"])
        certificate = facts["certificate"] and Certificate.of(facts["certificate"])
        return cls(**{**facts, "places": places, "certificate": certificate})


def plan(facts: Facts, seed: str, progress: Progress | None = None, stop: Stop | None = None) -> Plan:
    """The plan of a day; NoPlan where nothing keeps every rule, which only pins in reserve can bring about.

    `progress` hears each aim as it begins; where `stop` says yes, Stopped is raised.
    """
    model = model_of(Day.of(facts), seed)
    solution = solve(model.linear, progress, stop)
    return Plan(
        places=model.places(solution.chosen),
        counted={aim.name: aim.value(solution.chosen) for aim in model.linear.aims},
        proof=solution.proof,
        is_only_one=solution.is_only_one,
        outranked=_outranked(model, solution),
        certificate=_certificate(solution),
        method=METHOD,
        solver=f"highspy {version('highspy')}",
    )


def _certificate(solution: Solution) -> Certificate | None:
    if solution.prices is None:
        return None
    return Certificate({each: value for each, value in enumerate(solution.chosen) if value}, solution.prices)


def certify(facts: Facts, seed: str, kept: Plan) -> Verdict:
    """Whether the certificate kept with a plan proves that no plan is better. Asks no solver."""
    if kept.certificate is None:
        return Verdict("this plan was found by search and carries no certificate")
    model = model_of(Day.of(facts), seed)
    chosen = [kept.certificate.chosen.get(each, 0) for each in range(len(model.linear.bounds))]
    if any(not 0 <= value <= most for value, most in zip(chosen, model.linear.bounds, strict=True)):
        return Verdict("the certificate chooses what cannot be chosen")
    if model.places(chosen) != tuple(sorted(kept.places)):
        return Verdict("the certificate is about another plan")
    return verify(model.linear, chosen, kept.certificate.prices)


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


def _outranked(model: Model, solution: Solution) -> dict[str, str]:
    """For everybody left without a place at a hearing: the last aim that ruled out one of theirs."""
    seated = {who for who, role, _where in model.places(solution.chosen) if role in HEARING_ROLES}
    rank = {aim.name: number for number, aim in enumerate(model.linear.aims)}
    found: dict[str, str] = {}
    for who, variables in model.seats_of.items():
        if who in seated or not variables:
            continue
        aims = [solution.ruled_out[each] for each in variables if each in solution.ruled_out]
        found[who] = max(aims, key=rank.__getitem__, default="placing")
    return found
