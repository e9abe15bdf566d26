import polars as pl
import pytest

from casebook.errors import LinkError
from casebook.link.pairs import Sides, joined, joined_if_unique


def keyed(*keys: str, entities: list[str | None] | None = None) -> pl.DataFrame:
    told = entities or [None] * len(keys)
    return pl.DataFrame(
        {"ref": range(len(keys)), "key": keys, "entity": told}, schema_overrides={"entity": pl.String, "key": pl.String}
    )


def test_all_rows_of_a_key_pair():
    pairs = joined(Sides(keyed("a", "a", "b"), keyed("a", "c")), "key")
    assert sorted(pairs.select("ref", "ref_right").rows()) == [(0, 0), (1, 0)]


@pytest.mark.parametrize(("left", "right"), [(["a"] * 4, ["a"] * 4), (["a"] * 4, ["a"] * 4 + ["b"])])
def test_pairs_are_counted_before_they_are_made(left, right):
    with pytest.raises(LinkError, match="Linking by key would make 16 pairs, at most 15"):
        joined(Sides(keyed(*left), keyed(*right), max_pairs=15), "key")


def test_table_larger_than_the_limit_is_no_offence_when_few_pairs_come():
    many = keyed(*(str(number) for number in range(50)))
    assert joined(Sides(many, many.head(5), max_pairs=10), "key").height == 5


@pytest.mark.parametrize(("entities", "pairs"), [(["x", "x"], 2), (["x", "y"], 0), ([None, None], 0), (["x", None], 0)])
def test_key_must_stand_for_one_subject(entities, pairs):
    assert joined_if_unique(Sides(keyed("a", "a", entities=entities), keyed("a")), "key").height == pairs


def test_rows_without_key_are_left_out():
    sides = Sides(
        keyed("a", "b").with_columns(number=pl.Series(["1", None])), keyed("a").with_columns(number=pl.lit("1"))
    )
    assert sides.keyed("number", "number").left["ref"].to_list() == [0]


def test_swapped_sides_change_places():
    swapped = Sides(keyed("a"), keyed("b"), max_pairs=7).swapped()
    assert (swapped.left["key"].item(), swapped.right["key"].item(), swapped.max_pairs) == ("b", "a", 7)
