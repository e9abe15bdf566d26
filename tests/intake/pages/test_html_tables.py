import pytest

from casebook.errors import SourceError
from casebook.intake import files, readers

HEAD = "<tr><th>姓名</th><th>身份证号</th><th>乡镇</th><th>金额</th></tr>"


@pytest.fixture
def opened(tmp_path, contract):
    """Writes a page under the name of a workbook and opens it."""

    def run(page, encoding="utf-8"):
        path = tmp_path / "a.xls"
        path.write_bytes(page if isinstance(page, bytes) else page.encode(encoding))
        store = tmp_path / "store"
        store.mkdir()
        return readers.read(files.admit(path, store), contract)

    return run


def rows(grid):
    """Row number, fields, fault of every row; and the blank rows."""
    batches = list(grid.batches)
    found = [(row[0], *row[1:-1]) for batch in batches for row in batch.frame.rows()]
    return found, [row for batch in batches for row in batch.blank_rows]


def notes(found):
    return {note.code: note.rows or note.items or note.count for note in found}


def test_a_page_of_excel_is_read_cell_by_cell(opened):
    book = opened(
        """<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta charset="utf-8"><title>表<td></title>
        <style>td {mso-number-format:"\\@";} </style><script>"<tr><td>x</td></tr>"</script>
        <!--[if gte mso 9]><xml><table><tr><td>x</table></xml><![endif]--></head><body><table x:str>
        <tr><td colspan=4 class=xl1>残疾人两项补贴 发放表</td></tr>"""
        + HEAD
        + """<tr><td>&#24352;三<td style='mso-number-format:"\\@"'>3714 &amp; 21</td><td>柳湾镇<br>甲村</td>
        <td align=right>&nbsp;1,234.50</td><tr height=19><td> 李\r\n  四 </td><td><p>1</p><p>2</p></td>
        <td><![if !supportEmptyParas]>&nbsp;<![endif]></td>
        <td><font>5</font>0</td></tr>
        </table></body></html>"""
    )
    (grid,) = book.grids
    assert (grid.sheet, grid.header_row, grid.titles, grid.title_rows) == ("", 2, ("残疾人两项补贴 发放表",), (1,))
    assert rows(grid)[0] == [
        (3, "张三", "3714 & 21", "柳湾镇\n甲村", "\xa01,234.50", None),
        (4, "李 四", "1\n2", None, "50", None),
    ]
    assert notes(book.notes) == {"name.other_kind": ("markup",)}


def test_cells_and_rows_need_no_end(opened):
    book = opened(
        "<table><thead><tr><th>姓名<th>身份证号<th>金额<tbody><tr><td>张三<td>1<td>2<tr><td>李四<td>3<td>4</table>"
    )
    assert rows(book.grids[0])[0] == [(2, "张三", "1", "2", None), (3, "李四", "3", "4", None)]


def test_a_merge_fills_down_inside_one_column_and_one_section(opened):
    book = opened(
        "<table><thead>" + HEAD + "</thead><tbody><tr><td>张三<td>1<td rowspan=2>柳湾镇<td>1<tr><td>李四<td>2<td>2"
        "<tr><td colspan=2 rowspan=2>二人<td rowspan=9>大庄<td>3<tr><td>4</tbody><tbody><tr><td>王五<td>5<td><td>5</tbody></table>"
    )
    assert rows(book.grids[0])[0] == [
        (2, "张三", "1", "柳湾镇", "1", None),
        (3, "李四", "2", "柳湾镇", "2", None),
        (4, "二人", None, "大庄", "3", None),
        (5, None, None, "大庄", "4", None),
        (6, "王五", "5", None, "5", None),
    ]


def test_rowspan_0_reaches_to_the_end_of_the_section(opened):
    book = opened(
        "<table>" + HEAD + "<tbody><tr><td>张三<td>1<td rowspan=0>柳湾镇<td>1<tr><td>李四<td>2<td>2"
        "<tbody><tr><td>王五<td>3<td>大庄<td>3</table>"
    )
    assert [row[3] for row in rows(book.grids[0])[0]] == ["柳湾镇", "柳湾镇", "大庄"]


def test_a_header_of_two_merged_levels(opened):
    book = opened(
        "<table><tr><th colspan=2>人员<th rowspan=2>金额<th>面积<tr><th>姓名<th>身份证号<th>亩<tr><td>张三<td>1<td>2<td>3</table>"
    )
    (grid,) = book.grids
    assert grid.header is not None
    assert grid.header.texts == ("人员|姓名", "人员|身份证号", "金额", "面积|亩")
    assert rows(grid)[0] == [(3, "张三", "1", "2", "3", None)]


def test_rows_of_another_width_are_faulty_and_blank_rows_counted(opened):
    book = opened(
        "<table>" + HEAD + "<tr><td>张三<td>1</tr><tr></tr><tr><td>李四<td>2<td>镇<td>3<td> <td>多</tr></table>"
    )
    (grid,) = book.grids
    (batch,) = grid.batches
    assert batch.frame.rows() == [
        (2, "张三", "1", None, None, "row.short", "张三\t1"),
        (4, "李四", "2", "镇", "3", "row.long", "李四\t2\t镇\t3\t\t多"),
    ]
    assert batch.blank_rows == (3,)


def test_several_tables_are_numbered_and_text_above_one_is_its_title(opened):
    page = "<p>单位：万元</p><table><tr><td>说明</table><h2>一月</h2>"
    page += f"<table><caption>发放</caption>{HEAD}<tr><td>张三<td>1<td>镇<td>2</table>"
    book = opened(page + f"<table>{HEAD}<tr><td>李四<td>2<td>镇<td>3</table><p>制表人</p><p>审核人</p>")
    assert [grid.sheet for grid in book.grids] == ["table1", "table2", "table3"]
    assert [grid.header is None for grid in book.grids] == [True, False, False]
    assert [grid.titles for grid in book.grids] == [(), ("单位：万元", "说明", "一月", "发放"), ()]
    assert [rows(grid)[0][0][:2] for grid in book.grids[1:]] == [(2, "张三"), (2, "李四")]
    assert notes(book.notes)["text.outside"] == 2


def test_a_table_laid_out_inside_another_is_read(opened):
    book = opened(f"<table><tr><td>左<td><table>{HEAD}<tr><td>张三<td>1<td>镇<td>2</table></table>")
    assert [(grid.sheet, grid.header is None) for grid in book.grids] == [("table1", True), ("table2", False)]
    assert rows(book.grids[1])[0] == [(2, "张三", "1", "镇", "2", None)]


def test_what_is_hidden_is_read_and_noted(opened):
    book = opened(
        "<table style='DISPLAY : none'><col><col style='display:none'>"
        + HEAD
        + "<tr style='height:1pt;display:none'><td>张三<td>1<td hidden>镇<td x:num='2.25'>2"
        "<tr><td>李四<td>2<td>镇<td><input value=3></table>"
    )
    (grid,) = book.grids
    assert [row[1] for row in rows(grid)[0]] == ["张三", "李四"]
    assert notes(grid.notes) == {
        "rows.hidden": (2,),
        "columns.hidden": ("2", "3"),
        "html.form_fields": (3,),
        "table.hidden": 0,
        "html.rounded": 1,
    }


@pytest.mark.parametrize(
    ("page", "code", "row"),
    [
        (f"<table>{HEAD}<tr><td>张三<td>1<td>镇<td>2", "html.cut", 2),
        (f"<table>{HEAD}<tr><td>张三</td><td cla", "html.cut", 2),
        (f"<table>{HEAD}</table><!-- <table><tr><td>张三</table>", "html.cut", 0),
        (f"<table>{HEAD}<script><tr><td>张三</table>", "html.cut", 1),
        (f"<table>{HEAD}<tr><td>张三<table><tr><td>1</table></table>", "html.nested", 2),
        ("<table><tr><td>" * 51, "html.deep", 0),
        ("<table><tr>" + "<td>x" * 2_001 + "</table>", "table.wide", 1),
        ("<html><p>姓名</p></html>", "html.no_table", 0),
        ("<html><frameset><frame src='a.files/sheet001.htm'></frameset></html>", "html.frames", 0),
    ],
)
def test_a_page_that_would_lose_something_is_refused(opened, page, code, row):
    with pytest.raises(SourceError) as caught:
        opened(page)
    assert (caught.value.code, caught.value.row) == (code, row)


def test_merges_over_millions_of_places_are_refused(opened, monkeypatch):
    monkeypatch.setattr("casebook.intake.pages.html_tables.MAX_SPANNED", 1_000)
    page = "<table>" + HEAD + "<tr><td colspan=1000 rowspan=60000>x</tr>" + "<tr></tr>" * 9 + "</table>"
    with pytest.raises(SourceError, match="merged cells cover more than 1,000 places"):
        opened(page)


def test_an_empty_merge_to_the_right_edge_of_the_sheet_is_no_column(opened):
    book = opened(
        f"<table>{HEAD}<tr><td>张三<td>1<td>镇<td>2<td colspan=16380 style='mso-ignore:colspan'></td></table>"
    )
    assert rows(book.grids[0])[0] == [(2, "张三", "1", "镇", "2", None)]


@pytest.mark.parametrize(
    "bomb", ["<a " * 300_000, "<!--" * 300_000, "&" * 1_000_000, "<b><![" * 200_000, '<td a="' * 200_000]
)
def test_broken_tags_do_not_hang_the_reader(opened, bomb):
    with pytest.raises(SourceError):
        opened(f"<table>{HEAD}<tr><td>{bomb}")
