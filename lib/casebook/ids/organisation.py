"""Numbers of organisations: unified social credit code, organisation code, registration number, old tax number.

* `unified`, GB 32100-2015: 18 characters = registrar + class + 6 area + 9 organisation code + check.
* `organisation`, GB 11714-1997: 8 + check, often written with a hyphen.
* `registration`: 15 digits, the old number of the business register (GS 15-2006).
* `tax_15`: area 6 + organisation code 9.
* `citizen`: an individual's identity number used as tax number; `citizen_tax`: the same and two digits more, for each business.

The part `organisation` is the bridge: the organisation code inside a unified code or an old tax number, so that old and
new numbers of one body meet without names. Codes have been issued that fail the check (91350211M0000XUF46): the value is
kept, with a problem. A masked code keeps its text; it may block, never match. Letters that no unified code has (I, O, S, V, Z)
are mostly misread digits; which ones is a guess, so such a text has no value.

>>> is_valid("91350100M000100Y43"), is_valid("91350211M0000XUF46"), is_valid("74218321-3")
(True, False, True)
>>> parts("91110000101623741K")["organisation"], is_valid("9111OOOO101623741K")
('101623741', False)
"""

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from casebook.ids import base, checks, citizen, eighteen, filler, regions
from casebook.ids.checks import (
    CITIZEN,
    CITIZEN_TAX,
    NONE,
    ORGANISATION,
    REGISTRATION,
    TAX,
    UNIFIED,
    UNIFIED_ALPHABET,
    Mask,
    Types,
)

__all__ = ["CATEGORIES", "DEPARTMENTS", "UNIFIED_ALPHABET", "clean", "compact", "is_valid", "owner", "parts"]

DEPARTMENTS: Mapping[str, str] = {
    "1": "机构编制", "2": "外交", "3": "司法行政", "4": "文化", "5": "民政", "6": "旅游", "7": "宗教",
    "8": "工会", "9": "市场监管", "A": "军队编制", "N": "农业农村", "Y": "其他",
}  # fmt: skip
CATEGORIES: Mapping[str, str] = {
    "11": "机关", "12": "事业单位", "13": "编办直接管理机构编制的群众团体", "51": "社会团体", "52": "民办非企业单位", "53": "基金会",
    "91": "企业", "92": "个体工商户", "93": "农民专业合作社",
    "N1": "组级集体经济组织", "N2": "村级集体经济组织", "N3": "乡镇级集体经济组织",
}  # fmt: skip
_REGISTRARS: Final = f"^(?:{'|'.join(checks.REGISTRARS)})"
_CITIZEN_FORM: Final = r"^[0-9]{17}[0-9X]$"
_TYPES: Final = ("unified", "tax_15", "registration", "organisation", "citizen", "citizen_tax")
_AREA_AT: Final = (2, 0, 0, None, 0, 0, None)  # by type; the last for none
_CODE_AT: Final = (8, 6, None, 0, None, None, None)
_PARTS: Final = ("id_type", "department", "category", "division", "organisation")
_SYMBOLS: Final = pl.Series(list(UNIFIED_ALPHABET))
_HYPHENS: Final = "[-‐–—]"


def clean(series: pl.Series) -> pl.DataFrame:
    """Code, problem, repair; id_type, department, category, division (area of the code), organisation (9 characters).

    Problems: blank, placeholder (filler such as 123123123123123 too, as a whole or in the organisation's nine), length, characters,
    digits_lost, masked, check_digit, region_unknown (an area in a province that never was), and birth_date of a citizen's number.
    The last four keep the value. So does `length` of 17 digits that may be a citizen's 15 and two more, but as well a citizen's 18
    one of which was lost. Repairs: full_width, decimal_tail, from_15 (a citizen's number of 15 digits). Hyphens
    are dropped. `department` and `category` are the codes of GB 32100: `DEPARTMENTS` and, joined, `CATEGORIES` name them.
    """
    text = series.cast(pl.String)
    at, lines, fails = _plain(text)
    if not len(at):
        return _thorough(text)
    if len(at) == len(text):
        return _unified(text, lines, fails)
    odd = np.ones(len(text), np.bool_)
    odd[at] = False
    rest = np.flatnonzero(odd)
    order = np.empty(len(text), np.int64)
    order[np.concatenate([at, rest])] = np.arange(len(text))
    both = pl.concat([_unified(text.gather(at), lines, fails), _thorough(text.gather(rest))])
    return both.select(pl.all().gather(pl.Series(order)))


def _plain(text: pl.Series) -> tuple[NDArray[np.int64], base.Bytes, Mask]:
    """Rows that are a unified code as they stand, nearly all of most columns; their places in the alphabet; which checks fail."""
    at = (text.str.len_bytes() == 18).fill_null(value=False).arg_true()
    chosen = text if len(at) == len(text) else text.gather(at)
    lines = checks.unified_lines(base.characters(chosen, 18))
    fails = checks.unified_fails(lines)
    sure = checks.surely_unified(lines, fails)
    rows = at.to_numpy().astype(np.int64)
    return (rows, lines, fails) if sure.all() else (rows[sure], lines[:, sure], fails[sure])


def _unified(text: pl.Series, lines: base.Bytes, fails: Mask) -> pl.DataFrame:
    """The answer for unified codes."""
    none = pl.repeat(None, len(text), dtype=pl.String, eager=True)
    nowhere = checks.is_nowhere(lines)
    verdict = np.where(fails, 1, np.where(nowhere, 2, 0)).astype(np.uint32)
    return pl.DataFrame(
        {
            "value": text,
            "problem": pl.Series([None, "check_digit", "region_unknown"]).gather(verdict) if verdict.any() else none,
            "repair": none,
            "id_type": pl.repeat(_TYPES[UNIFIED], len(text), eager=True),
            "department": _SYMBOLS.gather(lines[0].astype(np.uint32)),
            "category": _SYMBOLS.gather(lines[1].astype(np.uint32)),
            "division": text.str.slice(2, 6),
            "organisation": text.str.slice(8, 9),
        }
    )


def _thorough(series: pl.Series) -> pl.DataFrame:
    """The answer for any text."""
    frame = _without_hyphens(base.stage(series))
    kind = np.full(len(frame), NONE, np.int8)
    fails = np.zeros(len(frame), np.bool_)
    for size, judge in ((18, checks.judge_18), (15, checks.judge_15), (9, checks.judge_9)):
        at = (frame["text"].str.len_bytes() == size).fill_null(value=False).arg_true()
        rows = at.to_numpy()
        kind[rows], fails[rows] = judge(base.characters(frame["text"].gather(at), size))
    frame = _citizens_and_more(frame, kind)
    frame = _refuse_form(frame, kind)
    frame = _refuse_filler(frame, kind)
    frame = _citizens(frame, kind, fails)
    frame = _refuse_spreadsheet(frame, kind, fails)
    frame = base.flag(frame, pl.Series(fails) & frame["text"].is_not_null(), "check_digit")
    frame = base.flag(frame, checks.nowhere(frame["text"], kind), "region_unknown")
    return _with_parts(frame, kind)


def _without_hyphens(frame: pl.DataFrame) -> pl.DataFrame:
    if not frame["text"].str.contains(_HYPHENS).any():
        return frame
    frame = frame.with_columns(pl.col("text").str.replace_all(_HYPHENS, ""))
    return base.refuse(frame, frame["text"].str.contains(base.NOTHING), "placeholder")


def _citizens_and_more(frame: pl.DataFrame, kind: Types) -> pl.DataFrame:
    """20 characters that begin with a citizen's number, 17 that may begin with one of 15 digits."""
    long = frame["text"].str.contains("^[0-9]{17}[0-9X][0-9]{2}$").fill_null(value=False).arg_true()
    old = frame["text"].str.contains("^[0-9]{17}$").fill_null(value=False).arg_true()
    if long.is_empty() and old.is_empty():
        return frame
    text = frame["text"]
    inside = citizen.clean(text.gather(long).str.slice(0, 18))
    lost = text.gather(long).str.ends_with("00000") | (inside["problem"] == "digits_lost").fill_null(value=False)
    likely = lost | inside["birth_date"].is_not_null()
    aged = old.filter(_begins_with_15(text.gather(old)))
    kind[long.filter(likely).to_numpy()] = kind[aged.to_numpy()] = CITIZEN_TAX
    for problem, rows in (
        ("check_digit", long.filter((inside["problem"] == "check_digit").fill_null(value=False) & ~lost)),
        ("length", aged),
    ):
        frame = base.flag(frame, _mask(rows, len(frame)), problem)
    return base.refuse(frame, _mask(long.filter(lost), len(frame)), "digits_lost")


def _begins_with_15(text: pl.Series) -> pl.Series:
    """Whether 17 digits begin with a known area and a day of the 20th century that no number of 18 digits could show there."""
    _, digits = eighteen.find(eighteen.with_check(text.str.slice(0, 6) + "19" + text.str.slice(6, 9)))
    read = eighteen.read(digits)
    century = text.str.slice(6, 2).is_in(["18", "19", "20"])
    return pl.Series(read["dated"] & regions.is_known(read["area"])) & ~century


def _mask(rows: pl.Series, height: int) -> pl.Series:
    mask = np.zeros(height, np.bool_)
    mask[rows.to_numpy()] = True
    return pl.Series(mask)


def _refuse_form(frame: pl.DataFrame, kind: Types) -> pl.DataFrame:
    """Masked codes are flagged; texts of no known form are refused."""
    strange = pl.Series(kind == NONE) & frame["text"].is_not_null()
    if not strange.any():
        return frame
    size = frame["text"].str.len_chars()
    masked = (strange & frame["text"].str.contains(base.MASKED)).fill_null(value=False)
    known = size.is_in([9, 15, 18]).fill_null(value=False)
    for length, type_index in ((18, UNIFIED), (15, TAX), (9, ORGANISATION)):
        kind[(masked & (size == length)).fill_null(value=False).to_numpy()] = type_index
    frame = base.flag(frame, masked, "masked")
    frame = base.refuse(frame, strange & ~masked & ~known, "length")
    return base.refuse(frame, strange & ~masked & known, "characters")


def _refuse_filler(frame: pl.DataFrame, kind: Types) -> pl.DataFrame:
    """A repeated pattern or a run, in the whole or in the organisation's nine characters, was typed to fill the field."""
    at = pl.Series((kind != NONE) & (kind != CITIZEN_TAX)).arg_true()
    at = at.filter(frame["text"].gather(at).is_not_null() & ~frame["text"].gather(at).str.contains("*", literal=True))
    text = frame["text"].gather(at)
    code = text.str.slice(pl.Series(_CODE_AT).gather(pl.Series(kind).gather(at)), 9)
    filled = filler.found(text) | filler.found(code)
    return base.refuse(frame, _mask(at.filter(filled), len(frame)), "placeholder")


def _citizens(frame: pl.DataFrame, kind: Types, fails: Mask) -> pl.DataFrame:
    """Numbers that are rather a citizen's get that type, and the text, problem and repair of the citizen cleaner."""
    at = _citizen_suspects(frame["text"], kind, fails)
    if at.is_empty():
        return frame
    found = citizen.clean(frame["text"].gather(at))
    sure = found["problem"].is_null() & (found["id_type"] != "foreign_permit")
    no_registrar = ~frame["text"].gather(at).str.contains(_REGISTRARS)
    likely = (found["problem"] == "check_digit").fill_null(value=False) & no_registrar
    chosen = sure | likely
    at, found = at.filter(chosen), found.filter(chosen)
    kind[at.to_numpy()], fails[at.to_numpy()] = CITIZEN, False
    earlier = pl.DataFrame({"a": frame["repair"].gather(at), "b": found["repair"]})
    repair = earlier.select(pl.concat_str("a", "b", separator=",", ignore_nulls=True).replace("", None)).to_series()
    return frame.with_columns(
        frame["text"].scatter(at, found["value"]),
        frame["problem"].scatter(at, found["problem"]),
        frame["repair"].scatter(at, repair),
    )


def _citizen_suspects(text: pl.Series, kind: Types, fails: Mask) -> pl.Series:
    """Rows of 15 digits that pass no check, rows in a citizen's form that fail as unified code or pass it with an unknown area."""
    unified = kind == UNIFIED
    numbers = unified & text.str.contains(_CITIZEN_FORM).fill_null(value=False).to_numpy()
    doubtful = numbers & fails
    passing = np.flatnonzero(numbers & ~fails)
    area = text.gather(passing).str.slice(2, 6).str.to_integer(strict=False).fill_null(-1).to_numpy()
    doubtful[passing] = ~regions.is_known(area)
    return pl.Series(doubtful | ((kind == REGISTRATION) & fails)).arg_true()


def _refuse_spreadsheet(frame: pl.DataFrame, kind: Types, fails: Mask) -> pl.DataFrame:
    """A failing number of 18 digits that ends in 000 or had a decimal tail went through a spreadsheet: its end is lost."""
    failing = pl.Series(fails & (kind == UNIFIED))
    if not failing.any():
        return frame
    zeros = frame["text"].str.contains(r"^[0-9]{15}000$")
    tail = frame["repair"].str.contains("decimal_tail", literal=True).fill_null(value=False)
    return base.refuse(frame, (failing & (zeros | tail)).fill_null(value=False), "digits_lost")


def _with_parts(frame: pl.DataFrame, kind: Types) -> pl.DataFrame:
    """Parts by the places of the code; a masked code has only its type."""
    text = frame["text"]
    at = pl.Series(np.where(kind == NONE, len(_TYPES), kind))
    hidden = ((frame["problem"] == "masked").fill_null(value=False) | text.is_null()).to_numpy()
    read = pl.Series(np.where(hidden, len(_TYPES), at.to_numpy()))
    text_of = pl.col("text").str
    unified = pl.when(pl.Series(read == UNIFIED))
    cut = frame.select(
        department=unified.then(text_of.slice(0, 1)),
        category=unified.then(text_of.slice(1, 1)),
        division=text_of.slice(pl.Series(_AREA_AT).gather(read), 6),
        organisation=text_of.slice(pl.Series(_CODE_AT).gather(read), 9),
    )
    values = frame.select(pl.col("text").alias("value"), "problem", "repair")
    types = pl.Series("id_type", [*_TYPES, None]).gather(at)
    return values.with_columns(types.set(text.is_null(), None)).hstack(cut)


def owner(series: pl.Series) -> pl.Series:
    """The citizen's number inside each number that is one, or one and two digits more, and has no problem; else null.

    >>> owner(pl.Series(["11010519491231002X", "11010519491231002X01", "91350100M000100Y43"])).to_list()
    ['11010519491231002X', '11010519491231002X', None]
    """
    found = clean(series)
    held = found["problem"].is_null() & found["id_type"].is_in([_TYPES[CITIZEN], _TYPES[CITIZEN_TAX]])
    text = found["value"].str.slice(0, 18)
    return text.set(~held.fill_null(value=False), None).alias(series.name)


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
