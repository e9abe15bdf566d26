"""`python -m benches`: run all benches or some, print the table, end with 1 when a limit is passed."""

import argparse
import pkgutil
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

import benches
from benches import table
from benches.settings import Settings
from benches.table import Row
from casebook import scenarios

Bench = Callable[[Settings], Iterator[Row]]


def found() -> dict[str, Bench]:
    """The modules beside this one that have a `run(settings)`; peers are imported inside it, not every machine has them."""
    modules = (import_module(f"benches.{module.name}") for module in pkgutil.iter_modules(benches.__path__))
    return {m.__name__.removeprefix("benches."): m.run for m in modules if hasattr(m, "run")}


BENCHES = found()


def asked(words: list[str] | None = None) -> argparse.Namespace:
    """What the command line asks."""
    parser = argparse.ArgumentParser(
        prog="python -m benches", description="Figures of Casebook against peers and limits."
    )
    parser.add_argument("--only", action="append", choices=sorted(BENCHES), help="this bench only (may be repeated)")
    parser.add_argument(
        "--scale", default="seed", help="synthetic files: sample, seed (400,000 payments) or N payments"
    )
    parser.add_argument("--scenario", action="append", choices=scenarios.known(), help="bench stages: this model only")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures here as well")
    return parser.parse_args(words)


def main() -> int:
    """Run what was asked; 1 when a limit was passed or a bench could not be measured."""
    wish = asked()
    rows: list[tuple[str, Row]] = []
    settings = Settings(wish.scale, tuple(wish.scenario or scenarios.known()))
    for name in wish.only or BENCHES:
        for row in BENCHES[name](settings):
            sys.stderr.write(f"{name}: {row.name} {row.verdict}\n")
            rows.append((name, row))
    table.show(rows)
    if wish.json:
        table.write(rows, wish.json)
    return int(any(row.is_bad for _, row in rows))


if __name__ == "__main__":
    sys.exit(main())
