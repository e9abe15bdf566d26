import numpy as np
import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from casebook.text.codepoints import LIMIT, Characters


def of(*texts):
    return Characters.of(pl.Series(texts, dtype=pl.String))


def test_rows_are_told_apart_by_their_ends():
    characters = of("李明", "", None, "王")
    assert characters.lengths.tolist() == [2, 0, 0, 1]
    assert characters.starts.tolist() == [0, 3, 4, 5]


def test_line_feed_inside_a_cell_is_a_blank():
    characters = of("李\n明", "王")
    assert characters.lengths.tolist() == [3, 1]
    assert characters.codes[1] == ord(" ")


def test_characters_beyond_the_ideographs_are_capped():
    assert of("\U000f0000").codes[0] == LIMIT


def test_empty_column_has_no_rows():
    assert of().starts.tolist() == of().lengths.tolist() == []


def test_a_row_is_allowed_when_all_its_characters_are():
    allowed = np.zeros(LIMIT + 1, np.bool_)
    allowed[[ord("李"), ord("明")]] = True
    assert of("李明", "李强", "").all_in(allowed).tolist() == [True, False, True]


@given(st.lists(st.text(max_size=5), max_size=6))
def test_lengths_are_those_of_the_texts(texts):
    assert of(*texts).lengths.tolist() == [len(text) for text in texts]
