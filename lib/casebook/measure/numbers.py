"""Kind `number`: an exact decimal with up to ten places.

Accepts thousands separators, full width, a sign before the number, brackets for negatives, 万 and 亿, Chinese numerals, proportions
(百分之五, 5%, 千分之三) as fractions of one, and a counting word behind the number (12人, 三户). Scientific notation is read where
no digit can be lost; in the form in which a spreadsheet shows long numbers (3.71421E+17) it is refused, for its digits cannot be
had back. Nothing passes through a float.
"""

from typing import Final

import polars as pl

from casebook.text import numerals, width

_SCALE: Final = 10
_TYPE: Final = pl.Decimal(38, _SCALE)
# What a float leaves behind when a program prints all its digits: 0.30000000000000004, 1234.5599999999999.
_FLOAT_DIGITS: Final = 15
_FLOAT_TAIL: Final = r"^([0-9]*?)(?:0{7,}[0-9]{1,2}|(9{7,}[0-9]{0,2}))$"
_WORDS: Final = "[eE%‰之人户个件名次条家只辆套间栋张份笔项位口台元]"
_PROPORTION: Final = {"百分之": 2, "%": 2, "千分之": 3, "‰": 3, "万分之": 4}
_DIGIT: Final = "[0-9〇零一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟]"
_COUNTED: Final = rf"^(.*{_DIGIT}) ?(?:人次|[人户个件名次条家只辆套间栋张份笔项位口台元])$"
# A spreadsheet turns to scientific notation at twelve digits and then shows six of them.
_SHOWN_WHOLE: Final = 11
_SCIENTIFIC: Final = r"^([-+]?)([0-9])(?:\.([0-9]{0,17}))?[eE]([-+]?[0-9]{1,2})$"


def clean(series: pl.Series) -> pl.DataFrame:
    """Columns `value` (Decimal of ten places), `problem`, `repair`.

    Problems: `blank`, `placeholder`, `scientific`, `too_large`, `too_fine` (more than ten places), `total_row` (合计1200),
    `unreadable`.
    Repairs: `full_width`, `chinese_numerals`, `unit` (万 or 亿 multiplied out), `float_tail`, `scientific`, `percent` (a proportion
    as a fraction of one), `counting_word` (dropped).

    >>> clean(pl.Series(["1,234.50", "-３", "三万五", "1E+17", "百分之五"]))["value"].to_list()
    [Decimal('1234.5000000000'), Decimal('-3.0000000000'), Decimal('35000.0000000000'), None, Decimal('0.0500000000')]
    """
    trimmed = width.trim(series)
    text, said = _reworded(trimmed)
    frame = without_float_tail(numerals.read_trimmed(text)).with_columns(said)
    if said["percent"].any():
        frame = _as_proportion(frame)
    frame = frame.with_columns(is_fine=(pl.col("fraction").str.len_bytes() > _SCALE).fill_null(value=False))
    sign = pl.when("is_negative").then(pl.lit("-")).otherwise(pl.lit(""))
    written = sign + pl.col("whole").cast(pl.String) + "." + pl.col("fraction").str.pad_end(1, "0")
    return frame.select(
        pl.when(~pl.col("is_fine")).then(written).cast(_TYPE, strict=False).alias("value"),
        pl.when(pl.col("problem").is_null() & pl.col("is_fine"))
        .then(pl.lit("too_fine"))
        .otherwise("problem")
        .alias("problem"),
        pl.when(pl.col("whole").is_not_null() & ~pl.col("is_fine")).then(all_repairs(series, *_WORDED)).alias("repair"),
    )


_WORDED: Final = ("scientific", "percent", "counting_word")


def _reworded(text: pl.Series) -> tuple[pl.Series, pl.DataFrame]:
    """The number alone, and what was around it: the columns of `_WORDED` and `power`, the places a proportion moves the point."""
    if not text.str.contains(_WORDS).any():
        never = pl.Series([False]).new_from_index(0, len(text))
        return text, pl.DataFrame(dict.fromkeys(_WORDED, never))
    plain, is_scientific = _plain_notation(text)
    bare, power = _without_proportion(plain)
    counted = bare.str.extract(_COUNTED, 1)
    said = {"scientific": is_scientific, "percent": power > 0, "counting_word": counted.is_not_null(), "power": power}
    return counted.fill_null(bare), pl.DataFrame(said)


def _plain_notation(text: pl.Series) -> tuple[pl.Series, pl.Series]:
    """1.23E+5 as 123000 and 1E-05 as 0.00001; text whose digits may be lost stays as it is."""
    groups = text.str.extract_groups(_SCIENTIFIC).struct.unnest()
    frame = groups.select(
        pl.col("1").alias("sign"),
        (pl.col("2") + pl.col("3").fill_null("")).alias("digits"),
        pl.col("4").cast(pl.Int64).alias("power"),
    )
    places = pl.col("power") + 1
    large = pl.col("digits").str.slice(0, places).str.pad_end(places, "0") + "." + pl.col("digits").str.slice(places)
    zeros = pl.lit("").str.pad_end(-places, "0")
    number = pl.when(pl.col("power") >= 0).then(large).otherwise("0." + zeros + pl.col("digits"))
    is_whole = (pl.col("power") < _SHOWN_WHOLE) | (pl.col("digits").str.len_bytes() >= places)
    written = frame.select(pl.when(is_whole).then(pl.col("sign") + number)).to_series()
    return written.fill_null(text), written.is_not_null()


def _without_proportion(text: pl.Series) -> tuple[pl.Series, pl.Series]:
    """The number of a proportion, and the places its point moves to the left."""
    text = text.replace("百分之百", "百分之一百")
    pattern = r"^([-负]?)(?:(百分之|千分之|万分之)([^%‰]+)|([^%‰-]+?) ?(%|‰))$"
    groups = text.str.extract_groups(pattern).struct.unnest()
    power = groups["2"].fill_null(groups["5"]).replace_strict(_PROPORTION, default=None, return_dtype=pl.Int64)
    return (groups["1"] + groups["3"].fill_null(groups["4"])).fill_null(text), power.fill_null(0)


def _as_proportion(frame: pl.DataFrame) -> pl.DataFrame:
    """The point moved to the left by `power` places."""
    power = pl.col("power")
    digits = pl.col("whole").cast(pl.String).str.zfill(power + 1)
    moved = digits.str.slice(digits.str.len_bytes() - power) + pl.col("fraction")
    kept = digits.str.slice(0, digits.str.len_bytes() - power).cast(pl.Int64)
    is_moved = (power > 0) & pl.col("whole").is_not_null()
    return frame.with_columns(
        pl.when(is_moved).then(kept).otherwise("whole").alias("whole"),
        pl.when(is_moved).then(moved).otherwise("fraction").str.strip_chars_end("0").alias("fraction"),
    )


def all_repairs(series: pl.Series, *flags: str) -> pl.Expr:
    """`spelling_repairs`, `float_tail` where the frame's `is_tail` holds, and the names of the flags that are true in it."""
    named = [pl.when("is_tail").then(pl.lit("float_tail")), *(pl.when(flag).then(pl.lit(flag)) for flag in flags)]
    return pl.concat_str(pl.lit(spelling_repairs(series)), *named, separator=",", ignore_nulls=True).replace("", None)


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
            "chinese_numerals": text.str.contains("[〇零一二两三四五六七八九十廿卅半壹贰叁肆伍陆柒捌玖拾]"),
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
