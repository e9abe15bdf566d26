from datetime import date

import pytest
from rapidfuzz.distance import Levenshtein

from casebook.ids import permit
from casebook.synth import catering_pages as pages
from casebook.synth.catering_facts import UNGRADED
from casebook.synth.catering_town import Town
from casebook.synth.catering_words import SHOWN_GRADES
from casebook.synth.world import Scale, World


@pytest.fixture(scope="module")
def town():
    return Town(World(5, Scale("test", 0, 0, 0, 1500, 45_000)))


def test_a_misread_number_is_one_character_off(town):
    for _ in range(300):
        number = town.number()
        assert Levenshtein.distance(number, pages.misread(town, number)) == 1


def test_a_misread_number_never_passes_as_it_stands(town):
    for _ in range(300):
        read = pages.misread(town, town.number())
        assert not (read[2:].isdecimal() and permit.is_valid(read))


def test_an_unreadable_number_is_far_from_the_true_one(town):
    for _ in range(100):
        number = town.number()
        assert Levenshtein.distance(number, pages.unreadable(town, number)) >= 3


def test_oddly_shown_numbers_clean_to_the_number(town):
    for _ in range(200):
        number = town.number()
        assert permit.compact(pages.shown_number(town, number)) == number


@pytest.mark.parametrize("level", [1, 2, 3])
def test_a_grade_is_shown_in_a_word_of_its_level(town, level):
    assert {pages.shown_grade(town, level) for _ in range(200)} == set(SHOWN_GRADES[level])


def test_no_word_stands_for_two_levels():
    words = [word for level in SHOWN_GRADES.values() for word in level]
    assert len(set(words)) == len(words)


def test_an_ungraded_shop_shows_nothing(town):
    assert {pages.shown_grade(town, UNGRADED) for _ in range(200)} == {"", "暂无", "无", "--"}


def test_a_date_is_shown_in_four_ways_or_as_forever(town):
    shown = {pages.shown_date(town, date(2027, 5, 1)) for _ in range(400)}
    assert shown == {"2027-05-01", "2027/05/01", "2027年5月1日", "2027.05.01", "长期"}


def test_an_address_keeps_its_street_and_number(town):
    for _ in range(50):
        assert "青禾区柳湾镇人民路12号" in pages.shown_address(town, "云州市青禾区柳湾镇人民路12号")


def test_a_page_is_captured_in_office_hours(town):
    moments = [pages.captured(town, date(2026, 3, 16)) for _ in range(50)]
    assert all(moment.date() == date(2026, 3, 16) and 9 <= moment.hour <= 18 for moment in moments)


def test_the_city_alone_may_be_added_or_dropped(town):
    shown = {pages.shown_operator(town, "云州市青禾区张记面馆") for _ in range(400)}
    assert shown == {"云州市青禾区张记面馆", "青禾区张记面馆"}


def test_the_shop_name_is_not_the_licence_name(town):
    one = town.operator("noodles", company_share=0.0)
    assert all(pages.shop_name(town, one) != one.name for _ in range(20))
    assert one.brand in pages.shop_name(town, one)
