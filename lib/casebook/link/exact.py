"""The exact tier at any size: tables of tens of millions of rows, as Parquet files or lazy frames, joined as a stream.

An id is packed into 64 bits first (`ids.eighteen`), so that a join keeps 8 bytes a row instead of text. The pairs are those that
`persons` gives tier T1; names are not read here, so a conflict of names must be looked for among the pairs.
"""

from pathlib import Path
from typing import Final

import polars as pl
from polars.exceptions import ComputeError

from casebook.errors import LinkError
from casebook.ids import eighteen
from casebook.link.links import MAX_PAIRS

Table = Path | pl.LazyFrame
KEY: Final = "citizen_key"
_ID: Final = "citizen_id"


def exact(left: Table, right: Table, *, max_pairs: int = MAX_PAIRS) -> pl.DataFrame:
    """`left_ref`, `right_ref` of all rows that share one valid citizen id of 18 characters, as it was delivered.

    Repaired ids (`citizen_id_repair`) and ids with a problem (`citizen_id_problem`) take no part: they are no T1.

    Args:
        left: `ref`, and `citizen_key` (packed before, `ids.eighteen.pack`) or `citizen_id` (cleaned text).
        right: the same.
        max_pairs: pairs that may come.

    Raises:
        LinkError: a table lacks `ref` or its ids, or one id stands in so many rows that more than `max_pairs` come.
    """
    one, two = keyed(left, "left"), keyed(right, "right")
    _check_count(one, two, max_pairs)
    pairs = one.rename({"ref": "left_ref"}).join(two.rename({"ref": "right_ref"}), on="key", how="inner")
    return pairs.select("left_ref", "right_ref").collect(engine="streaming")


def keyed(table: Table, side: str) -> pl.LazyFrame:
    """`ref` and `key` (Int64) of the rows that have a valid id as delivered.

    Raises:
        LinkError: the table cannot be opened, lacks `ref` or its ids, or has them in another type.
    """
    rows, schema = _opened(table, side)
    columns = schema.names()
    if "ref" not in columns or not {KEY, _ID} & set(columns):
        message = (
            f"The {side} table needs the columns ref and {KEY} or {_ID}, it has {', '.join(columns)}: "
            "clean the ids first and keep a reference per row."
        )
        raise LinkError(message)
    _check_types(rows, schema, side)
    sound = [pl.col(name).is_null() for name in ("citizen_id_problem", "citizen_id_repair") if name in columns]
    rows = rows.filter(*sound) if sound else rows
    if KEY in columns:
        return rows.select("ref", key=KEY).filter(pl.col("key").is_not_null())
    packed = pl.col(_ID).map_batches(eighteen.pack, return_dtype=pl.Int64, is_elementwise=True)
    # The rows are read twice, once to count: packing is the dear part, so its result is kept (16 bytes a row).
    return rows.select("ref", key=packed).filter(pl.col("key").is_not_null()).collect(engine="streaming").lazy()


def _opened(table: Table, side: str) -> tuple[pl.LazyFrame, pl.Schema]:
    if not isinstance(table, (Path, pl.LazyFrame)):
        raise LinkError(
            f"The {side} table must be the path of a Parquet file or a polars lazy frame, not {_kind(table)}."
        )
    try:
        rows = pl.scan_parquet(table) if isinstance(table, Path) else table
        return rows, rows.collect_schema()
    except (ComputeError, OSError):
        where = f" {table.name}" if isinstance(table, Path) else ""
        raise LinkError(f"The {side} table{where} is missing or no Parquet file; write it as Parquet first.") from None


def _kind(value: object) -> str:
    return type(value).__name__


def _check_types(rows: pl.LazyFrame, schema: pl.Schema, side: str) -> None:
    """Ids are text, keys and refs whole numbers (refs may be text), and no ref is missing."""
    key, wanted = (KEY, "a whole number") if KEY in schema else (_ID, "text")
    if not (schema[key].is_integer() if key == KEY else schema[key] == pl.String):
        raise LinkError(f"The {side} table's column {key} must be {wanted}, it is {schema[key]}: clean the ids first.")
    if not (schema["ref"].is_integer() or schema["ref"] == pl.String):
        raise LinkError(f"The {side} table's column ref must be a whole number or text, it is {schema['ref']}.")
    without = int(rows.select(pl.col("ref").null_count()).collect(engine="streaming").item())
    if without:
        raise LinkError(f"The {side} table has {without:,} rows without ref: give every row a reference.")


def _check_count(left: pl.LazyFrame, right: pl.LazyFrame, max_pairs: int) -> None:
    """Only ids that stand several times on both sides can make more pairs than there are rows."""
    counted = [side.select("key").group_by("key").len().filter(pl.col("len") > 1) for side in (left, right)]
    again = counted[0].join(counted[1], on="key", how="inner")
    pairs = again.select((pl.col("len").cast(pl.Int64) * pl.col("len_right").cast(pl.Int64)).sum())
    count = int(pairs.collect(engine="streaming").item())
    if count > max_pairs:
        message = (
            f"Ids that stand several times on both sides would make {count} pairs, at most {max_pairs} are allowed: "
            "look for one id that stands in many rows of both tables, or link distinct subjects instead of rows."
        )
        raise LinkError(message)
