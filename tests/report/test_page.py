"""The report page: one file, no request, readable without script, whole."""

import json
import re
from html.parser import HTMLParser

import polars as pl
import pytest

from casebook.errors import BundleError
from casebook.report.page import write_report
from casebook.report.policy import source_hash

VOID = {"meta", "br", "col", "hr", "img", "input", "link"}


class Page(HTMLParser):
    """Elements, attributes and texts of a page; fails on an element that is closed twice or never."""

    def __init__(self, html):
        super().__init__()
        self.stack, self.elements, self.attributes, self.ids, self.raw = [], [], [], [], {}
        self.feed(html)
        self.close()
        assert self.stack == []

    def handle_starttag(self, tag, attrs):
        self.elements.append(tag)
        self.attributes += attrs
        self.ids += [value for name, value in attrs if name == "id"]
        if tag not in VOID:
            self.stack.append(tag)

    def handle_endtag(self, tag):
        assert self.stack.pop() == tag, tag

    def handle_data(self, data):
        if self.stack and self.stack[-1] in {"script", "style"}:
            self.raw.setdefault(self.stack[-1], []).append(data)


@pytest.fixture
def html(report):
    return report.read_text()


@pytest.fixture
def page(html):
    return Page(html)


def test_policy_allows_exactly_the_one_script_and_style(page):
    policy = next(value for name, value in page.attributes if name == "content" and value.startswith("default-src"))
    (style,), (_, script) = page.raw["style"], page.raw["script"]
    assert f"script-src '{source_hash(script)}'" in policy
    assert f"style-src '{source_hash(style)}'" in policy


def test_the_page_has_two_script_elements_and_one_style(page):
    assert (page.elements.count("script"), page.elements.count("style")) == (2, 1)


def test_no_style_or_event_attribute_anywhere(page):
    assert not [name for name, _ in page.attributes if name == "style" or name.startswith("on")]


def test_nothing_is_fetched(page):
    assert not set(page.elements) & {"img", "link", "iframe", "object", "embed", "base", "form", "use", "image"}
    assert not [value for name, value in page.attributes if name in {"src", "srcset", "xlink:href", "action"}]


def test_ids_are_unique(page):
    assert len(page.ids) == len(set(page.ids))


def test_links_lead_to_places_in_the_page(page):
    targets = [value[1:] for name, value in page.attributes if name == "href" and value.startswith("#")]
    assert targets
    assert set(targets) <= set(page.ids)


def test_hostile_text_stands_as_text(html):
    assert html.count("<img") == 0
    assert "&lt;img src=x onerror=alert(1)&gt;" in html
    assert "{{7*7}}" in html


def test_no_whole_id_or_name(html):
    assert "900001199001" not in html
    assert "李明" not in html


def test_the_first_screen_comes_before_the_notebook(html):
    order = [
        "线索不是结论",
        "比对 1 张数据表",
        "● 线索",
        "123.45 元",
        "不在死亡名单不等于健在",
        'id="part-1"',
        'id="lead-table"',
    ]
    places = [html.index(text) for text in order]
    assert places == sorted(places)


def test_what_persons_are_owed_stands_before_what_is_owed_to_the_public(html):
    assert html.index("当事人侧") < html.index("公共利益侧")


def test_without_script_the_leads_are_rows_with_their_evidence(html, page, folder):
    leads = pl.read_parquet(folder / "leads.parquet")["lead_id"].to_list()
    body = html.split('id="lead-table">')[1].split("</table>")[0]
    assert body.count("<tr>") == len(leads) + 1
    assert {f"lead-{lead_id}" for lead_id in leads} <= set(page.ids)


def test_evidence_without_script_holds_source_rule_law_and_refutation(html):
    first = html.split('<details class="dossier"')[2].split("</details>")[0]
    assert all(text in first for text in ("原样", "a" * 64, "死亡次月起仍发放", "民法典", "推翻", "不适用"))


def test_the_island_holds_every_lead(island, folder):
    leads = pl.read_parquet(folder / "leads.parquet")
    ids = {island["texts"][cells[0]] for cells, *_ in island["leads"]}
    assert ids == set(leads["lead_id"])


def test_the_island_amounts_sum_to_the_table(island, folder):
    assert sum(row[3] for row in island["leads"]) == pl.read_parquet(folder / "leads.parquet")["amount_fen"].sum()


def test_the_island_keeps_the_payload_as_data(island, payload):
    assert any(payload in text for text in island["texts"])


def test_parameters_show_the_value_used(html):
    table = html.split("<caption>参数</caption>")[1].split("</table>")[0]
    assert "limit_yuan" in table
    assert "200" in table
    assert "限额 # (元)" in table


def test_the_rule_is_visible_and_plumbing_is_not(html):
    assert "has_death" in html
    assert "import show" not in html


def test_the_other_language_is_left_out(html):
    assert "关键词与要旨" in html
    assert "English gist" not in html


def test_a_draft_is_stamped(html):
    assert "草稿" in html


def test_digests_are_printed_whole(html, folder):
    facts = json.loads((folder / "run.json").read_text())
    assert facts["rule_digest"] in html
    assert "a" * 64 in html
    assert "c" * 64 in html


def test_an_english_page_is_english(make_run, tmp_path, notebook):
    from dataclasses import replace

    run = make_run("en")
    run = replace(run, job=replace(run.job, out=tmp_path))
    run.close(run.assess())
    html = write_report(tmp_path, notebook, run.scenario, run.law.on).read_text()
    assert '<html lang="en">' in html
    assert "A lead is no finding" in html
    assert "English gist" in html


def test_dossiers_beyond_the_budget_are_counted_and_found_elsewhere(folder, notebook, run, monkeypatch):
    monkeypatch.setattr("casebook.report.lead_list.DOSSIER_BYTES", 1)
    html = write_report(folder, notebook, run.scenario, run.law.on).read_text()
    data = json.loads(html.split('id="lead-data">')[1].split("</script>")[0])
    assert [bool(row[-1]) for row in data["leads"]] == [True] + [False] * 13
    assert "另有 13 条线索的证据不在本页" in html


def test_no_law_still_names_the_references(folder, notebook, run):
    assert "law_a" in write_report(folder, notebook, run.scenario).read_text()


@pytest.mark.parametrize("name", ["leads.parquet", "evidence.json", "ledger.json", "run.json"])
def test_a_missing_file_is_named(folder, notebook, run, name):
    (folder / name).unlink()
    with pytest.raises(BundleError, match=re.escape(name)):
        write_report(folder, notebook, run.scenario)


def test_another_models_run_is_refused(folder, notebook, firm_run):
    with pytest.raises(BundleError, match="not of small_firms"):
        write_report(folder, notebook, firm_run.scenario)


def test_the_same_run_gives_the_same_page(report, folder, notebook, run):
    assert report.read_bytes() == write_report(folder, notebook, run.scenario, run.law.on).read_bytes()
