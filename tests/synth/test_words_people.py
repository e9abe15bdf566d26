"""Synthetic people: valid ids of an area nobody was ever registered in."""

from datetime import date

import numpy as np
import polars as pl
import pytest

from casebook.ids import citizen
from casebook.synth import words_people
from casebook.synth.world import Scale, World


@pytest.fixture
def rng():
    return World(3, Scale.of("sample")).rng("test")


def some_ids(rng, count=2_000, **options):
    birth = words_people.birth_dates(rng, count, "1936-01-01", "2019-12-31")
    is_male = rng.random(count) < 0.5
    return birth, is_male, words_people.citizen_ids(birth, is_male, **options)


def test_ids_pass_the_library_s_own_check(rng):
    birth, is_male, ids = some_ids(rng)
    read = citizen.clean(ids)
    assert read["problem"].null_count() == ids.len()
    assert read["birth_date"].equals(birth, check_names=False)
    assert (read["sex"] == "男").to_list() == is_male.tolist()


def test_ids_are_unique_and_of_the_unassigned_area(rng):
    ids = some_ids(rng, 20_000)[2]
    assert ids.n_unique() == 20_000
    assert ids.str.starts_with("900001").all()


def test_ids_of_different_blocks_never_meet():
    birth, is_male = pl.Series([date(1980, 2, 29)] * 90), np.ones(90, dtype=bool)
    blocks = [words_people.citizen_ids(birth, is_male, block) for block in range(4)]
    assert pl.concat(blocks).n_unique() == 360


def test_too_many_births_on_one_day_are_refused():
    birth, is_male = pl.Series([date(1980, 2, 29)] * 101), np.ones(101, dtype=bool)
    with pytest.raises(ValueError, match="one sex and birth date"):
        words_people.citizen_ids(birth, is_male)


def test_no_people_no_ids(rng):
    assert some_ids(rng, 0)[2].len() == 0
    assert words_people.names(rng, np.zeros(0, dtype=bool)).len() == 0


@pytest.mark.parametrize(("head", "full"), [("11010519491231002", "11010519491231002X")])
def test_check_character_of_the_standard_s_example(head, full):
    assert words_people.with_check(pl.Series([head])).to_list() == [full]


def test_short_ids_widen_back_to_the_same_person(rng):
    ids = some_ids(rng)[2]
    born_before = ids.filter(ids.str.slice(6, 2) == "19")
    assert citizen.clean(words_people.short_ids(born_before))["value"].equals(born_before, check_names=False)


def test_names_are_common_with_some_rare_and_minority_ones(rng):
    names = words_people.names(rng, rng.random(20_000) < 0.5)
    assert names.null_count() == 0
    assert 40 < names.str.contains("·").sum() < 130
    assert 100 < names.str.contains("[𬭎堃喆镕骉淼垚犇翀曌]").sum() < 260
    assert names.value_counts(sort=True)["count"][0] > 5


def test_phones_and_accounts_belong_to_nobody(rng):
    assert words_people.phones(rng, 100).str.contains("^142[0-9]{8}$").all()
    accounts = words_people.accounts(rng, 1_000)
    assert accounts.str.contains("^900001[0-9]{13}$").all()
    assert accounts.n_unique() == 1_000
