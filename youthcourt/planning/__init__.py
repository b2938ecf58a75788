"""The plan of a day: who sits where. Plain facts in, a proven best plan out; no database, no pages.

The pages read plans and have them made in a process of its own: WORKER for a day, SEASON_WORKER for months,
started in WORKERS_FOLDER. Seen from there this folder is a package by itself, so that the worker loads the
solver and nothing of the house.
"""

import sys
from pathlib import Path

WORKER = (sys.executable, "-m", "planning.worker")
SEASON_WORKER = (sys.executable, "-m", "planning.season")
WORKERS_FOLDER = Path(__file__).parents[1]
