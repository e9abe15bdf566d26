"""Shares of categories: few values, open columns, nothing under five rows."""

import polars as pl
import pytest

from casebook.case import categories
from casebook.case.categories import Category, Spread
from casebook.intake.contract import Column, Contract

OPEN = {"classification": "internal"}


@pytest.fixture
def delivered(tmp_path):
    """Writes columns as the data of a delivery."""

    def write(name, **columns):
        (tmp_path / name).mkdir()
        pl.DataFrame(columns).write_parquet(tmp_path / name / "data.parquet")
        return tmp_path / name

    return write


def contract(*columns, key=()):
    return Contract("c", "表", "局", "局", "1.0.0", "公益", columns, key=key)


def test_values_under_five_rows_are_neither_named_nor_counted(delivered):
    folder = delivered("now", state=["正常"] * 6 + ["注销"] * 5 + ["李四"] * 4 + ["", None])
    (found,) = categories.of_deliveries(folder, None, contract(Column("state", ("状态",), **OPEN)))
    assert found == Category("state", Spread({"正常": 6 / 15, "注销": None}, 1), None)


def test_a_share_is_told_again_where_the_rest_is_five_rows_or_more(delivered):
    folder = delivered("now", state=["A"] * 10 + ["B"] * 5 + ["x"] * 3 + ["y"] * 2)
    (found,) = categories.of_deliveries(folder, None, contract(Column("state", ("状态",), **OPEN)))
    assert found.now == Spread({"A": 0.5, "B": 0.25}, 2)


@pytest.mark.parametrize(
    "column",
    [
        Column("c", ("列",), classification="restricted"),
        Column("c", ("列",), classification="internal", tags=("pii",)),
        Column("c", ("列",), classification="public", kind="date"),
        Column("c", ("列",), classification="public", kind="person_name"),
    ],
    ids=["restricted", "personal", "a date", "a name"],
)
def test_other_columns_are_never_looked_at(delivered, column):
    assert categories.of_deliveries(delivered("now", c=["A"] * 9), None, contract(column)) == ()


def test_a_key_is_no_category(delivered):
    asked = contract(Column("c", ("列",), **OPEN), key=("c",))
    assert categories.of_deliveries(delivered("now", c=["A"] * 9), None, asked) == ()


@pytest.mark.parametrize(("values", "found"), [(30, 1), (31, 0)])
def test_more_than_thirty_values_are_no_category(delivered, values, found):
    folder = delivered("now", c=[f"v{i}" for i in range(values) for _ in range(5)])
    assert len(categories.of_deliveries(folder, None, contract(Column("c", ("列",), **OPEN)))) == found


def test_new_and_vanished_values_and_the_largest_shift(delivered):
    before, now = delivered("before", c=["A"] * 10 + ["B"] * 10), delivered("now", c=["A"] * 15 + ["C"] * 5)
    (found,) = categories.of_deliveries(now, before, contract(Column("c", ("列",), **OPEN)))
    assert (found.new, found.vanished, found.shift) == (("C",), ("B",), 0.5)


def test_a_column_the_delivery_before_lacks_has_nothing_to_compare(delivered):
    (found,) = categories.of_deliveries(
        delivered("now", c=["A"] * 5), delivered("before", d=["A"]), contract(Column("c", ("列",), **OPEN))
    )
    assert (found.before, found.new, found.vanished, found.shift) == (None, (), (), 0.0)
