import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.ids import citizen, eighteen

bodies = st.builds(
    lambda area, born, order: f"{area:06}{born.isoformat().replace('-', '')}{order:03}",
    st.integers(0, 999_999),
    st.dates(),
    st.integers(0, 999),
)


def packed(*cells: str | None) -> list[int | None]:
    return eighteen.pack(pl.Series("id", cells, dtype=pl.String)).to_list()


def test_a_packed_number_is_seventeen_digits_times_eleven_plus_check():
    assert packed("11010519491231002X") == [11010519491231002 * 11 + 10]


@pytest.mark.parametrize(
    "cell",
    [
        None,
        "",
        "110105194912310021",  # check character
        "110105194913310021",  # month 13
        "110105491231002",  # 15 digits
        "11010519491231002x",
        " 11010519491231002X",
        "91350100M000100Y43",
        "云州市青禾区某某某某",
    ],
)
def test_what_is_no_valid_number_has_no_integer(cell):
    assert packed(cell, "11010519491231002X") == [None, packed("11010519491231002X")[0]]


def test_an_empty_column_packs_to_an_empty_column_of_integers():
    series = eighteen.pack(pl.Series("id", [], dtype=pl.String))
    assert (series.dtype, series.len(), series.name) == (pl.Int64, 0, "id")


def test_a_column_of_blanks_only_packs_to_nulls():
    assert packed(None, None) == [None, None]


@given(st.lists(bodies, min_size=1, max_size=8))
def test_packing_is_null_exactly_where_the_cleaner_finds_fault_and_unpacking_undoes_it(bodies):
    text = eighteen.with_check(pl.Series(bodies))
    integers = eighteen.pack(text)
    problem = citizen.clean(text)["problem"].fill_null("none")
    judged = ~problem.is_in(["digits_lost", "placeholder"])  # these are told before any birth date
    assert (integers.is_not_null() == (problem != "birth_date")).filter(judged).all()
    assert eighteen.unpack(integers).equals(text.set(integers.is_null(), None))


@given(st.lists(bodies, min_size=2, max_size=8, unique=True))
def test_different_numbers_have_different_integers(bodies):
    integers = eighteen.pack(eighteen.with_check(pl.Series(bodies))).drop_nulls()
    assert integers.n_unique() == integers.len()


@given(st.lists(st.one_of(st.none(), st.text(max_size=30), st.from_regex(r"[0-9]{17}[0-9X]", fullmatch=True))))
def test_any_text_packs_without_raising(cells):
    assert len(packed(*cells)) == len(cells)
