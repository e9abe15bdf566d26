"""Kind `area`: whole units of 0.01 m² (dm²), exactly.

1 亩 = 2000/3 m², 1 分 = 1/10 亩, 1 公顷 = 15 亩 = 10,000 m². The unit in the cell wins over the unit of the header. Values are
rounded half up to 0.01 m², once. Published tables exist with 亩 and m² swapped; `measure/unit_conflict.py` names that, and
nothing here ever converts on suspicion.
Source: 国务院关于在我国统一实行法定计量单位的命令 (1984); 国土资源部 conversion 1 亩 = 666.67 m² is its rounding.
"""

from typing import Final

import polars as pl

from casebook.errors import ParameterError
from casebook.measure import numbers
from casebook.text import numerals, width

# How many thirds of 0.01 m² one unit holds.
_THIRDS: Final = {
    "平方米": 300,
    "亩": 200_000,
    "分": 20_000,
    "公顷": 3_000_000,
    "平方公里": 300_000_000,
    "万平方米": 3_000_000,
    "万亩": 2_000_000_000,
    "万公顷": 30_000_000_000,
}
_SYNONYMS: Final = {
    "": None,
    **{name: name for name in _THIRDS},
    "㎡": "平方米",
    "m²": "平方米",
    "m2": "平方米",
    "M2": "平方米",
    "M²": "平方米",
    "平米": "平方米",
    "平方": "平方米",
    "平": "平方米",
    "市亩": "亩",
    "畝": "亩",
    "ha": "公顷",
    "hm2": "公顷",
    "hm²": "公顷",
    "k㎡": "平方公里",
    "km2": "平方公里",
    "km²": "平方公里",
    "㎢": "平方公里",
    "万㎡": "万平方米",
    "万m2": "万平方米",
    "万m²": "万平方米",
}
_UNIT: Final = (
    r"(?:平方公里|万?平方米|万?平米|平方|平|市亩|万?亩|畝|万?公顷|分|hm[2²]|ha|万?㎡|k㎡|㎢|km[2²]|万?[mM][2²])$"
)
_FINE: Final = 12  # digits after the point that take part in the rounding
_LONGEST: Final = 13  # digits before it, so that the largest unit still fits Int64 after conversion


def clean(series: pl.Series, unit: str = "平方米") -> pl.DataFrame:
    """Columns `value` (Int64, 0.01 m²), `problem`, `repair`; `unit` is what a bare number counts.

    Problems: `blank`, `placeholder`, `scientific`, `too_large`, `negative`, `total_row`, `unreadable`.
    Repairs: `full_width`, `chinese_numerals`, `unit_in_cell` (the cell names another unit than the header), `float_tail`.

    >>> clean(pl.Series(["30亩", "42538.29平方米", "59352.36㎡", "2公顷"]))["value"].to_list()
    [2000000, 4253829, 5935236, 2000000]
    >>> clean(pl.Series(["1.5"]), unit="亩")["value"].item()
    100000
    """
    if _SYNONYMS.get(unit) is None:
        raise ParameterError(
            f"An area unit must be one of {'/'.join(_THIRDS)}; '{unit}' was given: correct the contract."
        )
    header = str(_SYNONYMS[unit])
    text = _single(width.trim(series).str.replace_all(" ", ""))
    found = (
        text.str.extract(f"({_UNIT})", 1).fill_null("").replace_strict(_SYNONYMS, default=None, return_dtype=pl.String)
    )
    read = numbers.without_float_tail(numerals.read(text.str.replace(_UNIT, "")))
    frame = read.with_columns(found.alias("found"), width.problem_of_trimmed(text).alias("nothing"))
    return _finish(frame.with_columns(pl.col("found").fill_null(header).alias("unit")), header, series)


def _single(text: pl.Series) -> pl.Series:
    """一亩半 as 一点五亩, 3亩5分 as 3点5亩, 半亩 as 零点五亩: one number with one unit."""
    if not text.str.contains("半|亩.*分$").any():
        return text
    digit = "[0-9〇零一二两三四五六七八九十百千万]"
    text = text.str.replace(rf"^({digit}+)({_UNIT.removesuffix('$')})半$", "${1}点五${2}")
    text = text.str.replace("^半(亩|公顷|分)$", "零点五${1}")
    return text.str.replace(rf"^({digit}+)亩零?([0-9一二三四五六七八九])分$", "${1}点${2}亩")


def _finish(frame: pl.DataFrame, header: str, series: pl.Series) -> pl.DataFrame:
    thirds = pl.col("unit").replace_strict(_THIRDS, return_dtype=pl.Int64)
    frame = frame.with_columns(_problem().alias("problem"), thirds.alias("thirds"))
    is_other = pl.col("found").is_not_null() & (pl.col("found") != header)
    tail = pl.when("is_tail").then(pl.lit("float_tail"))
    other = pl.when(is_other).then(pl.lit("unit_in_cell"))
    spelling = numbers.spelling_repairs(series.cast(pl.String).str.replace_all("[万萬]", ""))
    repair = pl.concat_str(pl.lit(spelling), other, tail, separator=",", ignore_nulls=True).replace("", None)
    is_good = pl.col("problem").is_null()
    frame = frame.with_columns(pl.when(is_good).then(_rounded()).cast(pl.Int64, strict=False).alias("value"))
    return frame.select(
        "value",
        pl.when(is_good & pl.col("value").is_null()).then(pl.lit("too_large")).otherwise("problem").alias("problem"),
        pl.when(pl.col("value").is_not_null()).then(repair).alias("repair"),
    )


def _problem() -> pl.Expr:
    """Why there is no area; a unit without a number is unreadable."""
    return (
        pl.when(pl.col("nothing").is_not_null())
        .then("nothing")
        .when(pl.col("problem") == "blank")
        .then(pl.lit("unreadable"))
        .when(pl.col("problem").is_not_null())
        .then("problem")
        .when("is_negative")
        .then(pl.lit("negative"))
        .when(pl.col("whole") >= 10**_LONGEST)
        .then(pl.lit("too_large"))
    )


def _rounded() -> pl.Expr:
    """whole.fraction × thirds / 3, half up: the whole part and the digits after the point are joined in 128 bits."""
    wide = pl.Int128
    ten = pl.lit(10**_FINE, dtype=wide)
    digits = pl.col("fraction").str.slice(0, _FINE).str.pad_end(_FINE, "0").cast(pl.Int64, strict=False)
    number = pl.col("whole").cast(wide) * ten + digits.cast(wide)
    parts = number * pl.col("thirds").cast(wide) * pl.lit(2, dtype=wide)
    return (parts + pl.lit(3 * 10**_FINE, dtype=wide)) // pl.lit(6 * 10**_FINE, dtype=wide)


def size_dm2(unit: str) -> float:
    """How many times 0.01 m² one unit holds (亩: 66,666.67).

    >>> size_dm2("公顷"), round(size_dm2("亩"), 2)
    (1000000.0, 66666.67)
    """
    if _SYNONYMS.get(unit) is None:
        raise ParameterError(f"An area unit must be one of {'/'.join(_THIRDS)}; '{unit}' was given.")
    return _THIRDS[str(_SYNONYMS[unit])] / 3


def to_m2(dm2: pl.Series) -> pl.Series:
    """0.01 m² as m² with two decimals, for people and CSV; null stays null.

    >>> to_m2(pl.Series([2000000, None])).to_list()
    ['20000.00', None]
    """
    size = dm2.cast(pl.Int64)
    return ((size // 100).cast(pl.String) + "." + (size % 100).cast(pl.String).str.zfill(2)).alias(dm2.name)


def show(dm2: int) -> str:
    """0.01 m² as m² with thousands separators.

    >>> show(2000000)
    '20,000.00'
    """
    return f"{dm2 // 100:,}.{dm2 % 100:02}"


def compact(text: str) -> str:
    """One area in m² with two decimals; empty when it cannot be read.

    >>> compact("30亩")
    '20000.00'
    """
    value: str | None = to_m2(clean(pl.Series([text], dtype=pl.String))["value"]).item()
    return value or ""


def is_valid(text: str) -> bool:
    """True when the cell holds one area.

    >>> is_valid("3公顷"), is_valid("-3")
    (True, False)
    """
    return compact(text) != ""


def parts(text: str) -> dict[str, str | None]:
    """What `clean` says of one string beside its value.

    >>> parts("30亩")
    {'problem': None, 'repair': 'unit_in_cell'}
    """
    return clean(pl.Series([text], dtype=pl.String)).select("problem", "repair").row(0, named=True)
