"""One nasty export of an office in every format it comes in: the same dataset, and where formats differ, exactly how.

The marks are the sentences of the list of what agencies send (5.11) and of hostile input (D).
"""

import io
import json
from html import escape

import polars as pl
import pytest
import xlsxwriter
import xlwt

from casebook import intake
from casebook.clean import judges
from casebook.ids import citizen
from casebook.intake.wanted import Wanted

MERGES = [(0, 0, 0, 3), (2, 0, 2, 1), (2, 2, 3, 2), (2, 3, 3, 3), (4, 2, 5, 2), (14, 0, 14, 3)]
HIDDEN = 6
EXPORT = [
    ["残疾人补贴发放明细表", "", "", ""],
    ["单位：万元", "", "制表日期：2026-01-01", ""],
    ["人员", "", "乡镇", "金额"],
    ["姓名", "身份证号", "", ""],
    ["张三", "'11010519491231002X", "柳湾镇", "1.5"],
    ["李　四", "１１０１０５１９４９１２３１００２Ｘ", "", "2"],
    ["王\u00a0五", "110105491231002.0", "0012", "1,000.00"],
    ["\u200b赵六", "3.71421E+17", "12", "4.10"],
    ["钱七", "\u300011010519491231002x\u00a0", "城关镇", "－5"],
    ["人员", "", "乡镇", "金额"],
    ["姓名", "身份证号", "", ""],
    ["孙八", "110105\u200b19491231002X", "城关镇", "６．００"],
    ["合 计", "", "", "1008.60"],
    ["", "", "", ""],
    ["制表人：某某　审核人：某某", "", "", ""],
    ["注：以上为测试。", "", "", ""],
]
KEPT = [5, 6, 7, 8, 9, 12]
NOTED = {"title_rows": (1, 2), "repeated_header": (10, 11), "blank_rows": (14,), "footnote_rows": (15, 16)}


def covered():
    return {
        (row, column)
        for top, left, bottom, right in MERGES
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
    }


def as_xlsx():
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    sheet = book.add_worksheet("发放")
    for row, cells in enumerate(EXPORT):
        for column, text in enumerate(cells):
            if text and (row, column) not in covered():
                sheet.write_string(row, column, text)
    for top, left, bottom, right in MERGES:
        sheet.merge_range(top, left, bottom, right, EXPORT[top][left])
    sheet.set_row(HIDDEN, None, None, {"hidden": True})
    sheet.write_comment(4, 1, "已核")
    book.close()
    return buffer.getvalue()


def as_xls():
    buffer, book = io.BytesIO(), xlwt.Workbook()
    sheet = book.add_sheet("发放")
    for row, cells in enumerate(EXPORT):
        for column, text in enumerate(cells):
            if text and (row, column) not in covered():
                sheet.write(row, column, text)
    for top, left, bottom, right in MERGES:
        sheet.write_merge(top, bottom, left, right, EXPORT[top][left])
    sheet.row(HIDDEN).hidden = True
    book.save(buffer)
    return buffer.getvalue()


def cells_of(row):
    """Position, text, and how many further columns and rows it covers, of the cells that are written."""
    starts = {(top, left): (right - left, bottom - top) for top, left, bottom, right in MERGES}
    for column, text in enumerate(EXPORT[row]):
        if (row, column) in starts or (row, column) not in covered():
            yield column, text, *starts.get((row, column), (0, 0))


def as_html():
    rows = []
    for row in range(len(EXPORT)):
        cells = "".join(
            f"<td colspan={across + 1} rowspan={down + 1}>{escape(text)}</td>"
            for _, text, across, down in cells_of(row)
        )
        rows.append(f"<tr{' style=display:none' if row == HIDDEN else ''}>{cells}</tr>")
    return f'<html><head><meta charset="utf-8"></head><body><table>{"".join(rows)}</table></body></html>'.encode()


def as_xml():
    rows = []
    for row in range(len(EXPORT)):
        cells = "".join(
            f'<Cell ss:Index="{column + 1}" ss:MergeAcross="{across}" ss:MergeDown="{down}"><Data ss:Type="String">'
            f"{escape(text)}</Data></Cell>"
            for column, text, across, down in cells_of(row)
            if text
        )
        rows.append(f'<Row ss:Index="{row + 1}" ss:Hidden="{int(row == HIDDEN)}">{cells}</Row>')
    return (
        '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="发放"><Table>'
        f"{''.join(rows)}</Table></Worksheet></Workbook>"
    ).encode()


def as_text(delimiter, end="\r\n"):
    def cell(text):
        return f'"{text}"' if delimiter in text else text

    return end.join(delimiter.join(map(cell, row)) for row in EXPORT) + end


FORMATS = {
    # name of the file, bytes, encoding told, whether merges are in it, notes that only this format has
    "xlsx": ("a.xlsx", as_xlsx, "binary", True, {"rows.hidden": (7,), "comments": ()}),
    "xls": ("a.xls", as_xls, "binary", True, {"rows.hidden": (7,)}),
    "html-named-xls": ("a.xls", as_html, "utf-8", True, {"rows.hidden": (7,), "name.other_kind": ()}),
    "xml-named-xls": ("a.xls", as_xml, "utf-8", True, {"rows.hidden": (7,), "name.other_kind": ()}),
    "tabs-named-xls": ("a.xls", lambda: as_text("\t").encode("gb18030"), "gb18030", False, {"name.other_kind": ()}),
    "tabs-named-csv": ("a.csv", lambda: as_text("\t").encode("utf-16"), "utf-16-le", False, {}),
    "gb18030": ("a.csv", lambda: as_text(",").encode("gb18030"), "gb18030", False, {}),
    "utf-8-with-mark": ("a.csv", lambda: as_text(",", "\n").encode("utf-8-sig"), "utf-8", False, {}),
}


@pytest.fixture
def taken(tmp_path, contract):
    """Takes a file in: its folder."""

    def run(name, content):
        (tmp_path / name).write_bytes(content)
        intake.take(contract, [tmp_path / name], tmp_path / "out", Wanted(judges=judges.of(contract)))
        return tmp_path / "out"

    return run


@pytest.mark.parametrize("kind", FORMATS, ids=[f"5.11 {kind}" for kind in FORMATS])
def test_one_export_gives_one_dataset_in_every_format(taken, kind):
    name, made, encoding, has_merges, own = FORMATS[kind]
    out = taken(name, made())
    data, rejects = pl.read_parquet(out / "data.parquet"), pl.read_parquet(out / "rejects.parquet")
    flags, said = pl.read_parquet(out / "flags.parquet"), json.loads((out / "intake.json").read_text())
    assert data["source_row"].to_list() == KEPT
    for column, at in (("name", 0), ("citizen_id", 1), ("amount_fen", 3)):
        assert data[column].to_list() == [EXPORT[row - 1][at] for row in KEPT]
    filled_down = "柳湾镇" if has_merges else None
    assert data["township"].to_list() == ["柳湾镇", filled_down, "0012", "12", "城关镇", "城关镇"]
    assert rejects.select("source_row", "code").rows() == [(13, "row.total")]
    assert flags.select("source_row", "column", "cell", "code").rows() == [
        (8, "citizen_id", "B8", "id.numeric_cell"),
    ]
    assert (said["encoding"], said["header_row"], said["rows_read"]) == (encoding, 3, 7)
    told = {note["code"]: tuple(note.get("rows", ())) for note in said["notes"]}
    assert told == NOTED | own | {"columns_absent": (), "id.numeric_cell": ()}


@pytest.mark.parametrize("kind", FORMATS, ids=[f"5.11 unit in a title, {kind}" for kind in FORMATS])
def test_the_unit_of_the_title_is_that_of_the_amounts(deliver, kind):
    name, made, *_ = FORMATS[kind]
    dataset, _ = deliver(made(), name)
    assert dataset.parts[0].units == {"amount_fen": "万元"}
    assert dataset.parts[0].headers["name"] == "人员|姓名"


IDS = [
    ("5.11 digits lost", "3.71421E+17", None, "digits_lost"),
    ("5.11 apostrophe", "'11010519491231002X", "11010519491231002X", None),
    ("5.11 trailing .0", "110105491231002.0", "11010519491231002X", None),
    ("5.11 leading zero lost", "1010519491231002X", None, "length"),
    ("5.11 non-breaking space", "\u00a0110105 19491231002X\u00a0", "11010519491231002X", None),
    ("5.11 ideographic space", "\u300011010519491231002X", "11010519491231002X", None),
    ("5.11 zero-width", "110105\u200b19491231002X\ufeff", "11010519491231002X", None),
    ("5.11 full-width digits", "１１０１０５１９４９１２３１００２Ｘ", "11010519491231002X", None),
    ("5.11 tab", "11010519491231002X\t", "11010519491231002X", None),
]


@pytest.mark.parametrize(("text", "value", "problem"), [row[1:] for row in IDS], ids=[row[0] for row in IDS])
@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_an_id_stays_as_delivered_and_no_digit_is_guessed(taken, kind, text, value, problem):
    if kind == "csv":
        out = taken("a.csv", f"姓名,身份证号,金额\n张三,{text},1\n".encode())
    else:
        buffer = io.BytesIO()
        book = xlsxwriter.Workbook(buffer)
        sheet = book.add_worksheet()
        for row, cells in enumerate((["姓名", "身份证号", "金额"], ["张三", text, "1"])):
            for column, cell in enumerate(cells):
                sheet.write_string(row, column, cell)
        book.close()
        out = taken("a.xlsx", buffer.getvalue())
    raw = pl.read_parquet(out / "data.parquet")["citizen_id"]
    assert raw.to_list() == [text]
    assert citizen.clean(raw).select("value", "problem").row(0) == (value, problem)


def merged_xlsx(rows):
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    sheet = book.add_worksheet()
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            sheet.write_string(row, column, cell)
    for column in (2, 3):
        sheet.merge_range(1, column, 3, column, rows[1][column])
    book.close()
    return buffer.getvalue()


def merged_html(rows):
    first = "".join(f"<td rowspan={3 if column > 1 else 1}>{cell}</td>" for column, cell in enumerate(rows[1]))
    below = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row[:2])}</tr>" for row in rows[2:])
    header = "".join(f"<td>{cell}</td>" for cell in rows[0])
    return f"<table><tr>{header}</tr><tr>{first}</tr>{below}</table>".encode()


@pytest.mark.parametrize("made", [merged_xlsx, merged_html], ids=["5.11 fill down, xlsx", "5.11 fill down, html"])
def test_a_key_fills_down_and_an_amount_that_does_is_in_question(taken, made):
    rows = [
        ["姓名", "身份证号", "乡镇", "金额"],
        ["张三", "1", "柳湾镇", "90"],
        ["李四", "2", "", ""],
        ["王五", "3", "", ""],
    ]
    out = taken("a.xls", made(rows))
    data, flags = pl.read_parquet(out / "data.parquet"), pl.read_parquet(out / "flags.parquet")
    assert data.select("township", "amount_fen").rows() == [("柳湾镇", "90")] * 3
    assert flags.select("cell", "code").rows() == [("D3", "cell.merged"), ("D4", "cell.merged")]
