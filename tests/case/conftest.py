"""A small two-kind model in which every path to a bin can be laid out by hand."""

from datetime import date

import narwhals as nw
import polars as pl
import pytest

from casebook.case.scenario import Parameters, Scenario, exemption, kind, scope


class Small(Parameters):
    limit_fen: int


def is_paid(p):
    """有实际发放。
    Something was paid.
    """
    return nw.col("paid_fen") > 0


def paid_after_death(p):
    """死亡次月起仍发放。
    Paid after the month of death.
    Law: law_a
    反证：证明本人健在。
    Refuted by: proof of life.
    """
    return nw.col("has_death") & (nw.col("period") > nw.col("death_month"))


def too_much(p):
    """发放超过限额。
    Paid above the limit.
    """
    return nw.col("paid_fen") > p.limit_fen


def owed(p):
    """应发未发。
    Entitled and unpaid.
    """
    return nw.col("is_owed")


def refunded(p):
    """已退回。
    Refunded.
    """
    return nw.col("refunded")


def renewal(p):
    """正在换证。
    Being renewed.
    """
    return nw.col("renewal")


def amount(p):
    return nw.col("paid_fen")


def line(row, p):
    return f"{row['period']}: {row['paid_fen']}"


SMALL = Scenario(
    id="small",
    title_zh="小模型",
    title_en="Small model",
    line="公益",
    version="1.0.0",
    unit_zh="人月",
    unit_en="person-months",
    parameters=Small,
    inputs=(),
    links=(),
    prepare=lambda inputs, p: inputs,
    trace=lambda inputs, judged, p: inputs,
    scope=(scope("paid", is_paid),),
    kinds=(
        kind(
            "after_death",
            paid_after_death,
            tier="death_tier",
            law=("law_a",),
            shows=("death_month",),
            receiver="民政局",
        ),
        kind("too_much", too_much, law=("law_b",), shows=("paid_fen",)),
        kind("owed", owed, direction="under"),
    ),
    exemptions=(
        exemption("refunded", refunded, effect="excluded"),
        exemption("renewal", renewal, effect="flagged", covers=("too_much",)),
    ),
    amount=amount,
    computation=line,
    limits_zh=("不在死亡名单不等于健在",),
    limits_en=("absent from the list is not alive",),
)

ROW = {
    "unit": "u1",
    "entity": "900001199001011234",
    "entity_raw": "900001199001011234",
    "entity_tier": 1,
    "subject_name": "张三丰",
    "period": 24300,
    "period_start": date(2025, 1, 1),
    "period_end": date(2025, 1, 31),
    "paid_fen": 15000,
    "has_death": False,
    "death_month": 0,
    "death_tier": 1,
    "is_owed": False,
    "refunded": False,
    "renewal": False,
}
DEAD = {"has_death": True, "death_month": 24299}
SCHEMA = {"entity": pl.String, "entity_tier": pl.Int32, "period": pl.Int32, "death_month": pl.Int32, "death_tier": pl.Int32,
          "paid_fen": pl.Int64, "is_owed": pl.Boolean, "refunded": pl.Boolean, "renewal": pl.Boolean, "has_death": pl.Boolean}  # fmt: skip


@pytest.fixture
def small():
    return SMALL


@pytest.fixture
def parameters():
    return Small(source_set="sample", language="zh", purpose="p", legal_basis="l", approver="a", limit_fen=20000)


@pytest.fixture
def rows():
    """Judged rows: each argument a mapping of what differs from a living person paid 150 yuan."""

    def make(*changes):
        plain = [{**ROW, "unit": f"u{i}", **change} for i, change in enumerate(changes, 1)]
        return pl.DataFrame(plain, schema_overrides=SCHEMA)

    return make
