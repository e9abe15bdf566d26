"""Rows whose cells name several holders, taken apart into one row per holder with its share.

A register writes co-owners into one cell (`甲公司、乙公司`) with their codes in another; the order of both is the same. The
row's `ref` stays: several rows of the frame then stand for one source row.
"""

from collections.abc import Mapping
from typing import Final

import polars as pl

from casebook import clean
from casebook.text.firms import split_holders

KINDS: Final = {"name": "firm_name", "code": "organisation_code"}
_TERM: Final = r"[0-9]+(?:\.[0-9]+)?%|[0-9]+/[0-9]+"
_HUNDREDTHS: Final = 100
_WHOLE: Final = 10_000


def apart(frame: pl.DataFrame, roles: Mapping[str, str]) -> pl.DataFrame:
    """One row per holder, in the order of the cell, with `share_num` and `share_den` (Int64).

    A sole holder has 1/1, joint owners equal parts (民法典 art. 308, 309), owners by shares (按份共有) the part stated at their
    place; a statement that does not fit the number of holders leaves the share null. Names without as many codes keep no code.

    Args:
        frame: cleaned rows.
        roles: `name` and `code` → columns; `share` → column with the statement, which may lack.
    """
    listed = frame.with_columns(_names=split_holders(frame[f"{roles['name']}_raw"]))
    is_several = (pl.col("_names").list.len() > 1).fill_null(value=False)
    sole = listed.filter(~is_several).with_columns(share_num=pl.lit(1, pl.Int64), share_den=pl.lit(1, pl.Int64))
    several = listed.filter(is_several)
    order = pl.int_range(pl.len()).alias("_order")
    found = pl.concat([sole.drop("_names"), _each(several, roles)], how="diagonal_relaxed").select(
        *frame.columns, "share_num", "share_den"
    )
    return found.with_columns(order).sort("ref", "_order").drop("_order")


def _each(several: pl.DataFrame, roles: Mapping[str, str]) -> pl.DataFrame:
    codes = split_holders(several[f"{roles['code']}_raw"])
    number = pl.col("_names").list.len()
    rows = several.with_columns(_codes=codes, _count=number.cast(pl.Int64), _place=pl.int_ranges(0, number))
    fits = (pl.col("_codes").list.len() == number).fill_null(value=False)
    rows = rows.with_columns(_codes=pl.when(fits).then("_codes"))
    rows = rows.explode("_names", "_place").with_columns(
        _code=pl.col("_codes").list.get(pl.col("_place"), null_on_oob=True)
    )
    rows = rows.with_columns(_shares(roles.get("share")))
    return _cleaned(_cleaned(rows, roles["name"], "_names", KINDS["name"]), roles["code"], "_code", KINDS["code"])


def _cleaned(rows: pl.DataFrame, column: str, pieces: str, kind: str) -> pl.DataFrame:
    """The rows with the column and its facts read from one piece each."""
    answers = clean.KINDS[kind](rows[pieces])
    named = {name: f"{column}_{name}" for name in answers.columns if name != "value"}
    facts = answers.rename({"value": column, **named}).with_columns(rows[pieces].alias(f"{column}_raw"))
    return rows.with_columns(c for c in facts.get_columns() if c.name in rows.columns)


def _shares(column: str | None) -> list[pl.Expr]:
    """`share_num`, `share_den`: the part stated at the holder's place, else equal parts of joint owners."""
    stated = pl.col(column).fill_null("") if column else pl.lit("")
    terms = stated.str.replace_all("％", "%", literal=True).str.extract_all(_TERM)
    is_fitting = terms.list.len() == pl.col("_count")
    term = terms.list.get(pl.col("_place"), null_on_oob=True)
    percent = (term.str.strip_suffix("%").cast(pl.Float64, strict=False) * _HUNDREDTHS).round().cast(pl.Int64)
    parts = term.str.split("/")
    above, below = (parts.list.get(i, null_on_oob=True).cast(pl.Int64, strict=False) for i in (0, 1))
    is_percent = term.str.ends_with("%")
    by_share = stated.str.contains("按份")
    num = pl.when(is_fitting & is_percent).then(percent).when(is_fitting).then(above).when(~by_share).then(1)
    den = pl.when(is_fitting & is_percent).then(_WHOLE).when(is_fitting).then(below).when(~by_share).then("_count")
    return [num.cast(pl.Int64).alias("share_num"), den.cast(pl.Int64).alias("share_den")]
