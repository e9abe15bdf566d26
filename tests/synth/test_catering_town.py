from datetime import date

import pytest

from casebook.ids import organisation, permit
from casebook.synth.catering_town import COMPANY, INDIVIDUAL, Town
from casebook.synth.catering_words import KITCHENS
from casebook.synth.world import Scale, World


@pytest.fixture(scope="module")
def town():
    return Town(World(3, Scale("test", 0, 0, 0, 1500, 45_000)))


def test_numbers_are_valid_and_never_repeat(town):
    numbers = [town.number() for _ in range(300)]
    assert len(set(numbers)) == 300
    assert all(permit.is_valid(number) for number in numbers)


@pytest.mark.parametrize("form", [1, 2, 3])
def test_the_form_is_the_first_digit(town, form):
    assert town.number(form).startswith(f"JY{form}900001")


def test_operators_differ_in_name_address_and_code(town):
    operators = [town.operator("noodles") for _ in range(300)]
    for fact in ("name", "address", "code"):
        assert len({getattr(one, fact) for one in operators}) == 300


def test_codes_are_valid_and_tell_the_class(town):
    firm, single = town.operator("pot", company_share=1.0), town.operator("pot", company_share=0.0)
    assert (firm.firm_type, single.firm_type) == (COMPANY, INDIVIDUAL)
    assert firm.code.startswith("91900001")
    assert single.code.startswith("92900001")
    assert organisation.is_valid(firm.code)
    assert organisation.is_valid(single.code)


@pytest.mark.parametrize("kitchen", sorted(KITCHENS))
def test_an_individual_business_is_named_after_its_trade(town, kitchen):
    one = town.operator(kitchen, company_share=0.0)
    assert one.name.endswith(one.brand + one.trade)
    assert one.trade in KITCHENS[kitchen].trades


def test_the_address_lies_in_the_township_and_road(town):
    one = town.operator("tea")
    assert one.address.startswith(f"云州市青禾区{one.township}{one.road}")


def test_names_fit_excel_97(town):
    assert all(max(town.operator("grill").person) <= "\uffff" for _ in range(200))


def test_certificate_numbers_rise(town):
    first, second = town.certificate_number(), town.certificate_number()
    assert first < second
    assert len(first) == len("XC900001000001")


def test_days_include_both_ends(town):
    days = {town.day(date(2026, 3, 16), date(2026, 3, 18)) for _ in range(100)}
    assert days == {date(2026, 3, 16), date(2026, 3, 17), date(2026, 3, 18)}


def test_some_gives_different_values_and_no_more_than_there_are(town):
    assert sorted(town.some("abc", 5)) == ["a", "b", "c"]
    assert town.some("abc", 0) == []


def test_brands_grow_longer_before_they_run_out():
    big = Town(World(3, Scale("test", 0, 0, 0, 10_000, 300_000)))
    names = [big.operator("tea", company_share=1.0).name for _ in range(15_000)]
    assert len(set(names)) == 15_000
