"""The same plan from another version of the solver: so a draw can be repeated years later, elsewhere."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.planning.days import day, seed_of
from youthcourt import planning

HERE = Path(__file__).parent
PLAN_ALL = """
import json, sys
from planning.day import digest
from planning.planning import plan
from planning.solving import NoPlan
for facts, seed in json.load(sys.stdin):
    try:
        print(digest(plan(facts, seed).places))
    except NoPlan:
        print("none")
"""
# How many days of each size. The solver of this house is the control: planted, another seed must be noticed.
DAYS = {"little": 150, "small": 60, "medium": 12, "large": 2}


def figures(days=None):
    asked = [
        (day(number, size), seed_of(number))
        for size, many in (days or DAYS).items()
        for number in range(many)
    ]
    with tempfile.TemporaryDirectory(prefix="solver-") as folder:
        other = _installed(Path(folder))
        mine, theirs = _plans(sys.executable, asked), _plans(other, asked)
    different = [number for number, pair in enumerate(zip(mine, theirs, strict=True)) if pair[0] != pair[1]]
    if different:
        sys.exit(f"the solvers disagree about days {different}")
    planted = _plans(sys.executable, [(facts, seed + "!") for facts, seed in asked[:20]])
    if planted == mine[:20]:
        sys.exit("another seed made the same plans, so this test sees nothing")
    return {"days planned alike by two versions of the solver": len(asked)}


def _installed(folder):
    """The Python of an environment with the other version and nothing of ours."""
    uv = [sys.executable, "-m", "uv"]
    subprocess.run([*uv, "venv", "-q", "--python", sys.executable, folder / "other"], check=True)
    python = str(folder / "other" / "bin" / "python")
    wanted = str(HERE / "other_solver.txt")
    install = [*uv, "pip", "install", "-q", "--python", python, "--require-hashes", "-r", wanted]
    subprocess.run(install, check=True)
    return python


def _plans(python, asked):
    """The places of each day's plan as a digest, worked out in one process without the house."""
    done = subprocess.run(
        [python, "-c", PLAN_ALL],
        cwd=Path(planning.__file__).parents[1],
        input=json.dumps(asked),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return done.stdout.split()
