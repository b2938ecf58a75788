"""Plans a day in a process of its own: facts and seed in, a line for each aim and the plan out.

    cd youthcourt; python -m planning.worker < {"facts": …, "seed": …}

Each line that comes out is JSON: {"aim": name} as each aim begins, then {"plan": …}; where the day is not
full, {"aim": "ways_out"} and {"shortages": […], "ways_out": […]}; or, instead of a plan, {"no_plan": why}. To
cancel, end the process: nothing is kept until the plan has come out whole.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import TextIO

from .planning import plan
from .shortage import shortages, ways_out
from .solving import NoPlan


def work(asked: TextIO, told: TextIO) -> None:
    """Plan what is asked; what becomes of it is told line by line."""

    def tell(**line: object) -> None:
        print(json.dumps(line), file=told, flush=True)

    wanted = json.load(asked)
    facts, seed = wanted["facts"], wanted["seed"]
    try:
        made = plan(facts, seed, progress=lambda aim: tell(aim=aim))
    except NoPlan as why:
        tell(no_plan=str(why))
        return
    tell(plan=made.facts())
    if made.counted["lost"] or made.counted["seats"]:
        tell(aim="ways_out")
        short = [asdict(each) for each in shortages(facts, seed, made)]
        tell(shortages=short, ways_out=[asdict(each) for each in ways_out(facts, seed, made)])


if __name__ == "__main__":
    work(sys.stdin, sys.stdout)
