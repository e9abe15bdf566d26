"""Kind `money`: whole fen (0.01 yuan), exactly.

Reads 12,345.67, ¥12.5, 44523万元, 3万5千元, 12元5角, 壹拾贰万叁仟肆佰伍拾陆元柒角捌分 and negative refunds. The unit in the cell wins
over the unit of the header. What is finer than a fen is refused, not rounded, save the tail a float leaves behind.
Source: 会计基础工作规范 art. 52 (capital amounts: 元, 角, 分, 整).
"""

from typing import Final

import polars as pl

from casebook.errors import ParameterError
from casebook.measure import numbers
from casebook.text import numerals, width, written_numbers

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
_MARKS: Final = r"(?:\(?(?:人民币|大写|小写|金额|RMB|CNY|rmb|cny)\)?|[¥￥:])"
_SCALED: Final = "[元圆圓块角毛分万亿萬億]"
_WRITTEN: Final = "[〇零一二两三四五六七八九十百千壹贰貳叁參肆伍陆陸柒捌玖拾佰仟角毛分块]|[万亿萬億][0-9]"
_NO_SALE: Final = r"^\(?(?:流拍|流标|未成交|无人竞买|终止出让|中止出让)\)?$"
_NOT_A_NUMBER: Final = "?"
_LARGEST: Final = 18  # digits of fen that fit Int64 with certainty


def clean(series: pl.Series, unit: str = "元") -> pl.DataFrame:
    """Columns `value` (Int64 fen), `problem`, `repair`; `unit` is what a bare number counts.

    Problems: `blank`, `placeholder`, `scientific`, `too_large`, `finer_than_fen`, `ambiguous` (三万五元), `no_sale` (流拍),
    `total_row` (合计1200), `unreadable`. Repairs: `full_width`, `chinese_numerals`, `unit`, `float_tail`,
    `unit_in_cell` (the cell names another scale than the header, and wins).

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
    text = _unmarked(trimmed)
    is_written = text.str.contains(_WRITTEN).fill_null(value=False)
    if is_written.all() and len(text):
        found = _written(text, UNITS[unit])
    elif is_written.any():
        found = _merged(_plain(text, UNITS[unit]), _written(text.filter(is_written), UNITS[unit]), is_written)
    else:
        found = _plain(text, UNITS[unit])
    return _said(found.with_columns(_is_other(text, unit)), trimmed, series)


def _is_other(text: pl.Series, unit: str) -> pl.Series:
    """Whether the cell names a scale that is not the header's: 150元 or 2亿 under 万元."""
    if unit == "元":
        return pl.Series("unit_in_cell", [False]).new_from_index(0, len(text))
    own = rf"^[^元圆圓角分万亿萬億]*{unit.removesuffix('元')}元?$"
    return (text.str.contains(_SCALED) & ~text.str.contains(own)).fill_null(value=False).alias("unit_in_cell")


def _said(found: pl.DataFrame, trimmed: pl.Series, series: pl.Series) -> pl.DataFrame:
    """Blanks and sales that failed named as such, repairs of the good ones."""
    nothing = width.problem_of_trimmed(trimmed)
    problem = nothing.fill_null(found["problem"].replace("blank", "unreadable"))  # 人民币 and no amount
    if (problem == "unreadable").any():
        problem = problem.set((problem == "unreadable") & trimmed.str.contains(_NO_SALE), "no_sale")
        problem = problem.set((problem == "unreadable") & trimmed.str.contains(numerals.TOTALS), "total_row")
    frame = found.with_columns(problem.alias("problem"))
    is_good = pl.col("problem").is_null()
    return frame.select(
        pl.when(is_good).then("value").alias("value"),
        "problem",
        pl.when(is_good).then(numbers.all_repairs(series, "unit_in_cell")).alias("repair"),
    )


def _merged(plain: pl.DataFrame, written: pl.DataFrame, is_written: pl.Series) -> pl.DataFrame:
    """The rows of both in their order."""
    place = (is_written.cast(pl.Int64).cum_sum() - 1).set(~is_written, None)
    return pl.DataFrame([written[name].gather(place).zip_with(is_written, plain[name]) for name in plain.columns])


def _unmarked(text: pl.Series) -> pl.Series:
    """Text without currency marks at its head, and without 整."""
    if text.str.contains(r"[A-Za-z¥:人大小金]").any():
        text = text.str.replace(rf"^([-−负(]??)(?:{_MARKS} *)+([-−负]?)", "${1}${2}")
    return text.str.replace(r"([元圆圓角分])[整正]$", "${1}")


def _written(text: pl.Series, power: int) -> pl.DataFrame:
    """Columns `value` (fen), `problem`, `is_tail` of amounts in Chinese signs, or with 角 and 分."""
    if text.str.contains("[点點半.]").any():
        has_point = text.str.contains("[点點半.]").fill_null(value=False)
        if not has_point.all():
            return _merged(
                _written(text.set(has_point, _NOT_A_NUMBER), power), _plain(text.filter(has_point), power), has_point
            )
        return _plain(text, power)
    body, is_negative = numerals.signed(text)
    read = written_numbers.read(body, are_amounts=True)
    factor = 10**power if power >= 0 else 1
    is_scaled = body.str.contains(_SCALED) | (read["end"] == "amount")
    frame = read.with_columns(is_scaled.alias("is_scaled"), is_negative.alias("is_negative"))
    bare = pl.col("whole") // 10 ** max(-power, 0)
    is_large = ~pl.col("is_scaled") & (pl.col("whole") >= 10 ** (_LARGEST - max(power, 0)))
    fen = pl.when("is_scaled").then("whole").otherwise(bare * factor)
    problem = pl.col("end").replace_strict(_PROBLEMS, default=None, return_dtype=pl.String)
    return frame.select(
        pl.when("is_negative").then(-fen).otherwise(fen).alias("value"),
        pl.when(is_large).then(pl.lit("too_large")).otherwise(problem).alias("problem"),
        pl.lit(value=False).alias("is_tail"),
    )


_PROBLEMS: Final = {"bad": "unreadable", "large": "too_large", "doubtful": "ambiguous"}


def _plain(text: pl.Series, power: int) -> pl.DataFrame:
    """Columns `value` (fen), `problem`, `is_tail` of amounts in digits with an optional 万 or 亿, 元."""
    yuan = text.str.replace(r"[元圆圓]$", "")
    read = numerals.read_trimmed(yuan.set((yuan == "") & (text != ""), _NOT_A_NUMBER))
    has_yuan = text.str.contains(r"[元圆圓]")
    is_scaled = text.str.contains(_SCALED)
    is_doubtful = pl.col("is_clipped") & pl.lit(has_yuan)
    return _in_fen(
        read.with_columns(
            pl.when(is_doubtful).then(pl.lit("ambiguous")).otherwise("problem").alias("problem"),
            power=pl.when(pl.lit(is_scaled)).then(0).otherwise(power).cast(pl.Int64),
        )
    )


def _in_fen(frame: pl.DataFrame) -> pl.DataFrame:
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
        pl.when("is_negative").then(-fen).otherwise(fen).cast(pl.Int64).alias("value"), "problem", "is_tail"
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
