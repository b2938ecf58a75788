"""Plans a day in a process of its own: facts and seed in, a line for each aim and the plan out.

    python -m youthcourt.planning.worker < {"facts": …, "seed": …}

Each line that comes out is JSON: {"aim": name} as each aim begins; at last {"plan": …} or {"no_plan": why}.
To cancel, end the process: nothing is kept until the plan has come out whole.
"""

from __future__ import annotations

import json
import sys
from typing import TextIO

from .planning import plan
from .solving import NoPlan


def work(asked: TextIO, told: TextIO) -> None:
    """Plan what is asked; what becomes of it is told line by line."""

    def tell(**line: object) -> None:
        print(json.dumps(line), file=told, flush=True)

    wanted = json.load(asked)
    try:
        made = plan(wanted["facts"], wanted["seed"], progress=lambda aim: tell(aim=aim))
    except NoPlan as why:
        tell(no_plan=str(why))
    else:
        tell(plan=made.facts())


if __name__ == "__main__":
    work(sys.stdin, sys.stdout)
