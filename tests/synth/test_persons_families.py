import numpy as np
import polars as pl
import pytest

from casebook.ids import citizen
from casebook.synth import persons_families as families


@pytest.fixture(scope="module")
def people():
    return families.everyone(np.random.default_rng(5), 60_000)


@pytest.fixture(scope="module")
def heads(people):
    return people.filter(pl.col("member") == families.HEAD).select(
        "household", head="name", born="birth", head_id="citizen_id"
    )


def test_each_person_has_an_id_of_their_own_that_says_sex_and_birth(people):
    said = citizen.clean(people["citizen_id"])
    assert people["citizen_id"].n_unique() == people.height
    assert said["problem"].null_count() == people.height
    assert (said["birth_date"] == people["birth"]).all()
    assert ((said["sex"] == "男") == people["is_male"]).all()


@pytest.mark.parametrize("shared", ["address", "place", "phone", "household_account"])
def test_household_shares_home_and_means(people, shared):
    assert (people.group_by("household").agg(pl.col(shared).n_unique())[shared] == 1).all()


def test_children_bear_the_surname_of_the_head_and_are_younger(people, heads):
    planted = people.filter(pl.col("namesake").is_not_null())
    children = people.filter(pl.col("member").is_in([families.CHILD, families.SECOND_CHILD])).join(
        heads, on="household"
    )
    children = children.join(planted, on="household", how="anti")
    plain = children.filter(~pl.col("name").str.contains("·") & ~pl.col("head").str.contains("·"))
    assert (plain["name"].str.slice(0, 1) == plain["head"].str.slice(0, 1)).all()
    assert (children["birth"] > children["born"]).all()
    assert children["father_id"].equals(children["head_id"], check_names=False)


def test_twins_share_birthday_and_have_ids_that_follow(people):
    twins = (
        people.filter("is_twin")
        .group_by("household", maintain_order=True)
        .agg("birth", "citizen_id", "name", "is_male")
    )
    assert (twins["birth"].list.n_unique() == 1).mean() > 0.99
    assert (twins["name"].list.n_unique() == 2).all()
    one_sex = twins.filter(pl.col("is_male").list.n_unique() == 1)
    order = one_sex["citizen_id"].list.eval(pl.element().str.slice(14, 3).cast(pl.Int32)).list.diff().list.last()
    assert (order == 2).mean() > 0.95


def test_namesakes_share_township_name_and_birthday(people):
    planted = people.filter(pl.col("namesake").is_not_null() & (pl.col("namesake") < people.height))
    groups = planted.group_by("namesake").agg(
        pl.len(), pl.col("name", "birth").n_unique(), town=pl.col("place").str.slice(0, 3).n_unique()
    )
    pairs = groups.filter(pl.col("len") == 2)
    assert pairs.height > 10
    assert (pairs["name"] == 1).mean() > 0.95
    assert (pairs["birth"] == 1).mean() > 0.95
    assert (pairs["town"] == 1).all()


def test_some_grandfathers_share_the_name_of_their_grandchild(people):
    planted = people.filter(pl.col("namesake") >= people.height)
    assert planted.height > 0
    assert set(planted["member"]) <= {families.CHILD, families.GRANDFATHER}
    assert (planted.group_by("household").agg(pl.col("name").n_unique())["name"] == 1).all()


def test_nobody_borrows_an_own_id(people):
    for column in ("member_id", "father_id", "twin_id"):
        assert people.filter(pl.col(column) == pl.col("citizen_id")).is_empty()
    assert people.filter("is_twin")["twin_id"].null_count() == 0
