"""Land: parcel code 宗地代码 (19) and real-estate unit number 不动产单元号 (28), GB/T 37346-2019.

Parcel: county 6 + cadastral district 3 + sub-district 3 + kind 2 (ownership G state, J collective, Z disputed; then the right: A, B,
S, X, C, D …) + sequence 5. Unit: parcel + fixture 9 (F building, L wood, Q other, W00000000 bare land). Often grouped by
blanks; opened in a spreadsheet an all-digit code turns into 1.23E+27 and is lost.

>>> parts("900001 001002 GB00003 F00010001")
{'parcel': '900001001002GB00003', 'county': '900001', 'county_known': False}
"""

from typing import Any

import polars as pl

from casebook.ids import base, filler, regions

_PARCEL = r"[0-9]{12}[GJZ][A-Z][0-9]{5}"
_CODE = rf"^{_PARCEL}(?:[FLQ][0-9]{{8}}|W0{{8}})?$"
_ZEROS = r"^.{14}0{5}|[FLQ]0{8}$"
_PARTS = ("parcel", "county", "county_known")
_SEPARATORS = "[-‐–—_.·/\\\\]"


def clean(series: pl.Series) -> pl.DataFrame:
    """Code of 19 or 28 characters, problem, repair; parcel (the first 19), county (the first 6), county_known (GB/T 2260 ever had it).

    Problems: blank, placeholder (filler too), digits_lost, length, characters (other than digits and letters), and, with the value kept,
    structure (right length, but an impossible place for a letter, a fixture W that is not W00000000, a sequence or another fixture
    of zeros) and region_unknown (a province that never was). Repairs: full_width, decimal_tail. An old county code, and one that
    never was in a known province (zones count their own), are no problem.
    """
    frame = base.stage(series)
    frame = frame.with_columns(pl.col("text").str.replace_all(_SEPARATORS, ""))
    text = frame["text"]
    strange = text.str.contains("[^0-9A-Z]").fill_null(value=False)
    frame = base.refuse(frame, strange, "characters")
    sized = text.str.len_bytes().is_in([19, 28])
    zeros = text.str.contains("^[0-9]{15}0+$")
    frame = base.refuse(frame, (~strange & sized & zeros).fill_null(value=False), "digits_lost")
    frame = base.refuse(frame, (~strange & ~sized).fill_null(value=False), "length")
    frame = base.refuse(frame, filler.found(frame["text"]), "placeholder")
    formed = frame["text"].str.contains(_CODE) & ~frame["text"].str.contains(_ZEROS)
    frame = base.flag(frame, (~formed).fill_null(value=False), "structure")
    area = frame["text"].str.slice(0, 6).str.to_integer(strict=False).fill_null(-1).to_numpy()
    nowhere = pl.Series(~regions.is_province(area)) & frame["text"].is_not_null()
    frame = base.flag(frame, nowhere, "region_unknown")
    found = frame.select(
        pl.col("text").alias("value"),
        "problem",
        "repair",
        pl.col("text").str.slice(0, 19).alias("parcel"),
        pl.col("text").str.slice(0, 6).alias("county"),
    )
    known = pl.Series(regions.is_known(area)).set(found["county"].is_null(), None)
    return found.with_columns(county_known=known)


def compact(text: str) -> str:
    """The code in one piece, in capitals; empty when none can be had.

    >>> compact("900001 001002 gb00003"), compact("1.23E+27")
    ('900001001002GB00003', '')
    """
    return base.only(clean(pl.Series([text])))["value"] or ""


def is_valid(text: str) -> bool:
    """Whether the text has the length and structure of a parcel code or unit number."""
    return base.only(clean(pl.Series([text])))["problem"] is None


def parts(text: str) -> dict[str, Any]:
    """Parcel and county of one code, and whether the county is known."""
    row = base.only(clean(pl.Series([text])))
    return {name: row[name] for name in _PARTS}
