"""How each office exports the registers: shapes, date forms, and the small damage of its clerk."""

from collections.abc import Callable, Mapping
from typing import Final

import polars as pl

from casebook.synth.subsidy_book import CERTIFICATES, CREMATIONS, DEATHS, LOW_INCOME, MOVES
from casebook.synth.table import Csv, Xls, Xlsx

Habit = Callable[[pl.DataFrame], pl.DataFrame]

_SIGNED: Final = ("填表人：          审核人：          （盖章）",)
_DATES: Final = ("发证日期", "有效期至", "注销日期", "死亡日期", "火化日期", "出生日期", "迁出日期", "起始", "终止")


def dates_as(form: str) -> Habit:
    """ISO dates rewritten by strftime `form`; other words (长期, 无) stay as they are."""

    def rewrite(frame: pl.DataFrame) -> pl.DataFrame:
        names = [name for name in frame.columns if name in _DATES]
        read = frame.with_columns(pl.col(name).str.to_date("%Y-%m-%d", strict=False) for name in names)
        return frame.with_columns(read[name].dt.strftime(form).fill_null(frame[name]).alias(name) for name in names)

    return rewrite


def lower_x(frame: pl.DataFrame) -> pl.DataFrame:
    """The check character X typed small."""
    return frame.with_columns(pl.col("身份证号").str.replace("X", "x", literal=True))


def padded(frame: pl.DataFrame) -> pl.DataFrame:
    """Ids followed by the blanks of a fixed-width export."""
    return frame.with_columns(pl.col("身份证号") + pl.lit("  "))


def open_ends(frame: pl.DataFrame) -> pl.DataFrame:
    """A running benefit's end is written by the township's habit: 长期, 2099-12-31, 9999-12-31 or not at all."""
    word = pl.col("乡镇").str.len_bytes() % 4
    written = pl.when(word == 0).then(pl.lit("长期")).when(word == 1).then(pl.lit("9999-12-31"))
    kept = written.when(pl.col("乡镇").str.starts_with("青")).then(pl.lit("2099-12-31")).otherwise(None)
    return frame.with_columns(pl.coalesce("终止", kept).alias("终止"))


def as_is(frame: pl.DataFrame) -> pl.DataFrame:
    """A system export nobody touched."""
    return frame


OFFICES: Final[Mapping[str, tuple[Csv | Xls | Xlsx, tuple[Habit, ...], Mapping[str, str]]]] = {
    CERTIFICATES: (
        Csv("utf-8-sig"),
        (dates_as("%Y/%-m/%-d"), lower_x),
        {"身份证号": "公民身份号码", "残疾类别": "残疾类型"},
    ),
    LOW_INCOME: (Csv("gb18030", "\t"), (open_ends, padded), {"成员": "家庭成员姓名", "身份证号": "身份证号码"}),
    DEATHS: (
        Xlsx(("死亡人员户籍注销名单", "制表日期：2026-03-27"), notes=_SIGNED),
        (dates_as("%Y%m%d"),),
        {"身份证号": "公民身份号码"},
    ),
    MOVES: (Xls(), (as_is,), {"身份证号": "公民身份号码", "迁出日期": "迁出时间"}),
    CREMATIONS: (Csv(titles=("殡仪馆火化登记表", "制表日期：2026年3月25日")), (dates_as("%Y年%-m月%-d日"),), {}),
    "civil_destitute_support": (Xls(), (as_is,), {"起始": "起始日期", "终止": "终止日期", "类别": "供养方式"}),
    "civil_orphans": (Xlsx(notes=_SIGNED), (as_is,), {"起始": "起始时间", "终止": "终止时间"}),
    "justice_custody": (
        Xlsx(
            ("在押及社区矫正人员名单",),
            groups={"羁押": ("羁押起", "羁押止"), "刑期": ("刑期起", "刑期止")},
            notes=_SIGNED,
        ),
        (as_is,),
        {},
    ),
    "hr_work_injury_nursing": (Csv(), (as_is,), {"月标准": "月标准(元)"}),
    "veterans_nursing": (
        Xlsx(("单位：元",), totals=("月标准",), numeric=("月标准",), notes=_SIGNED),
        (as_is,),
        {},
    ),
}
"""Per contract: shape, habits in order, headers that this office words in its own way."""
