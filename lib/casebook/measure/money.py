"""Kind `money`: whole fen (0.01 yuan), exactly.

Reads 12,345.67, ¥12.5, 44523万元, 3万5千元, 12元5角, 壹拾贰万叁仟肆佰伍拾陆元柒角捌分 and negative refunds. The unit in the cell wins
over the unit of the header. What is finer than a fen is refused, not rounded, save the tail a float leaves behind.
Source: 会计基础工作规范 art. 52 (capital amounts: 元, 角, 分, 整).
"""

from typing import Final

import polars as pl

from casebook.errors import ParameterError
from casebook.measure import numbers
from casebook.text import numerals, width

UNITS: Final = {
    "分": -2,
    "角": -1,
    "元": 0,
    "十元": 1,
    "百元": 2,
    "千元": 3,
    "万元": 4,
    "百万元": 6,
    "千万元": 7,
    "亿元": 8,
}
_MARKS: Final = r"(?:\(?(?:人民币|大写|小写|金额|合计|RMB|CNY|rmb|cny)\)?|[¥￥:])"
_NOT_A_NUMBER: Final = "?"
_LARGEST: Final = 18  # digits of fen that fit Int64 with certainty


def clean(series: pl.Series, unit: str = "元") -> pl.DataFrame:
    """Columns `value` (Int64 fen), `problem`, `repair`; `unit` is what a bare number counts.

    Problems: `blank`, `placeholder`, `scientific`, `too_large`, `finer_than_fen`, `ambiguous` (三万五元), `unreadable` (流拍).
    Repairs: `full_width`, `chinese_numerals`, `unit`, `float_tail`.

    >>> clean(pl.Series(["44523万元", "1,234.5", "-150", "1.005"]))["value"].to_list()
    [44523000000, 123450, -15000, None]
    >>> clean(pl.Series(["（大写）壹拾贰万叁仟肆佰伍拾陆元柒角捌分"]))["value"].item()
    12345678
    """
    if unit not in UNITS:
        raise ParameterError(
            f"A money unit must be one of {'/'.join(UNITS)}; '{unit}' was given: correct the contract."
        )
    trimmed = width.trim(series)
    pieces = _pieces(_unmarked(trimmed))
    read = numerals.read(pieces["yuan"]).hstack(pieces).with_columns(is_blank=width.problem_of_trimmed(trimmed))
    return _finish(_fused(read, UNITS[unit]), series)


def _unmarked(text: pl.Series) -> pl.Series:
    """Text without currency marks at its head, and without 整."""
    if text.str.contains(r"[A-Za-z¥:人大小金合]").any():
        text = text.str.replace(rf"^([-−负(]??)(?:{_MARKS} *)+([-−负]?)", "${1}${2}")
    return text.str.replace(r"([元圆圓角分])[整正]$", "${1}")


def _pieces(text: pl.Series) -> pl.DataFrame:
    """Columns `yuan` (text of the number before 元), `coins` (two digits for 角 and 分, or null), `has_yuan`, `has_unit`."""
    yuan = text.str.replace(r"[元圆圓]$", "")
    frame = pl.DataFrame(
        {
            "yuan": yuan.set((yuan == "") & (text != ""), _NOT_A_NUMBER),
            "has_yuan": text.str.contains(r"[元圆圓]"),
            "has_unit": text.str.contains(r"[元圆圓万亿萬億]$"),
        }
    ).with_columns(pl.lit(None, pl.String).alias("coins"))
    rows = text.str.contains("[角分]$").fill_null(value=False).arg_true()
    if rows.is_empty():
        return frame
    small = _small_coins(text.gather(rows)).with_columns(rows.alias("place"))
    joined = frame.with_row_index("place").join(small, on="place", how="left", maintain_order="left", suffix="_small")
    return joined.select(
        pl.coalesce("yuan_small", "yuan").alias("yuan"),
        pl.coalesce("coins_small", "coins").alias("coins"),
        "has_yuan",
        "has_unit",
    )


def _small_coins(text: pl.Series) -> pl.DataFrame:
    """Amounts such as 12元5角3分 or 伍角 taken apart; anything else in 角 or 分 is not a number."""
    digit = "[0-9〇零一二三四五六七八九壹贰貳叁參肆伍陆陸柒捌玖]"
    halves = text.str.replace("[圆圓]", "元").str.splitn("元", 2).struct.unnest()
    first, second = halves["field_0"], halves["field_1"]
    tail = second.fill_null(first)
    groups = tail.str.extract_groups(rf"^([-−负]?)[零〇]?(?:({digit})角)?[零〇]?(?:({digit})分)?$").struct.unnest()
    is_sound = groups["1"].is_not_null() & ((groups["1"] == "") | second.is_null()) & (first != "")
    coins = [numerals.to_digits(groups[name]).fill_null("0") for name in ("2", "3")]
    yuan = first.zip_with(second.is_not_null(), groups["1"] + "0")
    return pl.DataFrame({"yuan": yuan.set(~is_sound, None).fill_null(_NOT_A_NUMBER), "coins": coins[0] + coins[1]})


def _fused(read: pl.DataFrame, power: int) -> pl.DataFrame:
    """The number with its coins as the digits after the point, the power of ten of its unit, and its problem."""
    has_coins = pl.col("coins").is_not_null()
    is_doubtful = pl.col("is_clipped") & (pl.col("has_yuan") | has_coins)
    return read.with_columns(
        pl.when(has_coins).then("coins").otherwise("fraction").alias("fraction"),
        pl.when(pl.col("has_unit") | has_coins).then(0).otherwise(power).cast(pl.Int64).alias("power"),
        pl.when(pl.col("is_blank").is_not_null())
        .then("is_blank")
        .when(is_doubtful)
        .then(pl.lit("ambiguous"))
        .when(has_coins & (pl.col("fraction") != ""))
        .then(pl.lit("unreadable"))
        .otherwise("problem")
        .alias("problem"),
    )


def _finish(frame: pl.DataFrame, series: pl.Series) -> pl.DataFrame:
    """Fen from whole, fraction and power; what is finer than a fen or does not fit is refused."""
    places = pl.col("power") + 2
    frame = (
        numbers.without_float_tail(frame)
        .with_columns(
            is_fine=pl.col("fraction").str.len_bytes() > places,
            is_large=pl.col("whole").cast(pl.String).str.len_bytes() + places > _LARGEST,
            digits=pl.col("fraction").str.pad_end(places, "0"),
        )
        .with_columns(
            problem=pl.when(pl.col("problem").is_not_null())
            .then("problem")
            .when("is_large")
            .then(pl.lit("too_large"))
            .when("is_fine")
            .then(pl.lit("finer_than_fen"))
        )
    )
    is_good = pl.col("problem").is_null()
    rest = pl.when(is_good & (pl.col("digits") != "")).then("digits").cast(pl.Int64, strict=False).fill_null(0)
    fen = pl.when(is_good).then("whole") * pl.lit(10, pl.Int64).pow(places) + rest
    return frame.select(
        pl.when("is_negative").then(-fen).otherwise(fen).cast(pl.Int64).alias("value"),
        "problem",
        pl.when(is_good).then(numbers.all_repairs(series)).alias("repair"),
    )


def to_yuan(fen: pl.Series) -> pl.Series:
    """Fen as yuan with two decimals, for people and CSV; null stays null.

    >>> to_yuan(pl.Series([8000000, -5, None])).to_list()
    ['80000.00', '-0.05', None]
    """
    size = fen.cast(pl.Int64).abs()
    sign = (
        pl.DataFrame({"fen": fen})
        .select(pl.when(pl.col("fen") < 0).then(pl.lit("-")).otherwise(pl.lit("")))
        .to_series()
    )
    return (sign + (size // 100).cast(pl.String) + "." + (size % 100).cast(pl.String).str.zfill(2)).alias(fen.name)


def show(fen: int) -> str:
    """Fen as yuan with thousands separators.

    >>> show(8000000), show(-123456789)
    ('80,000.00', '-1,234,567.89')
    """
    return f"{'-' if fen < 0 else ''}{abs(fen) // 100:,}.{abs(fen) % 100:02}"


def compact(text: str) -> str:
    """One amount in yuan with two decimals; empty when it cannot be read.

    >>> compact("1.5万元"), compact("流拍")
    ('15000.00', '')
    """
    value: str | None = to_yuan(clean(pl.Series([text], dtype=pl.String))["value"]).item()
    return value or ""


def is_valid(text: str) -> bool:
    """True when the cell holds one amount.

    >>> is_valid("伍角整"), is_valid("流拍")
    (True, False)
    """
    return compact(text) != ""


def parts(text: str) -> dict[str, str | None]:
    """What `clean` says of one string beside its value.

    >>> parts("1.005")
    {'problem': 'finer_than_fen', 'repair': None}
    """
    return clean(pl.Series([text], dtype=pl.String)).select("problem", "repair").row(0, named=True)
