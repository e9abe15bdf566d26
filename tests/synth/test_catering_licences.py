from dataclasses import replace
from datetime import date, timedelta

import pytest

from casebook.synth import catering_licences as licences
from casebook.synth.catering_dishes import COLD, DRINK, HOT, PASTRY, RAW
from casebook.synth.catering_town import Town
from casebook.synth.world import Scale, World


@pytest.fixture(scope="module")
def town():
    return Town(World(4, Scale("test", 0, 0, 0, 1500, 45_000)))


def drawn(town, items, **options):
    return [licences.licence(town, town.operator("rice"), items, **options) for _ in range(40)]


@pytest.mark.parametrize(
    ("issued", "until"),
    [
        (date(2021, 5, 1), date(2026, 4, 30)),
        (date(2022, 1, 1), date(2026, 12, 31)),
        (date(2021, 3, 1), date(2026, 2, 28)),
        (date(2024, 2, 29), date(2029, 2, 27)),
    ],
)
def test_five_years_end_the_day_before_the_anniversary(issued, until):
    assert licences.five_years(issued) == until


@pytest.mark.parametrize("until", [date(2026, 3, 15), date(2025, 12, 31), date(2026, 2, 28), date(2024, 2, 28)])
def test_a_licence_that_ended_ran_five_years(until):
    assert licences.five_years(licences.expired_on(until)) in (until, until - timedelta(days=1))


@pytest.mark.parametrize("under_2023", [True, False])
def test_items_are_written_in_the_words_of_the_issue_date(town, under_2023):
    for of in drawn(town, {HOT, COLD, RAW, DRINK}, under_2023=under_2023):
        assert (of.issued >= licences.NEW_RULES) is under_2023
        table = licences.PHRASES_2023 if under_2023 else licences.PHRASES_2015
        assert len(of.phrases) == 4
        assert set(of.phrases) <= {phrase for phrases in table.values() for phrase in phrases}


def test_pastry_is_licensed_under_2015_words_only(town):
    assert all(of.issued < licences.NEW_RULES for of in drawn(town, {PASTRY, DRINK}))
    assert PASTRY not in licences.PHRASES_2023


def test_a_regular_licence_is_in_force_and_old_enough_for_a_grade(town):
    first, last = licences.CAPTURE
    for of in drawn(town, {HOT}):
        assert of.issued + timedelta(days=120) < first
        assert of.until > last
        assert of.state in ("有效", "正常")


def test_a_heading_stands_before_items_of_2023_only(town):
    assert {of.heading for of in drawn(town, {HOT}, under_2023=False)} == {""}
    assert {of.heading for of in drawn(town, {HOT}, under_2023=True)} == {"", "餐饮服务："}


def test_a_canteen_has_form_three(town):
    of = licences.licence(town, town.operator("rice"), {HOT}, form=3)
    assert (of.number[:3], of.form) == ("JY3", "单位食堂")


def test_a_grade_is_given_while_the_licence_runs(town):
    for of in drawn(town, {HOT}):
        given = licences.grade(town, of)
        assert of.issued < given.graded <= min(of.until, licences.LIST_DATE)


def test_a_grade_of_an_ended_licence_is_not_given_after_its_end(town):
    of = replace(drawn(town, {HOT})[0], issued=date(2020, 6, 2), until=date(2025, 6, 1))
    assert all(licences.grade(town, of).graded <= of.until for _ in range(20))


def test_the_annual_grade_is_the_dynamic_one_or_not_given(town):
    for of in drawn(town, {HOT}):
        given = licences.grade(town, of, level=2)
        assert given.dynamic == 2
        assert given.annual == 2 or (given.annual == 0 and of.issued.year == 2025)


def test_a_certificate_runs_beyond_the_capture(town):
    for _ in range(30):
        held = licences.certificate(town, town.operator("noodles"))
        assert held.until > licences.CAPTURE[1]
        assert held.issued < held.until
