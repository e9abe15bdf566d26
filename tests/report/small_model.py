"""The small model whose pages the tests look at: three kinds, two exemptions, persons and (renamed) firms."""

from dataclasses import replace

import narwhals as nw

from casebook.case.scenario import Input, Parameters, Scenario, exemption, kind, scope


class Small(Parameters):
    limit_yuan: int
    share: float


def is_paid_or_owed(p):
    """有实际发放或应发。
    Something was paid or is owed.
    """
    return (nw.col("paid_fen") > 0) | nw.col("is_entitled")


def paid_after_death(p):
    """死亡次月起仍发放。死亡当月应发。
    Paid after the month of death. The month of death itself is due.

    民法典第十三条。
    """
    return nw.col("has_death") & (nw.col("period") > nw.col("death_month"))


def too_much(p):
    """发放超过限额。
    Paid above the limit.
    """
    return nw.col("paid_fen") > p.limit_yuan * 100


def owed(p):
    """应发未发。
    Entitled and unpaid.
    """
    return nw.col("is_entitled") & (nw.col("paid_fen") == 0)


def refunded(p):
    """已退回。
    Refunded.
    """
    return nw.col("refunded")


def renewal(p):
    """证件正在换发。
    Certificate being renewed.
    """
    return nw.col("renewal")


def amount(p):
    return nw.when(nw.col("paid_fen") > 0).then(nw.col("paid_fen")).otherwise(nw.lit(12345))


def line(row, p):
    return f"{row['period_start']:%Y-%m}: {row['paid_fen'] / 100:,.2f}"


def prepare(inputs, p):
    return inputs.table("payments").with_columns(nw.lit(1).cast(nw.Int32).alias("entity_tier"))


def trace(inputs, judged, p):
    return judged.select("unit", "ref").with_columns(nw.lit("payments").alias("contract"), nw.lit("main").alias("role"))


PERSONS = Scenario(
    id="small",
    title_zh="补贴小模型",
    title_en="Small subsidy model",
    line="公益",
    version="1.0.0",
    unit_zh="人月",
    unit_en="person-months",
    parameters=Small,
    inputs=(
        Input("payments", {"name": "核对姓名", "citizen_id": "比对", "amount": "金额"}),
        Input("deaths", {}, optional=True),
    ),
    links=(),
    prepare=prepare,
    trace=trace,
    scope=(scope("paid", is_paid_or_owed),),
    kinds=(
        kind(
            "after_death",
            paid_after_death,
            law=("law_a",),
            shows=("death_month", "paid_fen"),
            receiver="民政局",
            document="检察建议",
            refuted_zh="户籍或医院证明其在该月健在。",
            refuted_en="Proof that the person was alive in the month.",
        ),
        kind("too_much", too_much, law=("law_a",), shows=("paid_fen",)),
        kind("owed", owed, direction="under", law=("law_b",), shows=("is_entitled",), refuted_zh="已由其他渠道发放。"),
    ),
    exemptions=(
        exemption("refunded", refunded, effect="excluded"),
        exemption("renewal", renewal, effect="flagged", covers=("too_much", "owed")),
    ),
    amount=amount,
    computation=line,
    limits_zh=("不在死亡名单不等于健在。",),
    limits_en=("Absent from the list is not alive.",),
)


FIRMS = replace(PERSONS, id="small_firms", subject="firm", title_zh="税款小模型", grouping="entity")
