"""The judged rows put together, refunds allocated to months, and the source rows behind them."""

from typing import TYPE_CHECKING

import narwhals as nw

from casebook.case.inputs import Inputs
from casebook.case.scenario import Frame
from casebook.scenarios import disabled_two_subsidies_registers_rows as registers
from casebook.scenarios import disabled_two_subsidies_rows as rows
from casebook.scenarios.disabled_two_subsidies_rows import CERTIFICATES, KEY, PAYMENTS, linked

if TYPE_CHECKING:
    from casebook.scenarios.disabled_two_subsidies import Parameters

LIFE_SUPPORT = "生活护理"


def facts(inputs: Inputs, p: "Parameters") -> Frame:
    """One row per person × subsidy × month with every fact the conditions read, whether paid or not."""
    grid = rows.calendar(inputs, p).join(rows.paid(inputs), on=list(KEY), how="left")
    grid = inputs.settle(grid.join(rows.pooled_refunds(inputs), on=["entity", "subsidy"], how="left"))
    grid = inputs.settle(registers.with_certificates(grid, inputs, p))
    grid = inputs.settle(registers.with_moves(registers.with_deaths(grid, inputs), inputs, p))
    grid = inputs.settle(_with_lists(grid, inputs))
    grid = inputs.settle(_with_standard(grid, inputs, p))
    grid = _with_other_keys(grid, inputs)
    zero = ("gross_fen", "refund_fen", "pool_fen", "n_paid", "max_pay_fen", "min_pay_fen")
    return grid.with_columns(
        *(nw.col(c).fill_null(0) for c in zero),
        nw.col("id_conflict").fill_null(False),
        nw.col("entity_tier").fill_null(1).cast(nw.Int32),
        unit=nw.concat_str("entity", "subsidy", nw.col("month").cast(nw.String), separator="|"),
        entity_raw=nw.col("entity"),
        period=nw.col("month"),
    ).with_columns(net_fen=nw.max_horizontal(nw.col("gross_fen") - nw.col("refund_fen"), nw.lit(0)))


def _with_lists(grid: Frame, inputs: Inputs) -> Frame:
    """Other benefits and prison terms of the month."""
    months = inputs.settle(grid.select("entity", "month").unique())
    span = ("benefit_from", "benefit_until")
    months = rows.in_interval(months, linked(inputs, "low_income", "civil_low_income", span), "low_income")
    months = rows.in_interval(months, linked(inputs, "destitute", "civil_destitute_support", span), "destitute")
    months = rows.in_interval(months, linked(inputs, "orphans", "civil_orphans", span), "orphan_support")
    injury = linked(inputs, "injury", "hr_work_injury_nursing", (*span, "category"))
    injury = injury.filter(nw.col("category").fill_null(LIFE_SUPPORT).str.contains("护理"))
    months = rows.in_interval(months, injury, "injury_nursing")
    veterans = linked(inputs, "veterans", "veterans_nursing", (*span, "standard_fen"))
    veterans = veterans.with_columns(
        benefit_from=nw.when(nw.col("standard_fen") > 0).then(nw.col("benefit_from")).otherwise(nw.lit(None))
    )
    months = rows.in_interval(months, veterans, "veterans_nursing")
    custody = linked(inputs, "custody", "justice_custody", ("term_from", "term_until", "penalty", "execution"))
    outside = nw.concat_str(nw.col("penalty").fill_null(""), nw.col("execution").fill_null("")).str.contains(
        "缓刑|社区矫正|管制|监外"
    )
    served = custody.filter(~outside).rename({"term_from": "benefit_from", "term_until": "benefit_until"})
    months = rows.in_interval(months, served, "prison")
    return grid.join(months, on=["entity", "month"], how="left")


def _with_standard(grid: Frame, inputs: Inputs, p: "Parameters") -> Frame:
    """Adds standard_fen, the month's standard for subsidy and grade; null when no row is in force."""
    table = inputs.standard(p.standard_table).select(
        "subsidy", "valid_from", "valid_to", "fen_per_month", grade=nw.col("disability_grade").cast(nw.Int32)
    )
    wanted = grid.select("subsidy", "grade", "month", "period_start").unique()
    valid = (nw.col("valid_from") <= nw.col("period_start")) & (nw.col("valid_to") >= nw.col("period_start"))
    found = wanted.join(table, on=["subsidy", "grade"], how="inner").filter(valid)
    return grid.join(
        found.select("subsidy", "grade", "month", standard_fen=nw.col("fen_per_month")),
        on=["subsidy", "grade", "month"], how="left",
    )  # fmt: skip


def _with_other_keys(grid: Frame, inputs: Inputs) -> Frame:
    """Adds is_paid_elsewhere (paid under another id, or under a key nobody can read) and has_lump (a row pays several months)."""
    payments = rows.payment_rows(inputs)
    inner = payments.filter(nw.col("id_conflict") & ~nw.col("certificate_no_citizen_id").is_null()).select(
        "subsidy", entity=nw.col("certificate_no_citizen_id")
    )
    nameless = payments.filter(nw.col("entity").is_null()).select(
        "subsidy", subject_name=nw.col("name"), place=nw.col("township")
    )
    amount, standard = nw.col("amount_fen"), nw.col("standard_fen")
    lumps = payments.filter((amount >= 2 * standard) & (amount % standard == 0)).select("entity", "subsidy").unique()
    grid = grid.join(inner.unique().with_columns(other_id=nw.lit(1)), on=["entity", "subsidy"], how="left")
    grid = grid.join(
        nameless.unique().with_columns(no_id=nw.lit(1)), on=["subsidy", "subject_name", "place"], how="left"
    )
    grid = grid.join(lumps.with_columns(lump=nw.lit(1)), on=["entity", "subsidy"], how="left")
    is_elsewhere = nw.max_horizontal(nw.col("other_id").fill_null(0), nw.col("no_id").fill_null(0)) == 1
    return grid.with_columns(is_paid_elsewhere=is_elsewhere, has_lump=nw.col("lump").fill_null(0) == 1).drop(
        "other_id", "no_id", "lump"
    )


def judged(inputs: Inputs, p: "Parameters", is_wrong: nw.Expr, is_owed: nw.Expr) -> Frame:
    """Rows paid or owed, refunds allocated, and the payments that cannot be compared.

    Refunds booked in a month without payment are set against the wrongly paid months from the earliest on.
    `is_wrong`: some kind of the direction over is not false; `is_owed`: unpaid and entitlement not ruled out.
    """
    grid = facts(inputs, p).with_columns(
        is_wrong=(nw.col("n_paid") > 0) & is_wrong.fill_null(True),
        is_owed=(nw.col("n_paid") == 0) & is_owed.fill_null(True),
    )
    grid = grid.filter((nw.col("n_paid") > 0) | nw.col("is_owed"))
    wrong_fen = nw.when(nw.col("is_wrong")).then(nw.col("net_fen")).otherwise(nw.lit(0))
    grid = grid.with_columns(wrong_fen=wrong_fen)
    before = nw.col("wrong_fen").cum_sum().over("entity", "subsidy", order_by="month") - nw.col("wrong_fen")
    free = nw.max_horizontal(nw.col("pool_fen") - before, nw.lit(0))
    grid = grid.with_columns(pooled_fen=nw.min_horizontal(free, nw.col("wrong_fen")))
    grid = grid.with_columns(
        kept_fen=nw.col("net_fen") - nw.col("pooled_fen"),
        wrong_months=nw.col("is_wrong").cast(nw.Int32).sum().over("entity"),
    )
    return nw.concat([grid, _unmatched(inputs, p)], how="diagonal")


def _unmatched(inputs: Inputs, p: "Parameters") -> Frame:
    months = rows.calendar(inputs, p).select("month", "period_start", "period_end").unique()
    found = rows.unmatched_rows(inputs, p).join(months, on="month", how="left")
    return found.with_columns(period=nw.col("month"), wrong_months=nw.lit(0).cast(nw.Int32))


REGISTERS = (
    ("certificates", CERTIFICATES, "certificate"),
    ("deaths", "police_deaths", "death"),
    ("cremations", "civil_cremations", "death"),
    ("moves", "police_moves", "move"),
    ("low_income", "civil_low_income", "low_income"),
    ("destitute", "civil_destitute_support", "other_benefit"),
    ("orphans", "civil_orphans", "other_benefit"),
    ("injury", "hr_work_injury_nursing", "other_benefit"),
    ("veterans", "veterans_nursing", "other_benefit"),
    ("custody", "justice_custody", "custody"),
)


def trace(inputs: Inputs, judged_rows: Frame, p: "Parameters") -> Frame:  # noqa: ARG001
    """Source rows of judged rows: payments of the month (`main`), refunds, and every register row linked to the person.

    For months owed and unpaid the certificate rows are the main ones.
    """
    keyed = judged_rows.filter(~nw.col("entity").is_null()).select("unit", "n_paid", *KEY)
    payments = rows.payment_rows(inputs).select("ref", "amount_fen", *KEY)
    main = keyed.join(payments.filter(nw.col("amount_fen") >= 0), on=list(KEY), how="inner")
    refunds = keyed.filter(nw.col("n_paid") > 0).select("unit", "entity", "subsidy").join(
        payments.filter(nw.col("amount_fen") < 0), on=["entity", "subsidy"], how="inner"
    )  # fmt: skip
    bad = judged_rows.filter(nw.col("entity").is_null()).select("unit", ref=nw.col("payment_ref"))
    found = [_cited(main, PAYMENTS, "main"), _cited(refunds, PAYMENTS, "refund"), _cited(bad, PAYMENTS, "main")]
    for link, contract, role in REGISTERS:
        links = inputs.links(link).select("entity", ref=nw.col("right_ref"))
        rows_of = keyed.join(links, on="entity", how="inner")
        if role == "certificate":
            is_main = nw.col("n_paid") == 0
            found.append(_cited(rows_of.filter(is_main), contract, "main"))
            rows_of = rows_of.filter(~is_main)
        found.append(_cited(rows_of, contract, role))
    return nw.concat(found, how="vertical")


def _cited(frame: Frame, contract: str, role: str) -> Frame:
    return frame.select("unit", "ref", contract=nw.lit(contract), role=nw.lit(role))
