"""`make bench`: runs every comparison, or the one that is named, each ending with one line of JSON."""

import json
import sys
from collections.abc import Callable
from importlib import import_module
from pkgutil import iter_modules

from tests import benchmarks

Comparison = Callable[[], dict[str, object]]


def comparisons() -> dict[str, Comparison]:
    names = [module.name for module in iter_modules(benchmarks.__path__) if not module.name.startswith("_")]
    modules = {name: import_module(f"{benchmarks.__name__}.{name}") for name in names}
    return {name: module.run for name, module in modules.items() if hasattr(module, "run")}


def main(only: str | None = None) -> None:
    known = comparisons()
    if only and only not in known:
        sys.exit(f"There is no comparison {only!r}. Choose one of: {', '.join(known) or '(none yet)'}")
    for name in [only] if only else known:
        figures = known[name]()
        print(json.dumps({"benchmark": name, **figures}), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:2])
