"""Drawings: offline, without style, their data never an expression."""

import re

import altair as alt
import polars as pl
import pytest

from casebook.case.ledger import Step
from casebook.report import drawing, figures
from casebook.report.clean_html import cleaned
from casebook.report.words import Words

PAYLOAD = "');alert(1)//\u2028</script>"
BARS = {
    "data": {"values": [{"a": PAYLOAD, "b": 1}]},
    "mark": {"type": "bar", "clip": True},
    "encoding": {"x": {"field": "b", "type": "quantitative"}, "y": {"field": "a", "type": "nominal"}},
}


def test_a_drawing_has_no_style_and_no_event():
    assert not re.search(r"\s(style|on\w+)=", drawing.draw(BARS))


def test_hostile_text_is_escaped():
    svg = drawing.draw(BARS)
    assert "</script>" not in svg
    assert "&lt;/script&gt;" in svg


def test_clip_paths_of_two_drawings_differ():
    other = {**BARS, "width": 77}
    ids = [re.search(r'id="([^"]+)"', drawing.draw(spec)).group(1) for spec in (BARS, other)]
    assert len(set(ids)) == 2


def test_the_same_drawing_twice_is_the_same_text():
    assert drawing.draw(BARS) == drawing.draw(BARS)


def test_chinese_fonts_come_first():
    assert "PingFang SC" in drawing.draw(BARS)


def test_ink_follows_the_page():
    assert 'fill="currentColor"' in drawing.draw(BARS)


@pytest.mark.parametrize(
    "spec",
    [
        {"data": {"url": "http://evil/a.csv"}},
        {"layer": [{"encoding": {"href": {"field": "a"}}}]},
        {"data": {"values": []}, "transform": [{"lookup": "a", "from": {"data": {"url": "x"}}}]},
    ],
)
def test_a_chart_may_not_fetch(spec):
    with pytest.raises(ValueError, match="may not refer to an address"):
        drawing.draw(spec)


def test_a_data_column_called_url_is_only_data():
    assert "svg" in drawing.draw({**BARS, "data": {"values": [{"a": "x", "b": 1, "url": "http://x"}]}})


def test_an_altair_chart_is_drawn():
    chart = alt.Chart(pl.DataFrame({"a": ["甲"], "b": [2]})).mark_bar().encode(x="b:Q", y="a:N")
    assert "甲" in drawing.of_chart(chart)


def test_the_cleaner_leaves_a_drawing_whole():
    svg = drawing.draw(BARS)
    assert str(cleaned(svg)).count("<path") == svg.count("<path")


def test_waterfall_names_each_step_and_what_it_took():
    svg = figures.waterfall([Step("kept", "剔除", "kept", 1200, 1000)], Words("zh"))
    assert "1 剔除" in svg
    assert "1,000 (−200)" in svg
    assert "1,200" in svg


def test_waterfall_without_rows_is_drawn():
    assert figures.waterfall([], Words("en")).startswith("<svg")


def test_hostile_places_reach_the_heat_map_as_text():
    cell = {"x": "2025-01", "y": PAYLOAD, "shade": 7, "hidden": False, "label": "7"}
    assert "alert(1)" in figures.heat([cell])
