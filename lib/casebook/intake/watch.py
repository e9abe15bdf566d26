"""One narrow pass over a whole delivery: keys that repeat, how full the columns are, the newest day.

Of each row it keeps a 64-bit number per key and its address, nothing else. Two different keys have the same number once in about a
million deliveries of five million rows.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

import numpy as np
import polars as pl

from casebook.intake.contract import Contract
from casebook.intake.dataset import CODE, COLUMN, PART, FilePart
from casebook.intake.rulebook.predicates import STATE

KEY_REPEATED: Final = "key.repeated"
NOT_UNIQUE: Final = "value.not_unique"
ENDED_SCHEMA: Final = {PART: pl.UInt32, "row": pl.UInt32, COLUMN: pl.String, CODE: pl.String}
LOST: Final = r"^[0-9](?:\.[0-9]+)?E\+?[0-9]+$"
_NO_KEY: Final = 0
_OPEN_END: Final = date(9999, 12, 31)
_STATES: Final = ("filled", "blank", "placeholder", "unreadable")


@dataclass(frozen=True)
class More:
    """Columns read beside those the rules need: with their values, or their states only."""

    valued: Sequence[str] = ()
    present: Sequence[str] = ()


@dataclass(frozen=True)
class Seen:
    """The cells of a batch and the findings in it."""

    frame: pl.DataFrame
    findings: pl.DataFrame


NOTHING_MORE: Final = More()
See = Callable[..., Seen]


@dataclass
class States:
    """How many cells of a column hold a value, nothing, a placeholder, or something its kind cannot read."""

    filled: int = 0
    blank: int = 0
    placeholder: int = 0
    unreadable: int = 0

    @property
    def with_value(self) -> int:
        """Cells that say something, readable or not."""
        return self.filled + self.unreadable


@dataclass
class _Key:
    columns: tuple[str, ...]
    code: str
    hashes: list[np.ndarray] = field(default_factory=list)


class Watch:
    """Sees every batch of a delivery once, in order.

    Attributes:
        states: column → states; only of columns that a rule reads are unreadable cells told; a column no file has is not in it.
        newest: the newest day of the freshness column; None before any.
    """

    def __init__(self, contract: Contract, see: See, obtained: date | None) -> None:
        rules = contract.rules
        self._see, self._obtained = see, obtained or _OPEN_END
        self._fresh = rules.freshness.column if rules.freshness else None
        self._unique = [_Key(columns, NOT_UNIQUE) for columns in rules.unique]
        self._keys = [_Key(contract.key, KEY_REPEATED)] if contract.key else []
        valued = [name for key in self._unique for name in key.columns] + ([self._fresh] if self._fresh else [])
        self._more = More(tuple(valued), contract.names)
        self._rows: list[tuple[int, np.ndarray]] = []
        self.states: dict[str, States] = {}
        self.newest: date | None = None

    def see(self, batch: pl.DataFrame, part: FilePart) -> pl.DataFrame:
        """The findings that flag rows of the batch (`row`, `column`, `code`); what the end needs of it is kept."""
        seen = self._see(batch, part, more=self._more)
        if batch.height:
            self._rows.append((int(batch[PART][0]), batch["row"].to_numpy()))
            for key in self._unique:
                key.hashes.append(_hashed(seen.frame.select(key.columns)))
            for key in self._keys:
                texts = (_whole(name) for name in key.columns)
                key.hashes.append(_hashed(batch.select(texts)))
            self._count(seen.frame, part)
        return seen.findings

    def end(self) -> pl.DataFrame:
        """`part`, `row`, `column`, `code`: rows whose value is not unique (flags), rows whose key repeats (a note)."""
        found = [self._repeated(key) for key in (*self._unique, *self._keys)]
        return pl.concat([pl.DataFrame(schema=ENDED_SCHEMA), *found])

    def low_fill(self, contract: Contract) -> dict[str, int]:
        """Column → cells with a value, of the columns filled less than the contract asks."""
        height = sum(len(rows) for _, rows in self._rows)
        filled = {name: self.states[name].with_value if name in self.states else 0 for name in contract.fill_rates}
        return {name: count for name, count in filled.items() if count < contract.fill_rates[name] * height}

    def days_old(self) -> int | None:
        """Days between the newest day and the day the delivery was obtained; None where either is not known."""
        is_known = self.newest is not None and self._obtained != _OPEN_END
        return (self._obtained - self.newest).days if is_known and self.newest else None

    def _count(self, frame: pl.DataFrame, part: FilePart) -> None:
        names = [name.removesuffix(STATE) for name in frame.columns if name.endswith(STATE)]
        names = [name for name in names if name in part.headers]
        for name in names:
            counted = dict(frame[name + STATE].value_counts().iter_rows())
            told = self.states.setdefault(name, States())
            for number, word in enumerate(_STATES):
                setattr(told, word, getattr(told, word) + counted.get(number, 0))
        if self._fresh:
            days = frame[self._fresh]
            found = days.filter((days <= self._obtained) & (days < _OPEN_END)).cast(pl.Int32).max()
            newest = None if found is None else date(1970, 1, 1) + timedelta(days=int(str(found)))
            self.newest = max((day for day in (self.newest, newest) if day), default=None)

    def _repeated(self, key: _Key) -> pl.DataFrame:
        twice = _twice(key.hashes)
        column = key.columns[0] if len(key.columns) == 1 else None
        found = [pl.DataFrame(schema=ENDED_SCHEMA)]
        for (part, rows), hashes in zip(self._rows, key.hashes, strict=True):
            at = np.minimum(np.searchsorted(twice, hashes), max(len(twice) - 1, 0))
            if len(twice) and (is_twice := twice[at] == hashes).any():
                said = {PART: pl.lit(part, pl.UInt32), COLUMN: pl.lit(column, pl.String), CODE: pl.lit(key.code)}
                found.append(pl.DataFrame({"row": rows[is_twice]}).with_columns(**said).select(list(ENDED_SCHEMA)))
        return pl.concat(found)


def _whole(name: str) -> pl.Expr:
    """The text of a key as compared; none where its digits are lost."""
    text = pl.col(name).str.strip_chars().str.to_uppercase()
    return pl.when(~text.str.contains(LOST)).then(text).alias(name)


def _hashed(frame: pl.DataFrame) -> np.ndarray:
    """A number for each row; 0 where a part of the key has no value."""
    hashed = frame.select(
        pl.when(pl.all_horizontal(pl.all().is_not_null()))
        .then(pl.struct(pl.all()).hash() | 1)
        .otherwise(pl.lit(_NO_KEY, pl.UInt64))
    )
    return hashed.to_series().to_numpy()


def _twice(hashes: Sequence[np.ndarray]) -> np.ndarray:
    """The numbers that stand more than once, in order."""
    if not hashes:
        return np.empty(0, np.uint64)
    ordered = np.concatenate(hashes)
    ordered.sort()
    ordered = ordered[np.searchsorted(ordered, _NO_KEY, side="right") :]
    return np.unique(ordered[1:][ordered[1:] == ordered[:-1]])
