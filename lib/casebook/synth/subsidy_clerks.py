"""The townships' payment lists: one contract, ten files, each with its clerk's habits."""

from dataclasses import dataclass, field, replace
from typing import Final

import polars as pl

from casebook.synth.subsidy_offices import Habit, as_is
from casebook.synth.subsidy_registers import HANDLE
from casebook.synth.table import NUMBER, Csv, Xls, Xlsx
from casebook.synth.words_people import short_ids

_XLS_LIMIT: Final = 65_535
_FEWER: Final = ("监护人", "申请日期", "停发日期")


@dataclass(frozen=True)
class Clerk:
    """Who files for which townships, in what shape, and what the file suffers on the way."""

    townships: tuple[str, ...]
    shape: Csv | Xls | Xlsx
    habits: tuple[Habit, ...] = (as_is,)
    renamed: dict[str, str] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()
    parts_by_month: bool = False


def months_as(form: str) -> Habit:
    """发放月份 written by strftime `form`."""

    def rewrite(frame: pl.DataFrame) -> pl.DataFrame:
        first = (pl.col("发放月份") + "-01").str.to_date("%Y-%m-%d")
        return frame.with_columns(first.dt.strftime(form).alias("发放月份"))

    return rewrite


def with_cents(frame: pl.DataFrame) -> pl.DataFrame:
    """Amounts with two decimals."""
    return frame.with_columns(pl.col("发放金额", "补贴标准") + ".00")


def tabbed(frame: pl.DataFrame) -> pl.DataFrame:
    """Ids and accounts followed by a tab, the usual way to keep Excel from making numbers of them."""
    return frame.with_columns(
        pl.when(pl.col(name).str.starts_with(NUMBER)).then(name).otherwise(pl.col(name) + "\t").alias(name)
        for name in ("身份证号", "银行账号")
    )


def quoted(frame: pl.DataFrame) -> pl.DataFrame:
    """Ids and accounts kept from Excel's grip: an apostrophe before the id, a blank after the account."""
    text = pl.col("身份证号")
    kept = pl.when(text.str.starts_with(NUMBER)).then(text).otherwise(pl.lit("'") + text)
    return frame.with_columns(kept.alias("身份证号"), pl.col("银行账号") + " ")


def short_for_the_older(frame: pl.DataFrame) -> pl.DataFrame:
    """Background persons under the 15-digit id of their first card; the certificate number tells the rest."""
    old = pl.col(HANDLE).is_null() & (pl.col("身份证号").str.len_chars() == 18) & is_born_before_2000()
    return frame.with_columns(pl.when(old).then(short_ids(frame["身份证号"])).otherwise("身份证号").alias("身份证号"))


def is_born_before_2000() -> pl.Expr:
    """Whether the century in the id is the nineteenth hundred."""
    return pl.col("身份证号").str.slice(6, 2) == "19"


def spaced_names(frame: pl.DataFrame) -> pl.DataFrame:
    """Two-character names spread over three with an ideographic space (李　明); X typed small."""
    name = pl.col("姓名")
    spread = pl.when(name.str.len_chars() == 2).then(name.str.slice(0, 1) + "　" + name.str.slice(1, 1))
    return frame.with_columns(spread.otherwise(name).alias("姓名"), pl.col("身份证号").str.replace("X", "x"))


def traditional_names(frame: pl.DataFrame) -> pl.DataFrame:
    """An input method left in traditional characters."""
    pairs = dict(
        zip(
            "刘张陈杨赵黄吴孙马罗郑谢韩冯邓许苏卢蒋贾丽红兰国华",
            "劉張陳楊趙黃吳孫馬羅鄭謝韓馮鄧許蘇盧蔣賈麗紅蘭國華",
            strict=True,
        )
    )
    return frame.with_columns(pl.col("姓名").str.replace_many(list(pairs), list(pairs.values())))


def numbers_for_ids(frame: pl.DataFrame) -> pl.DataFrame:
    """Ids of digits only became numbers when the list was opened in Excel; certificate numbers survived as text."""
    hit = pl.col(HANDLE).is_null() & ~pl.col("身份证号").str.ends_with("X")
    return frame.with_columns(pl.when(hit).then(NUMBER + pl.col("身份证号")).otherwise("身份证号").alias("身份证号"))


def short_subsidy_names(frame: pl.DataFrame) -> pl.DataFrame:
    """护理补贴 and 生活补贴 without the words for whom."""
    return frame.with_columns(pl.col("补贴类型").str.extract("(护理补贴|生活补贴)"))


def full_width_in_new_villages(frame: pl.DataFrame) -> pl.DataFrame:
    """One village secretary typed the ids with a full-width keyboard."""
    wide = pl.col("身份证号").str.replace_many(list("0123456789X"), list("０１２３４５６７８９Ｘ"))
    hit = pl.col(HANDLE).is_null() & pl.col("村(社区)").str.starts_with("新")
    return frame.with_columns(pl.when(hit).then(wide).otherwise("身份证号").alias("身份证号"))


CLERKS: Final = (
    Clerk(("青禾街道",), Csv(), (with_cents, tabbed)),
    Clerk(
        ("临泉街道",),
        Csv("utf-8-sig"),
        (months_as("%Y年%-m月"),),
        {"身份证号": "身份证号码", "发放金额": "发放金额(元)", "乡镇": "乡镇(街道)"},
    ),
    Clerk(("柳湾镇", "石桥镇", "白塔镇"), Xls(numeric=("发放金额", "补贴标准")), (months_as("%Y%m"),), {}, _FEWER),
    Clerk(("双井镇",), Csv(delimiter="\t"), (quoted,), {"姓名": "残疾人姓名", "银行账号": "银行卡号"}),
    Clerk(("河口镇",), Csv(), (short_for_the_older,), {"村(社区)": "村居", "开户人": "户名"}),
    Clerk(("大槐树镇",), Csv(), (spaced_names,), {"身份证号": "公民身份号码"}, parts_by_month=True),
    Clerk(("前营乡",), Csv(titles=("残疾人两项补贴发放表", "制表日期：2026-01-08")), (traditional_names, with_cents)),
    Clerk(
        ("杨店乡",),
        Csv(),
        (months_as("%Y/%m"), short_subsidy_names, full_width_in_new_villages),
        {"补贴类型": "补贴项目", "残疾人证号": "残疾证号"},
    ),
    Clerk(("北岭乡",), Csv(), (numbers_for_ids,)),
    Clerk(
        ("南湖经济开发区",),
        Xlsx(
            ("残疾人两项补贴发放汇总表", "单位：元", "制表日期：2026-01-10"),
            groups={"补贴信息": ("补贴类型", "补贴标准", "发放月份", "发放金额"), "账户信息": ("银行账号", "开户人")},
            totals=("发放金额",),
            notes=("制表人：          审核人：          ", "青禾区南湖经济开发区社会事务局（盖章）"),
            numeric=("补贴标准", "发放金额"),
        ),
    ),
)


def lists(payments: pl.DataFrame) -> list[tuple[pl.DataFrame, Csv | Xls | Xlsx]]:
    """The payment rows (with HANDLE) as the clerks' files, months in order within each."""
    return [_filed(payments, clerk) for clerk in CLERKS]


def _filed(payments: pl.DataFrame, clerk: Clerk) -> tuple[pl.DataFrame, Csv | Xls | Xlsx]:
    rows = payments.filter(pl.col("乡镇").is_in(clerk.townships)).sort("发放月份", "村(社区)", maintain_order=True)
    shape = clerk.shape
    if isinstance(shape, Xls):
        # The format allows 65,535 records and a header; a list that would fit is cut in two, so that a cut is always seen.
        shape = replace(shape, rows_per_file=_XLS_LIMIT if rows.height > _XLS_LIMIT else rows.height // 2 + 1)
    if isinstance(shape, Csv) and clerk.parts_by_month:
        shape = replace(shape, sections=_month_starts(rows))
    for habit in clerk.habits:
        rows = habit(rows)
    return rows.drop(clerk.left_out).rename(clerk.renamed), shape


def _month_starts(rows: pl.DataFrame) -> tuple[int, ...]:
    """Where a new month begins: the clerk pasted twelve monthly lists together, headers and all."""
    month = rows["发放月份"]
    return tuple((month != month.shift(1)).fill_null(value=False).arg_true().to_list())
