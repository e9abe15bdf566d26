"""The index: five lines side by side, models, what failed."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from casebook.report.index import About, Outcome, line_of, write_index
from casebook.report.policy import source_hash
from casebook.report.words import Words

DONE = Outcome(
    "small", "公益", "补贴<b>模型", "done", {"lead": 1200, "flagged": 2, "excluded": 0, "unmatched": 0, "clear": 9},
    {"死亡后仍发放": 1000, "应发未发": 200}, 1200, 400_000, {"over": 123_456, "under": 5},
)  # fmt: skip
FAILED = Outcome("other", "criminal", "盗窃", "failed", error="文件 <x>.csv 缺少表头。")


@pytest.fixture
def html(tmp_path):
    return write_index(tmp_path, [DONE, FAILED]).read_text()


def test_five_lines_stand_side_by_side_in_order(html):
    names = re.findall(r"<li class=\"(?:busy|idle)\">\s*<h2>(.+?)</h2>", html)
    assert names == ["刑事", "民事", "行政", "公益", "未检"]


def test_a_line_shows_its_three_figures(html):
    line = html.split("<h2>公益</h2>")[1].split("</li>\n<li>")[0]
    assert all(text in line for text in ("各类案件数量", "1,000", "数据总量", "400,000", "案件线索", "1,200"))


def test_a_line_without_models_says_so(html):
    assert html.count("未运行模型") == 3
    assert html.count('<dd class="figure">–</dd>') == 8


def test_a_line_whose_models_failed_says_so(html):
    assert "均未完成" in html.split("<h2>刑事</h2>")[1].split("</li>")[0]


def test_many_kinds_fold_after_the_fourth(tmp_path):
    many = replace(DONE, kinds={f"类型{i}": i + 1 for i in range(11)})
    html = write_index(tmp_path, [many]).read_text()
    assert "另外 7 类" in html
    assert html.count("类型") == 11
    assert "类型10" in html.split("<details>")[0]


def test_kinds_stand_under_the_short_name_of_their_model():
    (group, other) = line_of("public_interest", [replace(DONE, scenario="land_use_tax"), DONE], Words("en")).groups
    assert (group.model, other.model) == ("Land-use tax", DONE.title)
    assert group.kinds == (("死亡后仍发放", "1,000"), ("应发未发", "200"))


def test_the_head_names_set_day_and_time(tmp_path):
    about = About((("市<b>级", date(2026, 3, 31)),), datetime(2026, 4, 1, 8, 30, tzinfo=UTC))
    html = write_index(tmp_path, [DONE], "en", about).read_text()
    assert '<p class="line">Set 市&lt;b&gt;级 · data as of 2026-03-31 · run finished at 2026-04-01 08:30</p>' in html
    assert tmp_path.name not in html


def test_a_model_without_amounts_says_so(tmp_path):
    html = write_index(tmp_path, [replace(DONE, amounts_fen={})], "en").read_text()
    assert "no amount" in html
    assert "0.00" not in html


def test_models_link_to_their_reports(html):
    assert '<a href="small/report.html">补贴&lt;b&gt;模型</a>' in html
    assert "1,234.56 元" in html


def test_failures_are_named_with_their_sentence(html):
    assert "<strong>盗窃</strong>" in html
    assert "文件 &lt;x&gt;.csv 缺少表头。" in html


def test_a_failed_model_adds_to_no_figure():
    line = line_of("criminal", [FAILED], Words("zh"))
    assert (line.models, line.rows, line.leads, line.groups) == (0, "–", "–", ())


def test_two_models_of_a_line_are_added():
    line = line_of("public_interest", [DONE, DONE], Words("zh"))
    assert (line.rows, line.leads) == ("800,000", "2,400")


def test_the_policy_allows_the_style_and_no_script(html):
    style = html.split("<style>")[1].split("</style>")[0]
    assert f"style-src '{source_hash(style)}'" in html.replace("&#39;", "'")
    assert "script-src &#39;none&#39;" in html
    assert "<script" not in html
    assert " style=" not in html


def test_an_empty_batch_is_a_page(tmp_path):
    html = write_index(tmp_path, [], "en").read_text()
    assert "No model finished." in html
    assert html.count("no model run") == 5


def test_nothing_failed_is_said(tmp_path):
    assert "没有。" in write_index(tmp_path, [DONE]).read_text()
