"""Kind `number`: an exact decimal with up to ten places.

Accepts thousands separators, full width, signs on either side, brackets for negatives, 万 and 亿, Chinese numerals.
Refuses scientific notation, whose lost digits cannot be had back, and never passes through a float.
"""

from typing import Final

import polars as pl

from casebook.text import numerals, width

_SCALE: Final = 10
_TYPE: Final = pl.Decimal(38, _SCALE)
# What a float leaves behind when a program prints all its digits: 0.30000000000000004, 1234.5599999999999.
_FLOAT_DIGITS: Final = 15
_FLOAT_TAIL: Final = r"^([0-9]*?)(?:0{7,}[0-9]{1,2}|(9{7,}[0-9]{0,2}))$"


def clean(series: pl.Series) -> pl.DataFrame:
    """Columns `value` (Decimal of ten places), `problem`, `repair`.

    Problems: `blank`, `placeholder`, `scientific`, `too_large`, `too_fine` (more than ten places), `unreadable`.
    Repairs: `full_width`, `chinese_numerals`, `unit` (万 or 亿 multiplied out).

    >>> clean(pl.Series(["1,234.50", "-３", "三万五", "1E+17"]))["value"].to_list()
    [Decimal('1234.5000000000'), Decimal('-3.0000000000'), Decimal('35000.0000000000'), None]
    """
    frame = without_float_tail(numerals.read(series)).with_columns(
        is_fine=(pl.col("fraction").str.len_bytes() > _SCALE).fill_null(value=False)
    )
    sign = pl.when("is_negative").then(pl.lit("-")).otherwise(pl.lit(""))
    written = sign + pl.col("whole").cast(pl.String) + "." + pl.col("fraction").str.pad_end(1, "0")
    return frame.select(
        pl.when(~pl.col("is_fine")).then(written).cast(_TYPE, strict=False).alias("value"),
        pl.when(pl.col("problem").is_null() & pl.col("is_fine"))
        .then(pl.lit("too_fine"))
        .otherwise("problem")
        .alias("problem"),
        pl.when(pl.col("whole").is_not_null() & ~pl.col("is_fine")).then(all_repairs(series)).alias("repair"),
    )


def all_repairs(series: pl.Series) -> pl.Expr:
    """`spelling_repairs` and, where the frame's `is_tail` holds, `float_tail`."""
    tail = pl.when("is_tail").then(pl.lit("float_tail"))
    return pl.concat_str(pl.lit(spelling_repairs(series)), tail, separator=",", ignore_nulls=True).replace("", None)


def without_float_tail(read: pl.DataFrame) -> pl.DataFrame:
    """The frame of `numerals.read` without trailing zeros and float noise after the point; adds `is_tail`.

    >>> read = numerals.read(pl.Series(["0.30000000000000004", "1.9999999999999998", "2.50"]))
    >>> without_float_tail(read).select("whole", "fraction", "is_tail").rows()
    [(0, '3', True), (2, '', True), (2, '5', False)]
    """
    digits = pl.col("whole").cast(pl.String).str.strip_chars_start("0") + pl.col("fraction")
    is_tail = pl.col("fraction").str.contains(_FLOAT_TAIL) & (digits.str.len_bytes() >= _FLOAT_DIGITS)
    frame = read.with_columns(is_tail.fill_null(value=False).alias("is_tail"))
    if frame["is_tail"].any():
        frame = _rounded(frame)
    return frame.with_columns(pl.col("fraction").str.strip_chars_end("0").alias("fraction"))


def _rounded(frame: pl.DataFrame) -> pl.DataFrame:
    """Digits before the noise, plus one in their last place where the noise is nines, carried into the whole part."""
    stem = pl.col("fraction").str.extract(_FLOAT_TAIL, 1)
    frame = frame.with_columns(stem.alias("stem"), up=pl.col("fraction").str.extract(_FLOAT_TAIL, 2).is_not_null())
    raised = ("1" + pl.col("stem")).cast(pl.Int64, strict=False) + pl.col("up").cast(pl.Int64)
    frame = frame.with_columns(raised.cast(pl.String).alias("raised"))
    is_known = pl.col("is_tail") & pl.col("raised").is_not_null()
    carry = is_known & pl.col("raised").str.starts_with("2")
    return frame.with_columns(
        pl.when(is_known).then(pl.col("raised").str.slice(1)).otherwise("fraction").alias("fraction"),
        pl.col("whole") + carry.cast(pl.Int64),
    ).drop("stem", "up", "raised")


def spelling_repairs(series: pl.Series) -> pl.Series:
    """What had to be read rather than copied: `full_width`, `chinese_numerals`, `unit`.

    >>> spelling_repairs(pl.Series(["３", "三", "3万", "3"])).to_list()
    ['full_width', 'chinese_numerals', 'unit', None]
    """
    text = series.cast(pl.String)
    return width.repair_codes(
        {
            "full_width": width.is_widened(text),
            "chinese_numerals": text.str.contains("[〇零一二三四五六七八九十壹贰叁肆伍陆柒捌玖拾]"),
            "unit": text.str.contains("[万亿萬億]"),
        }
    )


def compact(text: str) -> str:
    """One number in plain digits; empty when it cannot be read.

    >>> compact("1,234.50"), compact("1E+17")
    ('1234.5', '')
    """
    value = clean(pl.Series([text], dtype=pl.String))["value"].item()
    return "" if value is None else format(value.normalize(), "f")


def is_valid(text: str) -> bool:
    """True when the cell holds one number.

    >>> is_valid("三万五"), is_valid("3或5")
    (True, False)
    """
    return compact(text) != ""


def parts(text: str) -> dict[str, str | None]:
    """What `clean` says of one string beside its value.

    >>> parts("1E+17")
    {'problem': 'scientific', 'repair': None}
    """
    return clean(pl.Series([text], dtype=pl.String)).select("problem", "repair").row(0, named=True)
