"""Kind `dish`: names of dishes on delivery pages without what is not the dish: emoji, slogans, sizes, portions.

`【招牌】🔥凉拌黄瓜（大份）500g` is 凉拌黄瓜. What tells how a thing is sold stays: 罐, 瓶, 听, 袋装 mark a packaged product.
"""

from typing import Final

import polars as pl

from casebook.text import distinct, width

_SLOGAN: Final = r"[【\[〔『「{<《][^】\]〕』」}>》]*[】\]〕』」}>》]"
_UNITS: Final = (
    "毫升|ML|ml|mL|升|L|l|公斤|千克|克|KG|kg|g|G|斤|两|英寸|寸|cm|人份|人餐|份|只|个|块|片|串|根|杯|碗|盒|支|枚|颗|粒|件|条|盘"
    "|打|包|枝|节"
)
_NUMBER: Final = "[0-9]+(?:[.][0-9]+)?"
_AMOUNT: Final = rf"(?:约|[xX×*+])?(?:{_NUMBER}(?:[-~～][0-9]+)?|[一二两三四五六八十半]+)(?:{_UNITS})(?:装)?"
_MEASURE: Final = rf"{_NUMBER}(?:毫升|ml|mL|ML|升|L|千克|公斤|kg|KG|克|g|G)"
_LEADING: Final = rf"^(?:[0-9]+[.、#号]|{_AMOUNT})"
_PORTION: Final = (
    r"(?:单人|双人|多人|大|中|小|超大|特大|加大|标准|常规|整|全|半|一|例|迷你|经典|正常)(?:份|杯|碗|盘|例|号)|例份"
    rf"|[/·]?(?:份|例|位)|/(?:{_UNITS})"
)
_PRAISE: Final = "推荐|必点|新品|热销|爆款|限时|特惠|特价|招牌|人气"
_TAIL: Final = rf"(?:[-—·~ ]|^)(?:{_PRAISE})"
_TASTE: Final = "微辣|中辣|特辣|变态辣|不辣|免辣|微麻|去冰|少冰|多冰|常温|正常冰|[三五七半全少无]分?糖|标准糖"
_REMARK: Final = rf"[^()]*(?:{_PRAISE}|折|赠|送|元)[^()]*"
_IN_BRACKETS: Final = rf"\((?:{_AMOUNT}|{_PORTION}|{_TASTE}|[0-9]+|{_REMARK})\)"
_AT_THE_END: Final = rf"(?:[-—·/+ ]*(?:{_AMOUNT}|{_PORTION}|{_TASTE}|{_TAIL}))+$"
_NAMED: Final = r"\p{Han}|[A-Za-z]{3}"
_EDGE: Final = " ·+&/.-"
_SIGNS: Final = r"[^\p{L}\p{N}()·+&/π.-]"


def clean(series: pl.Series) -> pl.DataFrame:
    """Columns `value`, `problem`, `repair`.

    Problems: `blank`, `placeholder`, `no_dish` (nothing but signs and numbers is left). Repairs: those of kind `text`, and
    `slogan` (words in square brackets), `signs` (emoji and the like), `portion` (size, amount, degree of spice).

    >>> clean(pl.Series(["【招牌】🔥凉拌黄瓜（大份）", "可乐330ml罐装", "3. 烤冷面/份"]))["value"].to_list()
    ['凉拌黄瓜', '可乐罐装', '烤冷面']
    """
    return distinct.once(series, _clean_distinct)


def _clean_distinct(series: pl.Series) -> pl.DataFrame:
    """Cleaned until nothing more is dropped, so that a clean name cleans to itself; a pass more for the few that changed."""
    frame = _passed(series)
    left = _changed(frame["value"], series).arg_true()
    while not left.is_empty():
        before = frame["value"].gather(left)
        again = _passed(before)
        repair = frame["repair"].gather(left).set(again["value"].is_null(), None)
        frame = frame.with_columns(
            frame["value"].scatter(left, again["value"]),
            frame["problem"].scatter(left, again["problem"]),
            frame["repair"].scatter(left, repair),
        )
        left = left.filter(_changed(again["value"], before))
    return frame


def _changed(after: pl.Series, before: pl.Series) -> pl.Series:
    return (after != before.cast(pl.String)).fill_null(value=False)


def _passed(series: pl.Series) -> pl.DataFrame:
    """One pass over distinct names."""
    frame = width.clean(series).rename({"value": "whole", "repair": "text_repair"})
    frame = frame.with_columns(told=pl.col("whole").str.replace_all(_SLOGAN, ""))
    frame = frame.with_columns(told=pl.when(pl.col("told").str.contains(_NAMED)).then("told").otherwise("whole"))
    signed = pl.col("told").str.replace_all(_SIGNS, " ").str.replace_all(r" *([^ -~]) *", "${1}")
    frame = frame.with_columns(signed=signed.str.replace_all(" +", " ").str.strip_chars(_EDGE))
    bare = pl.col("signed").str.replace(_LEADING, "").str.replace_all(_IN_BRACKETS, "")
    frame = frame.with_columns(bare=bare.str.replace_all(_MEASURE, "").str.strip_chars(_EDGE))
    frame = frame.with_columns(pl.col("bare").str.replace(_AT_THE_END, "").str.strip_chars(_EDGE))
    return _answered(frame.with_columns(is_named=pl.col("bare").str.contains(r"\p{L}").fill_null(value=False)))


def _answered(frame: pl.DataFrame) -> pl.DataFrame:
    said = {
        "slogan": frame["told"] != frame["whole"],
        "signs": frame["signed"] != frame["told"],
        "portion": frame["bare"] != frame["signed"],
    }
    both = pl.concat_str("text_repair", pl.lit(width.repair_codes(said)), separator=",", ignore_nulls=True)
    return frame.select(
        pl.when("is_named").then("bare").alias("value"),
        pl.when(~pl.col("is_named") & pl.col("whole").is_not_null())
        .then(pl.lit("no_dish"))
        .otherwise("problem")
        .alias("problem"),
        pl.when("is_named").then(both.replace("", None)).alias("repair"),
    )


def compact(text: str) -> str:
    """The bare name of one dish; empty when there is none.

    >>> compact("[新品] 手打柠檬茶 700ml")
    '手打柠檬茶'
    """
    value: str | None = clean(pl.Series([text], dtype=pl.String))["value"].item()
    return value or ""


def is_valid(text: str) -> bool:
    """True when the cell names a dish.

    >>> is_valid("凉皮"), is_valid("🔥🔥")
    (True, False)
    """
    return clean(pl.Series([text], dtype=pl.String))["problem"].item() is None


def parts(text: str) -> dict[str, str]:  # noqa: ARG001
    """A dish's name has no parts."""
    return {}
