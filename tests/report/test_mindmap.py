"""The mind map: drawn from the conditions, whole at any length of title."""

import re

import pytest

from casebook.report import mindmap
from casebook.report.words import Words


def _points(svg):
    return [float(x) for x in re.findall(r'<text x="([0-9.]+)"', svg)]


def test_branches_follow_the_conditions(run):
    names = [name for name, _ in mindmap.branches(run.scenario, Words("en"), {})]
    assert names == [
        "tables compared",
        "scope",
        "kinds on the public side",
        "kinds on the person's side",
        "proven exemptions exclude",
        "possible exemptions flag",
    ]


@pytest.mark.parametrize("title", ["短", "一个非常非常长的模型标题" * 6, "<script>x</script>"])
def test_every_text_lies_inside_the_drawing(run, title):
    svg = mindmap.draw(title, mindmap.branches(run.scenario, Words("zh"), {}))
    width = float(re.search(r'width="([0-9]+)"', svg).group(1))
    assert max(_points(svg)) < width
    assert "<script" not in svg


def test_a_model_with_one_branch_is_drawn():
    assert "甲" in mindmap.draw("模型", (("规则", ("甲",)),))
