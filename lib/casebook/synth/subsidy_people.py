"""The background: disabled persons who are entitled by both registers and are paid exactly what is due."""

from typing import Final

import numpy as np
import polars as pl

from casebook.synth import words_people, words_places
from casebook.synth.subsidy_rates import CATEGORIES, LIVING, NURSING, STANDARDS, YEAR
from casebook.synth.world import World

_TOWNSHIP_SHARES: Final = (0.16, 0.14, 0.09, 0.08, 0.08, 0.08, 0.08, 0.08, 0.07, 0.06, 0.05, 0.03)
_ROWS_PER_PERSON: Final = 12.0
ADULTS: Final = ("1936-01-01", "1995-12-31")
"""Adults of the payment lists. Fillers of other registers are born outside, so that name and birth never meet."""
MINORS: Final = ("2011-01-01", "2019-12-31")
_NEVER: Final = 99


def residents(world: World, name: str, count: int, born: tuple[str, str], first_pair: int = 0) -> pl.DataFrame:
    """People with name, id, birth, sex, home and bank account; ids of different `first_pair` never meet."""
    rng = world.rng(f"subsidy/{name}")
    is_male = rng.random(count) < 0.53
    birth = words_people.birth_dates(rng, count, *born)
    return pl.DataFrame(
        {
            "name": words_people.names(rng, is_male),
            "citizen_id": words_people.citizen_ids(birth, is_male, first_pair=first_pair),
            "birth": birth,
            "sex": pl.Series(np.where(is_male, "男", "女")),
            "township": pl.Series(words_places.TOWNSHIPS).gather(rng.choice(12, size=count, p=_TOWNSHIP_SHARES)),
            "village": words_places.villages(rng, count),
            "account": words_people.accounts(rng, count),
        }
    )


def background(world: World, rows: int) -> pl.DataFrame:
    """Persons in good order who together draw `rows` payment rows (up to two dozen more)."""
    count = int(rows / _ROWS_PER_PERSON) + 50
    people = _with_certificates(world, residents(world, "background", count, ADULTS))
    people = _with_sharing_couples(world, people)
    drawn = pl.when(pl.col("grade") <= 2).then(pl.col("last_month")).otherwise(0)
    living = pl.when("low_income").then(pl.col("last_month") - pl.col("living_from") + 1).otherwise(0)
    people = people.with_columns((drawn + living.clip(0)).alias("drawn"))
    return people.filter(pl.col("drawn").cum_sum() - pl.col("drawn") < rows).drop("drawn")


def _with_certificates(world: World, people: pl.DataFrame) -> pl.DataFrame:
    """Adds grade, a certificate good for all of the year, minimum-living months and, for one in a hundred, a death."""
    rng, count = world.rng("subsidy/certificates"), people.height
    issued = words_people.birth_dates(rng, count, "2016-04-01", "2024-06-30")
    death = np.where(rng.random(count) < 0.01, rng.integers(1, 13, size=count), _NEVER)
    starts = np.where(rng.random(count) < 0.06, rng.integers(2, 13, size=count), 1)
    people = people.with_columns(
        pl.Series("grade", rng.choice([1, 2, 3, 4], size=count, p=[0.22, 0.33, 0.25, 0.20])),
        pl.Series("category", rng.integers(1, len(CATEGORIES) + 1, size=count)),
        issued.alias("issued"),
        issued.dt.offset_by("10y").dt.offset_by("-1d").alias("valid_until"),
        pl.Series("low_income", rng.random(count) < 0.6),
        pl.Series("living_from", starts),
        pl.Series("death_month", death),
        pl.Series("death_day", rng.integers(1, 29, size=count)),
        pl.Series("low_income_since", rng.integers(2017, 2025, size=count)),
        pl.Series("has_old_certificate", rng.random(count) < 0.03),
    )
    number = pl.concat_str("citizen_id", "category", "grade")
    renewed = pl.when("has_old_certificate").then(pl.lit("B1")).otherwise(pl.lit(""))
    return people.with_columns(
        (number + renewed).alias("certificate_no"), pl.col("death_month").clip(upper_bound=12).alias("last_month")
    )


def _with_sharing_couples(world: World, people: pl.DataFrame) -> pl.DataFrame:
    """Every fiftieth person is paid into the account of the neighbour in the list, as couples are."""
    shares = pl.Series(world.rng("subsidy/couples").random(people.height) < 0.02)
    return people.with_columns(pl.col("name").alias("holder")).with_columns(
        pl.when(shares).then(pl.col(name).shift(1).fill_null(pl.col(name))).otherwise(name).alias(name)
        for name in ("account", "holder", "township", "village")
    )


def payments(people: pl.DataFrame) -> pl.DataFrame:
    """One row per person, subsidy and month of entitlement, under the headers of the payment list."""
    months = pl.DataFrame({"month": range(1, 13)})
    calendar = people.join(months, how="cross").filter(pl.col("month") <= pl.col("last_month"))
    nursing = calendar.filter(pl.col("grade") <= 2).with_columns(pl.lit(NURSING).alias("subsidy"))
    living = calendar.filter(pl.col("low_income") & (pl.col("month") >= pl.col("living_from")))
    return _as_list(pl.concat([nursing, living.with_columns(pl.lit(LIVING).alias("subsidy"))]))


def _as_list(rows: pl.DataFrame) -> pl.DataFrame:
    rates = [(kind, grade, str(yuan)) for kind, table in STANDARDS.items() for grade, yuan in table.items()]
    standard = pl.DataFrame(rates, schema={"subsidy": pl.String, "grade": pl.Int64, "yuan": pl.String}, orient="row")
    started = pl.date(YEAR, pl.col("living_from"), 1)
    applied = pl.when((pl.col("subsidy") == LIVING) & (pl.col("living_from") > 1)).then(started).otherwise("issued")
    stopped = pl.when(pl.col("death_month") <= 12).then(death_date().dt.offset_by("20d"))
    return rows.join(standard, on=["subsidy", "grade"], maintain_order="left").select(
        pl.col("name").alias("姓名"),
        pl.col("citizen_id").alias("身份证号"),
        pl.col("certificate_no").alias("残疾人证号"),
        pl.col("subsidy").alias("补贴类型"),
        pl.col("yuan").alias("补贴标准"),
        (pl.lit(f"{YEAR}-") + pl.col("month").cast(pl.String).str.zfill(2)).alias("发放月份"),
        pl.col("yuan").alias("发放金额"),
        pl.col("account").alias("银行账号"),
        pl.col("holder").alias("开户人"),
        pl.lit(None, dtype=pl.String).alias("监护人"),
        pl.col("township").alias("乡镇"),
        pl.col("village").alias("村(社区)"),
        applied.dt.strftime("%Y-%m-%d").alias("申请日期"),
        stopped.dt.strftime("%Y-%m-%d").alias("停发日期"),
    )


def death_date() -> pl.Expr:
    """The day in the year on which a background person with `death_month` 1..12 died."""
    return pl.date(YEAR, pl.col("death_month").clip(upper_bound=12), pl.col("death_day"))
