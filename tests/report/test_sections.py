"""The sections of a notebook: what each says, in both languages, masked."""

import pytest

from casebook.case.ledger import Ledger
from casebook.errors import CasebookError
from casebook.report import show
from casebook.report.section_patterns import shown

ID = "900001199001"


def every(run, result):
    of_run = [show.sources(run), show.quality(run), show.law(run, result), show.browse(run, result).printed()]
    of_model = [show.fields(run), show.rule(result), show.mindmap(run), show.limits(run)]
    names = ("ledger", "exemptions", "leads", "bins", "amounts", "evidence", "trace", "months", "years", "places")
    return of_run + of_model + [getattr(show, name)(result) for name in names]


def test_no_section_shows_a_whole_id_or_name(run, result):
    text = "".join(str(f.html) + f.text + f.svg for f in every(run, result))
    assert ID not in text
    assert "李明" not in text
    assert "王芳" not in text


def test_hostile_text_is_escaped_everywhere(run, result):
    text = "".join(str(f.html) + f.svg for f in every(run, result))
    assert "<img" not in text
    assert "<script" not in text
    assert "{{7*7}}" in text


def test_no_section_has_a_style_or_event(run, result):
    assert not any(" style=" in str(f.html) or " onload" in str(f.html) for f in every(run, result))


def test_each_section_has_html_and_text(run, result):
    for fragment in every(run, result):
        data, facts = fragment._repr_mimebundle_()
        assert data["text/html"]
        assert data["text/plain"]
        assert facts["casebook"]["section"]


def test_english_sections_hold_no_chinese_words_of_ours(make_run):
    run = make_run("en")
    assert show.bins(run.assess()).text.startswith("The five bins; the unit judged is: person-months")


def test_bins_are_plain_and_sum(result):
    lines = show.bins(result).text.splitlines()
    assert [line.split()[2] for line in lines[3:8]] == ["10", "2", "1", "1", "2"]
    assert lines[8].split()[1:] == ["16", "14"]


def test_the_ledger_is_a_figure_with_its_table(result):
    data, _ = show.ledger(result)._repr_mimebundle_()
    assert data["image/svg+xml"].startswith("<svg")
    assert "10" in data["text/plain"].splitlines()[-1]


def test_what_persons_are_owed_stands_first(result):
    rows = show.amounts(result).text.splitlines()[3:]
    assert rows[0].startswith("当事人侧")
    assert "123.45" in rows[0]


def test_for_firms_the_public_side_stands_first(firm_run):
    rows = show.amounts(firm_run.assess()).text.splitlines()[3:]
    assert rows[0].startswith("公共利益侧")


def test_leads_begin_with_the_lead_bin_and_the_unpaid_claim(result):
    first = show.leads(result).text.splitlines()[6]
    assert "● 线索" in first
    assert "应发未发" in first


def test_the_rule_shows_source_law_hash_and_counts(run, result):
    html = str(show.rule(run.scenario, result).html)
    death = run.scenario.kind("after_death")
    assert death.digest in html
    assert "law_a" in html
    assert "是 10，否 5，不明 1" in html
    assert "death_month" in html


def test_the_rule_without_result_has_no_counts(run):
    assert "不明" not in show.rule(run.scenario).text


def test_the_mind_map_draws_every_condition(run):
    data, _ = show.mindmap(run)._repr_mimebundle_()
    assert all(
        title in data["image/svg+xml"] for title in ("死亡后仍发放", "应发未发", "已全部退回", "有实际发放或应发")
    )


def test_evidence_shows_delivered_beside_cleaned(result):
    lead_id = result.leads.filter(subject="张*** 900001**********51")["lead_id"].item()
    text = show.evidence(result, lead_id).text
    assert "原样" in text
    assert "清洗后" in text
    assert "a" * 64 in text
    assert "2024-12" in text
    assert "健在" in text


def test_evidence_with_its_run_quotes_law_and_titles(run, result):
    text = show.evidence(result, run=run).text
    assert "应补尽补" in text
    assert "补贴发放明细" in text


def test_evidence_names_repairs(result):
    lead_id = result.leads.filter(subject="张* 900001**********31", bin="lead")["lead_id"].item()
    assert "15 位升 18 位; 全角转半角" in show.evidence(result, lead_id).text


def test_an_unmatched_lead_claims_nothing(result):
    lead_id = result.leads.filter(bin="unmatched")["lead_id"].item()
    assert "没有任何结论" in show.evidence(result, lead_id).text


def test_an_unknown_lead_id_is_refused(result):
    with pytest.raises(CasebookError, match="take an id from the lead list"):
        show.evidence(result, "NOPE")


def test_law_that_nobody_verified_says_so(run, result):
    rows = show.law(run, result).text.splitlines()[3:]
    assert "未经核实" in rows[1]
    assert "未经核实" not in rows[0]
    assert "第十三条" in rows[0]


@pytest.mark.parametrize(("number", "text"), [(0, "0"), (1, "<5"), (4, "<5"), (5, "5"), (12345, "12,345")])
def test_small_cells_are_hidden(number, text):
    assert shown(number) == text


def test_places_hide_small_cells_in_table_and_drawing(result):
    data, _ = show.places(result)._repr_mimebundle_()
    row = next(line for line in data["text/plain"].splitlines() if line.startswith("石桥镇"))
    assert row.split() == ["石桥镇", "0", "0", "<5"]
    assert ">1<" not in data["image/svg+xml"]


def test_months_have_a_lane_for_each_fact(result):
    text = show.months(result).text
    assert all(lane in text for lane in ("判断单元", "已发", "应享", "线索"))


def test_years_compare_due_with_paid(result):
    assert "2,000.00" in show.years(result).text
    assert "1,350.00" in show.years(result).text


def test_years_name_the_columns_there_are(result):
    with pytest.raises(CasebookError, match="paid_fen"):
        show.years(result, due="nothing_fen")


def test_sources_name_what_was_not_supplied(run):
    assert "死亡名单" in show.sources(run).text.splitlines()[-1]


def test_quality_counts_rejects_by_reason(run):
    assert "合计、小计行，不是一条记录。" in show.quality(run).text
    assert "校验码不符 1" in show.quality(run).text


def test_quality_says_whether_cells_are_in_question(run):
    assert "1 张数据表中，1 张没有带疑点的单元格" in show.quality(run).text


def test_trace_names_version_and_parameters(result):
    assert "small 1.0.0" in show.trace(result).text
    assert "limit_yuan" in show.trace(result).text


def test_an_analysts_chart_keeps_its_table():
    import altair as alt
    import polars as pl

    table = pl.DataFrame({"地点": ["甲", None], "数": [1000, 2], "率": [0.5, 1.0]})
    fragment = show.figure(alt.Chart(table).mark_bar().encode(x="数:Q", y="地点:N"), "看甲", "See A", table)
    assert fragment.text.startswith("看甲")
    assert "1,000" in fragment.text
    assert "–" in fragment.text


def test_an_empty_result_says_that_there_are_no_leads(result):
    from dataclasses import replace

    empty = replace(result, leads=result.leads.clear(), judged=result.judged.clear(), evidence=())
    assert {f(empty).text for f in (show.evidence, show.places, show.years)} == {"没有线索。"}


def test_payload_survives_as_text(run, payload):
    assert payload.split("\u2028")[0] in show.sources(run).text


def test_ledger_of_nothing_is_drawn(result):
    from dataclasses import replace

    bare = Ledger("small", (), 0, (), dict.fromkeys(result.ledger.bins, 0), {}, {"over": 0, "under": 0}, {})
    assert "0" in show.ledger(replace(result, ledger=bare)).text
