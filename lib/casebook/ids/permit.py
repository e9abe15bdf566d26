"""Food licence number 食品经营许可证编号: `JY` + form 1 (1 sale, 2 catering, 3 canteen) + county 6 + sequence 6 + check digit.

The check digit is ISO/IEC 7064 MOD 11,10 over the 13 digits before it (食药监食监二〔2015〕228号). Numbers in public lists fail it
now and then, so a failure is reported and never rejects. Characters read wrongly by a machine (O for 0; I, L, | for 1) are put
right only when the result passes the check: no letter can stand there, and each has one digit it looks like.

Other papers of the trade are told apart by the part `certificate`, with the problem `other_licence`: `production` (SC + class 3 +
county 6 + sequence 4 + check digit, MOD 11,10, 食品生产许可管理办法; before it QS), `record` (YB, sale of packed food
only), `catering_service` (餐证字, before 2015), `distribution` (SP, 流通), `hygiene` (卫食), `small` (小餐饮, 小作坊 and the like by
provincial law).

>>> is_valid("JY13301080111719"), is_valid("JY13301080111718")
(True, False)
>>> compact("许可证编号：jy2 3701 O20 073753")
'JY23701020073753'
>>> parts("鲁餐证字2014371421000123号")["certificate"]
'catering_service'
"""

from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from casebook.ids import base, filler, regions

_LABEL = r"^(?:食品)?(?:经营)?许可证?(?:编?号码?)?[:：]?"
_COPY = r"(?:[(（][0-9]+-[0-9]+[)）]|[(（]?[正副]本[)）]?)$"
_CERTIFICATES = {
    "catering_service": "餐证字|餐饮服务",
    "small": "^XC[0-9]|小餐饮|小作坊|小经营|摊点|登字|备字|登记|备案",
    "production": r"^(?:SC|QS)[0-9]",
    "record": "^YB[0-9]",
    "distribution": "^SP[0-9]|流通",
    "hygiene": "卫食",
}
_OTHER = "|".join(_CERTIFICATES.values())
# Where the six digits of the county stand in other numbers of 14 digits with a check digit.
_COUNTY_AT = {"SC": 5, "YB": 3}
_FORM = r"^JY[0-9]{14}$"
_SLIPS = {"O": "0", "I": "1", "L": "1", "|": "1"}
_PARTS = ("form", "division", "certificate")


def clean(series: pl.Series) -> pl.DataFrame:
    """Number, problem, repair; form (1, 2 or 3), division (six digits), certificate (`business` for JY).

    Problems: blank, placeholder (filler too), digits_lost, other_licence, length, characters, form, check_digit, region_unknown (a
    province that never was). A text that begins with JY, and another licence's number, keep their text as value beside the problem:
    a list may hold the number one slip away.
    Repairs: full_width, ocr. A label before the number and the mark of a copy behind it, (1-1) or 副本, are dropped.
    The `division` of SC and YB numbers is read where their check digit passes and GB/T 2260 ever had the code.
    """
    frame = _repair_slips(_bare(base.stage(series)))
    digits = frame["text"].set(~frame["text"].str.contains(_FORM), None).str.slice(2, 13)
    frame = base.refuse(frame, filler.found(digits), "placeholder")
    text = frame["text"]
    formed = text.str.contains(_FORM).fill_null(value=False)
    at = formed.arg_true()
    failing = np.zeros(len(frame), np.bool_)
    failing[at.to_numpy()] = ~_passes(text.gather(at))
    frame = base.flag(frame, formed & ~text.str.slice(2, 1).is_in(["1", "2", "3"]), "form")
    frame = base.flag(frame, pl.Series(failing), "check_digit")
    frame = base.flag(frame, formed & _is_nowhere(text), "region_unknown")
    frame = _name_misfits(frame, ~formed & text.is_not_null())
    part = pl.when(formed)
    return frame.select(
        pl.col("text").alias("value"),
        "problem",
        "repair",
        form=part.then(pl.col("text").str.slice(2, 1)),
        division=part.then(pl.col("text").str.slice(3, 6)),
        certificate=pl.when(pl.col("text").str.starts_with("JY")).then(pl.lit("business")),
    ).with_columns(*_others(frame))


def _is_nowhere(text: pl.Series) -> pl.Series:
    """Whether the six digits of the county lie in a province that never was."""
    area = text.str.slice(3, 6).str.to_integer(strict=False).fill_null(-1).to_numpy()
    return pl.Series(~regions.is_province(area))


def _bare(frame: pl.DataFrame) -> pl.DataFrame:
    """The number without its label and without the mark of a copy."""
    labelled = frame["text"].str.contains(r"[^0-9A-Z]")
    if not labelled.any():
        return frame
    frame = frame.with_columns(pl.col("text").str.replace(_LABEL, "").str.replace(_COPY, ""))
    return base.refuse(frame, (frame["text"] == "").fill_null(value=False), "blank")


def _repair_slips(frame: pl.DataFrame) -> pl.DataFrame:
    """Look-alike letters among the 14 digits become digits where the number then passes its check."""
    at = frame["text"].str.contains(r"^JY[0-9OIL|]{14}$").fill_null(value=False) & frame["text"].str.contains("[OIL|]")
    rows = at.fill_null(value=False).arg_true()
    if rows.is_empty():
        return frame
    text = frame["text"].gather(rows)
    mended = "JY" + text.str.slice(2).str.replace_many(_SLIPS)
    good = pl.Series(_passes(mended))
    return base.amend(frame, rows.filter(good), mended.filter(good), "ocr")


def _passes(text: pl.Series) -> NDArray[np.bool_]:
    """Whether each number of the form JY + 14 digits passes its check, as an array."""
    return base.mod_11_10(base.characters(text, 16)[:, 2:] - ord("0"))


def _name_misfits(frame: pl.DataFrame, misfit: pl.Series) -> pl.DataFrame:
    """Texts that are no JY number: another licence, a damaged JY number, or nothing of the kind."""
    if not misfit.any():
        return frame
    other = misfit & frame["text"].str.contains(_OTHER)
    damaged = misfit & ~other & frame["text"].str.starts_with("JY")
    size = frame["text"].str.len_chars() == 16
    frame = base.flag(frame, other.fill_null(value=False), "other_licence")
    frame = base.flag(frame, (damaged & size).fill_null(value=False), "characters")
    frame = base.flag(frame, (damaged & ~size).fill_null(value=False), "length")
    rest = (misfit & ~other & ~damaged).fill_null(value=False)
    frame = base.refuse(frame, rest & frame["text"].str.contains("^[0-9A-Z]*$").fill_null(value=False), "length")
    return base.refuse(frame, rest & frame["text"].is_not_null(), "characters")


def _others(frame: pl.DataFrame) -> list[pl.Expr]:
    """Columns `certificate` and `division` of the rows that hold another paper's number, merged into those of JY numbers."""
    at = (frame["problem"] == "other_licence").fill_null(value=False).arg_true()
    if at.is_empty():
        return []
    text = frame["text"].gather(at)
    kind = pl.coalesce(
        *(pl.when(pl.col("text").str.contains(form)).then(pl.lit(name)) for name, form in _CERTIFICATES.items())
    )
    found = pl.DataFrame({"text": text}).select(certificate=kind, division=_county(text))
    none = pl.repeat(None, len(frame), dtype=pl.String, eager=True)
    return [pl.coalesce(pl.col(name), none.scatter(at, found[name])).alias(name) for name in found.columns]


def _county(text: pl.Series) -> pl.Series:
    """The county in numbers of SC and YB + 14 digits whose check passes and whose area was ever assigned; else null."""
    formed = text.str.contains("^(?:SC|YB)[0-9]{14}$")
    numbers = pl.DataFrame({"text": text.set(~formed, None)})
    heads = [
        pl.when(pl.col("text").str.starts_with(head)).then(pl.col("text").str.slice(at, 6))
        for head, at in _COUNTY_AT.items()
    ]
    county = numbers.select(pl.coalesce(*heads)).to_series()
    rows = formed.arg_true()
    good = np.zeros(len(text), np.bool_)
    good[rows.to_numpy()] = _passes(text.gather(rows))
    known = regions.is_known(county.cast(pl.Int64).fill_null(-1).to_numpy())
    return county.set(~pl.Series(good & known), None)


def compact(text: str) -> str:
    """The number in capitals without blanks, label and copy mark; empty when none can be had."""
    return base.only(clean(pl.Series([text])))["value"] or ""


def is_valid(text: str) -> bool:
    """Whether the text is a JY number whose check digit passes."""
    return base.only(clean(pl.Series([text])))["problem"] is None


def parts(text: str) -> dict[str, Any]:
    """Form, division and certificate of one number.

    >>> parts("JY23701020073753")
    {'form': '2', 'division': '370102', 'certificate': 'business'}
    """
    row = base.only(clean(pl.Series([text])))
    return {name: row[name] for name in _PARTS}
