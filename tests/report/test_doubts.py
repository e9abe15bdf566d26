"""The sentence that opens a dossier: what is in doubt, what was proven, why nothing was compared."""

import pytest

from casebook.report.doubts import first_sentence, why_not_compared
from casebook.report.words import Words

ZH, EN = Words("zh"), Words("en")


def lead(name="flagged", *, answers=(), values="{}", tier="T1", pattern=""):
    exemptions = [{"name": x, "answer": answer} for x, answer in answers]
    return {"bin": name, "exemptions": exemptions, "rule_values": values, "tier": tier, "pattern": pattern}


def test_a_lead_needs_no_sentence(run):
    assert first_sentence(lead("lead"), run.scenario, ZH) == ""


def test_a_flagged_lead_names_what_may_apply(run):
    said = first_sentence(lead(answers=[("renewal", "unknown"), ("refunded", "not_applicable")]), run.scenario, EN)
    assert (
        said == 'In doubt: the exemption "Certificate being renewed" may apply. Only a human check can make it a lead.'
    )


def test_a_weak_match_is_said(run):
    said = first_sentence(lead(tier="T3", answers=[("weak_match", "unknown")]), run.scenario, ZH)
    assert said == "存疑：仅凭名称加另一项信息比中。由人核实后才能成为线索。"


def test_without_doubtful_exemption_the_missing_facts_are_named(run):
    said = first_sentence(lead(values='{"after_death": {"death_month": null, "grade": 3}}'), run.scenario, ZH)
    assert said.startswith("存疑：缺少事实：死亡月份。")


def test_an_unknown_without_shown_fact_is_still_said(run):
    assert "有一项事实不明" in first_sentence(lead(), run.scenario, ZH)


def test_an_excluded_lead_names_the_proof(run):
    said = first_sentence(lead("excluded", answers=[("refunded", "excluded")]), run.scenario, ZH)
    assert said == "已排除：证实适用“已全部退回”。"


def test_an_unmatched_lead_says_why(run):
    assert first_sentence(lead("unmatched", pattern="id_missing"), run.scenario, ZH) == (
        "未能比对：没有可用的身份号码（缺失，或交付时已丢失位数）。"
    )


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("licence_unreadable", "the licence number shown cannot be read or restored"),
        ("code_missing", "there is no usable code (missing, or its digits were lost before delivery)"),
        ("never_heard_of", "there is no usable key"),
    ],
)
def test_each_reason_has_its_words(reason, said):
    assert why_not_compared(reason, EN) == said
