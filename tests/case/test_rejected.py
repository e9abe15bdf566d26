"""A rejected row with a subject's number keeps the subject from being a lead."""

import polars as pl
import pytest

from casebook.case import rejected
from casebook.case.rejected import REJECTED

ID, OLD = "11010519491231002X", "110105491231002"
FIRM = "91110000100003962T"


def refused(*rows):
    return pl.DataFrame(rows, schema={"code": pl.String, "raw": pl.String}, orient="row")


@pytest.mark.parametrize(
    ("raw", "known"),
    [
        (f"张三\t{ID}\t2025-01", {ID}),
        (f"张三,{ID.lower()},", {ID}),
        ("张三\t１１０１０５１９４９１２３１００２Ｘ", {ID}),
        (f"\ufffd户\t{OLD}", {OLD, ID}),
        (f"某公司|{FIRM}|1", {FIRM}),
        ("张三\t1234567\t80.00", set()),
    ],
)
def test_numbers_of_a_rejected_row_are_found_however_they_are_written(raw, known):
    assert rejected.numbers(refused(("char.encoding", raw))) == known


def test_totals_rows_are_about_nobody():
    assert rejected.numbers(refused(("row.total", f"合计\t{ID}"))) == frozenset()
    assert rejected.numbers(refused()) == frozenset()


def test_a_lead_of_that_number_is_flagged_and_other_bins_stay():
    judged = pl.DataFrame(
        {
            "entity": [ID, ID, ID, "other", None],
            "bin": ["lead", "excluded", "clear", "lead", "unmatched"],
        }
    )
    found = rejected.doubted(judged, {ID})
    assert found["bin"].to_list() == ["flagged", "excluded", "clear", "lead", "unmatched"]
    assert found[REJECTED].to_list() == [True, True, True, False, False]


def test_nothing_changes_where_nothing_was_rejected():
    judged = pl.DataFrame({"entity": [ID, None], "bin": ["lead", "unmatched"]})
    assert rejected.doubted(judged, frozenset()).drop(REJECTED).equals(judged)
