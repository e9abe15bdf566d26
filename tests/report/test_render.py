"""Cells of tables as markup: escaped, with the classes the style sheet knows."""

import pytest

from casebook.report.blocks import Head, Mark
from casebook.report.render import cells

TEXT, NUMBER = Head("名称"), Head("金额", number=True)


@pytest.mark.parametrize(
    ("value", "head", "expected"),
    [
        ("甲公司", TEXT, '<td class="short">甲公司</td>'),
        ("1,200.00", NUMBER, '<td class="number short">1,200.00</td>'),
        ("<b>&", TEXT, '<td class="short">&lt;b&gt;&amp;</td>'),
        (Mark("lead", "● 线索"), TEXT, '<td class="short"><span class="bin bin-lead">● 线索</span></td>'),
        ("云州市青禾区临泉街道文化路12号院3号楼", TEXT, '<td class="long">云州市青禾区临泉街道文化路12号院3号楼</td>'),
    ],
)
def test_a_cell_is_escaped_and_classed_by_its_text(value, head, expected):
    assert cells([value], [head]) == expected


def test_a_row_is_its_cells_in_order():
    assert cells(["a", "1"], [TEXT, NUMBER]) == '<td class="short">a</td><td class="number short">1</td>'


def test_no_cells_make_no_markup():
    assert cells([], []) == ""
