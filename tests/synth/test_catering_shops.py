from datetime import date

import pytest

from casebook.ids import permit
from casebook.synth import catering_shops as shops
from casebook.synth.catering_dishes import PACKAGED, PASTRY
from casebook.synth.catering_facts import Dish
from casebook.synth.catering_licences import CAPTURE
from casebook.synth.catering_town import Town
from casebook.synth.catering_words import KITCHENS, NOTHING_SHOWN, SHOWN_GRADES
from casebook.synth.world import Scale, World


@pytest.fixture(scope="module")
def town():
    return Town(World(7, Scale("test", 0, 0, 0, 2000, 60_000)))


@pytest.fixture(scope="module")
def background(town):
    return [shops.background(town) for _ in range(400)]


def test_background_sells_only_what_is_licensed(background):
    for shop in background:
        assert {dish.item for dish in shop.menu} <= shop.items | {PACKAGED}


def test_background_shows_its_own_licence_in_force(background):
    for shop in background:
        of = shop.licences[0]
        assert permit.compact(shop.page.number) == of.number
        assert of.operator == shop.operator
        assert shop.page.operator.removeprefix("云州市") == shop.operator.name.removeprefix("云州市")
        assert of.issued < shop.page.captured.date() <= of.until
        assert of.state in ("有效", "正常")


def test_background_shows_the_grade_it_was_given_and_no_other(background):
    for shop in background:
        words = SHOWN_GRADES[shop.grades[0].dynamic] if shop.grades else NOTHING_SHOWN
        assert shop.page.grade in words


def test_background_is_captured_in_the_week(background):
    pages = [page for shop in background for page in (shop.page, *shop.twins)]
    assert all(CAPTURE[0] <= page.captured.date() <= CAPTURE[1] for page in pages)


def test_background_carries_no_case(background):
    assert {shop.case for shop in background} == {None}


def test_background_is_varied(background):
    assert any(shop.twins for shop in background)
    assert any(not shop.grades for shop in background)
    assert any(shop.page.state == "已关店" for shop in background)
    assert any(len(shop.licences) == 2 for shop in background)


def test_a_predecessor_ended_before_its_successor_began(background):
    for shop in background:
        for old in shop.licences[1:]:
            assert old.until < shop.licences[0].issued
            assert old.state in ("注销", "已过期")


def test_a_second_page_stands_on_another_platform(background):
    assert all(page.platform != shop.page.platform for shop in background for page in shop.twins)


def test_a_bakery_without_cream_offers_none(town):
    shop = shops.without_cream(town, shops.regular(town, "bakery"))
    assert any("不含裱花" in phrase for phrase in shop.licences[0].phrases)
    assert not [dish.word for dish in shop.menu if dish.item == PASTRY and "蛋糕" in dish.word]


@pytest.mark.parametrize("kitchen", sorted(KITCHENS))
def test_a_regular_shop_holds_exactly_what_it_needs(town, kitchen):
    shop = shops.regular(town, kitchen)
    assert shop.items == set(KITCHENS[kitchen].items)
    assert len(shop.licences[0].phrases) == len(shop.items)


def test_an_unlicensed_shop_is_in_no_list(town):
    shop = shops.unlicensed(town, "rice")
    assert (shop.licences, shop.grades, shop.certificate) == ((), (), None)
    assert shop.page.number in ("", "暂无", "无", "/")


def test_an_ended_licence_ran_five_years_and_was_graded_before(town):
    shop = shops.ended(shops.regular(town, "rice", under_2023=False), date(2025, 8, 9))
    assert (shop.licences[0].issued, shop.licences[0].until) == (date(2020, 8, 10), date(2025, 8, 9))
    assert shop.grades[0].graded <= date(2025, 8, 9)


def test_a_dish_on_the_menu_is_not_mixed_in_again(town):
    shop = shops.regular(town, "rice")
    more = [shop.menu[0], Dish("凉拌黄瓜", "冷食", "凉菜")]
    words = [dish.word for dish in shops.mixed(town, shop, more).menu]
    assert len(words) == len(shop.menu) + 1
    assert words.count(shop.menu[0].word) == 1


def test_others_are_listed_without_a_shop(town):
    held = shops.others(town, 200)
    assert len({of.number for of in held}) == 200
    assert any(of.operator.name == "" for of in held)
    assert {of.state for of in held} == {"有效", "注销"}
