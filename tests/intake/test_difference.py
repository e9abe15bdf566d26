"""Two deliveries by their key: every row of both is counted once."""

from collections import Counter
from itertools import count

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.intake import difference
from casebook.intake.contract import Column, Contract
from casebook.intake.difference import Outside

CONTRACT = Contract(
    "c", "表", "局", "局", "1.0.0", "公益", tuple(Column(n, (n,)) for n in ("id", "month", "paid", "town"))
)
KEYED = Contract(**{**vars(CONTRACT), "key": ("id", "month")})


@pytest.fixture(scope="module")
def delivered(tmp_path_factory):
    """Writes rows of (id, month, paid, town), or some of these columns, as a delivery."""
    folder, number = tmp_path_factory.mktemp("store"), count()

    def write(rows, names=("id", "month", "paid", "town")):
        made = folder / str(next(number))
        made.mkdir()
        frame = pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String), orient="row")
        frame.write_parquet(made / "data.parquet")
        return made

    return write


def test_rows_are_told_by_their_key_and_changes_by_their_column(delivered):
    before = delivered(
        [("1", "01", "10", "甲"), ("2", "01", "10", "甲"), ("3", "01", "10", "甲"), ("4", "01", "1", "甲")]
    )
    now = delivered([("4", "01", "2", "乙"), ("1", "01", "10", "甲"), ("2", "01", None, "甲"), ("5", "01", "7", "甲")])
    found = difference.between(before, now, KEYED)
    assert (found.added, found.removed, found.changed, found.unchanged) == (1, 1, 2, 1)
    assert found.cells == {"paid": 2, "town": 1}
    assert (found.key, found.compared) == (("id", "month"), ("paid", "town"))
    assert (found.rows_before, found.rows_now) == (4, 4)


def test_keys_that_are_blank_or_repeat_in_either_delivery_are_counted_apart(delivered):
    before = delivered([("1", "01", "10", ""), ("1", "01", "20", ""), (None, "01", "1", ""), ("2", "01", "1", "")])
    now = delivered([("1", "01", "10", ""), ("  ", "01", "1", ""), ("2", "01", "1", ""), ("2", "01", "1", "")])
    found = difference.between(before, now, KEYED)
    assert (found.added, found.removed, found.changed, found.unchanged) == (0, 0, 0, 0)
    assert (found.outside_before, found.outside_now) == (Outside(blank=1, repeated=3), Outside(blank=1, repeated=3))


def test_blanks_at_the_ends_and_letter_case_of_keys_make_no_difference(delivered):
    before = delivered([("90000119900101001x", "01", " 10", "甲 ")])
    now = delivered([(" 90000119900101001X ", "01", "10", "甲")])
    found = difference.between(before, now, KEYED)
    assert (found.unchanged, found.changed, found.added) == (1, 0, 0)


def test_parts_of_a_key_do_not_run_into_each_other(delivered):
    found = difference.between(delivered([("1", "11", "", "")]), delivered([("11", "1", "", "")]), KEYED)
    assert (found.added, found.removed, found.unchanged) == (1, 1, 0)


@pytest.mark.parametrize("contract", [CONTRACT, KEYED], ids=["no key", "key not kept"])
def test_without_the_key_whole_rows_are_compared(delivered, contract):
    names = ("month", "paid", "town")
    before = delivered([("01", "1", "甲"), ("01", "1", "甲"), ("02", "1", "甲")], names)
    now = delivered([("01", "1", "甲"), ("02", "2", "甲"), ("03", None, None)], names)
    found = difference.between(before, now, contract)
    assert (found.key, found.compared) == ((), names)
    assert (found.added, found.removed, found.changed, found.unchanged) == (2, 2, 0, 1)


def test_only_columns_kept_of_both_are_compared(delivered):
    before = delivered([("1", "01", "10")], ("id", "month", "paid"))
    now = delivered([("1", "01", "甲")], ("id", "month", "town"))
    found = difference.between(before, now, KEYED)
    assert (found.compared, found.unchanged, found.changed) == ((), 1, 0)


def test_an_empty_delivery_is_all_removed(delivered):
    found = difference.between(delivered([("1", "01", "1", "")]), delivered([]), KEYED)
    assert (found.removed, found.added, found.rows_now) == (1, 0, 0)


ROWS = st.lists(st.tuples(st.sampled_from(["1", "2", "3", "4", ""]), st.just("01"), st.sampled_from("ab"), st.just("")))


@given(old=ROWS, new=ROWS)
def test_counts_agree_with_a_count_by_hand_and_balance(delivered, old, new):
    found = difference.between(delivered(old), delivered(new), KEYED)
    counts = [Counter(row[0] for row in rows) for rows in (old, new)]
    apart = {key for held in counts for key, number in held.items() if number > 1} | {""}
    olds, news = ({row[0]: row for row in rows if row[0] not in apart} for rows in (old, new))
    changed = sum(olds[key] != news[key] for key in olds.keys() & news.keys())
    assert (found.added, found.removed) == (len(news.keys() - olds.keys()), len(olds.keys() - news.keys()))
    assert (found.changed, found.unchanged) == (changed, len(olds.keys() & news.keys()) - changed)
    outside = found.outside_now.blank + found.outside_now.repeated
    assert found.rows_now == found.added + found.changed + found.unchanged + outside
