"""The judged rows put together, refunds allocated to months, and the source rows behind them."""

from datetime import date
from typing import TYPE_CHECKING

import narwhals as nw

from casebook.case.inputs import Inputs
from casebook.case.scenario import Frame
from casebook.scenarios import disabled_two_subsidies_beside_rows as beside
from casebook.scenarios import disabled_two_subsidies_events_rows as events
from casebook.scenarios import disabled_two_subsidies_keys_rows as keys
from casebook.scenarios import disabled_two_subsidies_registers_rows as registers
from casebook.scenarios import disabled_two_subsidies_rows as rows
from casebook.scenarios import disabled_two_subsidies_settlement_rows as settlement
from casebook.scenarios.disabled_two_subsidies_lists_rows import LOW_INCOME, listed, with_lists
from casebook.scenarios.disabled_two_subsidies_rows import CERTIFICATES, PAYMENTS

if TYPE_CHECKING:
    from casebook.scenarios.disabled_two_subsidies import Parameters


def facts(inputs: Inputs, p: "Parameters") -> Frame:
    """One row per person × subsidy × month paid, or unpaid and perhaps owed, with every fact the conditions read."""
    paid = inputs.once(rows.paid, p)
    grid = nw.concat([paid, _unpaid(paid, inputs, p)], how="diagonal").with_columns(slot=_slot())
    grid = grid.join(inputs.once(holdings, p), on="who", how="left")
    certificates = inputs.once(registers.certified, p).drop("person", "month")
    grid = with_lists(grid.join(certificates, on="slot", how="left"), inputs, p)
    grid = _with_standard(grid, inputs, p)
    zero = ("gross_fen", "refund_fen", "lone_fen", "n_paid", "max_pay_fen", "min_pay_fen")
    return grid.with_columns(
        *(nw.col(c).fill_null(0) for c in zero),
        nw.col("id_conflict").fill_null(False),
        nw.col("has_two_payees").fill_null(False),
        nw.col("entity_tier").fill_null(1).cast(nw.Int32),
        is_before_application=beside.is_before_application(p),
        is_move_unknown=events.is_move_unknown(p),
        unit=nw.concat_str("entity", "subsidy", nw.col("month").cast(nw.String), separator="|"),
        entity_raw=nw.col("entity"),
        period=nw.col("month"),
    ).with_columns(net_fen=nw.max_horizontal(nw.col("gross_fen") - nw.col("refund_fen"), nw.lit(0)))


def _slot() -> nw.Expr:
    """Person and month in one number, from `who`."""
    return nw.col("who") // 2 * rows.MONTHS + nw.col("month").cast(nw.Int64)


def _unpaid(paid: Frame, inputs: Inputs, p: "Parameters") -> Frame:
    """key, who, month of the unpaid months that may be owed: no table rules out the certificate, its grade, the low income.

    What is dropped here can never be entitled; there are far more months in which nothing was paid than months owed.
    """
    certified = inputs.once(registers.certified, p)
    held = certified.filter(nw.col("has_whole_month").fill_null(True)).with_columns(nursing=nw.lit(1).cast(nw.Int64))
    nursing = held.filter((nw.col("nursing_grade") <= 2).fill_null(True))
    on_list = inputs.once(listed, p, tuple(LOW_INCOME)).filter(nw.col("all_low_income").fill_null(True))
    living = held.join(on_list.select("slot"), on="slot", how="semi").with_columns(nursing=nw.lit(0).cast(nw.Int64))
    found = nw.concat(
        [nursing.select("person", "month", "nursing"), living.select("person", "month", "nursing")], how="vertical"
    )
    found = found.with_columns(who=nw.col("person") * 2 + nw.col("nursing")).with_columns(key=rows.at_month("who"))
    return found.select("key", "who", "month").join(paid.select("key"), on="key", how="anti")


def holdings(inputs: Inputs, p: "Parameters") -> Frame:
    """One row per person × subsidy (`who` numbers both) with what is known of it at whatever month."""
    persons = events.with_moves(events.with_deaths(inputs.once(rows.persons), inputs), inputs, p)
    both = persons.join(inputs.rows({"subsidy": [rows.LIVING, rows.NURSING]}), how="cross").with_columns(who=rows.who())
    both = both.join(rows.pooled_refunds(inputs, p), on="who", how="left")
    return beside.with_application(keys.with_other_keys(both, inputs), inputs)


def _with_standard(grid: Frame, inputs: Inputs, p: "Parameters") -> Frame:
    """Adds standard_fen, the month's standard for subsidy and grade, and standard_row, the row of the table it stands in.

    Both are null when no row is in force.
    """
    table = inputs.standard(p.standard_table).select(
        "subsidy", "valid_from", "valid_to", "fen_per_month",
        grade=nw.col("disability_grade").cast(nw.Int32), standard_row=_cited_standard(p.standard_table),
    )  # fmt: skip
    valid = (nw.col("valid_from") <= nw.col("period_start")) & (nw.col("valid_to") >= nw.col("period_start"))
    in_force = rows.months_of_period(inputs, p).join(table, how="cross").filter(valid)
    found = in_force.select("standard_row", standard_for=_standard_for(), standard_fen=nw.col("fen_per_month"))
    return (
        grid.with_columns(standard_for=_standard_for()).join(found, on="standard_for", how="left").drop("standard_for")
    )


def _standard_for() -> nw.Expr:
    """Month, grade and subsidy in one number; null without a grade."""
    return nw.col("month") * 16 + nw.col("grade") * 2 + (nw.col("subsidy") == rows.NURSING).cast(nw.Int32)


def _cited_standard(table: str) -> nw.Expr:
    """File, grade, first and last day of validity of a row; the last day is left out where the row is still in force."""
    first, last = (nw.col(name).dt.to_string("%Y-%m-%d") for name in ("valid_from", "valid_to"))
    until = nw.when(nw.col("valid_to") < date(9999, 12, 31)).then(last).otherwise(nw.lit(""))
    return nw.concat_str(
        nw.lit(f"{table}, "), nw.col("disability_grade"), nw.lit(", "), first, nw.lit(" – "), until
    ).str.strip_chars()


def judged(inputs: Inputs, p: "Parameters", is_wrong: nw.Expr, is_full: nw.Expr, is_owed: nw.Expr) -> Frame:
    """Rows paid or owed, refunds allocated, and the payments that cannot be compared.

    `is_wrong`: some kind of the direction over is not false; `is_full`: one of those by which the whole month is without
    right; `is_owed`: unpaid and entitlement not ruled out.
    """
    grid = facts(inputs, p).with_columns(
        is_wrong=(nw.col("n_paid") > 0) & is_wrong.fill_null(True),
        is_full=(nw.col("n_paid") > 0) & is_full.fill_null(True),
        is_owed=(nw.col("n_paid") == 0) & is_owed.fill_null(True),
    )
    grid = grid.filter((nw.col("n_paid") > 0) | nw.col("is_owed"))
    grid = settlement.with_refunds(settlement.with_parts(grid))
    grid = inputs.settle(settlement.with_back_payments(grid)).with_columns(
        wrong_months=nw.col("is_wrong").cast(nw.Int32).sum().over("person")
    )
    grid = beside.with_nearest_payment(grid, inputs)
    return nw.concat([grid, _unmatched(inputs, p)], how="diagonal")


def _unmatched(inputs: Inputs, p: "Parameters") -> Frame:
    found = rows.unmatched_rows(inputs, p).join(rows.months_of_period(inputs, p), on="month", how="left")
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


def trace(inputs: Inputs, judged_rows: Frame, p: "Parameters") -> Frame:
    """Source rows of judged rows: payments of the month (`main`), refunds, and every register row linked to the person.

    For months owed and unpaid the certificate rows are the main ones; beside them stand the nearest payment of the same
    subsidy and the lump payments that may cover the month.
    """
    keyed = judged_rows.filter(~nw.col("entity").is_null()).select("unit", "n_paid", "entity", "key", *beside.UNIT[1:])
    unpaid = keyed.filter(nw.col("n_paid") == 0).select(*beside.UNIT)
    payments = rows.payments(inputs).select("ref", "amount_fen", "key", "who")
    main = keyed.join(payments.filter(nw.col("amount_fen") >= 0), on="key", how="inner")
    refunds = keyed.filter(nw.col("n_paid") > 0).select("unit", "who").join(
        payments.filter(nw.col("amount_fen") < 0), on="who", how="inner"
    )  # fmt: skip
    bad = judged_rows.filter(nw.col("entity").is_null()).select("unit", ref=nw.col("payment_ref"))
    found = [_cited(main, PAYMENTS, "main"), _cited(refunds, PAYMENTS, "refund"), _cited(bad, PAYMENTS, "main")]
    lumps = beside.lump_payments(unpaid, inputs).select("unit", "ref")
    nearest = beside.nearest_payments(unpaid, inputs).join(lumps, on=["unit", "ref"], how="anti")
    is_earlier = ~nw.col("earlier_month").is_null()
    found += [
        _cited(lumps, PAYMENTS, "lump_payment"),
        _cited(nearest.filter(is_earlier), PAYMENTS, "earlier_payment"),
        _cited(nearest.filter(~is_earlier), PAYMENTS, "payment"),
    ]
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
