"""Licences, certificates and grades as agencies deliver them: which shop is a lead, a doubt, excused or in order."""

from datetime import date, timedelta

import polars as pl
import pytest

HOT_COLD = "热食类食品制售,冷食类食品制售"
COLD_DISHES = ("凉拌黄瓜", "夫妻肺片")
PASTRY = ("肉松面包", "蛋挞")


def test_no_number_and_none_on_the_list_is_a_lead(street):
    assert street.shop("暂无").licence(street.two, 经营者名称=street.other, 经营场所=street.elsewhere).told()[:2] == (
        "lead",
        ["no_licence_shown"],
    )


def test_no_number_but_a_licence_by_name_and_house_in_order_is_clear(street):
    assert street.shop("/").licence().told()[0] == "clear"


def test_no_number_and_an_expired_licence_by_name_and_house_is_flagged(street):
    street.shop("").licence(有效期至="2026-02-01")
    assert street.told() == ("flagged", ["licence_expired"], ["weak_match"])


def test_no_number_and_a_licence_under_the_same_name_elsewhere_is_flagged(street):
    street.shop("无").licence(经营场所=street.elsewhere)
    assert street.told() == ("flagged", ["no_licence_shown"], ["weak_match"])


def test_no_name_shown_at_the_licences_own_house_is_clear(street):
    assert street.shop(公示主体名称=None).licence().told()[0] == "clear"


@pytest.mark.parametrize("shown", ["", "XC900001000123"])
def test_certificate_in_force_excludes(street, shown):
    assert street.shop(shown).certificate().told() == ("excluded", ["no_licence_shown"], ["small_catering_certificate"])


@pytest.mark.parametrize("shown", ["", "XC900001000123"])
def test_ended_certificate_is_a_lead(street, shown):
    assert street.shop(shown).certificate("2026-03-17").told() == ("lead", ["no_licence_shown"], [])


@pytest.mark.parametrize("dishes", [("三文鱼刺身", "生腌虾"), ("生日蛋糕", "裱花蛋糕")])
def test_certificate_does_not_reach_raw_food_and_cream_cakes(street, dishes):
    assert street.shop("").certificate().menu(*dishes).told() == ("lead", ["beyond_scope"], [])


def test_certificate_reaches_cold_dishes(street):
    assert street.shop("").certificate().menu(*COLD_DISHES).told()[0] == "excluded"


def test_another_paper_on_no_list_is_flagged(street):
    assert street.shop("XC900001000999").told() == ("flagged", ["no_licence_shown"], ["licence_not_in_list"])


def test_another_operator_at_another_house_is_a_lead(street):
    assert street.shop().licence(经营者名称=street.other, 经营场所=street.elsewhere).told() == (
        "lead",
        ["licence_of_another"],
        [],
    )


def test_another_name_at_the_same_house_is_a_data_error(street):
    assert street.shop().licence(经营者名称=street.other).told() == (
        "flagged",
        ["licence_of_another"],
        ["name_conflict"],
    )


def test_the_same_operator_at_another_house_is_clear(street):
    assert street.shop().licence(经营场所=street.elsewhere).told()[0] == "clear"


@pytest.mark.parametrize("cells", [{"许可状态": "注销"}, {"有效期至": "2026-01-01"}])
def test_a_newer_licence_of_the_operator_flags(street, cells):
    street.shop().licence(**cells).licence(street.two, 发证日期="2026-02-01", 有效期至="2031-01-31")
    assert (street.told()[0], street.told()[2]) == ("flagged", ["licence_renewed"])


def test_renewal_applied_for_in_time_flags(street):
    street.shop().licence(有效期至="2026-03-01", 延续申请日期="2026-02-20")
    assert street.told() == ("flagged", ["licence_expired"], ["renewal_pending"])


@pytest.mark.parametrize(
    ("items", "bin_"),
    [
        ("热食类食品制售(含凉菜)", "clear"),
        ("餐饮服务：热食类食品制售、冷食类食品制售", "clear"),
        ("热食类食品制售 冷食类食品制售（含凉菜）", "clear"),
        ("热食类食品制售；冷食类食品制售（不含凉菜）", "flagged"),
        ("热食类食品制售/冷食类食品制售(仅限水果拼盘)", "flagged"),
        ("热食类食品制售,简单制售", "flagged"),
        ("热食类食品制售(不含凉菜)", "lead"),
        ("预包装食品销售", "lead"),
        (None, "lead"),
    ],
)
def test_cold_dishes_under_the_words_of_a_licence(street, items, bin_):
    assert street.shop().licence(items=items).menu(*COLD_DISHES).told()[0] == bin_


@pytest.mark.parametrize(
    ("items", "dishes", "bin_"),
    [
        ("糕点类食品制售（不含裱花蛋糕）", PASTRY, "clear"),
        ("糕点类食品制售（不含裱花蛋糕）", ("裱花蛋糕", "生日蛋糕"), "flagged"),
        ("自制饮品制售(不含自酿酒)", ("珍珠奶茶", "手打柠檬茶"), "clear"),
        ("热食类食品制售(含火锅),冷食类食品制售(不含生食)", ("三文鱼刺身", "生腌虾"), "lead"),
        ("生食类食品制售(不含生食海产品)", ("三文鱼刺身", "生腌虾"), "flagged"),
    ],
)
def test_other_items_under_the_words_of_a_licence(street, items, dishes, bin_):
    assert street.shop().licence(items=items).menu(*dishes).told()[0] == bin_


def test_toppings_that_may_be_bought_are_flagged(street):
    street.shop().licence().menu("凉拌黄瓜").menu("布丁奶茶", "凉粉", category="加料")
    assert street.told() == ("flagged", ["beyond_scope"], ["toppings_bought"])


@pytest.mark.parametrize("cells", [{"营业状态": "已关店"}, {"店铺类型": "平台测试店铺"}])
def test_shops_that_do_not_operate_are_excluded(street, cells):
    assert street.shop(**cells).licence().menu(*COLD_DISHES).told() == (
        "excluded",
        ["beyond_scope"],
        ["shop_not_operating"],
    )


def test_grade_given_and_not_shown_is_a_lead(street):
    assert street.shop(公示量化等级="--").licence().grade("2", "B").told() == ("lead", ["grade_not_shown"], [])


def test_no_grade_row_and_none_shown_is_clear(street):
    assert street.shop(公示量化等级="无").licence().told()[0] == "clear"


def test_not_graded_in_either_column_is_excluded(street):
    street.shop(公示量化等级=None).licence().grade("未评定", "未评定")
    assert street.told() == ("excluded", ["grade_not_shown"], ["grade_not_yet_given"])


@pytest.mark.parametrize(("age", "bin_"), [(119, "excluded"), (120, "lead"), (121, "lead")])
def test_young_licences_need_no_grade_yet(street, age, bin_):
    issued = str(date(2026, 3, 18) - timedelta(days=age))
    assert street.shop(公示量化等级="").licence(发证日期=issued).grade().told()[0] == bin_


def test_platform_that_hides_most_grades_is_the_receiver(street):
    street.licence().grade()
    for shop in range(3):
        street.shop(店铺ID=str(shop), 公示量化等级="")
    _, rows = street.judged()
    assert rows["receiver"].unique().to_list() == ["市场监督管理局（督促网络餐饮平台）"]


def test_one_licence_for_several_shops_of_one_operator_is_clear(street):
    street.licence(items=HOT_COLD).shop(店铺ID="1", 店铺名称="张记凉皮").shop(店铺ID="2")
    assert street.judged()[1]["bin"].to_list() == ["clear", "clear"]


def test_lead_cites_shop_licence_and_the_dishes_only_that_are_not_covered(street):
    run = street.shop().licence().grade().menu(*COLD_DISHES, "牛肉面").judged()[0]
    lead = run.assess().leads.row(0, named=True)
    cited = sorted(ref.split(":")[0].rstrip("x") + ref[-2:] for ref in lead["source_refs"])
    assert cited == [
        "market_food_licences:2",
        "market_hygiene_grades:2",
        "platform_dishes:2",
        "platform_dishes:3",
        "platform_shops:2",
    ]
    assert "凉拌黄瓜 → 冷食（词条 凉拌，权重 1.0）；夫妻肺片 → 冷食（词条 夫妻肺片，权重 1.0）" in lead["rule_values"]
    assert '"vocabulary": "2015-10-01"' in lead["rule_values"]


def _lead(street, **parameters):
    return street.judged(**parameters)[0].assess().leads.row(0, named=True)


@pytest.mark.parametrize(("day", "told"), [("2026-03-18", "注销于 2026-03-18"), ("", "日期未载明，以名单日")])
def test_cancelled_licence_tells_since_when(street, day, told):
    lead = _lead(street.shop().licence(许可状态="注销", 注销日期=day).grade())
    assert (lead["bin"], lead["kinds"]) == ("lead", ["licence_cancelled"])
    assert told in lead["computation"][0]
    assert any(ref.startswith("xzxk70") for ref in lead["law_refs"])


def test_licence_cancelled_after_the_capture_is_clear(street):
    assert street.shop().licence(许可状态="注销", 注销日期="2026-03-19").grade().told()[0] == "clear"


@pytest.mark.parametrize(
    ("issued", "rules"), [("2023-11-30", "2015-10-01 至 2023-11-30"), ("2023-12-01", "2023-12-01 起施行")]
)
def test_scope_is_read_by_the_rules_of_the_issue_date(street, issued, rules):
    lead = _lead(street.shop().licence(发证日期=issued).menu(*COLD_DISHES))
    assert rules in lead["computation"][0]
    assert rules in lead["rule_values"]


def test_dishes_of_doubtful_scope_are_cited_and_counted_as_open(street):
    lead = _lead(street.shop().licence(发证日期="2024-05-02", 有效期至="2029-05-01").menu("肉松面包", "蛋挞"))
    assert lead["bin"] == "flagged"
    assert sum(ref.startswith("platform_dishes") for ref in lead["source_refs"]) == 2
    assert "未涵盖 0，待核 2" in lead["computation"][0]


def test_certificate_that_ran_out_is_named_with_its_day(street):
    lead = _lead(street.shop("", 公示主体名称=street.name).certificate("2025-05-26"))
    assert (lead["bin"], lead["kinds"]) == ("lead", ["no_licence_shown"])
    assert "小餐饮登记证已于 2025-05-26 到期" in lead["computation"][0]


@pytest.mark.parametrize(("shown", "told"), [("良好", "公示低于评定"), ("大笑", "公示高于评定")])
def test_mismatch_tells_its_direction(street, shown, told):
    given = ("1", "A") if shown == "良好" else ("3", "C")
    lead = _lead(street.shop(公示量化等级=shown).licence().grade(*given))
    assert told in lead["computation"][0]


@pytest.mark.parametrize(
    ("language", "told"),
    [("zh", "小餐饮登记证有效期至 2028-05-01"), ("en", "small-catering registration until 2028-05-01")],
)
def test_computation_is_in_the_language_of_the_run(street, language, told):
    lead = _lead(street.shop("", 公示主体名称=street.name).certificate(), language=language)
    assert lead["bin"] == "excluded"
    assert told in lead["computation"][0]


def test_share_of_shops_without_a_number_is_shown_and_decides_the_receiver(street):
    for shop in range(3):
        street.shop("", 店铺ID=str(shop), 公示主体名称="青禾区无名小店")
    lead = _lead(street.licence())
    assert lead["receiver"] == "市场监督管理局（督促网络餐饮平台）"
    assert '"number_lacking_on_platform": "3/3"' in lead["rule_values"]


def test_lead_names_the_shop_never_a_citizen(street):
    lead = (
        street.shop()
        .licence(**{"社会信用代码(身份证号码)": "900001197001010018"})
        .menu(*COLD_DISHES)
        .judged()[0]
        .assess()
        .leads
    )
    row = lead.row(0, named=True)
    assert row["subject"] == "张记牛肉面(人民路店) 云外卖 700001"
    assert "900001197001010018" not in str(row)
    assert (row["amount_fen"], row["place"], row["receiver"]) == (0, "青禾街道", "市场监督管理局")


def test_no_shops_no_rows(street):
    assert street.licence().judged()[1].height == 0
    assert street.judged()[1].schema["unit"] == pl.String
