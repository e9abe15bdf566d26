"""What changed between two deliveries of one contract, told by its key: exact counts, never a value.

Keys and rows are compared by 64-bit hashes of their text as delivered, blanks at both ends aside (keys in upper case, as they are
checked at intake), so that memory holds a few numbers a row and never the rows. Where the key was not kept, whole rows are compared.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import polars as pl

from casebook.intake.account import DATA
from casebook.intake.contract import Contract

_HASH: Final = "hash"
_ROW: Final = "at"
_BEFORE: Final = "at_before"


@dataclass(frozen=True)
class Outside:
    """Rows of one delivery that the key cannot tell: their key is blank, or stands on several rows of either delivery."""

    blank: int = 0
    repeated: int = 0


@dataclass(frozen=True)
class Difference:
    """Two deliveries side by side.

    rows now = added + changed + unchanged + the rows outside; rows before = removed + changed + unchanged + the rows outside.

    Attributes:
        key: the columns rows are told by; empty when whole rows were compared, and then no row is changed.
        compared: columns kept of both deliveries, without the key.
        cells: column → rows changed in it, of the columns that changed.
    """

    key: tuple[str, ...]
    compared: tuple[str, ...]
    rows_before: int
    rows_now: int
    added: int
    removed: int
    changed: int
    unchanged: int
    cells: Mapping[str, int] = field(default_factory=dict)
    outside_before: Outside = Outside()
    outside_now: Outside = Outside()


def between(before: Path, now: Path, contract: Contract) -> Difference:
    """The difference of two folders where intake wrote deliveries of the contract."""
    shared = _columns(before) & _columns(now)
    kept = tuple(name for name in contract.names if name in shared)
    if not contract.key or not set(contract.key) <= shared:
        return _by_row(before / DATA, now / DATA, kept)
    return _by_key(before / DATA, now / DATA, contract.key, tuple(name for name in kept if name not in contract.key))


def _columns(folder: Path) -> set[str]:
    return set(pl.read_parquet_schema(folder / DATA))


def _by_key(before: Path, now: Path, key: Sequence[str], compared: tuple[str, ...]) -> Difference:
    old, new = _keys(before, key), _keys(now, key)
    twice = pl.concat([_twice(old), _twice(new)]).unique()
    one_old, outside_before = _told_apart(old, twice)
    one_new, outside_now = _told_apart(new, twice)
    pairs = one_old.rename({_ROW: _BEFORE}).join(one_new, on=_HASH).drop(_HASH)
    cells, changed = _cells(before, now, pairs, compared)
    return Difference(
        key=tuple(key),
        compared=compared,
        rows_before=old.height,
        rows_now=new.height,
        added=one_new.height - pairs.height,
        removed=one_old.height - pairs.height,
        changed=changed,
        unchanged=pairs.height - changed,
        cells=cells,
        outside_before=outside_before,
        outside_now=outside_now,
    )


def _keys(path: Path, key: Sequence[str]) -> pl.DataFrame:
    """The hash of each row's key in order, null where a part of it is blank, beside the row's number."""
    texts = [pl.col(name).str.strip_chars().str.to_uppercase() for name in key]
    has_all = pl.all_horizontal(text.is_not_null() & (text != "") for text in texts)
    hashed = pl.when(has_all).then(_joined(texts).hash())
    found = pl.scan_parquet(path).select(hashed.alias(_HASH)).collect(engine="streaming")
    return found.with_row_index(_ROW)


def _joined(texts: Sequence[pl.Expr]) -> pl.Expr:
    """Several texts as one that no other texts give: each stands behind its length; an absent one is blank."""
    filled = [text.fill_null("") for text in texts]
    return pl.concat_str(
        [piece for text in filled for piece in (text.str.len_bytes().cast(pl.String), pl.lit(":"), text)]
    )


def _twice(keys: pl.DataFrame) -> pl.Series:
    """The keys that stand on more than one row."""
    counted = keys.lazy().select(_HASH).drop_nulls().group_by(_HASH).len().filter(pl.col("len") > 1)
    return counted.select(_HASH).collect(engine="streaming").to_series()


def _told_apart(keys: pl.DataFrame, twice: pl.Series) -> tuple[pl.DataFrame, Outside]:
    """The rows whose key stands once, and how many others there are."""
    given = keys.filter(pl.col(_HASH).is_not_null())
    once = given.filter(~pl.col(_HASH).is_in(twice.implode()))
    return once, Outside(keys.height - given.height, given.height - once.height)


def _cells(before: Path, now: Path, pairs: pl.DataFrame, compared: Sequence[str]) -> tuple[dict[str, int], int]:
    """Column → rows that differ in it, one column at a time; rows that differ in any."""
    is_changed = pl.repeat(value=False, n=pairs.height, dtype=pl.Boolean, eager=True)
    counts = {}
    for name in compared:
        differs = _hashes(before, name).gather(pairs[_BEFORE]) != _hashes(now, name).gather(pairs[_ROW])
        counts[name] = int(differs.sum())
        is_changed = is_changed | differs
    return {name: number for name, number in counts.items() if number}, int(is_changed.sum())


def _hashes(path: Path, name: str) -> pl.Series:
    text = pl.col(name).str.strip_chars().fill_null("")
    return pl.scan_parquet(path).select(text.hash()).collect(engine="streaming").to_series()


def _by_row(before: Path, now: Path, compared: tuple[str, ...]) -> Difference:
    """Whole rows: of rows that are alike, as many stay as stand in both."""
    old, new = _counted(before, compared, "old"), _counted(now, compared, "new")
    both = old.join(new, on=_HASH, how="full", coalesce=True).fill_null(0)
    rows_before, rows_now, unchanged = both.select(
        pl.col("old").sum(), pl.col("new").sum(), pl.min_horizontal("old", "new").sum().alias("stayed")
    ).row(0)
    return Difference(
        key=(),
        compared=compared,
        rows_before=rows_before,
        rows_now=rows_now,
        added=rows_now - unchanged,
        removed=rows_before - unchanged,
        changed=0,
        unchanged=unchanged,
    )


def _counted(path: Path, compared: Sequence[str], name: str) -> pl.DataFrame:
    """Each row's hash with the rows that have it."""
    texts = [pl.col(column).str.strip_chars() for column in compared]
    hashed = pl.scan_parquet(path).select((_joined(texts) if texts else pl.lit("")).hash().alias(_HASH))
    return hashed.group_by(_HASH).agg(pl.len().cast(pl.Int64).alias(name)).collect(engine="streaming")
