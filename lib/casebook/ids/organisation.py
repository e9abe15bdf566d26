"""Numbers of organisations: unified social credit code, organisation code, registration number, old tax number.

* `unified`, GB 32100-2015: 18 of `0-9A-HJ-NPQRTUWXY` = registrar + class + 6 area + 9 organisation code + check, weights
  3^i mod 31, check (31 − Σ mod 31) mod 31.
* `organisation`, GB 11714-1997: 8 + check, weights 3 7 9 10 5 8 4 2, check 11 − Σ mod 11 (10 is X, 11 is 0).
* `registration`: 15 digits, ISO/IEC 7064 MOD 11,10 (GS 15-2006).
* `tax_15`: area 6 + organisation code 9; `citizen`: an individual's identity number used as tax number.

The part `organisation` is the bridge: the organisation code inside a unified code or an old tax number, so that old and
new numbers of one body meet without names. Codes have been issued that fail the check (91350211M0000XUF46): the value is
kept, with a problem. A masked code keeps its text; it may block, never match.

>>> is_valid("91350100M000100Y43"), is_valid("91350211M0000XUF46"), is_valid("74218321-3")
(True, False, True)
>>> parts("91110000101623741K")["organisation"]
'101623741'
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from casebook.ids import base, citizen, division

UNIFIED_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
DEPARTMENTS: Mapping[str, str] = {
    "1": "机构编制", "2": "外交", "3": "司法行政", "4": "文化", "5": "民政", "6": "旅游", "7": "宗教",
    "8": "工会", "9": "市场监管", "A": "军队编制", "N": "农业农村", "Y": "其他",
}  # fmt: skip
CATEGORIES: Mapping[str, str] = {
    "11": "机关", "12": "事业单位", "13": "编办直接管理机构编制的群众团体", "51": "社会团体", "52": "民办非企业单位", "53": "基金会",
    "91": "企业", "92": "个体工商户", "93": "农民专业合作社",
    "N1": "组级集体经济组织", "N2": "村级集体经济组织", "N3": "乡镇级集体经济组织",
}  # fmt: skip
_UNIFIED_WEIGHTS = np.array([pow(3, place, 31) for place in range(17)], np.float32)
_ORGANISATION_WEIGHTS = np.array([3, 7, 9, 10, 5, 8, 4, 2], np.float32)
_UNIFIED_SYMBOLS = base.alphabet(UNIFIED_ALPHABET)
_CODE_SYMBOLS = base.alphabet("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")
_REGISTRARS = r"^(?:1[1239]|2[19]|3[1-59]|4[19]|5[1239]|6[129]|7[129]|8[19]|9[1239]|A[129]|N[1239]|Y1)"
_CITIZEN_FORM = r"^[0-9]{17}[0-9X]$"
_TYPES = ("unified", "tax_15", "registration", "organisation", "citizen")
_UNIFIED, _TAX, _REGISTRATION, _ORGANISATION, _CITIZEN = range(5)
_NONE = -1
_AREA_AT = (2, 0, 0, None, 0, None)  # by type; the last for none
_CODE_AT = (8, 6, None, 0, None, None)
_PARTS = ("id_type", "department", "category", "division", "organisation")

Rows = NDArray[np.int64]
Mask = NDArray[np.bool_]


def clean(series: pl.Series) -> pl.DataFrame:
    """Code, problem, repair; id_type, department, category, division (area of the code), organisation (9 characters).

    Problems: blank, placeholder, length, characters, digits_lost, masked, check_digit, and birth_date of a citizen's number.
    The last three keep the value. Repairs: full_width, decimal_tail, from_15 (a citizen's number of 15 digits). Hyphens
    are dropped. `department` and `category` are the codes of GB 32100: `DEPARTMENTS` and, joined, `CATEGORIES` name them.
    """
    frame = _without_hyphens(base.stage(series))
    kind = np.full(len(frame), _NONE, np.int8)
    fails = np.zeros(len(frame), np.bool_)
    for size, judge in ((18, _judge_18), (15, _judge_15), (9, _judge_9)):
        at = (frame["text"].str.len_bytes() == size).fill_null(value=False).arg_true()
        rows = at.to_numpy()
        chosen = frame["text"] if len(at) == len(frame) else frame["text"].gather(at)
        kind[rows], fails[rows] = judge(base.characters(chosen, size))
    frame = _refuse_form(frame, kind)
    frame = _citizens(frame, kind, fails)
    frame = _refuse_spreadsheet(frame, kind, fails)
    frame = base.flag(frame, pl.Series(fails) & frame["text"].is_not_null(), "check_digit")
    return _with_parts(frame, kind)


def _without_hyphens(frame: pl.DataFrame) -> pl.DataFrame:
    hyphened = frame["text"].str.contains("-", literal=True)
    return frame.with_columns(pl.col("text").str.replace_all("-", "", literal=True)) if hyphened.any() else frame


def _judge_18(text: base.Bytes) -> tuple[NDArray[np.int8], Mask]:
    """Type by form and whether the check fails: unified code."""
    places = base.places(text, _UNIFIED_SYMBOLS)
    total = (places[:, :17].astype(np.float32) @ _UNIFIED_WEIGHTS).astype(np.int64)
    formed = base.within(places, len(UNIFIED_ALPHABET))
    return np.where(formed, _UNIFIED, _NONE).astype(np.int8), (31 - total % 31) % 31 != places[:, 17]


def _judge_15(text: base.Bytes) -> tuple[NDArray[np.int8], Mask]:
    """Type by the check that passes: old tax number before registration number; a number of digits that passes none is a registration."""
    digits = base.places(text, _CODE_SYMBOLS)
    numeric, area = base.within(digits, 10), base.within(digits[:, :6], 10)
    formed, tax_fails = _judge_9(text[:, 6:])
    registered = numeric & base.mod_11_10(np.minimum(digits, 9))
    is_tax = area & (formed == _ORGANISATION) & (~tax_fails | ~numeric)
    kind = np.where(is_tax, _TAX, np.where(numeric, _REGISTRATION, _NONE)).astype(np.int8)
    return kind, np.where(is_tax, tax_fails, ~registered)


def _judge_9(text: base.Bytes) -> tuple[NDArray[np.int8], Mask]:
    """Type by form and whether the check fails: organisation code."""
    places = base.places(text, _CODE_SYMBOLS)
    total = (places[:, :8].astype(np.float32) @ _ORGANISATION_WEIGHTS).astype(np.int64)
    rest = 11 - total % 11
    check = np.where(rest == 10, _CODE_SYMBOLS[ord("X")], rest % 11)
    last_formed = (places[:, 8] < 10) | (places[:, 8] == _CODE_SYMBOLS[ord("X")])
    formed = base.within(places, 36) & last_formed
    return np.where(formed, _ORGANISATION, _NONE).astype(np.int8), check != places[:, 8]


def _refuse_form(frame: pl.DataFrame, kind: NDArray[np.int8]) -> pl.DataFrame:
    """Masked codes are flagged; texts of no known form are refused."""
    strange = pl.Series(kind == _NONE) & frame["text"].is_not_null()
    if not strange.any():
        return frame
    size = frame["text"].str.len_chars()
    masked = (strange & frame["text"].str.contains(base.MASKED)).fill_null(value=False)
    known = size.is_in([9, 15, 18]).fill_null(value=False)
    for length, type_index in ((18, _UNIFIED), (15, _TAX), (9, _ORGANISATION)):
        kind[(masked & (size == length)).fill_null(value=False).to_numpy()] = type_index
    frame = base.flag(frame, masked, "masked")
    frame = base.refuse(frame, strange & ~masked & ~known, "length")
    return base.refuse(frame, strange & ~masked & known, "characters")


def _citizens(frame: pl.DataFrame, kind: NDArray[np.int8], fails: Mask) -> pl.DataFrame:
    """Numbers that are rather a citizen's get that type, and the text, problem and repair of the citizen cleaner."""
    at = _citizen_suspects(frame["text"], kind, fails)
    if at.is_empty():
        return frame
    found = citizen.clean(frame["text"].gather(at))
    sure = found["problem"].is_null() & found["region_known"].is_not_null()
    no_registrar = ~frame["text"].gather(at).str.contains(_REGISTRARS)
    likely = (found["problem"] == "check_digit").fill_null(value=False) & no_registrar
    chosen = sure | likely
    at, found = at.filter(chosen), found.filter(chosen)
    kind[at.to_numpy()], fails[at.to_numpy()] = _CITIZEN, False
    earlier = pl.DataFrame({"a": frame["repair"].gather(at), "b": found["repair"]})
    repair = earlier.select(pl.concat_str("a", "b", separator=",", ignore_nulls=True).replace("", None)).to_series()
    return frame.with_columns(
        frame["text"].scatter(at, found["value"]),
        frame["problem"].scatter(at, found["problem"]),
        frame["repair"].scatter(at, repair),
    )


def _citizen_suspects(text: pl.Series, kind: NDArray[np.int8], fails: Mask) -> pl.Series:
    """Rows of 15 digits that pass no check, rows in a citizen's form that fail as unified code or pass it with an unknown area."""
    unified = kind == _UNIFIED
    numbers = unified & text.str.contains(_CITIZEN_FORM).fill_null(value=False).to_numpy()
    doubtful = numbers & fails
    passing = np.flatnonzero(numbers & ~fails)
    area = text.gather(passing).str.slice(2, 6).str.to_integer(strict=False).fill_null(-1).to_numpy()
    doubtful[passing] = division.history().rows_as_of(area, np.full(len(area), 2015)) < 0
    return pl.Series(doubtful | ((kind == _REGISTRATION) & fails)).arg_true()


def _refuse_spreadsheet(frame: pl.DataFrame, kind: NDArray[np.int8], fails: Mask) -> pl.DataFrame:
    """A failing number of 18 digits that ends in 000 or had a decimal tail went through a spreadsheet: its end is lost."""
    failing = pl.Series(fails & (kind == _UNIFIED))
    if not failing.any():
        return frame
    zeros = frame["text"].str.contains(r"^[0-9]{15}000$")
    tail = frame["repair"].str.contains("decimal_tail", literal=True).fill_null(value=False)
    return base.refuse(frame, (failing & (zeros | tail)).fill_null(value=False), "digits_lost")


def _with_parts(frame: pl.DataFrame, kind: NDArray[np.int8]) -> pl.DataFrame:
    """Parts by the places of the code; a masked code has only its type."""
    text = frame["text"]
    at = pl.Series(np.where(kind == _NONE, len(_TYPES), kind))
    hidden = ((frame["problem"] == "masked").fill_null(value=False) | text.is_null()).to_numpy()
    read = pl.Series(np.where(hidden, len(_TYPES), at.to_numpy()))
    text_of = pl.col("text").str
    unified = pl.when(pl.Series(read == _UNIFIED))
    cut = frame.select(
        department=unified.then(text_of.slice(0, 1)),
        category=unified.then(text_of.slice(1, 1)),
        division=text_of.slice(pl.Series(_AREA_AT).gather(read), 6),
        organisation=text_of.slice(pl.Series(_CODE_AT).gather(read), 9),
    )
    values = frame.select(pl.col("text").alias("value"), "problem", "repair")
    types = pl.Series("id_type", [*_TYPES, None]).gather(at)
    return values.with_columns(types.set(text.is_null(), None)).hstack(cut)


def compact(text: str) -> str:
    """The code without blanks, marks and hyphens, in capitals; empty when none can be had.

    >>> compact(" 74218321-3 "), compact("91350100m000100y43")
    ('742183213', '91350100M000100Y43')
    """
    return base.only(clean(pl.Series([text])))["value"] or ""


def is_valid(text: str) -> bool:
    """Whether the text is a number of a known type whose check passes."""
    return base.only(clean(pl.Series([text])))["problem"] is None


def parts(text: str) -> dict[str, Any]:
    """Type, registrar, class, area and organisation code of one number.

    >>> parts("330203000030639")["id_type"]
    'registration'
    """
    row = base.only(clean(pl.Series([text])))
    return {name: row[name] for name in _PARTS}
