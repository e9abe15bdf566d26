"""Numbers of official documents 文号 and of court cases 案号, written one way.

A document number is issuer + 〔year〕 + number + 号 (GB/T 9704-2012: hexagonal brackets, no 第, no leading zero). A court case number is
(year) + court code + case type + number + 号 (法〔2015〕137号), half-width brackets here. The text as delivered stays beside it.

>>> compact("青国资〔２０１９〕第036号"), compact("（2022）豫0724执恢54号")
('青国资〔2019〕36号', '(2022)豫0724执恢54号')
>>> parts("(2022)豫0724执恢54号")
{'year': 2022, 'issuer': '豫0724', 'type': '执恢', 'number': 54}
"""

import re
from typing import Any

import polars as pl

from casebook.ids import base

_OPEN, _CLOSE = r"[(（\[［【〔〈<﹝{]", r"[)）\]］】〕〉>﹞}]"
_YEAR = rf"{_OPEN}((?:19|20)[0-9]{{2}})年?度?{_CLOSE}"
_WORD = r"[^0-9()\[\]〔〕第]"
_SERIAL = r"(?:字?第)?0*([1-9][0-9]*)号?"
_COURT = rf"^{_YEAR}(最高法|{_WORD}?[0-9]{{0,4}})({_WORD}{{1,8}}?){_SERIAL}(之[一二三四五六七八九十]+)?$"
_DOCUMENT = rf"^([^0-9]*?[^(（\[［【〔〈<﹝{{]*?){_YEAR}(?:字?第)?0*([1-9][0-9]*)(?:-([0-9]+))?号?$"
_READ_COURT = re.compile(r"^\(([0-9]{4})\)(最高法|[^0-9]?[0-9]{0,4})([^0-9]+)([0-9]+)号")
_READ_DOCUMENT = re.compile(r"^(.*)〔([0-9]{4})〕([0-9]+)")


def clean(series: pl.Series) -> pl.DataFrame:
    """Number with uniform brackets, problem, repair.

    Problems: blank, placeholder, and unreadable (no year in brackets and number), which keeps the text. Writing brackets, 第 and
    号 one way is no repair.
    """
    frame = base.stage(series)
    court = frame["text"].str.contains(_COURT).fill_null(value=False)
    document = ~court & frame["text"].str.contains(_DOCUMENT).fill_null(value=False)
    frame = frame.with_columns(court=court, document=document)
    frame = frame.with_columns(
        as_court=pl.col("text").str.replace(_COURT, "($1)$2${3}${4}号$5"),
        as_document=pl.col("text")
        .str.replace(_DOCUMENT, "${1}〔$2〕${3}-${4}号")
        .str.replace("-号", "号", literal=True),
    )
    text = pl.when("court").then("as_court").when("document").then("as_document").otherwise("text")
    frame = base.flag(
        frame.with_columns(text.alias("text")), ~court & ~document & frame["text"].is_not_null(), "unreadable"
    )
    return frame.select(pl.col("text").alias("value"), "problem", pl.lit(None, pl.String).alias("repair"))


def compact(text: str) -> str:
    """The number written one way; the trimmed text when it is no such number."""
    return base.only(clean(pl.Series([text])))["value"] or ""


def is_valid(text: str) -> bool:
    """Whether the text is a document or case number with year and number.

    >>> is_valid("[2019]36号"), is_valid("德税通字123")
    (True, False)
    """
    return base.only(clean(pl.Series([text])))["problem"] is None


def parts(text: str) -> dict[str, Any]:
    """Year, issuer (for a case: court code), type of case, number; empty for a text that is no such number."""
    number = compact(text)
    if found := _READ_COURT.match(number):
        year, court, kind, serial = found.groups()
        return {"year": int(year), "issuer": court, "type": kind, "number": int(serial)}
    if found := _READ_DOCUMENT.match(number):
        issuer, year, serial = found.groups()
        return {"year": int(year), "issuer": issuer, "type": None, "number": int(serial)}
    return {}
