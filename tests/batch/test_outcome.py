"""Outcomes kept beside the bundles, and what the index makes of them."""

import json

import pytest

from casebook.batch import outcome
from casebook.errors import BundleError


def test_counts_of_a_bundle_agree_with_its_ledger(real_run):
    [one] = outcome.read(real_run)
    ledger = json.loads((real_run / one.scenario / "ledger.json").read_text())
    assert one.judged == ledger["rows_judged"] == sum(one.bins.values())
    assert one.rows_total == sum(s["rows_kept"] + s["rows_rejected"] for s in ledger["sources"])
    assert sum(one.cases.values()) >= one.leads["lead"] > 0


def test_outcomes_of_other_scenarios_stay(scenario, tmp_path):
    first = outcome.failure(scenario, "first")
    other = outcome.Outcome("another", "", "", "民事", "1", "failed", "told")
    outcome.write(tmp_path, [first, other])
    outcome.write(tmp_path, [outcome.failure(scenario, "second")])
    assert {o.scenario: o.error for o in outcome.read(tmp_path)} == {"another": "told", scenario.id: "second"}


@pytest.mark.parametrize("text", ["", "{", "[1]", '[{"odd": 1}]', '{"a": 1}'])
def test_broken_results_are_refused(tmp_path, text):
    (tmp_path / "results.json").write_text(text)
    with pytest.raises(BundleError, match=r"results\.json: not the outcomes of a batch"):
        outcome.read(tmp_path)


def test_index_is_rebuilt_from_results_alone(real_run, tmp_path):
    again = real_run / "index.html"
    before = again.read_bytes()
    again.unlink()
    outcome.write_index(real_run, outcome.language(real_run))
    assert again.read_bytes() == before
    assert outcome.read(tmp_path) == []


def test_outcome_of_a_model_that_is_gone_is_still_shown(tmp_path):
    gone = outcome.Outcome("gone", "甲", "A", "民事", "1", "complete", cases={"kind": 3})
    shown = outcome.shown(gone, tmp_path, "en")
    assert (shown.title, shown.kinds, shown.status) == ("A", {"kind": 3}, "failed")


def test_language_of_a_run_without_bundles_is_chinese(real_run, tmp_path):
    assert outcome.language(tmp_path) == "zh"
