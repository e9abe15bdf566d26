"""How the words of a table's categories are spread, now and in the delivery before.

Only columns that hold words, are classified internal or public, carry no tag of personal data and are no part of the key are looked
at, and only while they have few values. Values that stand on fewer than five rows are never named and never counted one by one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import polars as pl

from casebook.intake.account import DATA
from casebook.intake.contract import Column, Contract

MOST_VALUES: Final = 30
LEAST_ROWS: Final = 5
_WORDS: Final = frozenset({None, "text"})
_PERSONAL: Final = "pii"


@dataclass(frozen=True)
class Spread:
    """One category column of one delivery.

    Attributes:
        named: value → share of the rows with a value, of values on five rows or more, the most frequent first; None where telling
            it would tell how many rows the rest are.
        unnamed: how many other values there are, each on fewer than five rows.
    """

    named: Mapping[str, float | None]
    unnamed: int


@dataclass(frozen=True)
class Category:
    """One category column; `before` is None where the delivery before does not have it (or has too many values)."""

    column: str
    now: Spread
    before: Spread | None

    @property
    def new(self) -> tuple[str, ...]:
        """Values named now that were not named before."""
        return () if self.before is None else tuple(v for v in self.now.named if v not in self.before.named)

    @property
    def vanished(self) -> tuple[str, ...]:
        """Values named before that are not named now."""
        return () if self.before is None else tuple(v for v in self.before.named if v not in self.now.named)

    @property
    def shift(self) -> float:
        """The largest change of a share, between 0 and 1."""
        if self.before is None:
            return 0.0
        values = {*self.now.named, *self.before.named}
        return max((abs((self.now.named.get(v) or 0) - (self.before.named.get(v) or 0)) for v in values), default=0.0)


def of_deliveries(now: Path, before: Path | None, contract: Contract) -> tuple[Category, ...]:
    """The category columns kept in `now`, with those of the delivery before."""
    found = []
    for column in contract.columns:
        spread = _spread(now, column.name) if _is_category(column, contract) else None
        if spread is not None and (spread.named or spread.unnamed):
            found.append(Category(column.name, spread, None if before is None else _spread(before, column.name)))
    return tuple(found)


def _is_category(column: Column, contract: Contract) -> bool:
    is_open = column.classification != "restricted" and _PERSONAL not in column.tags
    return is_open and column.kind in _WORDS and column.name not in contract.key


def _spread(folder: Path, name: str) -> Spread | None:
    """None where the column is not kept or has more values than a category has."""
    path = folder / DATA
    if name not in pl.read_parquet_schema(path):
        return None
    text = pl.col(name).str.strip_chars()
    counted = pl.scan_parquet(path).select(text).filter(text != "").group_by(name).len().collect(engine="streaming")
    if counted.height > MOST_VALUES:
        return None
    return shown(dict(counted.sort(["len", name], descending=[True, False]).iter_rows()))


def shown(counts: Mapping[str, int]) -> Spread:
    """Shares of the values on five rows or more.

    Where the others have fewer than five rows between them, the least of the named loses its share too: else a sum would tell.

    >>> shown({"A": 60, "B": 35, "C": 5}).named
    {'A': 0.6, 'B': 0.35, 'C': 0.05}
    >>> shown({"A": 90, "B": 9, "C": 1})
    Spread(named={'A': 0.9, 'B': None}, unnamed=1)
    """
    rows = sum(counts.values())
    named: dict[str, float | None] = {value: n / rows for value, n in counts.items() if n >= LEAST_ROWS}
    rest = sum(n for n in counts.values() if n < LEAST_ROWS)
    if 0 < rest < LEAST_ROWS and named:
        named[list(named)[-1]] = None
    return Spread(named, len(counts) - len(named))
