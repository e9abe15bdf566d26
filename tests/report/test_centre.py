"""The page of the data centre: self-contained, escaped, in two languages, with everything it must say; and its link."""

import re

import pytest

from casebook.report.centre import PAGE, write_centre
from casebook.report.index import write_index
from casebook.report.policy import source_hash
from tests.report import small_centre


@pytest.fixture(params=["zh", "en"])
def html(request, tmp_path):
    return write_centre(tmp_path, small_centre.centre(), request.param).read_text()


def text_of(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html.split("</style>")[1]))


def test_hostile_texts_are_escaped_everywhere(html):
    assert "<img" not in html
    assert "onerror=alert(1)&gt;" in html
    assert "{{7*7}}" in html
    assert "<script" not in html


def test_nothing_but_its_own_style_may_act(html):
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', html).group(1).replace("&#39;", "'")
    style = re.search(r"<style>(.*?)</style>", html, re.DOTALL).group(1)
    assert "script-src 'none'" in policy
    assert f"style-src '{source_hash(style)}'" in policy
    assert not re.search(r'(src|href)="(?!#)', html)
    assert " style=" not in html


def test_every_link_of_the_page_has_its_place(html):
    wanted, found = set(re.findall(r'href="#([^"]+)"', html)), set(re.findall(r'id="([^"]+)"', html))
    assert wanted <= found
    assert {"source-payments", "fill_rates", "retention"} <= wanted


def test_no_id_stands_twice(html):
    found = re.findall(r'\sid="([^"]+)"', html)
    assert len(found) == len(set(found))


def test_each_drawing_has_a_caption_and_a_table(html):
    figures = re.findall(r"<figure>.*?</figure>", html, re.DOTALL)
    assert len(figures) == 6
    assert all("<figcaption>" in f and "<table>" in f and 'role="img"' in f for f in figures)


def test_the_five_colours_of_the_bins_stand_for_bins_only(html):
    drawn = "".join(re.findall(r"<svg.*?</svg>", html, re.DOTALL)).lower()
    assert not any(colour in drawn for colour in ("#0072b2", "#e69f00", "#009e73", "#cc79a7"))


def test_first_screen_counts_and_tells_the_worst_first(tmp_path):
    said = text_of(write_centre(tmp_path, small_centre.centre()).read_text())
    assert "数据源 3 接收行数 1,370 退回行数 50 带疑点行数 6" in said
    first = said[: said.index("目录")]
    order = ["未能接收", "整列变空", "填写变差", "号码不可用", "有记录退回", "新取值"]
    places = [first.index(word) for word in order]
    assert places == sorted(places)


def test_more_than_eight_looks_fold(html):
    first, rest = re.findall(r"<ol class=\"looks\".*?</ol>", html, re.DOTALL)
    assert (first.count("<li>"), rest.count("<li>")) == (8, 2)
    assert 'start="9"' in rest


def test_nothing_to_look_at_is_said(tmp_path):
    assert "没有需要查看的事项" in write_centre(tmp_path, small_centre.sound()).read_text()


def test_the_same_centre_gives_the_same_page(tmp_path):
    first = write_centre(tmp_path, small_centre.centre()).read_bytes()
    assert write_centre(tmp_path, small_centre.centre()).read_bytes() == first
    assert [path.name for path in tmp_path.iterdir()] == [PAGE]


def test_the_index_leads_to_it_only_where_it_is(tmp_path):
    assert PAGE not in write_index(tmp_path, []).read_text()
    write_centre(tmp_path, small_centre.sound())
    assert f'<a href="{PAGE}">' in write_index(tmp_path, []).read_text()
