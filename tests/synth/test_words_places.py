"""Synthetic codes pass their standards' checks and lie in the unassigned area."""

import polars as pl
import pytest

from casebook.ids import organisation, permit
from casebook.synth import words_places
from casebook.synth.world import Scale, World


@pytest.fixture
def rng():
    return World(3, Scale.of("sample")).rng("test")


@pytest.mark.parametrize("head", ["91", "92", "11", "12", "51"])
def test_unified_codes_pass_the_library_s_own_check(rng, head):
    codes = words_places.unified_codes(rng, 500, head)
    assert organisation.clean(codes)["problem"].null_count() == 500
    assert codes.str.starts_with(f"{head}900001").all()
    assert codes.n_unique() == 500


def test_blocks_keep_callers_codes_apart(rng):
    codes = pl.concat([words_places.unified_codes(rng, 300, block=block) for block in (0, 7)])
    assert words_places.organisation_codes(codes).str.head(1).unique().sort().to_list() == ["0", "7"]


def test_old_tax_number_carries_the_organisation_code(rng):
    codes = words_places.unified_codes(rng, 50)
    old = words_places.old_tax_numbers(codes)
    assert old.str.len_chars().unique().to_list() == [15]
    assert organisation.clean(old)["organisation"].equals(words_places.organisation_codes(codes), check_names=False)


@pytest.mark.parametrize("form", [1, 2, 3])
def test_licences_pass_the_library_s_own_check(rng, form):
    numbers = words_places.licence_numbers(rng, 300, form)
    assert permit.clean(numbers)["problem"].null_count() == 300
    assert numbers.str.starts_with(f"JY{form}900001").all()
    assert numbers.n_unique() == 300


def test_registration_numbers_pass_the_library_s_own_check(rng):
    numbers = words_places.registration_numbers(rng, 300)
    assert organisation.clean(numbers)["problem"].null_count() == 300


def test_no_codes_asked_none_given(rng):
    assert words_places.unified_codes(rng, 0).len() == 0
    assert words_places.licence_numbers(rng, 0).len() == 0


def test_addresses_name_the_district_and_township(rng):
    places = words_places.townships(rng, 200)
    addresses = words_places.addresses(rng, places)
    expected = pl.Series([f"云州市青禾区{place}" for place in places])
    assert all(a.startswith(e) and a.endswith("号") for a, e in zip(addresses, expected, strict=True))


def test_villages_are_the_same_few_everywhere(rng):
    assert words_places.villages(rng, 5_000).n_unique() == 12 * 8
    assert words_places.villages(rng, 100).str.ends_with("村").all()
