"""What a judged month is worth in fen, and the line that shows how."""

from collections.abc import Mapping
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

import narwhals as nw

from casebook.measure.calendar import month_text
from casebook.measure.money import show
from casebook.scenarios.disabled_two_subsidies_rows import LIVING, NURSING

if TYPE_CHECKING:
    from casebook.scenarios.disabled_two_subsidies import Parameters

WORDS: Mapping[str, Mapping[str | None, str]] = {
    "zh": {
        LIVING: "生活补贴", NURSING: "护理补贴", None: "", "colon": "：",
        "standard": "标准", "paid": "已发", "refunded": "退回", "due": "应发",
        "since": "（此前最后发放 {month}，本月未见发放，原因待核）",
    },
    "en": {
        LIVING: "living subsidy", NURSING: "nursing subsidy", None: "", "colon": ": ",
        "standard": "standard", "paid": "paid", "refunded": "refunded", "due": "due",
        "since": " (last paid for {month}; why nothing is seen now is open)",
    },
}  # fmt: skip
FULL = (
    "after_death", "moved_out", "no_valid_certificate", "grade_not_1_2", "not_low_income", "excluded_by_work_injury_nursing_fee",
    "excluded_by_destitute_support", "orphan_living", "choose_higher", "in_prison",
)  # fmt: skip


def _carries(kind: str) -> nw.Expr:
    """The kind is one of those that decide the row's bin."""
    return nw.col(f"state_{kind}") == nw.col("state")


def amount(p: "Parameters") -> nw.Expr:
    """Fen without right: all that was kept of the month; of a double payment the smaller one; above the standard the excess.

    For what is owed: the standard, or the difference to it.
    """
    full = reduce(or_, (_carries(name) for name in FULL))
    twice = nw.max_horizontal(nw.col("surplus_fen") - nw.col("pooled_fen"), nw.lit(0))
    return (
        nw.when(nw.col("n_paid") == 0).then(nw.col("standard_fen"))
        .when(full).then(nw.col("kept_fen"))
        .when(_carries("double_same_subsidy")).then(twice)
        .when(_carries("wrong_standard")).then(nw.col("kept_fen") - nw.col("standard_fen"))
        .otherwise(nw.col("standard_fen") - nw.col("gross_fen"))
        .fill_null(0)
    )  # fmt: skip


def computation(row: Mapping[str, Any], p: "Parameters") -> str:
    """The month's formula with its numbers, in the run's language: standard owed, or paid − refunded − allowed = amount."""
    say = WORDS[p.language]
    head = f"{month_text(row['month'])} {say[row['subsidy']]}{say['colon']}"
    total = show(row["amount_fen"])
    if row["n_paid"] == 0:
        last = row["last_paid_month"]
        since = "" if last is None else say["since"].format(month=month_text(last))
        return f"{head}{say['standard']} {total} − {say['paid']} 0.00 = {total}{since}"
    if row["direction"] == "under":
        return f"{head}{say['standard']} {show(row['standard_fen'])} − {say['paid']} {show(row['gross_fen'])} = {total}"
    back = row["refund_fen"] + row["pooled_fen"]
    allowed = max(0, row["gross_fen"] - back - row["amount_fen"])
    minus = f" − {say['due']} {show(allowed)}" if allowed else ""
    return f"{head}{say['paid']} {show(row['gross_fen'])} − {say['refunded']} {show(back)}{minus} = {total}"
