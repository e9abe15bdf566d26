"""Rows nobody could read or look up keep those they may be about from being leads."""

from dataclasses import replace

import polars as pl
import pytest

from casebook.case import unread
from casebook.case.scenario import Input, LinkSpec, Scenario
from casebook.case.unread import REJECTED, UNUSABLE

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
    assert unread.numbers(refused(("char.encoding", raw))) == known


def test_totals_rows_are_about_nobody():
    assert unread.numbers(refused(("row.total", f"合计\t{ID}"))) == frozenset()
    assert unread.numbers(refused()) == frozenset()


def judged(**columns):
    return pl.DataFrame(
        {"entity": [ID, ID, "other", None], "subject_name": ["张三", "张三", "李四", "王五"], **columns}
    )


def test_a_lead_of_that_number_is_flagged_and_other_bins_stay():
    found = unread.doubted(judged(bin=["lead", "excluded", "lead", "unmatched"]), {ID}, ())
    assert found["bin"].to_list() == ["flagged", "excluded", "lead", "unmatched"]
    assert found[REJECTED].to_list() == [True, True, False, False]
    assert unread.of(found.to_dicts()) == [REJECTED]


def test_a_lead_of_the_name_of_a_row_without_id_is_flagged():
    found = unread.doubted(judged(bin=["lead", "clear", "lead", "unmatched"]), (), {"李四", "王五"})
    assert found["bin"].to_list() == ["lead", "clear", "flagged", "unmatched"]
    assert unread.of(found.to_dicts()) == [UNUSABLE]


def test_nothing_changes_where_every_row_was_read():
    rows = judged(bin=["lead", "clear", "lead", "unmatched"])
    assert unread.doubted(rows, (), ()).drop(unread.DOUBTS).equals(rows)


def test_only_registers_of_persons_are_asked_for_names():
    deaths = Input("deaths", {"name": "n", "citizen_id": "i"}, subject="person")
    paid = Input("paid", {"name": "n", "citizen_id": "i"}, subject="person")
    firms = Input("firms", {"name": "n"}, subject="firm")
    model = Scenario(**dict.fromkeys(Scenario.__dataclass_fields__))
    model = replace(model, inputs=(deaths, paid, firms), links=(LinkSpec("dead", "person", ("paid",), "deaths"),))
    rows = pl.DataFrame({"name": ["张三", "李四", None], "entity": [None, ID, None]})
    assert unread.names(model, dict.fromkeys(("deaths", "paid", "firms"), rows)) == {"张三"}
