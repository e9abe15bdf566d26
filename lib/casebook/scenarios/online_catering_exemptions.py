"""What takes a lead of the online-catering model out, or to a human, and what the model cannot see."""

from typing import TYPE_CHECKING

import narwhals as nw

from casebook.case.scenario import exemption

if TYPE_CHECKING:
    from casebook.scenarios.online_catering import Parameters

WEAK = 3
CANTEEN_FORM = "3"
BY_LICENCE = ("licence_expired", "licence_cancelled", "beyond_scope", "grade_not_shown", "grade_mismatch")


def has_small_catering_certificate(p: "Parameters") -> nw.Expr:
    """持有效小餐饮登记证，无须食品经营许可证。
    A small-catering registration in force at the capture stands in for a licence.
    Law: xcy_scope
    """  # fmt: skip
    in_force = ~nw.col("is_certificate_ended") & (nw.col("certificate_until") >= nw.col("captured_on"))
    return nw.col("has_certificate") & in_force


def is_not_yet_graded(p: "Parameters") -> nw.Expr:
    """尚未评定等级，或许可证签发未满评级期限。
    Not graded yet, or the licence is younger than `grade_required_after_days` at the capture.
    """
    due = nw.col("issued_on").dt.offset_by(f"{p.grade_required_after_days}d")
    return ~nw.col("is_graded") | (nw.col("captured_on") < due).fill_null(False)


def is_shop_not_operating(p: "Parameters") -> nw.Expr:
    """采集时已停业、下线，或为平台测试店铺。
    Closed at the capture, or a test shop of the platform.
    """
    return nw.col("is_closed") | nw.col("is_test_shop")


def is_licence_renewed(p: "Parameters") -> nw.Expr:
    """同一经营者另有更新的有效许可证，页面未更新。
    A newer licence of the same operator is in force; the page still shows the old one.
    """
    return nw.col("has_newer_licence")


def is_renewal_pending(p: "Parameters") -> nw.Expr:
    """到期前已申请延续。
    A renewal was applied for before the end, or is noted on the list.
    """
    applied = (nw.col("renewal_applied_on") <= nw.col("listed_until")).fill_null(False)
    return applied | nw.col("is_renewal_noted").fill_null(False)


def is_pastry_in_new_words(p: "Parameters") -> nw.Expr:
    """2023 年版经营项目下的糕点，归类待核。
    Pastry under a licence in the words of 2023, which know no pastry item of their own (ruling 19).
    Law: xkba_items
    """
    return nw.col("n_other_words") > 0


def is_item_restricted(p: "Parameters") -> nw.Expr:
    """经营项目带限制（不含、仅限、简单制售），是否涵盖待核。
    The licensed item carries a restriction that may or may not cover the dishes.
    """
    return nw.col("n_restricted") > 0


def is_central_kitchen(p: "Parameters") -> nw.Expr:
    """许可证为中央厨房或连锁总部。
    The licence is that of a central kitchen or of a chain's head.
    """
    return nw.col("business_form").fill_null("").str.contains("中央厨房|集体用餐|连锁总部|总部")


def is_canteen(p: "Parameters") -> nw.Expr:
    """单位食堂许可证。
    A canteen's licence (form 3).
    """
    by_form = nw.col("business_form").fill_null("").str.contains("食堂")
    return by_form | (nw.col("licence_form") == CANTEEN_FORM).fill_null(False)


def is_outside_window(p: "Parameters") -> nw.Expr:
    """页面采集与许可名单相隔超过允许天数。
    Capture and licence list lie further apart than `capture_window_days` (ruling 17).
    """
    return ~nw.col("is_in_window")


def is_not_in_list(p: "Parameters") -> nw.Expr:
    """号码可读，但不在名单中。
    The number shown can be read and is on no list: it may be another district's (ruling 15).
    """
    return ~nw.col("is_nothing_shown") & ~nw.col("has_licence") & ~nw.col("has_certificate")


def are_only_toppings(p: "Parameters") -> nw.Expr:
    """未涵盖的仅为加料，可能为外购成品。
    Without toppings, which may be bought ready-made, fewer than `min_strong_dishes` dishes are uncovered.
    """
    own = nw.col("n_uncovered") - nw.col("n_toppings")
    return (nw.col("n_toppings") > 0) & (own < p.min_strong_dishes)


def is_other_name_at_the_house(p: "Parameters") -> nw.Expr:
    """同一地址、主体名称不同，可能更名或登记错误。
    The same house under another name, or the house is not told: a change of name or a data error (ruling 21).
    """
    return nw.col("name_differs").fill_null(False) & nw.col("same_house").fill_null(True)


def is_weak_match(p: "Parameters") -> nw.Expr:
    """页面未公示号码，仅凭名称（与地址）比中许可证。
    No number is shown; a licence was found by name and house only (tier T3), or under the same name at a house that does not agree.
    """
    is_bare = nw.col("is_nothing_shown") & ~nw.col("has_licence") & ~nw.col("has_certificate")
    return (nw.col("licence_tier").fill_null(1) >= WEAK) | (is_bare & nw.col("has_namesake"))


EXEMPTIONS = (
    exemption("shop_not_operating", is_shop_not_operating, "excluded"),
    exemption("small_catering_certificate", has_small_catering_certificate, "excluded", ("no_licence_shown",)),
    exemption("grade_not_yet_given", is_not_yet_graded, "excluded", ("grade_not_shown",)),
    exemption("licence_renewed", is_licence_renewed, "flagged", ("licence_expired", "licence_cancelled")),
    exemption("renewal_pending", is_renewal_pending, "flagged", ("licence_expired",)),
    exemption("pastry_vocabulary", is_pastry_in_new_words, "flagged", ("beyond_scope",)),
    exemption("item_with_restriction", is_item_restricted, "flagged", ("beyond_scope",)),
    exemption("central_kitchen", is_central_kitchen, "flagged", ("beyond_scope", "licence_of_another")),
    exemption("canteen", is_canteen, "flagged", ("beyond_scope", "licence_of_another", "grade_not_shown", "grade_mismatch")),
    exemption("capture_outside_window", is_outside_window, "flagged"),
    exemption("licence_not_in_list", is_not_in_list, "flagged", ("licence_of_another", "no_licence_shown")),
    exemption("toppings_bought", are_only_toppings, "flagged", ("beyond_scope",)),
    exemption("name_conflict", is_other_name_at_the_house, "flagged", (*BY_LICENCE, "licence_of_another")),
    exemption("weak_match", is_weak_match, "flagged", (*BY_LICENCE, "no_licence_shown")),
)  # fmt: skip

LIMITS_ZH = (
    "名单之外不等于无证：许可证可能由其他地区核发，名单以取得之日为准。",
    "菜品按名称对应经营项目，未见实物；词典未收录的菜品不参与判断。",
    "预包装食品不判断；冷食、热食以词典通常做法为准，实际做法须现场核实。",
    "页面内容以采集时为准，其后可能已更正；平台与店铺的责任须分别核查。",
    "名单未载明注销日期的，以名单日的状态推定采集日的状态（二者相隔不超过采集窗口天数）；注销晚于采集日的不作线索。",
    "公开的分级名单不载明评定日期的，视为名单日的等级，采集日的等级须向监管部门核实；评定晚于采集日的不能判断。",
    "公示低于评定的，通常情节较轻，是否处理由主管机关判断。",
)
LIMITS_EN = (
    "Not being on the list is not being without a licence: another district may have issued it; the list is of its own day.",
    "Dishes are read by their names, nobody saw them; dishes the dictionary does not know are left out.",
    "Packaged goods are not judged; hot or cold is the usual way of making a dish and must be checked on the spot.",
    "Pages stand as captured and may have been corrected since; platform and shop must be looked into apart.",
    (
        "Where the list tells no day of cancellation, its state is presumed for the day of capture (no further apart than the window); "
        "a licence cancelled after the capture is no lead."
    ),
    (
        "A published list of grades that tells no day is taken as of the list's day: ask for the grade on the day of capture; "
        "one given after the capture cannot be compared."
    ),
    "A grade shown worse than given is commonly a slight matter; the authority decides what follows.",
)
