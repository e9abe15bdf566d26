"""What the tables beside a scenario's parameters say in codes and patterns: a misspelt one would match nothing, and nobody would know."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import polars as pl

from casebook.case import standards
from casebook.errors import CasebookError

PATTERNS: Final = frozenset({"granted", "restricted", "stands_in"})
CODES: Final[Mapping[str, frozenset[str]]] = {
    "subsidy": frozenset({"living", "nursing"}),
    "disability_grade": frozenset({"1", "2", "3", "4"}),
    "class": frozenset({"small_scale_vat", "individual_business", "small_low_profit"}),
}
NEVER_LICENSED: Final = frozenset({"其他", "预包装"})
WITHIN: Final = (("land_grades.csv", "grade", "rates.csv", "grade"), ("dishes.csv", "item", "items.csv", "item"))
"""File and column whose codes must stand in another file's column."""


def problems(folder: Path) -> Iterator[str]:
    """Patterns that are no regular expression, codes that no model knows, codes that the table they point into lacks."""
    tables = dict(_readable(folder))
    for file, table in tables.items():
        for name in table.columns:
            if name in PATTERNS:
                yield from _bad_patterns(file, table[name])
            elif name in CODES:
                yield from _unknown(file, table[name], CODES[name])
    for file, name, other, other_name in WITHIN:
        if file in tables and other in tables and {name} <= set(tables[file].columns):
            known = frozenset(tables[other][other_name]) | NEVER_LICENSED
            yield from _unknown(file, tables[file][name], known)


def _readable(folder: Path) -> Iterator[tuple[str, pl.DataFrame]]:
    for path in sorted(folder.glob("*.csv")):
        try:
            yield path.name, standards.load(path)
        except (CasebookError, pl.exceptions.PolarsError):
            continue


def _bad_patterns(file: str, patterns: pl.Series) -> Iterator[str]:
    for row, pattern in enumerate(patterns, start=2):
        try:
            pl.Series([""]).str.contains(pattern or "", strict=True)
        except pl.exceptions.PolarsError:
            yield f"{file} row {row}: {patterns.name} is no regular expression (Rust, without look-around); correct it"


def _unknown(file: str, codes: pl.Series, known: frozenset[str]) -> Iterator[str]:
    for row, code in enumerate(codes, start=2):
        if code not in known:
            yield f"{file} row {row}: {codes.name} {code!r} is not known; known are {', '.join(sorted(known))}"
