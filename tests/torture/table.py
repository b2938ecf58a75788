"""The table of figures in the README: one row a count, each with the day on which it was last taken."""

from collections.abc import Callable, Mapping
from datetime import date
from importlib import import_module
from pkgutil import iter_modules

from tests import torture

Figures = Callable[[], Mapping[str, int]]

BEGIN = "<!-- figures of make torture: written by it, not by hand -->"
END = "<!-- end of the figures -->"
HEAD = ["| test | what was counted | figure | on |", "|---|---|---:|---|"]


def known_modules() -> dict[str, Figures]:
    """Every module of the folder that has figures, by name."""
    names = [module.name for module in iter_modules(torture.__path__) if not module.name.startswith("_")]
    modules = {name: import_module(f"{torture.__name__}.{name}") for name in names}
    return {name: module.figures for name, module in modules.items() if hasattr(module, "figures")}


def with_figures(text: str, name: str, figures: Mapping[str, int], on: date) -> str:
    """The README's text with these figures in place of those that this test wrote before."""
    before, _begin, rest = text.partition(BEGIN)
    old, _end, after = rest.partition(END)
    if not _end:
        raise ValueError("the README has no table for these figures")
    kept = [line for line in old.strip().splitlines()[len(HEAD) :] if not line.startswith(f"| {name} |")]
    fresh = [f"| {name} | {what} | {count:,} | {on} |" for what, count in figures.items()]
    rows = "\n".join([*HEAD, *sorted(kept + fresh, key=_test_of)])
    return f"{before}{BEGIN}\n{rows}\n{END}{after}"


def _test_of(row: str) -> str:
    return row.split("|")[1]
