import datetime as dt
from decimal import Decimal

import pandas as pd
import polars as pl
import pytest

from casebook.clean import door


@pytest.mark.parametrize(
    ("cells", "read"),
    [
        (["a", None, ""], ["a", None, ""]),
        ([1, None], ["1", None]),
        ([1.0, 0.1 + 0.2, float("nan"), float("inf"), None], ["1", "0.3", None, None, None]),
        ([True, None], ["TRUE", None]),
        ([dt.date(2025, 1, 2), None], ["2025-01-02", None]),
        ([dt.datetime(2025, 1, 2, 3, 4), None], ["2025-01-02 03:04:00", None]),
        ([Decimal("1.50"), None], ["1.50", None]),
        ([None, None], [None, None]),
    ],
)
def test_a_series_is_the_text_a_reader_sees(cells, read):
    assert door.texts(pl.Series("x", cells)).to_list() == read


@pytest.mark.parametrize(
    ("series", "read"),
    [
        (pd.Series(["a", None, float("nan")]), ["a", None, None]),
        (pd.Series([1, 2]), ["1", "2"]),
        (pd.Series([1, None]), ["1", None]),
        (pd.Series([1, None], dtype="Int64"), ["1", None]),
        (pd.Series([pd.Timestamp("2025-01-02"), pd.NaT]), ["2025-01-02", None]),
        (pd.Series(["x", 3, 2.5, True], dtype=object), ["x", "3", "2.5", "TRUE"]),
        (pd.Series(["b", "a"], dtype="category"), ["b", "a"]),
        (pd.Series([], dtype=object), []),
    ],
)
def test_pandas_comes_in_as_text(series, read):
    told = door.texts(series)
    assert (told.to_list(), told.dtype) == (read, pl.String)


def test_names_of_columns_are_kept_even_when_they_are_numbers():
    assert door.frame_of(pd.DataFrame([[1, "x"]], columns=[2024, "名"])).rows(named=True) == [{"2024": "1", "名": "x"}]


def test_half_a_character_becomes_the_sign_for_no_text():
    frame = door.frame_of(pd.DataFrame({"a\ud800": ["x\udfffy", "z", None]}))
    assert frame.to_dict(as_series=False) == {"a\ufffd": ["x\ufffdy", "z", None]}


def test_many_columns_are_no_labour():
    assert door.frame_of(pl.DataFrame({f"c{at}": ["1"] for at in range(50_000)})).width == 50_000
