import pytest

from casebook.errors import SourceError
from casebook.intake import files, readers
from casebook.intake.pages.xml_sheets import cell

OPEN = """<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:x="urn:schemas-microsoft-com:office:excel" xmlns:html="http://www.w3.org/TR/REC-html40">
<DocumentProperties xmlns="urn:schemas-microsoft-com:office:office"><Author>Data</Author></DocumentProperties>"""


def row(*cells, said=""):
    """Cells as text, or as (type, text, attributes)."""
    told = (
        (kind, text, more) for kind, text, more in (c if isinstance(c, tuple) else ("String", c, "") for c in cells)
    )
    inner = "".join(f'<Cell {more}><Data ss:Type="{kind}">{text}</Data></Cell>' for kind, text, more in told)
    return f"<Row {said}>{inner}</Row>"


HIDDEN = (
    '<WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel"><Visible>SheetHidden</Visible></WorksheetOptions>'
)
HEAD = row("姓名", "身份证号", "乡镇", "金额")


def sheet(rows, name="表1", options="", table=""):
    return f'<Worksheet ss:Name="{name}"><Table {table}>{rows}</Table>{options}</Worksheet>'


@pytest.fixture
def opened(tmp_path, contract):
    """Writes the worksheets under the name of a workbook and opens it."""

    def run(*sheets, start=OPEN, end="</Workbook>", encoding="utf-8"):
        path = tmp_path / "a.xls"
        path.write_bytes((start + "".join(sheets) + end).encode(encoding))
        store = tmp_path / "store"
        store.mkdir()
        return readers.read(files.admit(path, store), contract)

    return run


def rows(grid):
    """Row number, fields, fault of every row; and the blank rows."""
    batches = list(grid.batches)
    found = [(row[0], *row[1:-1]) for batch in batches for row in batch.frame.rows()]
    return found, [row for batch in batches for row in batch.blank_rows]


@pytest.mark.parametrize(
    ("kind", "text", "told"),
    [
        ("String", "0012", ("0012", None)),
        ("Number", "42538.29", ("42538.29", None)),
        ("Number", "12.0", ("12", None)),
        ("Number", "371421199001011", ("371421199001011", None)),
        ("Number", "3.7142119900307398E+17", ("3.71421199003074E+17", "id.numeric_cell")),
        ("Number", "371421199003074518", ("3.71421199003074E+17", "id.numeric_cell")),
        ("Number", "1_000", ("1_000", "cell.error")),
        ("Number", "nan", ("nan", "cell.error")),
        ("Boolean", "1", ("TRUE", None)),
        ("Boolean", "x", ("x", "cell.error")),
        ("DateTime", "2026-03-31T00:00:00.000", ("2026-03-31", None)),
        ("DateTime", "2026-03-31T08:05:00.000", ("2026-03-31 08:05:00", None)),
        ("DateTime", "1899-12-31T08:05:00.000", ("08:05:00", None)),
        ("DateTime", "2026-02-30T00:00:00.000", ("2026-02-30T00:00:00.000", "cell.error")),
        ("Error", "#N/A", ("#N/A", "cell.error")),
    ],
)
def test_a_cell_is_the_text_a_reader_sees(kind, text, told):
    assert cell(kind, text) == told


def test_gaps_keep_rows_and_columns_in_their_places(opened):
    book = opened(
        sheet(
            row("发放表", said='ss:Index="2"')
            + HEAD
            + row("张三", ("String", "柳湾镇", 'ss:Index="3"'), ("Number", "1.5", ""), said='ss:Index="6" ss:Span="1"')
            + row("李四", "2", "大庄", ("Number", "2", ""))
        )
    )
    (grid,) = book.grids
    assert (grid.sheet, grid.header_row, grid.titles, grid.title_rows) == ("表1", 3, ("发放表",), (2,))
    assert rows(grid) == ([(6, "张三", None, "柳湾镇", "1.5", None), (8, "李四", "2", "大庄", "2", None)], [4, 5, 7])
    assert book.encoding == "utf-8"


def test_merges_fill_the_header_to_the_right_and_one_column_down(opened):
    book = opened(
        sheet(
            row(("String", "人员", 'ss:MergeAcross="1"'), ("String", "金额", 'ss:MergeDown="1"'))
            + row("姓名", "身份证号")
            + row("张三", "1", ("Number", "1", ""), ("String", "注", 'ss:MergeDown="1"'))
            + row(("String", "二人", 'ss:MergeAcross="1" ss:MergeDown="1"'), ("Number", "2", ""))
            + row(("Number", "3", 'ss:Index="3"'))
        )
    )
    (grid,) = book.grids
    assert grid.header is not None
    assert grid.header.texts == ("人员|姓名", "人员|身份证号", "金额", "")
    assert rows(grid)[0] == [
        (3, "张三", "1", "1", "注", None),
        (4, "二人", None, "2", "注", None),
        (5, None, None, "3", None, None),
    ]


def test_ids_stored_as_numbers_and_errors_are_marked(opened):
    book = opened(
        sheet(HEAD + row("张三", ("Number", "371421199003074518", ""), "镇", ("Error", "#DIV/0!", 'ss:Formula="=1/0"')))
    )
    (grid,) = book.grids
    (batch,) = grid.batches
    assert batch.frame["f1"].to_list() == ["3.71421199003074E+17"]
    assert batch.marks.rows() == [(2, 1, "id.numeric_cell"), (2, 3, "cell.error")]
    assert [(note.code, note.count) for note in grid.notes] == [("formulas", 1)]


def test_hidden_sheets_are_noted_hidden_rows_and_columns_read(opened):
    comment = row("张三", "1", "镇").replace(
        "</Data></Cell></Row>", "</Data><Comment><ss:Data>勿改</ss:Data></Comment></Cell></Row>"
    )
    book = opened(
        sheet(HEAD + row("王五"), "藏", HIDDEN),
        sheet(
            '<Column ss:Index="2" ss:Hidden="1" ss:Span="1"/>' + HEAD + comment.replace("<Row", '<Row ss:Hidden="1"'),
            "甲",
        ),
    )
    (grid,) = book.grids
    assert rows(grid)[0] == [(2, "张三", "1", "镇", None, None)]
    assert {note.code: note.rows or note.items or note.count for note in grid.notes} == {
        "comments": 1, "rows.hidden": (2,), "columns.hidden": ("2", "3"),
    }  # fmt: skip
    assert [(note.code, note.sheet) for note in book.notes if note.code == "sheet.hidden"] == [("sheet.hidden", "藏")]


def test_a_hidden_sheet_that_alone_has_the_columns_is_refused(opened):
    with pytest.raises(SourceError) as caught:
        opened(sheet(HEAD + row("王五"), "藏", HIDDEN), sheet(row("说明"), "甲"))
    assert (caught.value.code, caught.value.sheet) == ("sheet.hidden_only", "藏")


def test_rows_that_only_a_merge_fills_are_blank(opened):
    book = opened(
        sheet(HEAD + row("张三", "1", ("String", "镇", 'ss:MergeDown="4"'), "2") + row("李四", said='ss:Index="5"'))
    )
    assert rows(book.grids[0]) == ([(2, "张三", "1", "镇", "2", None), (5, "李四", None, "镇", None, None)], [3, 4])


def test_formatted_text_line_feeds_and_prefixes(opened):
    start = OPEN.replace('xmlns="urn:schemas-microsoft-com:office:spreadsheet" ', "").replace(
        "<Workbook", "<ss:Workbook"
    )
    body = sheet(HEAD + row("<html:B>张</html:B>三&#10;李四", "1", "镇", "2"))
    for name in ("Worksheet", "Table", "Row", "Cell", "Data"):
        body = body.replace(f"<{name}", f"<ss:{name}").replace(f"</{name}", f"</ss:{name}")
    assert rows(opened(body, start=start, end="</ss:Workbook>").grids[0])[0][0][:2] == (2, "张三\n李四")


def test_a_declared_encoding_of_two_bytes_is_read(opened):
    book = opened(
        sheet(HEAD + row("张三", "1", "镇", "2")), start=OPEN.replace("?>", ' encoding="gb2312"?>', 1), encoding="gbk"
    )
    assert book.encoding == "gb18030"
    assert rows(book.grids[0])[0] == [(2, "张三", "1", "镇", "2", None)]


@pytest.mark.parametrize(
    ("body", "code", "row_number"),
    [
        (sheet(HEAD + row("张三", said='ss:Index="1"')), "xml.order", 1),
        (sheet(HEAD + row("张三", said='ss:Index="900000000"')), "xml.order", 1),
        (sheet(HEAD + row(("String", "a", 'ss:Index="3"'), ("String", "b", 'ss:Index="2"'))), "xml.order", 2),
        (sheet(HEAD + row(("String", "a", 'ss:Index="2001"'))), "table.wide", 2),
        (sheet(HEAD + row("张三") + "<Row>"), "xml.damaged", 3),
        ("<a>" * 101, "xml.deep", 0),
    ],
)
def test_what_cannot_be_placed_is_refused(opened, body, code, row_number):
    with pytest.raises(SourceError) as caught:
        opened(body)
    assert (caught.value.code, caught.value.row) == (code, row_number)


LAUGHS = '<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {b} "&{a};&{a};&{a};&{a};">' for a, b in zip("abcdefghij", "bcdefghijk", strict=True)
)


@pytest.mark.parametrize(
    "dtd", [LAUGHS, '<!ENTITY k SYSTEM "file:///etc/hostname">', '<!ENTITY % k SYSTEM "http://x/y">%k;']
)
def test_a_document_type_is_refused_before_it_is_read(opened, dtd):
    start = OPEN.replace("<Workbook", f"<!DOCTYPE Workbook [{dtd}]><Workbook")
    with pytest.raises(SourceError) as caught:
        opened(sheet(HEAD + row("&k;")), start=start)
    assert caught.value.code == "xml.doctype"


@pytest.mark.parametrize(
    ("document", "root"),
    [
        ('<?xml version="1.0"?><rows><row/></rows>', "rows"),
        ('<?xml version="1.0"?><Workbook><Worksheet/></Workbook>', "Workbook"),
        ('<?xml version="1.0"?><office:document xmlns:office="urn:oasis"/>', "document"),
    ],
)
def test_other_xml_is_refused_by_its_root(opened, document, root):
    with pytest.raises(SourceError, match=f"XML with the root {root}, not an XML Spreadsheet 2003") as caught:
        opened(start=document, end="")
    assert caught.value.code == "xml.other"
