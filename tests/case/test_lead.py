"""Leads: what is one lead, what it says, what it hides."""

import json
from datetime import date

import narwhals as nw
import polars as pl
import pytest

from casebook.case import lead
from casebook.case.assess import assess
from casebook.case.pseudonym import Pseudonyms

JANUARY = 24300
DEAD = {"has_death": True, "death_month": 24299}


def month(number, **change):
    start = date(2025, number, 1)
    return {**DEAD, "period": JANUARY + number - 1, "period_start": start, "period_end": start, **change}


@pytest.fixture
def make_leads(small, parameters, rows):
    def run(*changes, scenario=small):
        judged = assess(nw.from_native(rows(*changes).lazy()), scenario, parameters).collect().to_native()
        grouped = lead.group(judged, scenario)
        traced = grouped.select("unit", address=pl.lit("ab:s:") + pl.col("unit"))
        context = lead.Context(scenario, parameters, lambda code, on: f"{code}@{on}", Pseudonyms(b"k" * 32))
        return lead.build(grouped, traced, context)

    return run


def test_contiguous_months_are_one_lead(make_leads):
    found = make_leads(month(1), month(2), month(3))
    assert (found.height, found["amount_fen"].item()) == (1, 45000)


def test_a_gap_starts_a_new_lead(make_leads):
    assert make_leads(month(1), month(2), month(4))["period_start"].sort().to_list() == [
        date(2025, 1, 1),
        date(2025, 4, 1),
    ]


def test_doubtful_months_stand_beside_the_lead(make_leads):
    found = make_leads(month(1), month(2), month(3, death_month=None))
    assert sorted(zip(found["bin"], found["amount_fen"], strict=True)) == [("flagged", 15000), ("lead", 30000)]


def test_two_rows_of_one_month_are_one_period(make_leads):
    assert make_leads(month(1), month(1), month(2)).height == 1


def test_lead_says_rule_values_law_and_sources(make_leads):
    row = make_leads(month(2)).row(0, named=True)
    assert json.loads(row["rule_values"]) == {"after_death": {"death_month": 24299}}
    assert row["law_refs"] == ["law_a@2025-02-01"]
    assert (row["source_refs"], row["receiver"]) == (["ab:s:u1"], "民政局")


def test_exemption_answers_cover_only_exemptions_of_the_kind(make_leads):
    row = make_leads(month(1, refunded=None)).row(0, named=True)
    assert row["exemptions"] == [{"name": "refunded", "answer": "unknown"}]


def test_excluded_lead_names_its_exemption(make_leads):
    row = make_leads(month(1, refunded=True)).row(0, named=True)
    assert (row["bin"], row["exemptions"][0]["answer"]) == ("excluded", "excluded")


def test_subject_is_masked_and_pseudonymous(make_leads):
    row = make_leads(month(1)).row(0, named=True)
    assert row["subject"] == "张** 900001**********34"
    assert "900001199001011234" not in json.dumps(row, default=str)


def test_lead_id_is_stable_under_row_order(make_leads):
    assert make_leads(month(1), month(2)).equals(make_leads(month(2, unit="u2"), month(1, unit="u1")))


def test_unmatched_row_is_listed_without_kind(make_leads):
    row = make_leads(month(1, entity=None)).row(0, named=True)
    assert (row["bin"], row["kinds"], row["amount_fen"]) == ("unmatched", [], 0)


def test_whole_period_grouping_ignores_gaps(make_leads, small):
    from dataclasses import replace

    assert make_leads(month(1), month(3), scenario=replace(small, grouping="entity")).height == 1


def test_no_listed_row_gives_an_empty_table(make_leads):
    found = make_leads(month(1, has_death=False))
    assert (found.height, found.columns[0]) == (0, "lead_id")


def test_excluded_lead_goes_nowhere(make_leads):
    row = make_leads(month(1, refunded=True)).row(0, named=True)
    assert (row["receiver"], row["document"]) == ("", "")


def test_kind_that_cannot_be_told_is_named_as_unknown(make_leads):
    row = make_leads(month(1, death_month=None)).row(0, named=True)
    assert (row["bin"], row["kinds"], row["unknown_kinds"]) == ("flagged", ["after_death"], ["after_death"])
