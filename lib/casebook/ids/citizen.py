"""Citizen identity number 公民身份号码, GB 11643-1999: 6 area + 8 birth + 3 sequence (odd male) + check character.

Numbers of 15 digits (before 1999: two-digit year, no check) are widened. The area is the place of first registration under the
division table *of that time*: an old code is no error, and one missing in a table that begins in 1981 is only not known. One in
a province that never was is a problem, save the synthetic 900001. Having no check, a number of 15 digits must stand under a code
that GB/T 2260 had: all of them were given out after 1984.

The permits of people from elsewhere share the form and the check: residence permits of Hong Kong, Macau and Taiwan residents
begin with 81, 82, 83 (2018); a foreign permanent resident's number of 2023 is 9 + province 2 + nation 3 (ISO 3166 numeric) + birth 8 +
sequence 3 + check, the older one three letters + 12 digits, kept as it is. 900001 is no such permit: 00 is no province.

A number that went through a spreadsheet ends in 000, and passes its check once in eleven: an ending 000 is refused whatever the
check says. The price is one true number in 1,221 (sequence 100, 200 … 900 with check 0), one woman's in 610; such a person is
linked by name and a second attribute (T3). The sequence 000 is never given out.

A passing check does not prove the person, and a failing one may stand on the certificate: the value is kept, with a problem.
A number one digit short or long is never put right: several numbers fit it, and lost digits are not guessed back.

>>> is_valid("11010519491231002X"), is_valid("110105194912310021")
(True, False)
>>> compact("110105491231002")
'11010519491231002X'
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from casebook.ids import base, division, eighteen, filler, regions

_TYPES = pl.Series(["citizen", "foreign_permit", "hong_kong_permit", "macau_permit", "taiwan_permit"])
_MAINLAND = [province for province in regions.PROVINCES if province < 71]
_FOREIGN, _TAIWAN = 1, 4  # places in _TYPES
_NO_REGION = (_FOREIGN, _TAIWAN)
_SAME_END = 9  # equal digits at the end of 15 that no birth date and sequence number make but 1911-11-11, 111
_OLD_PERMIT = r"^[A-Z]{3}[0-9]{12}$"
_PARTS: Mapping[str, pl.DataType] = {
    "birth_date": pl.Date(),
    "sex": pl.String(),
    "region_code": pl.String(),
    "region_known": pl.Boolean(),
    "region_at_birth": pl.String(),
    "id_type": pl.String(),
}


def clean(series: pl.Series, *, as_of: date | None = None) -> pl.DataFrame:
    """Number, problem, repair; birth_date, sex (男/女), region_code, region_known, region_at_birth, id_type.

    Problems: blank, placeholder, length, characters, digits_lost (E-notation, or an ending 000: a spreadsheet made zeros of the last
    digits), masked, birth_date (impossible, or outside 1850-2099), birth_in_future (after the day `as_of`; not asked when that
    is None), check_digit, sequence (000), region_unknown (a province that never was; of 15 digits: any area that never was, and
    the number stays as it is). The last six keep the value; parts are read from whatever is kept. Filler such as
    111111111111111 or 12345678… is a placeholder.
    Repairs: full_width, decimal_tail, from_15. The parts `region_code`, `region_known` and `region_at_birth` are
    null for the permits of foreigners and Taiwan residents, whose first six digits are no division.
    `flags` tells apart what one problem code cannot.
    """
    frame = _widen(base.stage(series))
    at, digits = eighteen.find(frame["text"])
    read = eighteen.read(digits)
    frame = _judge_form(frame, at)
    verdict = _verdict(frame, at, digits, read)
    frame = base.refuse(frame, verdict["filler"], "placeholder")
    frame = base.refuse(frame, verdict["lost"], "digits_lost")
    frame = base.flag(frame, verdict["birth"], "birth_date")
    if as_of is not None:
        frame = base.flag(frame, _spread(_is_after(read, as_of), at, len(frame)), "birth_in_future")
    frame = base.flag(frame, verdict["check"], "check_digit")
    frame = base.flag(frame, verdict["sequence"], "sequence")
    frame = base.flag(frame, verdict["nowhere"], "region_unknown")
    values = frame.select("problem", "repair", value="text").select("value", "problem", "repair")
    return values.hstack(_parts(frame["text"], at, read))


def flags(series: pl.Series, *, as_of: date | None = None) -> pl.DataFrame:
    """One Boolean for each question, null where there is no number of 18 characters (after cleaning) to ask.

    `check_passes`; `date_exists` (and lies in 1850-2099); `is_born` (no later than `as_of`; null when that is None);
    `region_known` (GB/T 2260 ever had the code); `region_in_force` (when those born that day were given their numbers: false is
    no error, people are registered late). The last two are null
    for the permits of foreigners and Taiwan residents.

    >>> flags(pl.Series(["372421200001010018"])).row(0, named=True)
    {'check_passes': False, 'date_exists': True, 'is_born': None, 'region_known': True, 'region_in_force': False}
    """
    text = clean(series)["value"]
    at, digits = eighteen.find(text)
    read = eighteen.read(digits)
    area, year = read["area"], read["year"]
    here = pl.Series(~np.isin(_type_index(area), _NO_REGION))
    born = pl.Series(~_is_after(read, as_of or date.max)).set(pl.Series(~read["dated"]), None)
    found = {
        "check_passes": pl.Series(read["passes"]),
        "date_exists": pl.Series(read["dated"]),
        "is_born": born.set(pl.Series(np.full(len(at), as_of is None)), None),
        "region_known": pl.Series(regions.is_known(area)).set(~here, None),
        "region_in_force": pl.Series(regions.is_given(area, year)).set(~here, None),
    }
    return pl.DataFrame(found).select(pl.all().gather(_index(at, len(text))))


def _is_after(read: Mapping[str, NDArray[Any]], as_of: date) -> NDArray[np.bool_]:
    """Rows whose birth day exists and is later."""
    after: NDArray[np.bool_] = read["dated"] & (read["born"] > (as_of - date(1970, 1, 1)).days)
    return after


def _widen(frame: pl.DataFrame) -> pl.DataFrame:
    """15 digits under a known area get the century and the check character; filler is refused."""
    old = frame["text"].str.len_bytes() == 15
    if not old.any():
        return frame
    at = (old & frame["text"].str.contains("^[0-9]{15}$")).fill_null(value=False).arg_true()
    text = frame["text"].gather(at)
    digits = base.characters(text, 15) - ord("0")
    filled = filler.is_filler(digits) | (digits[:, -_SAME_END:] == digits[:, -1:]).all(axis=1)
    area = text.str.slice(0, 6).cast(pl.Int64).to_numpy()
    known = regions.is_known(area) | (area == regions.SYNTHETIC)
    rows = at.to_numpy()
    frame = base.refuse(frame, _spread(filled, rows, len(frame)), "placeholder")
    frame = base.flag(frame, _spread(~known & ~filled, rows, len(frame)), "region_unknown")
    at, text = at.filter(pl.Series(known & ~filled)), text.filter(pl.Series(known & ~filled))
    return base.amend(frame, at, eighteen.with_check(text.str.slice(0, 6) + "19" + text.str.slice(6)), "from_15")


def _judge_form(frame: pl.DataFrame, at: NDArray[np.int64]) -> pl.DataFrame:
    """Texts that are no number of 18 characters and no old foreign permit are refused; masked ones are kept."""
    other = np.ones(len(frame), np.bool_)
    other[at] = False
    odd = pl.Series(other) & frame["text"].is_not_null() & frame["problem"].is_null()
    if not odd.any():
        return frame
    masked = odd & frame["text"].str.contains(base.MASKED)
    wrong = odd & ~masked & ~frame["text"].str.contains(_OLD_PERMIT)
    long = frame["text"].str.len_chars() == 18
    frame = base.flag(frame, masked.fill_null(value=False), "masked")
    frame = base.refuse(frame, (wrong & long).fill_null(value=False), "characters")
    return base.refuse(frame, (wrong & ~long).fill_null(value=False), "length")


def _verdict(
    frame: pl.DataFrame, at: NDArray[np.int64], digits: base.Bytes, read: Mapping[str, NDArray[Any]]
) -> dict[str, pl.Series]:
    """Masks over all rows: digits lost, impossible date, failing check, sequence 000, province that never was, filler."""
    fails = ~read["passes"]
    lost = (read["sequence"] % 100 == 0) & (digits[:, 17] == 0)
    tail = frame["repair"].str.contains("decimal_tail", literal=True).fill_null(value=False)
    if tail.any():
        lost |= tail.to_numpy()[at] & (fails | eighteen.fits_a_double(digits)) & ~_was_15(frame, at)
    nowhere = ~regions.is_province(read["area"]) & (_type_index(read["area"]) != _FOREIGN)
    by_fives = (digits[:, 0] == digits[:, 5]) & (digits[:, 7] == digits[:, 12])  # the only pattern that can hold a date
    doubtful = np.flatnonzero(fails | ~read["dated"] | nowhere | by_fives)
    filled = np.zeros(len(at), np.bool_)
    filled[doubtful] = filler.is_filler(digits[doubtful])
    masks = {
        "lost": lost, "birth": ~read["dated"], "check": fails, "sequence": read["sequence"] == 0,
        "nowhere": nowhere, "filler": filled,
    }  # fmt: skip
    return {name: _spread(mask, at, len(frame)) for name, mask in masks.items()}


def _was_15(frame: pl.DataFrame, at: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Rows widened from 15 digits: a spreadsheet keeps these exactly."""
    return frame["repair"].str.contains("from_15", literal=True).fill_null(value=False).to_numpy()[at]


def _spread(mask: NDArray[np.bool_], at: NDArray[np.int64], height: int) -> pl.Series:
    """A mask over the rows `at` as a mask over all rows."""
    wide = np.zeros(height, np.bool_)
    wide[at] = mask
    return pl.Series(wide)


def _index(at: NDArray[np.int64], height: int) -> pl.Series:
    """For every row its place among the rows `at`; null for the others."""
    place = np.full(height, -1, np.int64)
    place[at] = np.arange(len(at))
    index = pl.Series(place)
    return index if len(at) == height else index.set(index < 0, None)


def _parts(text: pl.Series, at: NDArray[np.int64], read: Mapping[str, NDArray[Any]]) -> pl.DataFrame:
    """The parts of every row; null where there is no number of 18 characters."""
    index = _index(at, len(text))
    index = index.set(text.is_null(), None) if text.null_count() else index
    found = _describe(read).select(pl.all().gather(index)) if len(at) else _no_parts(len(text))
    found = found.with_columns(region_code=pl.when(pl.col("area").is_not_null()).then(text.str.slice(0, 6)))
    if (text.str.len_bytes() == 15).any():
        kind = pl.when(text.str.contains(_OLD_PERMIT)).then(pl.lit("foreign_permit")).otherwise("id_type")
        found = found.with_columns(id_type=kind)
    return found.select(list(_PARTS))


def _no_parts(height: int) -> pl.DataFrame:
    schema = {**_PARTS, "area": pl.Int64()}
    return pl.DataFrame({name: pl.repeat(None, height, dtype=kind, eager=True) for name, kind in schema.items()})


def _describe(read: Mapping[str, NDArray[Any]]) -> pl.DataFrame:
    """Parts of the rows that have 18 characters; `area` is null for foreign permits."""
    area, dated = read["area"], pl.Series(read["dated"])
    kind = _type_index(area)
    rows = regions.rows_as_of(area, read["year"])
    rows[np.isin(kind, _NO_REGION)] = -1
    born = pl.Series(read["born"]).cast(pl.Date)
    here = pl.Series(~np.isin(kind, _NO_REGION))
    return pl.DataFrame(
        {
            "birth_date": born.set(~dated, None),
            "sex": pl.Series(["女", "男"]).gather(read["sequence"] % 2),
            "region_known": pl.Series(rows >= 0).set(~here, None),
            "region_at_birth": division.history().take("name", rows),
            "id_type": _TYPES.gather(kind),
            "area": pl.Series(area).set(~here, None),
        }
    )


def _type_index(area: NDArray[Any]) -> NDArray[np.int64]:
    """Place in `_TYPES` by the first six digits."""
    kind = np.zeros(len(area), np.int64)
    at = np.flatnonzero(area >= 810_000)
    if not len(at):
        return kind
    head, rest = area[at] // 10_000, area[at] % 100_000
    nation = np.isin(rest // 1_000, _MAINLAND) & (rest % 1_000 > 0)
    kind[at] = np.where((head >= 81) & (head <= 83), head - 79, np.where((head >= 90) & nation, _FOREIGN, 0))
    return kind


def compact(text: str) -> str:
    """The number without blanks and marks, widened to 18 characters; empty when none can be had.

    >>> compact("'11010519491231002x ")
    '11010519491231002X'
    """
    return base.only(clean(pl.Series([text])))["value"] or ""


def is_valid(text: str) -> bool:
    """Whether the text holds a number with a possible birth date and a passing check."""
    return base.only(clean(pl.Series([text])))["problem"] is None


def parts(text: str) -> dict[str, Any]:
    """Birth date, sex, region and type of one number.

    >>> parts("11010519491231002X")["sex"], parts("90000119900307234X")["id_type"]
    ('女', 'citizen')
    >>> parts("911124198108030024")["id_type"]
    'foreign_permit'
    """
    row = base.only(clean(pl.Series([text])))
    return {name: row[name] for name in _PARTS}
