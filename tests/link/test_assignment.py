import polars as pl
import pytest

from casebook.link import assignment


def pairs(*rows: tuple[int, int, float]) -> pl.DataFrame:
    frame = pl.DataFrame(rows, schema={"i": pl.UInt32, "j": pl.UInt32, "bits": pl.Float64}, orient="row")
    return frame.with_columns(
        subject=pl.lit("l") + pl.col("i").cast(pl.String), subject_right=pl.lit("r") + pl.col("j").cast(pl.String)
    )


ROWS = pl.DataFrame({"ref": [10, 11, 12], "form": ["李明", "李明", None], "born": [19800101, None, 19800101]})


def assigned(frame: pl.DataFrame, right: pl.DataFrame = ROWS, *, one_to_one: bool) -> pl.DataFrame:
    return assignment.assigned(frame, 0.9, right, one_to_one=one_to_one)


def chosen(frame: pl.DataFrame, right: pl.DataFrame = ROWS, *, one_to_one: bool = True) -> list[tuple[int, int]]:
    return assigned(frame, right, one_to_one=one_to_one).filter("is_chosen").select("i", "j").rows()


def test_the_best_partner_is_taken():
    assert chosen(pairs((0, 0, 20), (0, 1, 5), (1, 1, 18))) == [(0, 0), (1, 1)]


def test_two_candidates_of_equal_weight_are_both_left():
    found = assigned(pairs((0, 0, 20), (0, 1, 20)), one_to_one=True)
    assert found["is_chosen"].to_list() == [False, False]
    assert found["share"].to_list() == [0.5, 0.5]


def test_a_row_goes_to_its_second_best_when_the_best_is_taken():
    assert chosen(pairs((0, 0, 30), (1, 0, 20), (1, 1, 15))) == [(0, 0), (1, 1)]


def test_rivals_of_one_subject_are_no_rivals():
    twice = pairs((0, 0, 20), (1, 0, 20)).with_columns(subject=pl.lit("900001195002031276"))
    assert assignment.shared(twice, ROWS, one_to_one=False)["share"].to_list() == [1.0, 1.0]


def test_one_to_many_a_left_row_has_several_partners():
    assert chosen(pairs((0, 0, 20), (0, 1, 19)), one_to_one=False) == [(0, 0), (0, 1)]


@pytest.mark.parametrize("column", ["form", "born", "sex", "phone", "own"])
def test_one_to_many_candidates_that_differ_are_rivals(column):
    right = ROWS.with_columns(pl.Series(column, ["a", "b", None]))
    found = assigned(pairs((0, 0, 20), (0, 1, 20), (0, 2, 20)), right, one_to_one=False)
    assert found["share"].to_list() == [0.5, 0.5, 1.0]


def test_one_to_many_the_copies_of_a_rival_count_once():
    right = pl.DataFrame({"ref": [1, 2, 3], "form": ["李明", "李敏", "李敏"]})
    found = assigned(pairs((0, 0, 20), (0, 1, 20), (0, 2, 20)), right, one_to_one=False)
    assert found["share"].to_list() == [0.5, 0.5, 0.5]


def test_one_to_many_a_right_row_has_one():
    assert chosen(pairs((0, 0, 20), (1, 0, 12)), one_to_one=False) == [(0, 0)]


@pytest.mark.parametrize("bits", [-20.0, -3.0])
def test_weak_pairs_are_never_chosen(bits):
    assert chosen(pairs((0, 0, bits))) == []


def test_the_order_of_pairs_has_no_part_in_it():
    frame = pairs((0, 0, 30), (1, 0, 20), (1, 1, 15), (2, 2, 9), (2, 1, 9))
    assert assigned(frame, one_to_one=True).equals(assigned(frame.reverse(), one_to_one=True))


def test_no_pairs_make_no_links():
    assert assigned(pairs(), one_to_one=True).is_empty()
