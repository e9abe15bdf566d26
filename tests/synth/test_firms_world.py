import polars as pl
import pytest

from casebook.ids import organisation
from casebook.synth import firms_world
from casebook.synth.firms_world import ROLES, world

FIRMS = 12_000


@pytest.fixture(scope="module")
def made():
    return world(3, FIRMS)


@pytest.fixture(scope="module")
def pairs(made):
    right = made.right.rename(lambda name: name if name == "ref" else f"{name}_right")
    return made.truth.join(made.left, left_on="left_ref", right_on="ref").join(
        right, left_on="right_ref", right_on="ref"
    )


def test_same_seed_makes_the_same_tables(made):
    again = world(3, FIRMS)
    assert all(getattr(again, part).equals(getattr(made, part)) for part in ("left", "right", "truth", "who"))
    assert not world(4, FIRMS).left.equals(made.left)


def test_tables_have_the_asked_size_and_columns(made):
    assert made.left.columns == made.right.columns == list(ROLES)
    assert abs(made.left.height - FIRMS) < 0.03 * FIRMS
    assert set(made.right["ref"]).isdisjoint(made.left["ref"])


def test_truth_is_every_firm_of_both_tables(made):
    left, right = (made.who.filter(pl.col("ref").is_in(side["ref"].implode())) for side in (made.left, made.right))
    assert sorted(made.truth.select("left_ref", "right_ref").rows()) == sorted(
        left.join(right, on="firm").select("ref", "ref_right").rows()
    )


@pytest.mark.parametrize("kind", ["plain", "renamed", *firms_world.CODE_SLIPS])
def test_every_kind_happens(made, kind):
    assert kind in made.truth["kind"].to_list()


def test_register_holds_valid_codes_all_different(made):
    assert organisation.clean(made.left["code"])["problem"].null_count() == made.left.height
    assert made.left["code"].n_unique() == made.left.height


@pytest.mark.parametrize("kind", ["old_tax_number", "organisation_only"])
def test_old_numbers_hold_the_organisation_code_of_the_firm(pairs, kind):
    met = pairs.filter(pl.col("kind") == kind)
    inside = [organisation.clean(met[column])["organisation"].to_list() for column in ("code", "code_right")]
    assert inside[0] == inside[1]


def test_owner_id_is_the_one_of_the_register(pairs):
    met = pairs.filter(pl.col("kind") == "owner_id")
    assert met["representative_id"].to_list() == met["code_right"].to_list()


def test_renamed_firms_bear_another_name_and_most_keep_the_former_one(pairs):
    met = pairs.filter(pl.col("kind") == "renamed")
    assert (met["name"] != met["name_right"]).mean() > 0.95
    assert 0.5 < 1 - met["former_name"].null_count() / met.height < 0.9


def test_branch_has_the_name_of_its_head_and_a_code_of_its_own(made):
    named = made.who.join(made.left, on="ref")
    branches = named.filter(pl.col("kind_of_firm") == "branch").join(
        named, left_on="head", right_on="firm", suffix="_head"
    )
    unrenamed = branches.filter(pl.col("former_name_head").is_null())
    assert unrenamed.select(pl.col("name").str.contains(pl.col("name_head"), literal=True)).to_series().mean() > 0.9
    assert (branches["code"] != branches["code_head"]).all()


def test_some_brands_stand_in_several_places(made):
    assert made.left["name"].is_duplicated().sum() > 0.02 * made.left.height
