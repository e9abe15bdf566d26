"""Which part of a month is without right, which refunds cover it, and which payments may make good another month."""

import narwhals as nw

from casebook.case.scenario import Frame


def with_parts(grid: Frame) -> Frame:
    """Adds surplus_fen, wrong_fen, short_fen: paid beyond one due payment, paid without right, and paid or left short."""
    net, top = nw.col("net_fen"), nw.col("max_pay_fen")
    standard = nw.col("standard_fen")
    is_twice = (nw.col("n_paid") > 1) & (net > top) & (net > standard).fill_null(True)
    beyond = nw.max_horizontal(net - standard, nw.lit(0))
    surplus = nw.when(is_twice).then(nw.min_horizontal(nw.col("min_pay_fen"), net - top)).otherwise(beyond)
    grid = grid.with_columns(surplus_fen=nw.when(nw.col("n_paid") > 0).then(surplus).otherwise(nw.lit(0)).fill_null(0))
    lacking = nw.max_horizontal(standard - nw.col("gross_fen"), nw.lit(0)).fill_null(0)
    return grid.with_columns(
        wrong_fen=nw.when(nw.col("is_full"))
        .then(net)
        .when(nw.col("is_wrong"))
        .then(nw.col("surplus_fen"))
        .otherwise(nw.lit(0)),
        short_fen=nw.when(nw.col("is_full")).then(nw.lit(0)).otherwise(lacking),
    )


def with_refunds(grid: Frame) -> Frame:
    """Adds pooled_fen and kept_fen: refunds booked on other months are set against wrong months from the earliest on.

    A refund booked on a month paid rightly first takes back what went beyond one payment (a correction); the rest is for
    other months.
    """
    refund, gross = nw.col("refund_fen"), nw.col("gross_fen")
    own = nw.when(nw.col("is_wrong")).then(gross).otherwise(gross - nw.col("max_pay_fen"))
    grid = grid.with_columns(spare_fen=nw.max_horizontal(refund - own, nw.lit(0)))
    grid = grid.with_columns(pool_fen=nw.col("lone_fen") + nw.col("spare_fen").sum().over("who"))
    before = nw.col("wrong_fen").cum_sum().over("who", order_by="month") - nw.col("wrong_fen")
    free = nw.max_horizontal(nw.col("pool_fen") - before, nw.lit(0))
    grid = grid.with_columns(pooled_fen=nw.min_horizontal(free, nw.col("wrong_fen")))
    return grid.with_columns(kept_fen=nw.col("net_fen") - nw.col("pooled_fen"))


def with_back_payments(grid: Frame) -> Frame:
    """Adds may_be_back_payment: a surplus after months left short, or a short month made good (or set off) by a surplus."""
    surplus = nw.when(nw.col("is_full")).then(nw.lit(0)).otherwise(nw.col("surplus_fen"))
    paid_short = nw.when(nw.col("n_paid") > 0).then(nw.col("short_fen")).otherwise(nw.lit(0))
    grid = grid.with_columns(free_surplus=surplus, paid_short=paid_short)
    grid = grid.with_columns(
        short_before=nw.col("short_fen").cum_sum().over("who", order_by="month") - nw.col("short_fen"),
        paid_short_all=nw.col("paid_short").sum().over("who"),
        surplus_all=nw.col("free_surplus").sum().over("who"),
        surplus_so_far=nw.col("free_surplus").cum_sum().over("who", order_by="month"),
    )
    makes_good = (nw.col("free_surplus") > 0) & ((nw.col("short_before") > 0) | (nw.col("paid_short_all") > 0))
    later = nw.col("surplus_all") > nw.col("surplus_so_far")
    made_good = (nw.col("short_fen") > 0) & (later | ((nw.col("n_paid") > 0) & (nw.col("surplus_all") > 0)))
    return grid.with_columns(may_be_back_payment=makes_good | made_good).drop(
        "free_surplus", "paid_short", "short_before", "paid_short_all", "surplus_all", "surplus_so_far"
    )
