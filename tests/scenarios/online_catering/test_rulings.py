"""The rulings of the field on rows as agencies deliver them: cleaning, links, dictionary and rule together."""

from datetime import date, timedelta

import pytest

HOT_COLD = "热食类食品制售,冷食类食品制售"
COLD_DISHES = ("凉拌黄瓜", "夫妻肺片")
PASTRY = ("肉松面包", "蛋挞")


def test_a_shop_in_order_is_clear(street):
    assert street.shop().licence(items=HOT_COLD).grade().menu(*COLD_DISHES, "牛肉面").told() == ("clear", [], [])


def test_ruling_13_strong_dishes_count_over_all_uncovered_items_together(street):
    street.shop().licence().menu("凉拌黄瓜", "珍珠奶茶", "牛肉面")
    assert street.told() == ("lead", ["beyond_scope"], [])


def test_ruling_13_one_strong_dish_is_not_enough_however_often_it_stands(street):
    assert street.shop().licence().menu("凉拌黄瓜", "凉拌黄瓜", "【招牌】凉拌黄瓜").told()[0] == "clear"


def test_ruling_14_grade_shown_worse_than_given_is_a_minor_lead(street):
    _, rows = street.shop(公示量化等级="良好").licence().grade("1").judged()
    assert rows.select("bin", "kind_grade_mismatch", "pattern").row(0) == ("lead", True, "grade_shown_worse")


def test_ruling_14_grade_shown_better_is_no_minor_lead(street):
    _, rows = street.shop(公示量化等级="大笑").licence().grade("3", "C").judged()
    assert rows.select("bin", "kind_grade_mismatch", "pattern").row(0) == ("lead", True, None)


def test_ruling_15_valid_number_not_in_the_list_is_flagged(street):
    assert street.shop(street.two).licence().told() == ("flagged", ["licence_of_another"], ["licence_not_in_list"])


def test_ruling_15_number_that_cannot_be_repaired_is_unmatched(street):
    assert street.shop(street.one[:10] + "****").licence().told()[0] == "unmatched"


def test_ruling_15_misread_number_of_the_one_same_name_is_repaired_at_t2(street):
    misread = street.one[:-2] + str((int(street.one[-2]) + 1) % 10) + street.one[-1]
    _, rows = street.shop(misread).licence(有效期至="2026-01-01").judged()
    assert rows.select("bin", "tier", "kind_licence_expired").row(0) == ("lead", 2, True)


def test_ruling_15_no_repair_where_the_office_allows_none(street):
    misread = street.one[:-2] + str((int(street.one[-2]) + 1) % 10) + street.one[-1]
    assert street.shop(misread).licence().told(ocr_edit_distance=0)[0] == "unmatched"


def test_ruling_16_packaged_goods_never_need_an_item(street):
    assert street.shop().licence().menu("可乐(罐)", "矿泉水", "袋装薯片", "沙拉酱").told()[0] == "clear"


@pytest.mark.parametrize(("days", "bin_"), [(30, "lead"), (31, "flagged")])
def test_ruling_17_capture_outside_the_window_is_flagged(street, days, bin_):
    captured = date(2026, 3, 20) - timedelta(days=days)
    assert street.shop(采集时间=str(captured)).licence().menu(*COLD_DISHES).told()[0] == bin_


def test_ruling_19_pastry_on_a_licence_in_the_words_of_2023_is_flagged(street):
    street.shop().licence(items="热食类食品制售,自制饮品制售", 发证日期="2023-12-01").menu(*PASTRY)
    assert street.told() == ("flagged", ["beyond_scope"], ["pastry_vocabulary"])


def test_ruling_19_a_licence_of_the_day_before_is_read_in_the_words_of_2015(street):
    street.shop().licence(items="热食类食品制售,自制饮品制售", 发证日期="2023-11-30").menu(*PASTRY)
    assert street.told() == ("lead", ["beyond_scope"], [])
