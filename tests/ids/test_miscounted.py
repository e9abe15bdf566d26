from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.ids import citizen, eighteen, miscounted

WHOLE = "11010519491231002X"
places = st.integers(0, 17)
numbers = st.builds(
    lambda born, order: eighteen.with_check(pl.Series([f"900001{born:%Y%m%d}{order:03}"])).item(),
    st.dates(date(1900, 1, 1), date(2030, 1, 1)),
    st.integers(1, 999),
).filter(citizen.is_valid)  # an ending 000 is none


def found(*texts: str | None) -> pl.DataFrame:
    return miscounted.candidates(pl.Series(texts, dtype=pl.String))


@given(numbers, places)
def test_a_number_is_among_the_candidates_of_what_is_left_when_a_digit_is_lost(whole, place):
    got = found(whole[:place] + whole[place + 1 :])
    assert whole in got["candidate"]
    assert got["slip"].unique().to_list() == ["lost"]


@given(numbers, places, st.sampled_from("0123456789"))
def test_a_number_is_among_the_candidates_of_what_stands_when_a_digit_is_added(whole, place, digit):
    got = found(whole[:place] + digit + whole[place:])
    assert whole in got["candidate"]
    assert got["slip"].unique().to_list() == ["added"]


@given(st.from_regex(r"[0-9]{17}|[0-9]{18}X?|[0-9]{16}X", fullmatch=True))
def test_every_candidate_is_a_valid_number(text):
    got = citizen.clean(found(text)["candidate"])
    assert (got["problem"].is_null() & (got["value"].str.len_bytes() == 18)).all()


def test_a_doubled_digit_taken_out_at_either_place_is_one_candidate():
    assert found("110105194912331002X").rows() == [("110105194912331002X", WHOLE, "added")]


@pytest.mark.parametrize("text", [None, "", WHOLE, "1101051949123102", "11010519491231", "X1010519491231002", "某某"])
def test_texts_of_other_lengths_and_forms_have_no_candidates(text):
    assert found(text).is_empty()


def test_equal_texts_are_looked_at_once_and_order_does_not_matter():
    short, long = WHOLE[1:], WHOLE + "1"
    assert found(short, long, short).equals(found(long, short))


def test_an_empty_column_has_an_empty_answer_with_all_columns():
    assert found().columns == found(WHOLE[1:]).columns == ["text", "candidate", "slip"]


@given(st.lists(st.one_of(st.none(), st.text(max_size=25))))
def test_any_text_is_looked_at_without_raising(cells):
    assert set(found(*cells)["text"]) <= set(cells)
