"""Rows as delivered → exemptions of the land, of its holder and by filing: proven ones exclude, possible ones flag."""

import pytest

FIRM_CODE = "91900001376872958E"
OTHER, OTHER_CODE = "云州铭洋橡胶制品股份有限公司", "919000013845557688"
ORGAN, SCHOOL, TEMPLE = "11900001540342554T", "12900001621456414J", "71900001815094634G"
VILLAGE, SHOP, PERSON = "N29000019086357008", "92900001448916076N", "900001197001010018"
PARCEL, SECOND = "900001003010GB00774", "900001003011GB00775"
YEAR = 6_400_000
YEARS = (2023, 2024, 2025)


EXEMPT_USES = [
    (ORGAN, "机关团体用地", "state_organ_own_use"),
    (SCHOOL, "教育用地", "budget_unit_own_use"),
    (TEMPLE, "宗教用地", "religious_park_scenic"),
    (SCHOOL, "公园与绿地", "religious_park_scenic"),
    (SCHOOL, "公共绿地", "municipal_public_land"),
    (FIRM_CODE, "果园", "farming_land"),
    (PERSON, "城镇住宅用地", "home_plot"),
    (PERSON, "农村宅基地", "home_plot"),
]
HALF_RELIEFS = [
    ("物流企业大宗商品仓储设施用地减半", "bulk_commodity_storage"),
    ("高新技术企业优惠", "high_tech_enterprise"),
    ("其他", "other_relief_filing"),
]


@pytest.mark.parametrize(("code", "use", "expected"), EXEMPT_USES)
def test_exempt_use_is_excluded(land, code, use, expected):
    told = land.right(权利人证件号=code, 用途=use, 坐落="别处1号").told()
    assert told == dict.fromkeys(YEARS, ("excluded", ["not_registered"], [expected], YEAR))


@pytest.mark.parametrize(
    ("code", "use"),
    [
        (FIRM_CODE, "工业用地"),
        (PERSON, "商服用地"),
        (VILLAGE, "工业用地"),
        (FIRM_CODE, "宗教用地"),
    ],
)
def test_use_or_holder_alone_does_not_exempt(land, code, use):
    assert land.right(权利人证件号=code, 用途=use).bins() == {"lead"}


def test_ruling_11_firm_registered_on_an_exempt_units_land(land):
    book = land.right(权利人证件号=SCHOOL, 用途="教育用地").market(统一社会信用代码=OTHER_CODE, 企业名称=OTHER)
    assert (book.bins(), book.doubts()) == ({"flagged"}, {"exempt_unit_land_let"})


def test_ruling_11_exempt_unit_with_shops(land):
    assert land.right(权利人证件号=SCHOOL, 用途="商服用地").doubts() == {"exempt_unit_land_let"}


def test_exempt_land_beside_taxable_land_counts_the_taxable_only(land):
    book = land.right(用途="果园").right("5000", 宗地代码=SECOND)
    assert book.told() == dict.fromkeys(YEARS, ("lead", ["not_registered"], [], YEAR // 2))


def test_ruling_1_exempt_land_under_the_minimum_is_clear(land):
    assert land.right("50", 用途="果园").told() == {}
    assert land.right("3", 用途="果园", 宗地代码=SECOND).bins() == {"excluded"}


@pytest.mark.parametrize("use", ["供电用地", "铁路用地", "水工建筑用地", "教育用地", "医疗卫生用地", "公共绿地"])
def test_infrastructure_and_works_units_of_an_enterprise_are_flagged(land, use):
    assert land.right(用途=use).doubts() == {"infrastructure_art6_7"}


def test_holder_of_unknown_kind_on_land_of_exempt_units(land):
    assert land.right(权利人证件号="37687295-8", 用途="教育用地").doubts() == {"holder_kind_unknown"}


def test_collective_land(land):
    assert land.right(权利类型="集体建设用地使用权", 权利性质="租赁").doubts() == {"leased_collective_land"}


def test_free_use_between_taxpayer_and_exempt_unit(land):
    assert land.right().declared(减免性质="无偿提供给免税单位使用").doubts() == {"free_use_of_exempt_land"}


@pytest.mark.parametrize(
    ("nature", "expected"), [("困难减免", "hardship_relief"), ("改造的废弃土地免税", "reclaimed_land")]
)
def test_proven_filing_excludes_its_years(land, nature, expected):
    told = land.right().declared().relief(nature).told()
    assert told == dict.fromkeys(YEARS, ("excluded", ["not_declared"], [expected], YEAR))


def test_filing_of_one_year_leaves_the_others(land):
    told = land.right().declared().relief(first="2025-01-01").told()
    assert {year: said[0] for year, said in told.items()} == {2023: "lead", 2024: "lead", 2025: "excluded"}


def test_filing_of_part_of_a_year_leaves_the_rest_of_the_year(land):
    told = land.right().declared().paid_years(2023, 2024).relief(first="2025-07-01").told()
    assert told == {2025: ("lead", ["not_declared"], [], YEAR // 2)}


@pytest.mark.parametrize(("first", "last"), [("2012-07-01", "2022-12-31"), ("2026-01-01", "2026-12-31")])
def test_filing_outside_the_period_changes_nothing(land, first, last):
    assert land.right().declared().relief(first=first, last=last).told()[2025] == ("lead", ["not_declared"], [], YEAR)


@pytest.mark.parametrize("lacking", ["批准文号", "减免期止", "减免比例", "减免期起"])
def test_filing_that_proves_too_little_is_a_doubt(land, lacking):
    book = land.right().declared().relief(**{lacking: None})
    assert (book.bins(), book.doubts()) == ({"flagged"}, {"hardship_relief"})


def test_filing_for_another_parcel_does_not_help(land):
    assert land.right().declared().relief(宗地代码=SECOND).bins() == {"lead"}


@pytest.mark.parametrize(("nature", "expected"), HALF_RELIEFS)
def test_half_relief_without_number_is_a_doubt_and_with_it_is_taken_off(land, nature, expected):
    book = land.right().declared().paid_years(*YEARS, yuan=32000).relief(nature, 减免比例="50%", 批准文号=None)
    assert (book.bins(), book.doubts()) == ({"flagged"}, {expected})
    book.tables["tax_relief_filings"][0]["批准文号"] = "青税减〔2023〕9号"
    assert book.told() == {}


def test_ruling_10_small_entity_is_counted_in_full_and_not_flagged(land):
    book = land.right().registered(增值税纳税人类型="小规模纳税人")
    assert book.told() == dict.fromkeys(YEARS, ("lead", ["not_registered"], [], YEAR))


def test_ruling_10_individual_business_is_flagged(land):
    assert land.right(权利人证件号=SHOP).doubts() == {"small_entity_relief"}


@pytest.mark.parametrize(("kind", "lacking", "expected"), [
    ("小规模纳税人", 1500, "flagged"), ("小规模纳税人", 2000, "lead"), ("一般纳税人", 1500, "lead"), (None, 1500, "flagged"),
])  # fmt: skip
def test_ruling_10_halved_under_the_minimum_is_flagged_for_small_payers(land, kind, lacking, expected):
    book = land.right().registered(增值税纳税人类型=kind).source()
    assert book.paid_years(2023, 2024).paid_years(2025, yuan=64000 - lacking).bins() == {expected}
