"""One row per shop: what its page shows, in words that can be compared."""

from datetime import timedelta
from typing import TYPE_CHECKING

import narwhals as nw

from casebook.case.inputs import Inputs
from casebook.case.scenario import Frame
from casebook.scenarios.online_catering_inputs import LICENCES, SHOPS

if TYPE_CHECKING:
    from casebook.scenarios.online_catering import Parameters

NOTHING = ("blank", "placeholder")
NO_GRADE = "未评|待评|未定|暂未|不详"
CLOSED = "关店|停业|下线|歇业|暂停|停止营业|已关闭"
UNREADABLE_GRADE = 0


def shops(inputs: Inputs, p: "Parameters") -> Frame:
    """Shops with number, address key, grade and state as shown, before anything is looked up."""
    problem = nw.col("shown_licence_no_problem").fill_null("")
    rows = inputs.table(SHOPS).with_columns(
        is_nothing_shown=problem.is_in(list(NOTHING)),
        is_other_number=problem == "other_licence",
        is_faulty=~problem.is_in(["", *NOTHING, "other_licence"]),
        shown_rank=grade_rank("shown_grade"),
        is_grade_shown=~nw.col("shown_grade").is_null() & ~nw.col("shown_grade").fill_null("").str.contains(NO_GRADE),
        is_closed=nw.col("shop_state").fill_null("").str.contains(CLOSED),
        is_test_shop=nw.col("shop_type").fill_null("").str.contains("测试"),
        subject_key=subject_key("shown_operator_core", "shown_address"),
    )
    return with_window(rows, inputs, p)


def with_window(rows: Frame, inputs: Inputs, p: "Parameters") -> Frame:
    """Adds list_date and is_in_window: capture and licence list no more than `capture_window_days` apart (null: not told)."""
    listed = inputs.obtained.get(LICENCES)
    if listed is None:
        return rows.with_columns(list_date=nw.col("captured_on"), is_in_window=nw.lit(None).cast(nw.Boolean))
    days = timedelta(days=p.capture_window_days)
    captured = nw.col("captured_on")
    is_inside = (captured >= nw.lit(listed - days)) & (captured <= nw.lit(listed + days))
    return rows.with_columns(list_date=nw.lit(listed), is_in_window=is_inside)


def subject_key(core: str, address: str) -> nw.Expr:
    """Name and house a subject is known by where no number tells; null unless both are written out."""
    street = nw.coalesce(nw.col(f"{address}_road"), nw.col(f"{address}_village"))
    house = nw.concat_str(nw.col(core), street, nw.col(f"{address}_number"), separator="|")
    return nw.when(nw.col(core).is_null() | street.is_null() | nw.col(f"{address}_number").is_null()).then(
        nw.lit(None)
    ).otherwise(house).cast(nw.String)  # fmt: skip


def grade_rank(column: str) -> nw.Expr:
    """1 (A, 优秀, 大笑), 2 (B, 良好, 微笑), 3 (C, 一般, 平脸); 0 for words nobody knows; null where no grade stands."""
    text = nw.col(column)
    return (
        nw.when(text.is_null() | text.str.contains(NO_GRADE)).then(nw.lit(None))
        .when(text.str.contains("^1|^[Aa]|优|大笑|笑脸")).then(nw.lit(1))
        .when(text.str.contains("^2|^[Bb]|良|微笑")).then(nw.lit(2))
        .when(text.str.contains("^3|^[Cc]|一般|平脸|及格|合格")).then(nw.lit(3))
        .otherwise(nw.lit(UNREADABLE_GRADE))
        .cast(nw.Int32)
    )  # fmt: skip


def same_house(left: str, right: str) -> nw.Expr:
    """The two addresses name one house; null where a road or a number is missing on either side."""
    street, other = (nw.coalesce(nw.col(f"{a}_road"), nw.col(f"{a}_village")) for a in (left, right))
    number = nw.col(f"{left}_number") == nw.col(f"{right}_number")
    is_equal = (nw.col(left) == nw.col(right)).fill_null(False)
    return is_equal | ((street == other) & number)
