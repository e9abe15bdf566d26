"""What sections say of model, tables, facts and code: titles, headers, units, amounts; nothing meant for tools."""

from dataclasses import replace

import pytest

from casebook import scenarios
from casebook.case.readable import readable
from casebook.report import show
from casebook.report.facts import quantity, readable_in
from casebook.report.render import python
from casebook.report.section_sources import headers_of
from casebook.report.told import contracts_of, deals_in_money
from casebook.report.words import Words

ZH, EN = Words("zh"), Words("en")


@pytest.mark.parametrize(
    ("model", "has"), [("disabled_two_subsidies", True), ("land_use_tax", True), ("online_catering", False)]
)
def test_a_model_deals_in_money_when_its_kinds_rest_on_fen(model, has):
    assert deals_in_money(scenarios.load(model)) is has


def test_a_model_without_amounts_shows_none(result):
    kinds = tuple(replace(k, shows=()) for k in result.scenario.kinds)
    poor = replace(result, scenario=replace(result.scenario, kinds=kinds))
    text = show.amounts(poor).text + show.leads(poor).text + show.evidence(poor).text
    assert "不涉金额" in text
    assert "0.00" not in show.amounts(poor).text


def test_a_bare_model_takes_titles_from_the_contracts_around_it():
    found = contracts_of(scenarios.load("online_catering"))
    assert found["platform_shops"].title == "网络餐饮店铺公示信息"


def test_fields_stand_under_the_title_of_their_table_with_the_delivered_header(run):
    text = show.fields(run).text
    assert "[补贴发放明细 · 必需]" in text
    assert "身份证号" in text
    assert "payments" not in text


def test_fields_of_a_bare_model_speak_one_language():
    text = show.fields(scenarios.load("disabled_two_subsidies"), "en").text
    assert "key of the person" in text
    assert "身份主键" not in text


def test_a_table_that_was_not_supplied_has_no_headers(run):
    assert headers_of(run.delivery.tables[1]) == {}


def test_quality_lists_only_columns_that_are_not_in_order(run):
    text = show.quality(run).text
    assert "使用的 3 个字段中，2 个没有问题" in text
    assert "citizen_id" in text
    assert "amount" not in text


@pytest.mark.parametrize("mark", ["# noqa: ARG001", "# noqa: E501 (a reason)", "# fmt: skip", "# type: ignore[misc]"])
def test_marks_for_tools_are_not_shown(mark):
    shown = str(python(f"x = 1  {mark}\n# a reason\n"))
    assert mark.split()[1].rstrip(":") not in shown
    assert "# a reason" in shown


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("taxed_dm2", 2000000, "20,000.00 m²"),
        ("liable_from", 2023 * 12, "2023-01"),
        ("year", 2023, "2023"),
        ("subsidy", "nursing", "nursing subsidy"),
        ("has_source", False, "no"),
        ("listed_until", None, "not recorded"),
        ("uncovered_items", "", "–"),
    ],
)
def test_facts_are_told_with_their_units(name, value, said):
    assert quantity(name, value, EN) == said


@pytest.mark.parametrize(("column", "value"), [("amount_fen", 15000), ("is_open", True), ("is_open", False)])
def test_cleaned_values_of_the_evidence_are_told_in_one_language(column, value):
    both = readable(column, value)
    assert readable_in(column, both, EN).isascii()
    assert not readable_in(column, both, ZH).endswith(("yes", "no"))


def test_an_unmatched_lead_has_neither_tier_nor_amount(result):
    lead_id = result.leads.filter(bin="unmatched")["lead_id"].item()
    lines = [line.split() for line in show.evidence(result, lead_id).text.splitlines()]
    assert ["匹配等级", "–"] in lines
    assert ["金额（估算）", "–"] in lines
