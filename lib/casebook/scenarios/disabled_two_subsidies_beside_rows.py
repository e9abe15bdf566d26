"""Payments of the same subsidy in other months that an unpaid month is read beside: the nearest one, and lump payments."""

from typing import TYPE_CHECKING

import narwhals as nw

from casebook.case.inputs import Inputs
from casebook.case.scenario import Frame
from casebook.scenarios.disabled_two_subsidies_keys_rows import lumps
from casebook.scenarios.disabled_two_subsidies_rows import month_of_column, payments

if TYPE_CHECKING:
    from casebook.scenarios.disabled_two_subsidies import Parameters

UNIT = ("unit", "who", "month")


def with_application(holdings: Frame, inputs: Inputs) -> Frame:
    """Adds first_paid, first_applied: the first month of the subsidy paid to the person, and of an application its payments state."""
    paid = payments(inputs).filter(nw.col("amount_fen") > 0)
    first = paid.group_by("who").agg(first_paid=nw.col("month").min(), first_applied=nw.col("applied_on").min())
    first = first.with_columns(first_applied=month_of_column("first_applied"))
    return holdings.join(first, on="who", how="left")


def is_before_application(p: "Parameters") -> nw.Expr:
    """Nothing of the subsidy was paid up to the month, and every application stated is too late for it.

    By `start_rule` the month of the application is the first one payable, or the month after. Null dates tell nothing.
    """
    start = nw.col("first_applied") + int(p.start_rule == "month_after_application")
    return ((nw.col("first_paid") > nw.col("month")) & (start > nw.col("month"))).fill_null(False)


def with_nearest_payment(grid: Frame, inputs: Inputs) -> Frame:
    """Adds last_paid_month, has_applied, applied_on, stopped_on to unpaid months; null (has_applied: false) where nothing tells.

    `last_paid_month` is the last month paid before; the dates are those on the nearest payment (the last one before the
    month, else the first one after it). `has_applied`: that payment bears a date of application.
    """
    unpaid = grid.filter(nw.col("n_paid") == 0)
    found = nearest_payments(unpaid.select(*UNIT), inputs).group_by("unit").agg(
        last_paid_month=nw.col("earlier_month").max(),
        applied_on=nw.col("applied_on").max(),
        stopped_on=nw.col("stopped_on").max(),
    )  # fmt: skip
    beside = [grid.filter(nw.col("n_paid") != 0), unpaid.join(found, on="unit", how="left")]
    return nw.concat(beside, how="diagonal").with_columns(has_applied=~nw.col("applied_on").is_null())


def nearest_payments(unpaid: Frame, inputs: Inputs) -> Frame:
    """unit, ref, earlier_month (null: paid after the month only), applied_on, stopped_on of the nearest payment of the subsidy.

    Two payments of that month are two rows.
    """
    paid = payments(inputs).filter(nw.col("amount_fen") > 0)
    paid = paid.select("who", "ref", "applied_on", "stopped_on", paid_month=nw.col("month"))
    pairs = unpaid.join(paid, on="who", how="inner")
    is_earlier = nw.col("paid_month") < nw.col("month")
    pairs = pairs.with_columns(
        earlier_month=nw.when(is_earlier).then(nw.col("paid_month")).otherwise(nw.lit(None)),
        rank=nw.when(is_earlier).then(nw.col("paid_month")).otherwise(-nw.col("paid_month")),
    )
    pairs = inputs.settle(pairs)
    best = pairs.group_by("unit").agg(rank=nw.col("rank").max())
    return pairs.join(best, on=["unit", "rank"], how="inner")


def lump_payments(unpaid: Frame, inputs: Inputs) -> Frame:
    """unit, ref of the rows that pay several months of the same subsidy at once and may cover the unpaid month."""
    return unpaid.join(lumps(payments(inputs)).select("who", "ref"), on="who", how="inner")
