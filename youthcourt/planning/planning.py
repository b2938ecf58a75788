"""Plans a day, or mends its plan: the best choice by the court's rules, proved, and the same everywhere.

This is where the solver is loaded, which the pages never do: they read plans (`plan.py`) and have them made
in a process of its own (`worker.py`).
"""

from __future__ import annotations

from importlib.metadata import version

from .day import HEARING_ROLES, Day, Facts
from .model import Model, model_of
from .plan import METHOD, Certificate, Plan
from .solving import Progress, Solution, Stop, solve


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


def _outranked(model: Model, solution: Solution) -> dict[str, str]:
    """For everybody left without a place at a hearing: the last aim that ruled out one of theirs.

    Where that is `placing`, the lots of two people were close enough for a fraction: the lottery decided.
    """
    seated = {who for who, role, _where in model.places(solution.chosen) if role in HEARING_ROLES}
    rank = {aim.name: number for number, aim in enumerate(model.linear.aims)}
    found: dict[str, str] = {}
    for who, variables in model.seats_of.items():
        if who in seated or not variables:
            continue
        aims = {solution.ruled_out[each] for each in variables if each in solution.ruled_out} - {"placing"}
        found[who] = max(aims, key=rank.__getitem__, default="lottery")
    return found
