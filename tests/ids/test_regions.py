import numpy as np
import pytest

from casebook.ids import regions
from casebook.text import gazetteer


def test_the_grid_agrees_with_the_table_for_every_code_in_every_year():
    codes = np.unique(gazetteer.history().key // gazetteer.SPAN)
    codes = np.concatenate([codes, [0, 900001, 999999]])
    for year in (1850, *range(1979, 2032), 9999):
        years = np.full(len(codes), year)
        assert (regions.rows_as_of(codes, years) == gazetteer.history().rows_as_of(codes, years)).all()


@pytest.mark.parametrize(
    ("code", "born", "expected"),
    [
        (372421, 1990, True),
        (372421, 1950, True),  # born before numbers, given one while the code was in force
        (372421, 1995, False),  # the code had gone
        (371421, 1994, True),  # year of the change: either code
        (371421, 1990, False),  # registered late
        (371403, 2014, True),
        (371403, 1950, False),
        (110105, 1949, True),
        (900001, 1985, False),
        (0, 1985, False),
    ],
)
def test_a_number_is_given_under_a_code_in_force_when_it_was_given(code, born, expected):
    assert regions.is_given(np.array([code]), np.array([born])).item() is expected


def test_unassigned_codes_are_not_known():
    assert regions.is_known(np.array([371403, 900001, -1])).tolist() == [True, False, False]
