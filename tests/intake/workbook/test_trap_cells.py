"""Cells of workbooks as agencies fill them: ids, dates, errors, formulas, texts; the exact reading."""

import re

import pytest
import xlwt

from tests.intake.workbook.books import (
    HEADER,
    ODS_HEADER,
    ROW,
    SHEET,
    TEXT,
    dates,
    edited,
    fill,
    notes_of,
    ods,
    ods_number,
    ods_row,
    ods_text,
    saved,
    xlsx,
)


def test_d14_lost_digits_stay_visible(read):
    rows = [HEADER, ["张三", 371421199003074518, "柳湾镇", 123456789012345], ["李四", 1e15, "x", 999999999999999]]
    expected = [
        ("张三", "3.71421199003074E+17", "柳湾镇", "123456789012345"),
        ("李四", "1E+15", "x", "999999999999999"),
    ]
    assert read(xlsx(lambda book: fill(book.add_worksheet(), rows))) == expected
    old = xlwt.Workbook()
    fill(old.add_sheet("a"), rows)
    assert read(saved(old)) == expected
    cells = ods_row(
        ods_text("张三"), ods_number("371421199003074518"), ods_text("柳湾镇"), ods_number("123456789012345")
    )
    assert read(ods(f'<table:table table:name="a">{ODS_HEADER}{cells}</table:table>')) == expected[:1]


def test_d19_both_calendars_are_right(read):
    assert [row[3] for row in read(dates(is_1904=False))] == [
        "2023-03-15", "2023-03-15 08:09:36", "06:00:00", "36:00:00", "1900-01-01",
    ]  # fmt: skip
    assert [row[3] for row in read(dates(is_1904=True))] == [
        "2027-03-16", "2027-03-16 08:09:36", "06:00:00", "36:00:00", "1904-01-02",
    ]  # fmt: skip


@pytest.mark.parametrize("is_1904", [False, True], ids=["1900", "1904"])
def test_d19_old_workbooks_know_both_calendars(read, is_1904):
    book = xlwt.Workbook()
    book.dates_1904 = is_1904
    sheet = book.add_sheet("a")
    fill(sheet, [HEADER, ["张三", "1", "镇"]])
    sheet.write(1, 3, 40_000, xlwt.easyxf(num_format_str="yyyy-mm-dd"))
    assert read(saved(book)) == [("张三", "1", "镇", "2013-07-07" if is_1904 else "2009-07-06")]


def test_d19_numbers_that_are_no_day_are_kept_as_numbers_and_marked(read, marks):
    old = xlwt.Workbook()
    sheet = old.add_sheet("a")
    day = xlwt.easyxf(num_format_str="yyyy-mm-dd")

    def draw(book):
        form = book.add_format({"num_format": "yyyy-mm-dd"})
        new = book.add_worksheet()
        fill(new, [HEADER])
        for row, number in enumerate((59, 60, 61, -1, -7), 1):
            new.write_row(row, 0, ["张三", "1", "镇"])
            new.write_number(row, 3, number, form if row < 5 else None)

    fill(sheet, [HEADER])
    for row, number in enumerate((59, 60, 61, -1, -7), 1):
        for column, cell in enumerate(("张三", "1", "镇")):
            sheet.write(row, column, cell)
        sheet.write(row, 3, number, day) if row < 5 else sheet.write(row, 3, number)
    for content in (xlsx(draw), saved(old)):
        assert [row[3] for row in read(content)] == ["1900-02-28", "60", "1900-03-01", "-1", "-7"]
        assert marks(content) == [(3, 3, "date.serial"), (5, 3, "date.serial")]


def test_error_cells_and_formulas_without_a_result_are_in_question(read, marks):
    def draw(book):
        sheet = book.add_worksheet()
        fill(sheet, [HEADER, ROW, ROW])
        sheet.write_formula(1, 3, "=NA()", None, "#N/A")
        sheet.write_formula(2, 3, "=1+1", None, "")

    assert read(xlsx(draw)) == [("张三", "1", "柳湾镇", "#N/A"), ("张三", "1", "柳湾镇", None)]
    assert marks(xlsx(draw)) == [(2, 3, "cell.error"), (3, 3, "formula.no_value")]
    old = xlwt.Workbook()
    sheet = old.add_sheet("a")
    fill(sheet, [HEADER, ROW[:3], ROW[:3]])
    sheet.row(1).set_cell_error(3, 0x2A)
    sheet.write(2, 3, xlwt.Formula("1+1"))
    assert read(saved(old)) == [("张三", "1", "柳湾镇", "#N/A"), ("张三", "1", "柳湾镇", None)]
    assert marks(saved(old)) == [(2, 3, "cell.error"), (3, 3, "formula.no_value")]
    errors = (
        '<table:table-cell table:formula="of:=NA()" office:value-type="string" office:string-value="">'
        "<text:p>#N/A</text:p></table:table-cell>"
    )
    rows = ods_row(ods_text(*TEXT[:3]), errors) + ods_row(
        ods_text(*TEXT[:3]), '<table:table-cell table:formula="of:=1+1"/>'
    )
    content = ods(f'<table:table table:name="a">{ODS_HEADER}{rows}</table:table>')
    assert read(content) == [("张三", "1", "柳湾镇", "#N/A"), ("张三", "1", "柳湾镇", None)]
    assert marks(content) == [(2, 3, "cell.error"), (3, 3, "formula.no_value")]


def test_texts_come_without_fonts_readings_and_escapes(read):
    def draw(book):
        sheet = book.add_worksheet()
        fill(sheet, [HEADER, ["", "'007", "a_x000D_b", True]])
        bold = book.add_format({"bold": True})
        sheet.write_rich_string(1, 0, "张", bold, "三")

    def reading(xml):
        return xml.replace(b"</si>", b"<rPh sb='0' eb='1'><t>zhang</t></rPh><phoneticPr fontId='1'/></si>", 1)

    content = edited(xlsx(draw), {"xl/sharedStrings.xml": reading})
    assert read(content) == [("张三", "'007", "a_x000D_b", "TRUE")]
    raw = edited(content, {"xl/sharedStrings.xml": lambda xml: xml.replace(b"_x005F_x000D_", b"_x000D_")})
    assert read(raw) == [("张三", "'007", "a\rb", "TRUE")]


def test_names_with_a_prefix_and_attributes_in_single_quotes_are_read_alike(opened, read, marks):
    def draw(book):
        sheet = book.add_worksheet("表")
        fill(sheet, [HEADER, ROW])
        sheet.write_formula(1, 3, "=NA()", None, "#N/A")
        sheet.set_row(1, None, None, {"hidden": True})

    def prefixed(xml):
        xml = re.sub(rb"<(/?)([a-zA-Z])", rb"<\1x:\2", xml).replace(b"<?x:xml", b"<?xml").replace(b'"', b"'")
        return xml.replace(b"xmlns='", b"xmlns:x='")

    content = edited(xlsx(draw), {SHEET: prefixed})
    assert read(content) == [("张三", "1", "柳湾镇", "#N/A")]
    assert marks(content) == [(2, 3, "cell.error")]
    assert notes_of(opened, content) == {"rows.hidden": ("表", 1, (2,), ()), "formulas": ("表", 1, (), ())}
