"""The other agencies' lists: case persons among thousands on whom nothing hangs, each list in its office's habit."""

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import polars as pl

from casebook.synth.subsidy_book import CERTIFICATES, CREMATIONS, DEATHS, LOW_INCOME, MOVES, Book, frame_of
from casebook.synth.subsidy_people import death_date, residents
from casebook.synth.subsidy_rates import CATEGORIES, GRADES, YEAR
from casebook.synth.world import DISTRICT, World

HANDLE: Final = "_handle"
HEADERS: Final[Mapping[str, tuple[str, ...]]] = {
    CERTIFICATES: (
        *("姓名", "身份证号", "残疾人证号", "残疾类别", "残疾等级", "发证日期"),
        *("有效期至", "证件状态", "注销日期", "乡镇", "村(社区)"),
    ),
    LOW_INCOME: ("户主", "成员", "身份证号", "起始", "终止", "乡镇", "村(社区)"),
    DEATHS: ("姓名", "身份证号", "死亡日期", "注销日期", "注销原因", "派出所"),
    MOVES: ("姓名", "身份证号", "迁出日期", "迁出地", "迁往地"),
    CREMATIONS: ("姓名", "身份证号", "性别", "出生日期", "火化日期", "户籍地址", "联系人"),
    "civil_destitute_support": ("姓名", "身份证号", "起始", "终止", "类别", "乡镇"),
    "civil_orphans": ("姓名", "身份证号", "起始", "终止", "类别", "乡镇"),
    "justice_custody": (*("姓名", "身份证号", "羁押起", "羁押止", "判决日期", "刑种", "刑期起", "刑期止", "执行方式"),),
    "hr_work_injury_nursing": ("姓名", "身份证号", "待遇类别", "月标准", "起始", "终止"),
    "veterans_nursing": ("姓名", "身份证号", "待遇类别", "月标准", "起始", "终止"),
}
ELDERLY: Final = ("1925-01-01", "1934-12-31")
YOUNG: Final = ("1996-01-01", "2006-12-31")
ORPHANS: Final = ("2007-01-01", "2010-12-31")
_FAR: Final = (
    "山东省德州市陵城区临齐街道",
    "河南省郑州市中原区须水街道",
    "云州市青禾区临泉街道",
    "浙江省宁波市鄞州区下应街道",
)


def registers(world: World, people: pl.DataFrame, book: Book) -> dict[str, pl.DataFrame]:
    """Per contract one shuffled frame of its headers and HANDLE: the case row's handle, null for everybody else."""
    others = {**_deaths(world, people), **_benefits(world, people.height), MOVES: _moves(world, people.height)}
    others |= {CERTIFICATES: _certificates(people), LOW_INCOME: _families(world, people)}
    return {contract: _mixed(world, contract, others[contract], book) for contract in HEADERS}


def _mixed(world: World, contract: str, others: pl.DataFrame, book: Book) -> pl.DataFrame:
    rows = book.rows.get(contract, [])
    if contract == LOW_INCOME:
        rows = [{**row, "成员": row["姓名"]} for row in rows]
    cases = frame_of(rows, HEADERS[contract]).with_columns(pl.int_range(len(rows), dtype=pl.Int64).alias(HANDLE))
    plain = others.select(HEADERS[contract]).with_columns(pl.lit(None, dtype=pl.Int64).alias(HANDLE))
    mixed = pl.concat([plain, cases])
    return mixed[world.rng(f"subsidy/order/{contract}").permutation(mixed.height)]


def _words(**columns: pl.Expr | str | None) -> list[pl.Expr]:
    """Constant texts, nulls and expressions as String columns of the given names."""
    cells = {k: v if isinstance(v, pl.Expr) else pl.lit(v, dtype=pl.String) for k, v in columns.items()}
    return [value.cast(pl.String).alias(name) for name, value in cells.items()]


def _certificates(people: pl.DataFrame) -> pl.DataFrame:
    """Every person's living certificate, and the cancelled predecessor of those who had one before."""
    grades, kinds = pl.Series(GRADES), pl.Series([f"{name}残疾" for name in CATEGORIES])
    current = people.with_columns(
        kinds.gather(people["category"] - 1).alias("kind"), grades.gather(people["grade"] - 1).alias("level")
    ).select(
        *_words(姓名=pl.col("name"), 身份证号=pl.col("citizen_id"), 残疾人证号=pl.col("certificate_no")),
        *_words(残疾类别=pl.col("kind"), 残疾等级=pl.col("level"), 发证日期=pl.col("issued")),
        *_words(有效期至=pl.col("valid_until"), 证件状态="正常", 注销日期=None, 乡镇=pl.col("township")),
        *_words(**{"村(社区)": pl.col("village")}),
        pl.col("has_old_certificate"),
    )
    ended = pl.col("发证日期").str.to_date()
    old = current.filter("has_old_certificate").with_columns(
        *_words(残疾人证号=pl.col("残疾人证号").str.slice(0, 20), 证件状态="注销", 注销日期=ended),
        *_words(发证日期=ended.dt.offset_by("-10y"), 有效期至=ended.dt.offset_by("-1d")),
    )
    return pl.concat([current, old])


def _families(world: World, people: pl.DataFrame) -> pl.DataFrame:
    """A row for every disabled member of a minimum-living family, and for other members of four in ten."""
    poor = people.filter("low_income")
    began = pl.when(pl.col("living_from") > 1).then(YEAR).otherwise("low_income_since")
    rows = poor.with_columns(pl.date(began, "living_from", 1).alias("since")).with_columns(
        pl.col("name").alias("head"), pl.col("citizen_id").alias("member_id")
    )
    members = residents(world, "members", poor.height, YOUNG, 40)
    other = rows.with_columns(members["name"], members["citizen_id"].alias("member_id"))
    other = other.filter(pl.Series(world.rng("subsidy/members").random(poor.height) < 0.4))
    return pl.concat([rows, other]).select(
        *_words(户主=pl.col("head"), 成员=pl.col("name"), 身份证号=pl.col("member_id"), 起始=pl.col("since")),
        *_words(终止=None, 乡镇=pl.col("township"), **{"村(社区)": pl.col("village")}),
    )


def _deaths(world: World, people: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """Deaths of old people who never drew a subsidy, and of those in the lists who were stopped in time."""
    rng, count = world.rng("subsidy/deaths"), people.height // 25 + 12
    old = residents(world, "old", count, ELDERLY).with_columns(
        pl.Series(rng.integers(1, 13, size=count)).alias("death_month"),
        pl.Series(rng.integers(1, 29, size=count)).alias("death_day"),
        pl.Series(rng.random(count) < 0.3).alias("nameless"),
    )
    dead = people.filter(pl.col("death_month") <= 12).with_columns(pl.lit(value=False).alias("nameless"))
    both = pl.concat([old, dead.select(old.columns)]).with_columns(death_date().alias("died"))
    police = both.with_columns(pl.Series("lag", rng.integers(1, 40, size=both.height))).select(
        *_words(姓名=pl.col("name"), 身份证号=pl.col("citizen_id"), 死亡日期=pl.col("died")),
        *_words(
            注销日期=pl.col("died") + pl.duration(days="lag"),
            注销原因="死亡",
            派出所=pl.col("township") + pl.lit("派出所"),
        ),
    )
    unknown = pl.when("nameless").then(None).otherwise("citizen_id")
    burnt = both.select(
        *_words(姓名=pl.col("name"), 身份证号=unknown, 性别=pl.col("sex"), 出生日期=pl.col("birth")),
        *_words(火化日期=pl.col("died").dt.offset_by("2d"), 联系人=pl.col("name").reverse()),
        *_words(户籍地址=pl.concat_str(pl.lit(DISTRICT), "township", "village")),
    )
    return {DEATHS: police, CREMATIONS: burnt}


def _moves(world: World, count: int) -> pl.DataFrame:
    number, rng = count // 50 + 20, world.rng("subsidy/moves")
    movers = residents(world, "movers", number, YOUNG)
    places = pl.Series(_FAR).gather(rng.integers(len(_FAR), size=number))
    moved = pl.Series(np.datetime64("2024-01-01") + rng.integers(0, 730, size=number).astype("timedelta64[D]"))
    return movers.select(
        *_words(姓名=pl.col("name"), 身份证号=pl.col("citizen_id"), 迁出日期=pl.lit(moved)),
        *_words(迁出地=pl.concat_str(pl.lit(DISTRICT), "township", "village"), 迁往地=pl.lit(places)),
    )


def _benefits(world: World, count: int) -> dict[str, pl.DataFrame]:
    """Lists of other benefits and of prisoners, filled with people who draw no subsidy."""
    spans: dict[str, Any] = {"起始": "2022-05-01", "终止": None}
    fee = {"待遇类别": "生活护理费", "月标准": "1860", "起始": "2021-09-01", "终止": "长期"}
    pension = {"待遇类别": "离休干部护理费", "月标准": "2400", "起始": "2018-01-01", "终止": None}
    term = {"羁押起": "2023-02-03", "羁押止": "2023-07-20", "判决日期": "2023-07-20", "刑种": "有期徒刑"}
    term |= {"刑期起": "2023-02-03", "刑期止": "2026-08-02", "执行方式": "监狱服刑"}
    facts: dict[str, tuple[int, tuple[str, str], int, dict[str, Any]]] = {
        "civil_destitute_support": (count // 100 + 8, ELDERLY, 30, {**spans, "类别": "分散供养"}),
        "civil_orphans": (count // 400 + 6, ORPHANS, 0, {**spans, "类别": "孤儿"}),
        "justice_custody": (count // 300 + 8, YOUNG, 10, term),
        "hr_work_injury_nursing": (count // 300 + 8, YOUNG, 20, fee),
        "veterans_nursing": (count // 300 + 8, ELDERLY, 60, pension),
    }
    return {
        contract: residents(world, contract, number, born, pair).select(
            *_words(姓名=pl.col("name"), 身份证号=pl.col("citizen_id"), 乡镇=pl.col("township"), **cells)
        )
        for contract, (number, born, pair, cells) in facts.items()
    }
