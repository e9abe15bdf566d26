"""Rows as delivered → what is due: one situation a test.

The holder has 10,000 m² of grade 2 (6.40 yuan) since 2015: 64,000.00 yuan a year. `told()` maps year → (bin, kinds, exemptions that
apply or may apply, fen) of every year that is not clear.
"""

from datetime import date

import pytest

OTHER, OTHER_CODE = "云州铭洋橡胶制品股份有限公司", "919000013845557688"
PARCEL, SECOND = "900001003010GB00774", "900001003011GB00775"
YEAR = 6_400_000
YEARS = (2023, 2024, 2025)


def test_worked_check_thirty_mu_handed_over_in_february(land):
    book = land.right("20000", 宗地代码="900001004010GB00774", 使用期限起="2021-02-15")
    book.contract(宗地代码="900001004010GB00774", 约定交地时间="2021-02-15")
    period = {"period_start": "2021-01-01", "period_end": "2021-12-31", "instalments": 1, "as_of_date": "2023-01-15"}
    leads = book.run(**period).assess().leads
    assert leads.select("amount_fen", "surcharge_fen").rows() == [(8_000_000, 1_460_000)]
    right = (
        "2021 900001004010GB00774：20,000.00 m² × 4.80 × 10/12 = 80,000.00 (等级 3 [land_grades.csv 900001004 2019-01-01–]，"
        "税额 [rates.csv 900001 3 2019-01-01–2024-12-31]，自 2021-03 [2021-02-15])"
    )
    year = (
        "2021 应缴 80,000.00 − 已缴 0.00 = 80,000.00；若属小微 40,000.00；"
        "滞纳金 80,000.00 × 0.0005 × 平均 365.00 日 = 14,600.00"
    )
    assert leads["computation"].to_list() == [[right, year]]


def test_thirty_mu_are_twenty_thousand_square_metres(land):
    assert land.right(**{"宗地面积(平方米)": "30亩"}).fen()[2024] == 2 * YEAR


@pytest.mark.parametrize(
    ("cells", "months"),
    [
        ({"约定交地时间": "2024-06-30"}, 6), ({"约定交地时间": "2024-07-01"}, 5), ({"合同签订日期": "2024-06-10"}, 6),
        ({"约定交地时间": "2024-06-30", "合同签订日期": "2024-01-10"}, 6),
        ({"供应方式": "划拨", "批准时间": "2024-06-10", "征收前地类": "建设用地"}, 6),
        ({"约定交地时间": "2023-08-01", "供应方式": "划拨", "征收前地类": "耕地", "批准时间": "2023-06-30"}, 6),
        ({"约定交地时间": "2023-08-01", "供应方式": "划拨", "征收前地类": "水浇地", "批准时间": "2023-07-01"}, 5),
        ({"约定交地时间": "2024-09-02", "供应方式": "划拨", "征收前地类": "耕地", "批准时间": "2023-03-01"}, 3),
    ],
)  # fmt: skip
def test_first_liable_month_by_contract(land, cells, months):
    book = land.right(使用期限起="2023-01-01").contract(**cells)
    assert book.fen()[2024] == round(YEAR * months / 12)


def test_month_of_hand_over_itself_by_parameter(land):
    book = land.right(使用期限起="2024-06-30").contract(约定交地时间="2024-06-30")
    assert book.fen(default_months_rule="month_of")[2024] == round(YEAR * 7 / 12)


def test_farmland_not_yet_a_year_is_excluded(land):
    book = land.right(使用期限起="2025-02-01").contract(
        约定交地时间="2025-02-01", 供应方式="划拨", 征收前地类="耕地", 批准时间="2025-01-20"
    )
    assert book.told() == {2025: ("excluded", ["not_registered"], ["farmland_first_year"], round(YEAR * 10 / 12))}


def test_farmland_without_date_of_approval_is_unknown(land):
    book = land.right(使用期限起="2025-02-01").contract(
        约定交地时间="2025-02-01", 供应方式="协议出让", 征收前地类="耕地"
    )
    assert book.bins() == {"flagged"}


def test_auctioned_farmland_follows_hand_over_by_parameter(land):
    book = land.right(使用期限起="2025-02-01").contract(
        约定交地时间="2025-02-01", 征收前地类="耕地", 批准时间="2025-01-20"
    )
    assert book.told() == {2025: ("lead", ["not_registered"], [], round(YEAR * 10 / 12))}
    assert book.bins(farmland_year_for_auctions=True) == {"excluded"}


@pytest.mark.parametrize(("approved", "bin_"), [("2025-02-02", "flagged"), ("2025-02-01", "excluded")])
def test_farmland_approved_after_the_hand_over_is_doubtful(land, approved, bin_):
    book = land.right(使用期限起="2025-02-01").contract(
        约定交地时间="2025-02-01", 供应方式="划拨", 征收前地类="耕地", 批准时间=approved
    )
    name = {"flagged": "approval_after_handover", "excluded": "farmland_first_year"}[bin_]
    assert book.told() == {2025: (bin_, ["not_registered"], [name], round(YEAR * 10 / 12))}


def test_approval_after_hand_over_of_other_land_is_no_doubt(land):
    book = land.right(使用期限起="2025-02-01").contract(
        约定交地时间="2025-02-01", 征收前地类="园地", 批准时间="2025-03-20"
    )
    assert book.bins() == {"lead"}


@pytest.mark.parametrize(("end", "bin_"), [("2024-06-30", "flagged"), ("2025-12-31", None)])
def test_tax_paid_beyond_the_term_of_a_current_right_is_doubtful(land, end, bin_):
    book = land.right(权利性质="租赁", 使用期限止=end).declared().paid_years(2023, 2024, 2025)
    assert book.bins() == ({bin_} if bin_ else set())
    assert book.doubts() == ({"right_may_run_on"} if bin_ else set())


def test_ended_term_is_shown_and_is_no_doubt_of_what_is_owed(land):
    book = land.right(权利性质="租赁", 使用期限止="2024-06-30").declared()
    told = book.told()
    assert {year: said[0] for year, said in told.items()} == {2023: "lead", 2024: "lead"}
    assert {row["right_ended_on"] for row in book.listed()[1]} == {date(2024, 6, 30)}


def test_orchard_is_no_cultivated_land(land):
    book = land.right(使用期限起="2025-02-01").contract(
        约定交地时间="2025-02-01", 征收前地类="园地", 批准时间="2025-01-20"
    )
    assert book.bins() == {"lead"}


def test_building_bought_from_the_month_after_the_certificate(land):
    book = land.right(权利人=OTHER, 权利人证件号=OTHER_CODE, 权属状态="历史", 权利类型="国有建设用地使用权/房屋所有权")
    book.right(登记时间="2024-03-25", 权利类型="国有建设用地使用权/房屋所有权")
    assert book.fen() == {2024: round(YEAR * 9 / 12), 2025: YEAR}
    assert book.fen(OTHER) == {}


def test_right_ends_with_its_last_month(land):
    assert land.right(使用期限止="2024-06-10").fen() == {2023: YEAR, 2024: YEAR // 2}


def test_no_date_at_all_is_unknown(land):
    assert land.right(使用期限起=None, 登记时间=None).bins() == {"flagged"}


def test_rate_change_splits_at_its_day(land):
    told = land.right(宗地代码="900001004010GB00774").fen()
    assert told == {2023: 4_800_000, 2024: 4_800_000, 2025: 5_600_000}


def test_outside_the_tax_area_is_not_judged(land):
    assert land.right(宗地代码="900001009010GB00774").told() == {}


def test_parcel_inside_the_unit_number_places_the_land(land):
    assert land.right(宗地代码=None, 不动产单元号=f"{PARCEL}W00000000").bins() == {"lead"}


def test_land_without_parcel_is_a_doubt(land):
    assert land.right(宗地代码=None).source(纳税人识别号=OTHER_CODE).doubts() >= {"tax_area_unknown"}


def test_historical_right_is_left_out(land):
    assert land.right(权属状态="历史").told() == {}


def test_certificate_issued_again_counts_once_units_add_up(land):
    unit = {"不动产单元号": f"{PARCEL}F00010001"}
    book = land.right(**unit).right(登记时间="2016-05-01", **unit).right(不动产单元号=f"{PARCEL}F00010002")
    assert book.fen() == dict.fromkeys(YEARS, 2 * YEAR)


def test_contract_and_certificate_of_a_parcel_count_once(land):
    assert land.right().contract(约定交地时间="2015-03-20", **{"面积(公顷)": "1.0000"}).fen()[2023] == YEAR


@pytest.mark.parametrize(("contract", "source", "fen"), [("三级", "二级", 4_800_000), (None, "三级", 4_800_000)])
def test_ruling_24_grade_by_contract_then_source_where_the_table_has_none(land, contract, source, fen):
    parcel = "900001099010GB00774"
    book = land.right(宗地代码=parcel).contract(宗地代码=parcel, 约定交地时间="2015-03-20", 土地级别=contract)
    book.source(宗地代码=parcel, 土地等级=source)
    assert book.fen(tax_area_codes=["900001099"])[2024] == fen


def test_ruling_24_the_table_stands_before_the_contract(land):
    assert land.right().contract(约定交地时间="2015-03-20", 土地级别="四级").fen()[2024] == YEAR


def test_grade_that_nobody_tells_is_unknown(land):
    assert land.right(宗地代码="900001099010GB00774").bins(tax_area_codes=["900001099"]) == {"flagged"}


def test_ruling_25_rounded_once_over_all_land_of_a_year(land):
    book = land.right("0.04").right("0.04", 宗地代码=SECOND)
    assert book.fen(min_shortfall_yuan=0) == dict.fromkeys(YEARS, 51)


def test_area_not_readable_is_unknown(land):
    assert land.right("不详").bins() == {"flagged"}


def test_same_parcel_and_area_without_unit_number_counts_once(land):
    book = land.right().right(登记时间="2018-01-01").right("500")
    assert book.fen() == dict.fromkeys(YEARS, YEAR + 320_000)


def test_units_that_bear_one_and_the_same_area_are_a_doubt(land):
    book = land.right(不动产单元号=f"{PARCEL}F00010001").right(不动产单元号=f"{PARCEL}F00010002")
    assert (book.bins(), book.doubts()) == ({"flagged"}, {"parcel_counted_twice"})
