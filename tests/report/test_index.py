"""The index: five lines side by side, models, what failed."""

import re
from dataclasses import replace

import pytest

from casebook.report.index import Outcome, line_of, write_index
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
    names = re.findall(r"<li>\s*<h2>(.+?)</h2>", html)
    assert names == ["刑事", "民事", "行政", "公益", "未检"]


def test_a_line_shows_its_three_figures(html):
    line = html.split("<h2>公益</h2>")[1].split("</li>\n<li>")[0]
    assert all(text in line for text in ("各类案件数量", "1,000", "数据总量", "400,000", "案件线索", "1,200"))


def test_a_line_without_models_says_so(html):
    assert html.count("本次没有运行这一条线的模型。") == 3


def test_a_line_whose_models_failed_says_so(html):
    assert "均未完成" in html.split("<h2>刑事</h2>")[1].split("</li>")[0]


def test_many_kinds_fold_after_the_eighth(tmp_path):
    many = replace(DONE, kinds={f"类型{i}": i + 1 for i in range(11)})
    html = write_index(tmp_path, [many]).read_text()
    assert "另外 3 类" in html
    assert html.count("类型") == 11


def test_models_link_to_their_reports(html):
    assert '<a href="small/report.html">补贴&lt;b&gt;模型</a>' in html
    assert "1,234.56 元" in html


def test_failures_are_named_with_their_sentence(html):
    assert "<strong>盗窃</strong>" in html
    assert "文件 &lt;x&gt;.csv 缺少表头。" in html


def test_a_failed_model_adds_to_no_figure():
    line = line_of("criminal", [FAILED], Words("zh"))
    assert (line.models, line.rows, line.leads, line.kinds) == (0, "0", "0", ())


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
    assert html.count("No model of this line was run.") == 5


def test_nothing_failed_is_said(tmp_path):
    assert "没有。" in write_index(tmp_path, [DONE]).read_text()
