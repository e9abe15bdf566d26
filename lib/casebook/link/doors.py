"""What a caller's frames and references must be before linking begins; refused in one sentence without a value."""

import math
from typing import Final

import polars as pl

from casebook.clean import headerless
from casebook.errors import LinkError
from casebook.link.links import check_roles

TEXTS: Final = (
    *(
        "citizen_id",
        "citizen_id_problem",
        "citizen_id_repair",
        "certificate_id",
        "id",
        "name",
        "given_name",
        "family_name",
    ),
    *("sex", "birth_date", "address", "place", "phone", "account", "code", "organisation", "core", "representative"),
)
_TEXT_TYPES: Final = (pl.String, pl.Null)


def admitted(frame: pl.DataFrame, side: str) -> pl.DataFrame:
    """The frame with its dates of birth as ISO text.

    Raises:
        LinkError: it has no `ref`, refs that are missing or stand twice, or a role column that is no text.
    """
    check_roles(frame, side)
    if frame.schema.get("birth_date") in (pl.Date, pl.Datetime):
        frame = frame.with_columns(pl.col("birth_date").cast(pl.Date).dt.to_string("iso"))
    for name in TEXTS:
        if name in frame.columns and frame.schema[name] not in _TEXT_TYPES:
            raise LinkError(
                f"The {side} table's column {name} must be text, it is {frame.schema[name]}: cast it first."
            )
    return frame


def check_least(least: float) -> None:
    """The probability a link needs is one.

    Raises:
        LinkError: it is no number between 0 and 1.
    """
    if math.isnan(least) or not 0 <= least <= 1:
        raise LinkError(f"Expected for least a probability between 0 and 1, got {least}.")


def numbered(rows: pl.Series | None, height: int) -> pl.Series:
    """The reference of each row (Int64); without any they are counted from 1.

    Raises:
        LinkError: there are more or fewer than rows, or they are no whole numbers.
    """
    if rows is None:
        return pl.Series("ref", range(1, height + 1), pl.Int64)
    if not isinstance(rows, pl.Series) or not rows.dtype.is_integer():
        kind = rows.dtype if isinstance(rows, pl.Series) else type(rows).__name__
        raise LinkError(f"Expected for rows a polars series of whole numbers, got {kind}.")
    if len(rows) != height:
        raise LinkError(
            f"The table has {height:,} rows, but {len(rows):,} references came with it: give one for each row."
        )
    return rows.cast(pl.Int64).alias("ref")


def lacks(missing: list[str], given: list[str]) -> LinkError:
    """The refusal of a table without the columns asked for; headers that look like data are not shown."""
    named = "、".join(missing)
    if headerless.is_data(given):
        return LinkError(f"The table has no column {named}; its headers look like data and are not shown.")
    return LinkError(f"The table has no column {named}; it has {headerless.shown('The table', given)}.")
