import polars as pl
import pytest

from casebook.ids import citizen
from casebook.synth import persons_slips
from casebook.synth.persons_world import FIRST_RIGHT_REF, ROLES, world

PEOPLE = 20_000


@pytest.fixture(scope="module")
def made():
    return world(3, PEOPLE)


@pytest.fixture(scope="module")
def pairs(made):
    """Each true pair with the columns of both rows."""
    right = made.right.rename(lambda name: name if name == "ref" else f"{name}_right")
    return made.truth.join(made.left, left_on="left_ref", right_on="ref").join(
        right, left_on="right_ref", right_on="ref"
    )


def test_same_seed_makes_the_same_tables(made):
    again = world(3, PEOPLE)
    assert all(getattr(again, part).equals(getattr(made, part)) for part in ("left", "right", "truth", "who"))
    assert not world(4, PEOPLE).left.equals(made.left)


def test_tables_have_the_asked_size_and_hold_text_as_delivered(made):
    assert made.left.columns == made.right.columns == list(ROLES)
    assert abs(made.left.height - PEOPLE) < 0.03 * PEOPLE
    assert abs(made.right.height - PEOPLE) < 0.03 * PEOPLE
    assert set(made.left.drop("ref").dtypes) == {pl.String}


def test_truth_is_every_pair_of_rows_of_one_person(made):
    left, right = (made.who.filter(pl.col("ref").is_in(side["ref"].implode())) for side in (made.left, made.right))
    expected = left.join(right, on="person").select("ref", "ref_right").rows()
    assert made.truth.select("left_ref", "right_ref").rows() == sorted(expected)
    assert made.right["ref"].min() == FIRST_RIGHT_REF


def test_some_stand_twice_in_a_table(made):
    assert made.truth["left_ref"].is_duplicated().any()
    assert made.truth["right_ref"].is_duplicated().any()


@pytest.mark.parametrize("kind", ["plain", *persons_slips.ID_SLIPS])
def test_every_slip_of_the_id_happens(made, kind):
    assert kind in made.truth["id_kind"].to_list()


@pytest.mark.parametrize("kind", ["plain", *persons_slips.NAME_SLIPS])
def test_every_slip_of_the_name_happens(pairs, kind):
    met = pairs.filter(pl.col("name_kind") == kind)
    assert met.height > 0
    same = met.filter(pl.col("name").eq_missing(pl.col("name_right")))
    # One character hit by chance on both sides the same way stays possible, but rare.
    assert same.height == met.height if kind == "plain" else same.height < 0.1 * met.height + 1


def test_ids_are_of_the_unassigned_area(made):
    whole = made.left.filter(pl.col("citizen_id").str.contains("^[0-9]{17}[0-9X]$"))["citizen_id"]
    known = whole.filter(~whole.str.contains("^1{18}$|^0{18}$"))
    share = known.str.starts_with("900001").mean()
    assert share > 0.998
    assert citizen.clean(known)["problem"].null_count() > 0.995 * len(known)


def test_plain_pairs_have_one_id(pairs):
    plain = pairs.filter(pl.col("kind") == "plain")
    assert plain.filter(pl.col("citizen_id") != pl.col("citizen_id_right")).is_empty()
    assert plain.height > 0.9 * pairs.height


@pytest.mark.parametrize("kind", ["member_id", "father_id", "twin_swapped"])
def test_borrowed_id_is_valid_and_of_the_household(made, pairs, kind):
    met = pairs.filter((pl.col("id_kind") == kind) & (pl.col("citizen_id") != pl.col("citizen_id_right")))
    owners = made.left.select("ref", citizen_id_right="citizen_id").join(made.who, on="ref").unique("citizen_id_right")
    homes = met.join(made.who, left_on="left_ref", right_on="ref").join(owners, on="citizen_id_right", suffix="_owner")
    assert homes.height > 0
    assert (homes["household"] == homes["household_owner"]).mean() > 0.9
    assert (homes["person"] != homes["person_owner"]).all()


def test_seed_must_not_be_negative():
    with pytest.raises(ValueError, match="seed must be 0"):
        world(-1, 1000)
