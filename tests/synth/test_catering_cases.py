from collections import Counter
from datetime import date, timedelta

import pytest

from casebook.ids import permit
from casebook.synth.catering_cases import CLEAR, EXCLUDED, FLAGGED, LEADS, RECIPES, planted
from casebook.synth.catering_dishes import PACKAGED
from casebook.synth.catering_licences import LIST_DATE
from casebook.synth.catering_town import Town
from casebook.synth.catering_words import NOTHING_SHOWN, SHOWN_GRADES
from casebook.synth.world import Scale, World

CANCELLED = ("注销", "吊销", "撤销")
TRIES = 4


@pytest.fixture(scope="module")
def town():
    return Town(World(8, Scale("test", 0, 0, 0, 4000, 120_000)))


def built(town, name):
    recipe = next(recipe for recipe in RECIPES if recipe.name == name)
    return [recipe.build(town) for _ in range(TRIES)]


def shown_licence(shop):
    """The licence whose number the page bears, or the one its operator holds when the number is absent or misread."""
    number = permit.compact(shop.page.number)
    by_number = [of for of in shop.licences if of.number == number]
    by_name = [of for of in shop.licences if of.operator.name == shop.page.operator]
    return next(iter(by_number or by_name), None)


def broken(shop):
    """The kinds that the facts of a shop amount to, exemptions left aside."""
    of = shown_licence(shop)
    if of is None:
        return {"no_licence_shown"} if not permit.is_valid(shop.page.number) else {"licence_of_another"}
    given = [row for row in shop.grades if row.number == of.number]
    facts = {
        "licence_expired": of.until < shop.page.captured.date(),
        "licence_of_another": _bare(of.operator.name) != _bare(shop.page.operator),
        "licence_cancelled": any(word in of.state for word in CANCELLED)
        and (of.cancelled is None or of.cancelled <= shop.page.captured.date()),
        "beyond_scope": len(uncovered(shop)) >= 2,
        "grade_not_shown": bool(given) and shop.page.grade in NOTHING_SHOWN,
        "grade_mismatch": bool(given)
        and shop.page.grade not in NOTHING_SHOWN
        and shop.page.grade not in SHOWN_GRADES[given[0].dynamic],
    }
    return {kind for kind, holds in facts.items() if holds}


def _bare(name):
    return name.removeprefix("云州市")


def uncovered(shop):
    return [dish for dish in shop.menu if dish.item not in shop.items | {PACKAGED}]


UNUSUAL = {"small_catering_beyond", "restricted", "restricted_pastry"}


@pytest.mark.parametrize(
    "recipe", [r for r in (*LEADS, *FLAGGED, *EXCLUDED) if r.name not in UNUSUAL], ids=lambda r: r.name
)
def test_the_planted_kind_holds_and_no_other(town, recipe):
    for _ in range(TRIES):
        assert broken(recipe.build(town)) == {recipe.kind}


@pytest.mark.parametrize("recipe", CLEAR, ids=lambda r: r.name)
def test_a_near_miss_breaks_nothing(town, recipe):
    for _ in range(TRIES):
        assert broken(recipe.build(town)) == set()


@pytest.mark.parametrize("name", [r.name for r in LEADS if r.kind == "beyond_scope"])
def test_beyond_scope_rests_on_two_strong_dishes_in_everyday_words(town, name):
    for shop in built(town, name):
        assert sum(not dish.is_held_out for dish in uncovered(shop)) >= 2


def test_one_strong_dish_is_exactly_one(town):
    assert all(len(uncovered(shop)) == 1 for shop in built(town, "one_strong_dish"))


@pytest.mark.parametrize(("name", "days"), [("expired_day_before", 1), ("ends_at_capture", 0)])
def test_expiry_lies_on_either_side_of_the_capture_day(town, name, days):
    for shop in built(town, name):
        assert shop.page.captured.date() - shop.licences[0].until == timedelta(days=days)


@pytest.mark.parametrize(("name", "days"), [("grade_hidden_119", 119), ("grade_hidden_121", 121)])
def test_licence_age_lies_on_either_side_of_120_days(town, name, days):
    for shop in built(town, name):
        assert shop.page.captured.date() - shop.licences[0].issued == timedelta(days=days)


@pytest.mark.parametrize(("name", "days"), [("captured_30_days_off", 30), ("captured_31_days_off", 31)])
def test_capture_lies_on_either_side_of_the_window(town, name, days):
    for shop in built(town, name):
        assert LIST_DATE - shop.page.captured.date() == timedelta(days=days)
        assert shop.grades[0].graded < shop.page.captured.date()


def test_small_catering_never_covers_raw_fish_and_cream(town):
    for shop in built(town, "small_catering_beyond"):
        assert shop.certificate.until > shop.page.captured.date()
        assert len([dish for dish in shop.menu if dish.item in ("生食", "糕点")]) >= 3


def test_a_certificate_run_out_ended_before_the_capture(town):
    for shop in built(town, "certificate_run_out"):
        assert shop.certificate.issued < shop.certificate.until < date(2026, 3, 16)


@pytest.mark.parametrize("name", ["anothers", "central_kitchen_number"])
def test_anothers_number_comes_with_another_name_and_township(town, name):
    for shop in built(town, name):
        lender = shop.licences[0].operator
        assert not set(lender.brand) & set(shop.operator.brand)
        assert lender.township not in shop.page.address
        assert shop.operator.township in shop.page.address


def test_a_name_conflict_is_at_the_same_address(town):
    for shop in built(town, "another_name_same_address"):
        assert shop.page.address == shop.licences[0].operator.address


@pytest.mark.parametrize("name", ["renewed_after_expiry", "renewed_after_cancellation"])
def test_a_renewed_licence_is_newer_of_the_same_operator_and_in_force(town, name):
    for shop in built(town, name):
        old, new = shop.licences
        assert permit.compact(shop.page.number) == old.number != new.number
        assert (new.operator, new.phrases, new.state) == (old.operator, old.phrases, "有效")
        assert old.issued < new.issued < shop.page.captured.date() < new.until


def test_a_pending_renewal_was_applied_for_in_time(town):
    assert all(shop.licences[0].renewal < shop.licences[0].until for shop in built(town, "renewal_pending"))


def test_pastry_under_2023_has_a_licence_without_pastry(town):
    for shop in built(town, "pastry_under_2023"):
        assert shop.licences[0].issued >= date(2023, 12, 1)
        assert {dish.item for dish in uncovered(shop)} == {"糕点"}


@pytest.mark.parametrize(("name", "item"), [("restricted", ("冷食", "生食")), ("restricted_pastry", ("糕点",))])
def test_a_restricted_item_stands_in_the_licence(town, name, item):
    for shop in built(town, name):
        marked = [
            phrase
            for phrase in shop.licences[0].phrases
            if phrase.startswith(item) and ("(" in phrase or "（" in phrase)
        ]
        assert len(marked) == 1
        assert len([dish for dish in shop.menu if dish.item == marked[0][:2]]) >= 2


def test_central_kitchens_are_named_in_the_form(town):
    shops = built(town, "central_kitchen_scope") + built(town, "central_kitchen_number")
    assert all("中央厨房" in shop.licences[0].form for shop in shops)


def test_canteens_have_form_three(town):
    shops = built(town, "canteen_scope") + built(town, "canteen_grade_hidden")
    assert all(shop.licences[0].number.startswith("JY3") for shop in shops)


def test_an_unlisted_number_passes_its_check(town):
    for shop in built(town, "unlisted"):
        assert shop.licences == ()
        assert permit.is_valid(permit.compact(shop.page.number))


def test_only_toppings_are_uncovered(town):
    for shop in built(town, "only_toppings"):
        assert {dish.category for dish in uncovered(shop)} == {"加料"}


@pytest.mark.parametrize("name", ["closed_expired", "closed_ungraded_page", "closed_beyond_scope"])
def test_a_closed_shop_says_so(town, name):
    assert {shop.page.state for shop in built(town, name)} <= {"已关店", "停业", "已下线", "暂停营业"}


def test_a_test_shop_says_so(town):
    assert all("测试" in shop.page.name and "测试" in shop.page.kind for shop in built(town, "platform_test"))


def test_an_unreadable_page_leads_to_nobody(town):
    for shop in built(town, "number_unreadable"):
        assert (shop.page.operator, shop.page.address) == ("", "")
        assert shop.page.number


def test_several_brands_share_one_licence(town):
    for shop in built(town, "several_brands"):
        names = [shop.page.name, *(page.name for page in shop.twins)]
        assert len(set(names)) == len(names) >= 2
        assert {page.number for page in shop.twins} == {shop.page.number}


def test_misleading_words_are_at_least_four(town):
    for shop in built(town, "misleading_words"):
        assert sum(dish.is_lookalike for dish in shop.menu) >= 4


def test_every_recipe_is_planted_at_any_scale(town):
    found = Counter(shop.case.recipe for shop in planted(town, 10))
    assert found == Counter(recipe.name for recipe in RECIPES)


def test_recipes_have_names_of_their_own():
    assert len({recipe.name for recipe in RECIPES}) == len(RECIPES)
