import polars as pl
import pytest

from casebook.ids import base, filler


@pytest.mark.parametrize(
    "text", ["111111111", "121212121", "123123123", "1234123412341", "12345678", "987654321", "3710987654321"]
)
def test_patterns_and_runs_are_filler(text):
    assert filler.found(pl.Series([text])).to_list() == [True]


@pytest.mark.parametrize(
    "text", ["742183213", "1234567", "110105491231002", "11010519491231002X", "12312312", "", None]
)
def test_other_texts_are_not(text):
    assert filler.found(pl.Series([text], dtype=pl.String)).to_list() == [False]


def test_lengths_are_judged_apart_and_nulls_keep_their_row():
    assert filler.found(pl.Series(["111111111", None, "742183213", "12345678"])).to_list() == [True, False, False, True]


def test_no_rows_are_no_filler():
    assert filler.is_filler(base.characters(pl.Series([], dtype=pl.String), 15)).tolist() == []
