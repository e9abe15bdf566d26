"""`python -m benches`: run all benches or some, print the table, end with 1 when a limit is passed."""

import argparse
import sys
from pathlib import Path

from benches import cleaners, persons, stages, table
from benches.settings import Settings
from benches.table import Row
from casebook import scenarios

BENCHES = {"cleaners": cleaners.run, "persons": persons.run, "stages": stages.run}


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
    found: list[tuple[str, Row]] = []
    settings = Settings(wish.scale, tuple(wish.scenario or scenarios.known()))
    for name in wish.only or BENCHES:
        for row in BENCHES[name](settings):
            sys.stderr.write(f"{name}: {row.name} {row.verdict}\n")
            found.append((name, row))
    table.show(found)
    if wish.json:
        table.write(found, wish.json)
    return int(any(row.is_bad for _, row in found))


if __name__ == "__main__":
    sys.exit(main())
