"""Rows that were refused unread, or that nobody can be looked up by: nobody is a lead while such a row may be about them.

A register's row that could not be read, or whose id lost its digits, may be the one that clears its subject. Which one a rejected row
is about is told by the numbers in it; a row without a usable id by the name alone, which makes no lead and may well stop one.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Final

import polars as pl

from casebook.case.scenario import Scenario
from casebook.ids import citizen
from casebook.text import width

REJECTED: Final = "rejected_row"
UNUSABLE: Final = "unusable_row"
DOUBTS: Final = (REJECTED, UNUSABLE)
_NO_RECORD: Final = "row.total"
_NUMBER: Final = "[0-9A-Za-z]{9,}"


def numbers(rejects: pl.DataFrame) -> frozenset[str]:
    """The numbers in rejected rows that a subject may be known by, as keys write them; totals rows are about nobody.

    Args:
        rejects: `code` and `raw` of each.
    """
    raw = rejects.filter(pl.col("code") != _NO_RECORD)["raw"].drop_nulls()
    if raw.is_empty():
        return frozenset()
    found = width.fold(raw).str.extract_all(_NUMBER).explode().drop_nulls().str.to_uppercase().unique()
    old = found.filter(found.str.len_chars() == 15)
    return frozenset([*found, *citizen.clean(old)["value"].drop_nulls()])


def names(scenario: Scenario, frames: Mapping[str, pl.DataFrame]) -> frozenset[str]:
    """Cleaned names in rows without a usable id of the person registers that subjects are looked up in.

    Args:
        scenario: tells which tables are looked up.
        frames: cleaned rows by contract, with `entity`.
    """
    registers = {link.right for link in scenario.links if link.entity == "person"}
    tables = [t for t in scenario.inputs if t.subject == "person" and t.contract in registers and "name" in t.columns]
    keyless = (frames[t.contract].filter(pl.col("entity").is_null())["name"].drop_nulls() for t in tables)
    return frozenset(name for found in keyless for name in found)


def doubted(judged: pl.DataFrame, refused: Collection[str], keyless: Collection[str]) -> pl.DataFrame:
    """Judged rows with `rejected_row` and `unusable_row`; a lead with either is flagged.

    Args:
        judged: rows with `entity`, `subject_name` and `bin`.
        refused: numbers in rejected rows.
        keyless: names in rows without a usable id.
    """
    is_refused = pl.col("entity").str.to_uppercase().is_in(list(refused)).fill_null(value=False)
    is_keyless = pl.col("subject_name").is_in(list(keyless)).fill_null(value=False)
    marked = judged.with_columns(is_refused.alias(REJECTED), is_keyless.alias(UNUSABLE))
    is_stopped = pl.any_horizontal(DOUBTS) & (pl.col("bin") == "lead")
    return marked.with_columns(pl.when(is_stopped).then(pl.lit("flagged")).otherwise(pl.col("bin")).alias("bin"))


def of(rows: Iterable[Mapping[str, object]]) -> list[str]:
    """The doubts that any of the judged rows is in."""
    listed = list(rows)
    return [name for name in DOUBTS if any(row.get(name) for row in listed)]
