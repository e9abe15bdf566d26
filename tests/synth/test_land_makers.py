import re
from datetime import date

import pytest

from casebook.synth import land_words as words
from casebook.synth.land_makers import TAXED, Makers
from casebook.synth.world import Scale, World


@pytest.fixture(scope="module")
def make():
    return Makers(World(4, Scale.of("sample")))


def test_no_two_firms_share_name_code_or_address(make):
    firms = [make.firm() for _ in range(300)]
    for facts in zip(*((firm.name, firm.code, firm.address) for firm in firms), strict=True):
        assert len(set(facts)) == 300


@pytest.mark.parametrize("head", ["11", "12", "13", "71", "92", "93", "N2"])
def test_codes_begin_with_registrar_and_class_of_the_unassigned_area(make, head):
    assert re.fullmatch(head + r"900001[0-9A-Z]{10}", make.code(head))


def test_a_second_body_of_the_same_name_gets_its_own(make):
    names = [make.body("12", "青禾区测试小学", "事业单位", "x").name for _ in range(3)]
    assert names == ["青禾区测试小学", "青禾区测试小学（2号院）", "青禾区测试小学（3号院）"]


def test_a_shop_is_a_small_individual_business(make):
    shop = make.shop("x")
    assert (shop.code[:2], shop.form, shop.vat) == ("92", "个体工商户", "小规模纳税人")


@pytest.mark.parametrize(("district", "feature"), [("001", "GB"), ("012", "JB"), ("007", "JC")])
def test_parcel_codes_have_nineteen_characters_of_the_district(make, district, feature):
    parcel = make.parcel(district, feature)
    assert re.fullmatch(rf"900001{district}[0-9]{{3}}{feature}[0-9]{{5}}", parcel)


def test_sizes_lie_between_the_bounds(make):
    sizes = [make.size(800, 60_000) for _ in range(500)]
    assert min(sizes) >= 79_000
    assert max(sizes) <= 6_001_000
    assert sum(size % 2_000 == 0 for size in sizes) > 200


def test_plots_are_old_land_inside_the_tax_area(make):
    plots = [make.plot() for _ in range(100)]
    assert all(plot.taken < date(2022, 1, 1) and plot.district in TAXED for plot in plots)


def test_contracted_plots_are_signed_before_and_registered_after_hand_over(make):
    plot = make.contracted(date(2025, 9, 30))
    assert plot.signed < plot.taken < plot.registered <= date(2026, 3, 20)


def test_people_have_ids_of_the_unassigned_area(make):
    name, code = make.person()
    assert name
    assert code.startswith("90000119")


@pytest.mark.parametrize(
    ("name", "respelt"),
    [
        ("青禾区恒达纺织有限公司", "青禾区恒达纺织有限责任公司"),
        ("青禾区恒达纺织有限责任公司", "青禾区恒达纺织有限公司"),
        ("青禾区恒达纺织股份有限公司", "青禾区恒达纺织股份有限公司"),
        ("青禾区第一中学", "青禾区第一中学"),
    ],
)
def test_only_limited_companies_are_respelt(name, respelt):
    assert words.respelt(name) == respelt
