import numpy as np
import polars as pl
import pytest

from casebook.ids import citizen
from casebook.synth import persons_families, persons_slips


@pytest.fixture(scope="module")
def rows():
    people = persons_families.everyone(np.random.default_rng(5), 30_000)
    return people.with_columns(
        ref=pl.int_range(people.height, dtype=pl.Int64), right_id="citizen_id", home="address", paid="account"
    )


@pytest.fixture(scope="module")
def slipped(rows):
    return persons_slips.slipped(np.random.default_rng(6), rows, 1)


@pytest.mark.parametrize(
    ("kind", "problems"),
    [
        ("one_digit", {"check_digit", "birth_date"}),
        ("transposed", {"check_digit", "birth_date"}),
        ("id_empty", {"blank"}),
        ("digit_lost", {"length"}),
        ("digit_doubled", {"length"}),
        ("id_masked", {"masked"}),
        ("from_15", {None}),
        ("typography", {None}),
        ("member_id", {None}),
        ("father_id", {None}),
    ],
)
def test_slip_of_the_id_has_the_problem_it_should(slipped, kind, problems):
    met = slipped.filter(pl.col("id_kind") == kind)
    said = citizen.clean(met["citizen_id"])["problem"]
    assert met.height > 5
    # A wrong digit passes its check once in a hundred: none here may pass unseen more often than that.
    assert said.is_in(list(problems - {None})).sum() + (said.null_count() if None in problems else 0) > 0.9 * met.height


@pytest.mark.parametrize("kind", ["from_15", "typography"])
def test_documented_slip_is_repaired_to_the_right_id(slipped, kind):
    met = slipped.filter(pl.col("id_kind") == kind)
    assert citizen.clean(met["citizen_id"])["value"].to_list() == met["right_id"].to_list()


def test_rates_are_those_that_are_told(slipped):
    share = slipped["id_kind"].value_counts(normalize=True)
    told = dict(share.iter_rows())
    for kind in ("one_digit", "id_empty", "member_id", "typography"):
        assert told[kind] == pytest.approx(persons_slips.ID_SLIPS[kind], rel=0.4)


def test_register_has_fewer_slips(rows):
    quiet = persons_slips.slipped(np.random.default_rng(6), rows, 0.1)
    assert (quiet["id_kind"] != "plain").mean() < 0.01
    assert quiet["birth_date"].null_count() < 0.03 * quiet.height


def test_plain_rows_keep_id_and_name(slipped, rows):
    plain = slipped.filter((pl.col("id_kind") == "plain") & (pl.col("name_kind") == "plain"))
    kept = plain.join(rows.select("ref", right_name="name"), on="ref")
    assert kept["citizen_id"].to_list() == kept["right_id"].to_list()
    assert kept["name"].to_list() == kept["right_name"].to_list()


def test_twins_are_exchanged_both(rows):
    many = persons_slips.slipped(np.random.default_rng(6), rows, 10)
    exchanged = (
        many.filter(pl.col("id_kind") == "twin_swapped")
        .group_by("household")
        .agg(pl.col("citizen_id").sort(), pl.col("right_id").sort())
    )
    assert exchanged.height > 0
    both = exchanged.filter(pl.col("citizen_id").list.len() == 2)
    assert both["citizen_id"].to_list() == both["right_id"].to_list()


def test_some_have_moved_or_share_the_account_of_the_house(slipped):
    moved = slipped.filter(~pl.col("home").str.ends_with(pl.col("address").str.strip_prefix("云州市青禾区")))
    assert 0.01 < moved.height / slipped.height < 0.03
    assert 0.05 < (slipped["account"] == slipped["household_account"]).mean() < 0.15
