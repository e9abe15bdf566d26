"""Rows as delivered → whose land, who paid: keys, names, payments, co-owners, other payers, register facts."""

import pytest

FIRM, CODE, OLD_NUMBER = "祥通物流有限公司", "91900001376872958E", "900001376872958"
OTHER, OTHER_CODE = "云州铭洋橡胶制品股份有限公司", "919000013845557688"
OTHER_PAYS = {"纳税人识别号": OTHER_CODE, "统一社会信用代码": OTHER_CODE, "纳税人名称": OTHER}
OWNER = "900001197001010018"
PARCEL = "900001003010GB00774"
YEAR, HALF = 6_400_000, 3_200_000
YEARS = (2023, 2024, 2025)
NO_CODE = {"统一社会信用代码": None}


def test_paid_under_the_old_fifteen_digit_number(land):
    assert land.right().declared().paid_years(*YEARS, 纳税人识别号=OLD_NUMBER, **NO_CODE).told() == {}


def test_known_to_the_tax_bureau_by_the_old_number_only(land):
    book = land.right().registered(纳税人识别号=OLD_NUMBER, **NO_CODE).source(纳税人识别号=OLD_NUMBER, **NO_CODE)
    assert book.paid_years(*YEARS, 纳税人识别号=OLD_NUMBER, **NO_CODE).told() == {}


def test_paid_under_the_owners_citizen_id(land):
    shop = "92900001448916076N"
    book = land.right(权利人证件号=shop).registered(纳税人识别号=OWNER, 统一社会信用代码=shop)
    book.source(纳税人识别号=shop, 统一社会信用代码=shop)
    assert book.paid_years(*YEARS, 纳税人识别号=OWNER, **NO_CODE).told() == {}


def test_renamed_firm_is_the_same_firm(land):
    book = land.right(权利人="云州骏佳体育器材有限公司").market(曾用名="云州骏佳体育器材有限公司").declared()
    assert book.doubts("云州骏佳体育器材有限公司") == set()
    assert book.bins("云州骏佳体育器材有限公司") == {"lead"}


def test_ruling_21_same_code_other_name_is_a_data_error(land):
    book = land.right().registered(纳税人名称="丰泰发环保科技有限公司", 注册地址="别处1号")
    assert (book.bins(), book.doubts()) == ({"flagged"}, {"name_conflict"})


def test_holder_without_code_known_by_name_and_location_is_flagged(land):
    book = land.right(权利人证件号=None).declared()
    assert (book.bins(), book.doubts()) == ({"flagged"}, {"weak_match"})


@pytest.mark.parametrize("code", [None, "91900001******958E", "9.19000013768729E+17", "暂无"])
def test_holder_that_cannot_be_known_is_unmatched_once(land, code):
    _, rows = land.right(权利人证件号=code).listed()
    assert [(row["bin"], row["amount_fen"]) for row in rows] == [("unmatched", 0)]


def test_name_with_two_candidates_stays_unmatched(land):
    book = land.right(权利人证件号=None).registered()
    assert book.registered(纳税人识别号=OTHER_CODE, 统一社会信用代码=OTHER_CODE).bins() == {"unmatched"}


@pytest.mark.parametrize("label", ["城镇土地使用税", "土地使用税", "土地税"])
def test_labels_of_this_tax(land, label):
    assert land.right().declared().paid_years(*YEARS, 征收项目=label).told() == {}


@pytest.mark.parametrize("label", ["土地增值税", "耕地占用税", "房产税", None])
def test_other_taxes_do_not_count(land, label):
    assert land.right().declared().paid_years(*YEARS, 征收项目=label).fen() == dict.fromkeys(YEARS, YEAR)


@pytest.mark.parametrize("kind", ["滞纳金", "罚款"])
def test_ruling_20_surcharge_is_no_tax(land, kind):
    assert land.right().declared().paid_years(*YEARS, 税款种类=kind).fen() == dict.fromkeys(YEARS, YEAR)


def test_paid_counts_for_the_period_it_is_for_not_the_day_it_came(land):
    book = land.right().declared().paid_years(2023, 2025).paid_years(2024, 入库日期="2025-11-03", 缴款日期="2025-11-02")
    assert book.told() == {}


def test_several_years_in_one_row_are_shared_by_months_to_the_fen(land):
    book = land.right("9999.99").declared("9999.99").paid("2023-01-01", "2025-12-31", "191999.81")
    judged = book.run().judge().sort("year")
    assert judged["paid_fen"].to_list() == [6_399_993, 6_399_994, 6_399_994]
    assert book.told() == {}


def test_refund_takes_the_year_back(land):
    book = land.right().declared().paid_years(*YEARS).paid("2024-01-01", "2024-12-31", -64000)
    assert book.told() == {2024: ("lead", ["not_declared"], [], YEAR)}


@pytest.mark.parametrize(("first", "last"), [(None, None), ("2024-12-31", "2024-01-01")])
def test_payment_without_a_usable_period_makes_the_holder_unknown(land, first, last):
    assert land.right().declared().paid(first, last, 64000).bins() == {"flagged"}


def test_co_owners_owe_by_share(land):
    cells = {"权利人": f"{FIRM}、{OTHER}", "权利人证件号": f"{CODE}、{OTHER_CODE}", "共有情况": "按份共有(60%、40%)"}
    book = land.right(**cells)
    assert (book.fen(FIRM)[2024], book.fen(OTHER)[2024]) == (3_840_000, 2_560_000)


def test_shares_that_are_not_told_are_unknown(land):
    book = land.right(权利人=f"{FIRM}、{OTHER}", 权利人证件号=f"{CODE}、{OTHER_CODE}", 共有情况="按份共有")
    assert book.bins() == book.bins(OTHER) == {"flagged"}


def co_owned(land, area="10000", paid=64000, **source):
    book = land.right(权利人=f"{FIRM}、{OTHER}", 权利人证件号=f"{CODE}、{OTHER_CODE}", 共有情况="共同共有")
    return book.registered().source(area, **source).paid_years(*YEARS, yuan=paid)


def test_ruling_12_co_owner_who_declares_the_parcel_and_pays_all_clears_both(land):
    book = co_owned(land, 宗地代码=PARCEL)
    assert book.told(FIRM) == book.told(OTHER) == {}


def test_ruling_12_co_owner_by_location_only_is_a_doubt_on_both_sides(land):
    book = co_owned(land)
    assert book.told(OTHER) == dict.fromkeys(YEARS, ("flagged", ["not_registered"], ["co_owner_paid"], HALF))
    assert book.told(FIRM) == dict.fromkeys(YEARS, ("flagged", ["overpaid"], ["co_owner_paid"], HALF))


def test_co_owner_who_declares_its_own_share_says_nothing_of_the_other(land):
    book = co_owned(land, "5000", 32000)
    assert book.told(OTHER) == dict.fromkeys(YEARS, ("lead", ["not_registered"], [], HALF))
    assert book.told(FIRM) == {}


def test_ruling_12_actual_user_pays_in_full(land):
    book = land.right().registered().source(宗地代码=PARCEL, **OTHER_PAYS).paid_years(*YEARS, **OTHER_PAYS)
    assert book.told() == {}


@pytest.mark.parametrize("cells", [{}, {"宗地代码": PARCEL}])
def test_ruling_12_actual_user_who_pays_less_or_is_known_by_place_only_is_a_doubt(land, cells):
    paid = 64000 if not cells else 60000
    book = land.right().registered().source(**cells, **OTHER_PAYS).paid_years(*YEARS, yuan=paid, **OTHER_PAYS)
    assert (book.bins(), book.doubts()) == ({"flagged"}, {"actual_user_pays"})


@pytest.mark.parametrize("state", ["注销", "非正常", "破产清算"])
def test_ruling_9_ended_holder_is_a_claim_to_the_administrator(land, state):
    book = land.right().registered(纳税人状态=state)
    assert (book.bins(), book.doubts()) == ({"flagged"}, {"claim_to_administrator"})


def test_branch_and_head_office_may_declare_together(land):
    book = land.right().market(企业类型="有限责任公司分公司", 隶属企业=OTHER)
    book.market(统一社会信用代码=OTHER_CODE, 企业名称=OTHER, 住所="别处1号")
    assert book.doubts() == {"branch_or_head_pays"}


def test_head_office_of_a_branch_that_declares_land(land):
    branch = {"统一社会信用代码": OTHER_CODE, "企业名称": "祥通物流有限公司第一分公司"}
    book = land.right().market().market(**branch, 隶属企业=FIRM, 住所="别处1号")
    book.source(**{**OTHER_PAYS, "纳税人名称": branch["企业名称"]}, 坐落="别处1号")
    assert book.doubts() == {"branch_or_head_pays"}


@pytest.mark.parametrize(
    ("event", "expected"), [("新设合并", {"register_event"}), ("名称变更", set()), ("法定代表人变更", set())]
)
def test_register_events(land, event, expected):
    assert land.right().market(变更事项=event).doubts() == expected


def test_court_sale_not_yet_transferred(land):
    assert land.right(抵押查封="法院拍卖成交,尚未办理转移登记").doubts() == {"register_event"}


def test_idle_by_government_cause(land):
    book = land.right().row("land_use_penalties", 宗地代码=PARCEL, 处置情况="政府原因闲置,协议有偿收回")
    assert book.doubts() == {"idle_by_government"}


@pytest.mark.parametrize("number", [OTHER_CODE, "9.19000013768729E+17", "91900001******958E", None])
def test_paid_under_another_or_unreadable_number_of_the_same_name_is_a_doubt(land, number):
    cells = {"纳税人识别号": number, "统一社会信用代码": None}
    book = land.right().declared().paid_years(*YEARS, **cells)
    assert (book.bins(), book.doubts()) == ({"flagged"}, {"paid_under_another_number"})


def test_paid_under_the_citizen_id_of_the_representative_is_a_doubt(land):
    book = land.right().registered(法定代表人="周玉兰").source()
    book.paid_years(*YEARS, 纳税人识别号=OWNER, 统一社会信用代码=None, 纳税人名称="周玉兰")
    assert (book.bins(), book.doubts()) == ({"flagged"}, {"paid_under_another_number"})


def test_tax_named_by_its_item_where_the_tax_is_blank(land):
    assert land.right().declared().paid_years(*YEARS, 征收项目=None, 征收品目="土地使用税").told() == {}
