"""A plan as it is kept: who sits where, what it counts for, and its proof. Needs no solver."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .certificate import Prices, Verdict, verify
from .day import Day, Facts, Place
from .model import model_of

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


@dataclass(frozen=True)
class Move:
    """What changes for one person when a plan is mended: the places they had, and those they have now."""

    who: str
    before: tuple[tuple[str, str], ...]  # role and place
    after: tuple[tuple[str, str], ...]

    @property
    def given_up(self) -> list[tuple[str, str]]:
        return [each for each in self.before if each not in self.after]

    @property
    def new(self) -> list[tuple[str, str]]:
        return [each for each in self.after if each not in self.before]


def moves(before: Iterable[Place], after: Iterable[Place]) -> list[Move]:
    """Everybody whose places differ between two plans, by person."""
    had, has = _by_person(before), _by_person(after)
    people = sorted(had.keys() | has.keys())
    changed = (who for who in people if had.get(who, ()) != has.get(who, ()))
    return [Move(who, had.get(who, ()), has.get(who, ())) for who in changed]


def _by_person(places: Iterable[Place]) -> dict[str, tuple[tuple[str, str], ...]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for who, role, where in places:
        found.setdefault(who, []).append((role, where))
    return {who: tuple(sorted(each)) for who, each in found.items()}
