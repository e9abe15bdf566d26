import polars as pl
import pytest

from casebook.link.dates import born_level


@pytest.mark.parametrize(
    ("right", "level"),
    [
        (19840305, 0),
        (19840503, 1),
        (19840315, 2),
        (19480305, 2),
        (19840327, 3),
        (19841128, 4),
        (20011227, 5),
        (None, None),
    ],
)
def test_a_birth_date_agrees_by_level(right, level):
    one, two = pl.Series([19840305], dtype=pl.Int32), pl.Series([right], dtype=pl.Int32)
    assert born_level(one, two).item() == level
    assert born_level(two, one).item() == level


def test_same_day_and_month_is_no_exchange():
    assert born_level(pl.Series([19840404]), pl.Series([19840404])).item() == 0


def test_digits_that_are_no_date_are_compared_as_digits():
    assert born_level(pl.Series([19510906]), pl.Series([19510096])).item() == 2


@pytest.mark.parametrize(
    ("right", "level"), [(19800101, 5), (19510101, 5), (19500101, 0), (19500102, 2), (19800102, 5)]
)
def test_two_first_days_of_january_differ_by_no_slip(right, level):
    one, two = pl.Series([19500101], dtype=pl.Int32), pl.Series([right], dtype=pl.Int32)
    assert born_level(one, two).item() == level
    assert born_level(two, one).item() == level
