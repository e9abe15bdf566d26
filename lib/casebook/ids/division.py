"""Administrative division codes of GB/T 2260 and their history since 1981.

Six digits: province 2, prefecture 2, county 2. Codes change every year and one old code can split into several, so a code
is read *as of a year*: 372421 陵县 (to 1994) (its rest) became 371421 陵县 (to 2014) became 371403 陵城区.

The table and its source are told by `casebook.text.gazetteer`, which addresses are read with as well.

>>> parts("372421")["successor"], parts("372421")["current"]
('372401;371421', '371403')
>>> name("372421", 1990), current("371421")
('陵县', ('371403',))
>>> is_valid("371403"), is_valid("900001")
(True, False)
"""

from typing import Any, Final

import numpy as np
import polars as pl

from casebook.ids import base
from casebook.text import gazetteer
from casebook.text.gazetteer import History, current, history

__all__ = ["History", "clean", "compact", "current", "history", "is_valid", "name", "parts"]


PARTS: Final = ("province", "prefecture", "county", "status", "successor", "current")


def clean(series: pl.Series, *, as_of: int | None = None) -> pl.DataFrame:
    """Six-digit code, problem, repair and `PARTS`, the parts as of the year `as_of` (None: today's table).

    Codes of 2 or 4 digits are filled with zeros (repair `padded`), statistical codes of 9 or 12 digits are cut to the
    county (repair `county_of`; development zones use such codes). A code that GB/T 2260 never had keeps its value with problem
    `unknown_code`. `status` is in_force, changed (renamed under the same code), abolished, not_yet or unknown.
    `successor` lists the direct successors of a code no longer in force, joined by `;`, parts ceded earlier among them.
    `current` lists the codes in force today that took the code's place: the same for 372421, 371421 and 371403.
    """
    frame = _to_six(base.stage(series))
    code = frame["text"].cast(pl.Int64).fill_null(-1).to_numpy()
    year = np.full(len(code), gazetteer.SPAN - 1 if as_of is None else as_of, np.int64)
    table = history()
    rows = table.rows_as_of(code, year)
    frame = base.flag(frame, frame["text"].is_not_null() & pl.Series(rows < 0), "unknown_code")
    described = frame.with_columns(
        table.take(column, rows) for column in ("province", "prefecture", "county", "status", "heirs", "since", "until")
    )
    answer = described.select(
        "problem", "repair", "province", "prefecture", "county", _status(as_of), _successor(as_of), value="text"
    ).with_columns(_current(described["text"]))
    return answer.select("value", "problem", "repair", *PARTS)


def _current(codes: pl.Series) -> pl.Series:
    """Codes in force today in place of each code, joined by `;`; null where it left none or is unknown."""
    known = codes.unique().drop_nulls()
    today = pl.Series([";".join(gazetteer.successors(code)) or None for code in known], dtype=pl.String)
    return codes.replace_strict(known, today, default=None, return_dtype=pl.String).alias("current")


def _to_six(frame: pl.DataFrame) -> pl.DataFrame:
    """Codes of other known lengths brought to six digits, the rest refused."""
    size = frame["text"].str.len_bytes().fill_null(6)
    digits = frame["text"].str.contains("^[0-9]+$").fill_null(value=True)
    frame = base.refuse(frame, ~digits, "characters")
    frame = base.refuse(frame, digits & ~size.is_in([2, 4, 6, 9, 12]), "length")
    short = (digits & size.is_in([2, 4])).arg_true()
    frame = base.amend(frame, short, frame["text"].gather(short).str.pad_end(6, "0"), "padded")
    long = (digits & size.is_in([9, 12])).arg_true()
    return base.amend(frame, long, frame["text"].gather(long).str.slice(0, 6), "county_of")


def _status(as_of: int | None) -> pl.Expr:
    """Status of the record in a year; of the table's newest record when no year is asked."""
    if as_of is None:
        known = pl.col("status")
    else:
        known = (
            pl.when(pl.col("since").is_null())
            .then(pl.lit("unknown"))
            .when(pl.col("since") > as_of)
            .then(pl.lit("not_yet"))
            .when(pl.col("until").is_null() | (pl.col("until") > as_of))
            .then(pl.lit("in_force"))
            .otherwise(pl.lit("abolished"))
        )
    return pl.when(pl.col("text").is_not_null()).then(known.fill_null("unknown")).alias("status")


def _successor(as_of: int | None) -> pl.Expr:
    """Direct successors of a record that has ended."""
    ended = pl.col("until").is_not_null() if as_of is None else pl.col("until") <= as_of
    return pl.when(ended).then("heirs").alias("successor")


def compact(text: str) -> str:
    """The six digits, or an empty text.

    >>> compact(" 371403001 ")
    '371403'
    """
    return base.only(clean(pl.Series([text])))["value"] or ""


def is_valid(text: str) -> bool:
    """Whether GB/T 2260 ever had the code."""
    return base.only(clean(pl.Series([text])))["problem"] is None


def parts(text: str, *, as_of: int | None = None) -> dict[str, Any]:
    """Province, prefecture, county, status and direct successors of one code.

    >>> parts("371421", as_of=2000)["status"], parts("371421")["status"]
    ('in_force', 'abolished')
    """
    row = dict(base.only(clean(pl.Series([text]), as_of=as_of)))
    return {key: value for key, value in row.items() if key not in {"value", "problem", "repair"}}


def name(code: str, year: int) -> str | None:
    """Name that the code had in the year, or had first if it came later; None for an unknown code."""
    if not code.isascii() or not code.isdigit():
        return None
    table = history()
    rows = table.rows_as_of(np.array([int(code)]), np.array([year]))
    found: str | None = table.take("name", rows).item()
    return found
