"""Disabled person's certificate number 残疾人证号: citizen number 18 + category 1 + grade 1, and B1, B2 … for each reissue.

Categories: 1 sight, 2 hearing, 3 speech, 4 limbs, 5 intellectual, 6 psychiatric, 7 multiple. Grades 1 (severest) to 4. The
citizen number inside is judged by `citizen`, so that a lost id can be recovered from the certificate and the two compared.
The mark of a reissue may stand behind a hyphen or in brackets. A number one character short or long (an X dropped from the citizen
number, mostly) is not put right: which character is gone is a guess.

>>> parts("11010519491231002x44B1")
{'citizen_id': '11010519491231002X', 'category': '4', 'grade': '4', 'reissue': 1}
"""

from collections.abc import Mapping
from typing import Any

import polars as pl

from casebook.ids import base, citizen

CATEGORIES: Mapping[str, str] = {
    "1": "视力",
    "2": "听力",
    "3": "言语",
    "4": "肢体",
    "5": "智力",
    "6": "精神",
    "7": "多重",
}
_FORM = r"^([0-9]{17}[0-9X][0-9]{2})(?:[-(（]?B([0-9]{1,2})[)）]?)?$"
_PARTS = ("citizen_id", "category", "grade", "reissue")


def clean(series: pl.Series) -> pl.DataFrame:
    """Number of 20 characters, problem, repair; citizen_id, category, grade, reissue (0 for a first issue).

    Problems: blank, placeholder, digits_lost, masked, length, characters, and, with the value kept, birth_date, check_digit, sequence
    and region_unknown (of the citizen number inside), category (not 1-7), grade (not 1-4). Repairs: full_width, decimal_tail.
    `citizen_id` is null when its digits are lost.
    """
    frame = base.stage(series)
    frame = frame.with_columns(reissue=pl.col("text").str.extract(_FORM, 2), base=pl.col("text").str.extract(_FORM, 1))
    frame = _refuse_form(frame).drop("reissue", "base").hstack(frame.select("reissue", "base"))
    frame = frame.with_columns(text=pl.coalesce("base", "text"), holder=pl.col("base").str.slice(0, 18))
    holder = citizen.clean(frame["holder"])
    lost = frame["text"].str.ends_with("00000") | (holder["problem"] == "digits_lost")
    frame = base.refuse(frame, lost, "digits_lost")
    frame = base.refuse(frame, holder["problem"] == "placeholder", "placeholder")
    for problem in ("birth_date", "check_digit", "sequence", "region_unknown"):
        frame = base.flag(frame, (holder["problem"] == problem).fill_null(value=False), problem)
    frame = frame.with_columns(category=_digit(18), grade=_digit(19))
    for part, last in (("category", 7), ("grade", 4)):
        outside = ~frame[part].cast(pl.Int64).is_between(1, last)
        frame = base.flag(frame, outside.fill_null(value=False), part)
    return _with_parts(frame, holder["value"])


def _refuse_form(frame: pl.DataFrame) -> pl.DataFrame:
    """Masked texts are flagged; others that are no certificate number are refused."""
    strange = frame["base"].is_null() & frame["text"].is_not_null()
    if not strange.any():
        return frame
    masked = strange & frame["text"].str.contains(base.MASKED)
    sized = frame["text"].str.len_chars().is_in([20, 22, 23, 24, 25])
    frame = base.flag(frame, masked.fill_null(value=False), "masked")
    frame = base.refuse(frame, (strange & ~masked & ~sized).fill_null(value=False), "length")
    return base.refuse(frame, (strange & ~masked & sized).fill_null(value=False), "characters")


def _digit(place: int) -> pl.Expr:
    return pl.when(pl.col("base").is_not_null()).then(pl.col("text").str.slice(place, 1))


def _with_parts(frame: pl.DataFrame, holder: pl.Series) -> pl.DataFrame:
    """Value, problem, repair and parts; parts only where there is a number of 20 characters."""
    read = pl.when(pl.col("text").is_not_null() & pl.col("base").is_not_null())
    return frame.with_columns(citizen_id=holder).select(
        pl.col("text").alias("value"),
        "problem",
        "repair",
        read.then("citizen_id").alias("citizen_id"),
        read.then("category").alias("category"),
        read.then("grade").alias("grade"),
        read.then(pl.col("reissue").cast(pl.Int64).fill_null(0)).alias("reissue"),
    )


def compact(text: str) -> str:
    """The 20 characters without the mark of a reissue; empty when none can be had.

    >>> compact(" 11010519491231002x44B1")
    '11010519491231002X44'
    """
    return base.only(clean(pl.Series([text])))["value"] or ""


def is_valid(text: str) -> bool:
    """Whether the citizen number inside passes and category and grade exist.

    >>> is_valid("11010519491231002X44"), is_valid("11010519491231002X84")
    (True, False)
    """
    return base.only(clean(pl.Series([text])))["problem"] is None


def parts(text: str) -> dict[str, Any]:
    """Holder's number, category, grade and count of reissues."""
    row = base.only(clean(pl.Series([text])))
    return {name: row[name] for name in _PARTS}
