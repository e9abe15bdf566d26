import polars as pl
import pytest

from casebook.link.distances import differing, is_one_edit, jaro_winkler

YES = pl.Series([True])


@pytest.mark.parametrize(
    ("left", "right", "count", "exchanged"),
    [
        ("900001199001010018", "900001199001010018", 0, False),
        ("900001199001010018", "900001199001010019", 1, False),
        ("900001199001010018", "900001199001010081", 2, True),
        ("900001199001010018", "900001199001019918", 2, False),
        ("900001199001010018", "900001199001019919", None, None),
        ("900001199001010018", "90000119900101001", None, None),
        ("900001199001010018", None, None, None),
        (None, "1", None, None),
    ],
)
def test_places_are_compared_only_in_numbers_of_one_length(left, right, count, exchanged):
    one, two = (pl.Series([text], dtype=pl.String) for text in (left, right))
    assert [answer.item() for answer in differing(one, two)] == [count, exchanged]


def test_no_shift_is_ever_taken_for_a_slip():
    count, exchanged = differing(pl.Series(["123456"]), pl.Series(["234561"]))
    assert (count.item(), exchanged.item()) == (None, None)


def test_differing_of_nothing_is_nothing():
    empty = pl.Series([], dtype=pl.String)
    assert [len(answer) for answer in differing(empty, empty)] == [0, 0]


@pytest.mark.parametrize(
    ("left", "right", "near"), [("张建国", "张建军", True), ("张建", "张建国", True), ("李明", "李强", False)]
)
def test_one_character_counts_in_names_of_three_and_more(left, right, near):
    assert is_one_edit(pl.Series([left]), pl.Series([right]), YES, longest_at_least=3).item() is near


def test_what_was_not_asked_for_is_not_computed():
    names, no = pl.Series(["smith"]), pl.Series([False])
    assert jaro_winkler(names, names, no).item() == 0
    assert is_one_edit(names, names, no, longest_at_least=1).item() is False
