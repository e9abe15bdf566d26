"""Subjects that a rejected row may be about: nobody is a lead while a row with their number was refused unread.

A register's row that could not be read may be the one that clears its subject. Which one it is about is told by the numbers in it.
"""

from collections.abc import Collection, Iterable
from typing import Final

import polars as pl

from casebook.ids import citizen
from casebook.text import width

REJECTED: Final = "rejected_row"
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


def doubted(judged: pl.DataFrame, known: Collection[str]) -> pl.DataFrame:
    """Judged rows with `rejected_row`, true where a rejected row has the subject's number; such a lead is flagged."""
    is_named = pl.col("entity").str.to_uppercase().is_in(list(known)).fill_null(value=False)
    marked = judged.with_columns(is_named.alias(REJECTED))
    is_lead = pl.col(REJECTED) & (pl.col("bin") == "lead")
    return marked.with_columns(pl.when(is_lead).then(pl.lit("flagged")).otherwise(pl.col("bin")).alias("bin"))


def is_named(rows: Iterable[dict[str, object]]) -> bool:
    """Whether any of the judged rows is in doubt for it."""
    return any(row.get(REJECTED) for row in rows)
