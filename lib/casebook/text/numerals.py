"""Numbers as people write them: 1,234.50, 3.5万, 3万5千, 一百二十三点四, 壹拾贰万叁仟肆佰伍拾陆, 二〇二三.

`read` splits each into an exact whole part (Int64) and the digits after the point (String), so that no value ever
passes through a float. Scientific notation is refused: its lost digits cannot be had back.
Source: 会计基础工作规范 art. 52 for the capital numerals.
"""

from typing import Final

import polars as pl

from casebook.text import width

_DIGITS: Final = {
    digit: str(value)
    for value, digits in enumerate(
        ["零〇○◯", "一壹弌壱", "二贰貳弐两兩", "三叁參叄参弎", "四肆", "五伍", "六陆陸", "七柒", "八捌", "九玖"]
    )
    for digit in digits
}
_UNITS: Final = {
    "拾": "十",
    "佰": "百",
    "仟": "千",
    "萬": "万",
    "億": "亿",
    "點": "点",
    "廿": "2十",
    "卅": "3十",
    "卌": "4十",
}
_POWERS: Final = {"": 0, "十": 1, "百": 2, "千": 3, "万": 4, "十万": 5, "百万": 6, "千万": 7} | {
    unit + "亿": power + 8 for unit, power in (("", 0), ("十", 1), ("百", 2), ("千", 3), ("万", 4), ("十万", 5))
}
_LONGEST: Final = 18  # digits that fit Int64 with certainty
_MINUS: Final = r"^(?:-|−|–|负|負)"
_GROUPED: Final = r"^([0-9]{1,3})((?:[, ][0-9]{3})+)((?:\.[0-9]*)?[^0-9,. ]*)$"


def to_digits(series: pl.Series) -> pl.Series:
    """Chinese digits and units, capital or not, turned into 0-9 and 十百千万亿点.

    >>> to_digits(pl.Series(["二〇二三", "壹拾贰萬"])).to_list()
    ['2023', '1十2万']
    """
    table = _DIGITS | _UNITS
    return series.str.replace_many(list(table), list(table.values()))


def below_hundred(series: pl.Series) -> pl.Series:
    """Text with numerals such as 十, 十六, 二十, 二十六 turned into 10, 16, 20, 26 wherever they stand.

    >>> below_hundred(pl.Series(["二〇二三年八月十六日", "廿五号"])).to_list()
    ['2023年8月16日', '25号']
    """
    text = to_digits(series)
    text = text.str.replace_all(r"([0-9])十([0-9])", "${1}${2}").str.replace_all(r"([0-9])十", "${1}0")
    return text.str.replace_all(r"十([0-9])", "1${1}").str.replace_all("十", "10")


def read(series: pl.Series) -> pl.DataFrame:
    """The number in each cell, exactly.

    Columns `whole` (Int64, not negative), `fraction` (String of digits, may be empty), `is_negative`, `is_clipped` (三万五:
    the unit of the last digit is understood), `problem` (`blank`, `placeholder`, `scientific`, `too_large`, `unreadable`).

    >>> read(pl.Series(["-1,234.50", "3.5万", "壹拾贰万叁仟", "1E+17"])).select("whole", "fraction", "problem").rows()
    [(1234, '50', None), (35000, '', None), (123000, '', None), (None, None, 'scientific')]
    """
    text = width.trim(series)
    body, is_negative = _signed(text)
    frame = _plain(body)
    is_odd = frame["whole_text"].is_null() & body.is_not_null()
    if is_odd.any():
        frame = _with_ideographic(frame, body, is_odd)
    blank = width.problem_of_trimmed(text)
    return _shifted(frame).select(
        "whole", "fraction", is_negative.alias("is_negative"), "is_clipped", _problem(blank, body)
    )


def _signed(text: pl.Series) -> tuple[pl.Series, pl.Series]:
    """The text without sign, thousands separators and outer blanks; and whether it is negative."""
    in_brackets = text.str.contains(r"^\([0-9][0-9,.]*\)$")
    is_negative = text.str.contains(_MINUS) | text.str.contains(r"^[0-9][0-9,.]*-$") | in_brackets
    body = text
    if text.str.contains(r"[-−–+负負()]").any():
        body = text.str.replace(_MINUS, "").str.replace(r"^\+", "").str.replace(r"^([0-9][0-9,.]*)-$", "${1}")
        body = body.str.replace(r"^\(([0-9][0-9,.]*)\)$", "${1}")
    body = body.str.strip_chars(" ")
    if body.str.contains(r"[, ]").any():
        groups = body.str.extract_groups(_GROUPED).struct.unnest()
        joined = groups["1"] + groups["2"].str.replace_all("[, ]", "") + groups["3"]
        body = joined.fill_null(body.str.replace_all(r" *([^0-9 ]) *", "${1}"))
    return body, is_negative.fill_null(value=False)


def _plain(body: pl.Series) -> pl.DataFrame:
    """Arabic digits with an optional point and unit; null where the text is anything else."""
    groups = body.str.extract_groups(r"^([0-9]*)(?:\.([0-9]*))?([十百千万亿]*)$").struct.unnest()
    groups.columns = ["whole_text", "fraction", "unit"]
    has_digit = (pl.col("whole_text") != "") | (pl.col("fraction").fill_null("") != "")
    return groups.with_columns(
        pl.when(has_digit).then("whole_text").alias("whole_text"),
        pl.col("fraction").fill_null(""),
        pl.lit(value=False).alias("is_clipped"),
    )


def _with_ideographic(frame: pl.DataFrame, body: pl.Series, is_odd: pl.Series) -> pl.DataFrame:
    """The frame with the rows marked odd read as Chinese numerals."""
    rows = is_odd.arg_true()
    found = _ideographic(body.gather(rows)).with_columns(rows.alias("place"))
    return (
        frame.with_row_index("place")
        .join(found, on="place", how="left", maintain_order="left", suffix="_found")
        .select(
            pl.coalesce("whole_text_found", "whole_text").alias("whole_text"),
            pl.coalesce("fraction_found", "fraction").alias("fraction"),
            pl.coalesce("unit_found", "unit").alias("unit"),
            pl.coalesce("is_clipped_found", "is_clipped").alias("is_clipped"),
        )
    )


def _ideographic(body: pl.Series) -> pl.DataFrame:
    """Chinese numerals: 亿 and 万 cut the text into sections of four places, a section is read from a table."""
    mapped = to_digits(body)
    head, tail = _halves(mapped, "点")
    after = tail.str.extract_groups(r"^([0-9]+)([十百千万亿]*)$").struct.unnest()
    first, second = _halves(head, "亿")
    has_high = second.is_not_null()
    high = first.set(~has_high, None)
    low = second.fill_null(first)
    frame = pl.DataFrame({"high": _eight_places(high), "low": _eight_places(low), "has_high": has_high})
    frame = frame.with_columns(
        _clipped(mapped.str.slice(-2)),
        after["1"].alias("fraction"),
        after["2"].alias("unit"),
        is_sound=(head != "") & (high.is_null() | (high != "")) & (tail.is_null() | after["1"].is_not_null()),
    )
    is_whole = pl.col("is_sound") & (~pl.col("has_high") | ((pl.col("low") < 10**8) & (pl.col("high") < 10**9)))
    total = pl.when("has_high").then(pl.col("high") * 10**8).otherwise(0) + pl.col("low") + pl.col("more").fill_null(0)
    return frame.select(
        pl.when(is_whole).then(total.cast(pl.String)).alias("whole_text"),
        pl.col("fraction").fill_null(""),
        pl.col("unit").fill_null(""),
        pl.col("more").is_not_null().alias("is_clipped"),
    )


def _clipped(end: pl.Series) -> pl.Series:
    """What a last digit without its unit adds to its face value: in 三万五 the 5 is 5 thousand, so 4,995; else null."""
    ends = end.str.extract_groups("^([百千万亿])([1-9])$").struct.unnest()
    power = ends["1"].replace_strict(_POWERS, default=None, return_dtype=pl.Int64)
    frame = pl.DataFrame({"power": power, "digit": ends["2"].cast(pl.Int64)})
    step = pl.lit(10, pl.Int64).pow(pl.col("power") - 1) - 1
    return frame.select((pl.col("digit") * step).alias("more")).to_series()


def _halves(text: pl.Series, sign: str) -> tuple[pl.Series, pl.Series]:
    """The text before the first sign and after it; the second is null where there is no sign."""
    halves = text.str.splitn(sign, 2).struct.unnest()
    return halves["field_0"], halves["field_1"]


def _eight_places(text: pl.Series) -> pl.Series:
    """The value of text with at most one 万."""
    first, second = _halves(text, "万")
    has_high = second.is_not_null()
    frame = pl.DataFrame(
        {
            "high": _section(first.set(~has_high | (first == ""), None)),
            "low": _section(second.fill_null(first)),
            "has_high": has_high,
        }
    )
    total = pl.col("high") * 10_000 + pl.col("low")
    is_sound = (pl.col("low") < 10_000) & (pl.col("high") < 10**9)
    return frame.select(pl.when(~pl.col("has_high")).then("low").when(is_sound).then(total).alias("value")).to_series()


def _section(text: pl.Series) -> pl.Series:
    """The value of 5千4百3十2, 1千05 or plain digits; the distinct sections are few, so each is read once."""
    distinct = text.drop_nulls().unique()
    groups = distinct.str.extract_groups(
        r"^(?:(0?[0-9]?)千)?(?:(0*[0-9]?)百)?(?:(0*[0-9]?)十)?(0*[0-9]?)$"
    ).struct.unnest()
    total = pl.lit(0, pl.Int64)
    for name, unit in (("1", 1000), ("2", 100), ("3", 10)):
        times = pl.when(pl.col(name) == "").then(1).otherwise(pl.col(name).cast(pl.Int64, strict=False))
        total = total + times.fill_null(0) * unit
    ones = pl.col("4").replace("", "0").cast(pl.Int64, strict=False)
    composed = groups.select((total + ones).alias("value")).to_series()
    value = composed.fill_null(_plain_section(distinct))
    return text.replace_strict(distinct, value, default=None, return_dtype=pl.Int64)


def _plain_section(distinct: pl.Series) -> pl.Series:
    digits = distinct.str.extract(r"^([0-9]{1,18})$", 1)
    return digits.cast(pl.Int64, strict=False)


def _shifted(frame: pl.DataFrame) -> pl.DataFrame:
    """The point moved right by the unit: 3.5万 is 35000 and no fraction."""
    power = pl.col("unit").replace_strict(_POWERS, default=None, return_dtype=pl.Int64)
    frame = frame.with_columns(power.alias("power")).with_columns(
        pl.when(pl.col("power") == 0)
        .then("whole_text")
        .otherwise(
            pl.col("whole_text") + pl.col("fraction").str.slice(0, pl.col("power")).str.pad_end(pl.col("power"), "0")
        )
        .alias("digits")
    )
    return (
        frame.with_columns(
            pl.col("digits").str.strip_chars_start("0").alias("digits"),
            pl.col("fraction").str.slice(pl.col("power")).alias("fraction"),
        )
        .with_columns(
            pl.when(pl.col("digits").str.len_bytes() <= _LONGEST)
            .then(pl.when(pl.col("digits") == "").then(pl.lit("0")).otherwise("digits").cast(pl.Int64, strict=False))
            .alias("whole"),
            (pl.col("digits").str.len_bytes() > _LONGEST).fill_null(value=False).alias("is_too_large"),
        )
        .with_columns(pl.when(pl.col("whole").is_not_null()).then("fraction").alias("fraction"))
    )


def _problem(blank: pl.Series, body: pl.Series) -> pl.Expr:
    """Why there is no number: nothing written, digits lost, more digits than can be held, or no number at all."""
    is_scientific = body.str.contains(r"(?i)^[0-9]*\.?[0-9]*e[-+]?[0-9]+$")
    return (
        pl.when(blank.is_not_null())
        .then(blank)
        .when(is_scientific)
        .then(pl.lit("scientific"))
        .when(pl.col("is_too_large"))
        .then(pl.lit("too_large"))
        .when(pl.col("whole").is_null())
        .then(pl.lit("unreadable"))
        .alias("problem")
    )
