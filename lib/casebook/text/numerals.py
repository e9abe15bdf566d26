"""Numbers as people write them: 1,234.50, 3.5万, 3万5千, 一百二十三点四, 壹拾贰万叁仟肆佰伍拾陆, 二〇二三.

`read` splits each into an exact whole part (Int64) and the digits after the point (String), so that no value ever
passes through a float. Scientific notation is refused: its lost digits cannot be had back.
Source: 会计基础工作规范 art. 52 for the capital numerals.
"""

from functools import cache
from typing import Final

import polars as pl

from casebook.text import width, written_numbers

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
_GROUPED: Final = r"^([1-9][0-9]{0,2})((?:,[0-9]{3})+|(?: [0-9]{3})+)((?:\.[0-9]*)?[^0-9,. ]*)$"
TOTALS: Final = "合计|合計|小计|小計|总计|總計|总共|共计|共計|累计|累計|总额|总和|总数|汇总|(?i:total)"
"""Words of a row that sums up others; what stands beside them is counted already."""
_POINT: Final = "[点點.半]"
# Two neighbours side by side say "about": 七八 is seven or eight, 三五 a few.
_ABOUT: Final = ("一二", "二三", "两三", "三四", "三五", "四五", "五六", "六七", "七八", "八九")


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
    old, new = _two_digits()
    return series.str.replace_many(old, new, leftmost=True)


@cache
def _two_digits() -> tuple[list[str], list[str]]:
    """Every way of writing 0 to 99, longest first, and the digits."""
    ways: dict[str, str] = {}
    for ten, digits in (("十", "一二三四五六七八九"), ("拾", "壹贰叁肆伍陆柒捌玖")):
        tens = {ten: 1} | {digit + ten: value for value, digit in enumerate(digits, start=1)}
        tens |= {"廿": 2, "卅": 3, "卌": 4} if ten == "十" else {}
        ways |= {word: f"{value}0" for word, value in tens.items()}
        ways |= {
            word + one: f"{value}{place}" for word, value in tens.items() for place, one in enumerate(digits, start=1)
        }
    longest_first = sorted((ways | _DIGITS).items(), key=lambda pair: -len(pair[0]))
    return [old for old, _ in longest_first], [new for _, new in longest_first]


def read(series: pl.Series) -> pl.DataFrame:
    """The number in each cell, exactly.

    Columns `whole` (Int64, not negative), `fraction` (String of digits, may be empty), `is_negative`, `is_clipped` (三万五:
    the unit of the last digit is understood), `problem` (`blank`, `placeholder`, `scientific`, `too_large`, `total_row` (合计1200),
    `unreadable`).

    >>> read(pl.Series(["-1,234.50", "3.5万", "壹拾贰万叁仟", "1E+17"])).select("whole", "fraction", "problem").rows()
    [(1234, '50', None), (35000, '', None), (123000, '', None), (None, None, 'scientific')]
    """
    return read_trimmed(width.trim(series))


def read_trimmed(text: pl.Series) -> pl.DataFrame:
    """`read` of a column that went through `width.trim` already.

    >>> read_trimmed(pl.Series(["半", "三四"])).select("whole", "fraction", "problem").rows()
    [(0, '5', None), (None, None, 'unreadable')]
    """
    body, is_negative = signed(text)
    frame = _plain(body)
    is_odd = frame["whole_text"].is_null() & body.is_not_null() & (body != "")
    if is_odd.any():
        frame = _with_written(frame, body, is_odd)
    return _shifted(frame).select(
        "whole",
        "fraction",
        is_negative.alias("is_negative"),
        "is_clipped",
        _problem(width.problem_of_trimmed(text), body),
    )


def signed(text: pl.Series) -> tuple[pl.Series, pl.Series]:
    """The trimmed text without sign, thousands separators and outer blanks; and whether it is negative.

    A minus behind the number (500-) is no sign: a range cut short is likelier, so it stays, and the text unreadable.

    >>> [each.to_list() for each in signed(pl.Series(["-1,234", "(12)", "1,23"]))]
    [['1234', '12', '1,23'], [True, True, False]]
    """
    if not text.str.contains(r"[-−–+负負(), ]").any():
        return text, pl.Series([False]).new_from_index(0, len(text))
    in_brackets = text.str.contains(r"^\([0-9][0-9,.]*\)$")
    is_negative = text.str.contains(_MINUS) | in_brackets
    body = text.str.replace(_MINUS, "").str.replace(r"^\+", "")
    body = body.str.replace(r"^\(([0-9][0-9,.]*)\)$", "${1}").str.strip_chars(" ")
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
    return groups.select(
        pl.lit(None, pl.Int64).alias("written"),
        pl.when(has_digit).then("whole_text").alias("whole_text"),
        pl.col("fraction").fill_null(""),
        "unit",
        pl.lit(value=False).alias("is_clipped"),
        pl.lit(value=False).alias("is_too_large"),
    )


def _with_written(frame: pl.DataFrame, body: pl.Series, is_odd: pl.Series) -> pl.DataFrame:
    """The frame with the rows marked odd read as Chinese numerals."""
    if is_odd.all():
        return _written(body)
    found = _written(body.filter(is_odd))
    place = (is_odd.cast(pl.Int64).cum_sum() - 1).set(~is_odd, None)
    return pl.DataFrame(
        [found[name].gather(place).zip_with(is_odd, column) for name, column in zip(frame.columns, frame, strict=True)]
    )


def _written(body: pl.Series) -> pl.DataFrame:
    """Chinese numerals, alone or mixed with Arabic ones; what follows the point is kept as digits."""
    body = body.set(body.is_in(_ABOUT), None)
    tail = pl.DataFrame({"fraction": [""], "unit": [""]}).clear(len(body)).with_columns(pl.all().fill_null(""))
    head, is_sound = body, pl.lit(value=True)
    if body.str.contains(_POINT).any():
        body = body.replace("半", "零点五")
        halves = body.str.extract_groups(r"^([^点點.]+)(?:[点點.](.+))?$").struct.unnest()
        head = halves["1"]
        after = to_digits(halves["2"]).str.extract_groups("^([0-9]+)([十百千万亿]*)$").struct.unnest()
        tail = after.select(pl.col("1").fill_null("").alias("fraction"), pl.col("2").fill_null("").alias("unit"))
        is_sound = pl.lit(halves["2"].is_null() | after["1"].is_not_null())
    read = written_numbers.read(head)
    whole = pl.when(is_sound).then("whole")
    has_unit = pl.col("unit") != ""
    return pl.concat([read, tail], how="horizontal").select(
        pl.when(~has_unit).then(whole).alias("written"),
        pl.when(has_unit).then(whole.cast(pl.String)).alias("whole_text"),
        "fraction",
        "unit",
        (pl.col("end") == "clipped").alias("is_clipped"),
        (pl.col("end") == "large").alias("is_too_large"),
    )


def _shifted(frame: pl.DataFrame) -> pl.DataFrame:
    """The point moved right by the unit: 3.5万 is 35000 and no fraction."""
    if frame["whole_text"].null_count() == len(frame):
        is_read = pl.col("written").is_not_null()
        return frame.with_columns(pl.col("written").alias("whole"), pl.when(is_read).then("fraction").alias("fraction"))
    if (frame["unit"] != "").any():
        frame = _moved(frame)
    digits = pl.col("whole_text").str.strip_chars_start("0")
    return (
        frame.with_columns(digits.alias("digits"))
        .with_columns(
            pl.when(pl.col("digits").str.len_bytes() <= _LONGEST)
            .then(pl.when(pl.col("digits") == "").then(pl.lit("0")).otherwise("digits").cast(pl.Int64, strict=False))
            .otherwise("written")
            .alias("whole"),
            pl.col("is_too_large") | (pl.col("digits").str.len_bytes() > _LONGEST).fill_null(value=False),
        )
        .with_columns(pl.when(pl.col("whole").is_not_null()).then("fraction").alias("fraction"))
    )


def _moved(frame: pl.DataFrame) -> pl.DataFrame:
    """Digits taken over from the fraction into the whole, as many as the unit has zeros."""
    power = pl.col("unit").replace_strict(_POWERS, default=None, return_dtype=pl.Int64)
    has_unit = pl.col("unit") != ""
    taken = pl.col("fraction").str.slice(0, pl.col("power")).str.pad_end(pl.col("power"), "0")
    return frame.with_columns(power.alias("power")).with_columns(
        pl.when(has_unit).then(pl.col("whole_text") + taken).otherwise("whole_text").alias("whole_text"),
        pl.when(has_unit).then(pl.col("fraction").str.slice(pl.col("power"))).otherwise("fraction").alias("fraction"),
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
        .then(pl.when(body.str.contains(TOTALS)).then(pl.lit("total_row")).otherwise(pl.lit("unreadable")))
        .alias("problem")
    )
