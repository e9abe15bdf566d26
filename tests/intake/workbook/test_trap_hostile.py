"""Workbooks a hostile file would hide in, and those that say more than they show: the refusal or the note."""

import re

import pytest
import xlwt

from tests.intake.workbook.books import (
    HEADER,
    ODS_HEADER,
    ROW,
    SHEET,
    TEXT,
    edited,
    fill,
    full,
    notes_of,
    ods,
    ods_row,
    ods_text,
    plain,
    saved,
    xlsx,
)


def test_a7_hidden_and_very_hidden_sheets_are_noted_and_not_read(opened, read):
    def draw(book):
        plain(book)
        fill(book.add_worksheet("藏"), [HEADER, ["李四", "2", "", 2]])
        fill(book.add_worksheet("深藏"), [HEADER, ["王五", "3", "", 3]])
        book.get_worksheet_by_name("藏").hide()
        book.get_worksheet_by_name("深藏").very_hidden()

    assert [note.sheet for note in opened(xlsx(draw)).notes if note.code == "sheet.hidden"] == ["藏", "深藏"]
    assert read(xlsx(draw)) == [TEXT]


def test_a7_a_hidden_sheet_that_alone_has_the_columns_is_refused_by_its_name(refused):
    def draw(book):
        fill(book.add_worksheet("说明"), [["见附件"]])
        fill(book.add_worksheet("数据"), [HEADER, ROW])
        book.get_worksheet_by_name("数据").hide()

    assert refused(xlsx(draw)) == ("sheet.hidden_only", "数据")


def test_a7_links_macros_objects_and_connections_are_noted(opened):
    content = edited(
        xlsx(plain),
        {
            "xl/externalLinks/externalLink1.xml": b"<externalLink/>",
            "xl/externalLinks/_rels/externalLink1.xml.rels": b"<Relationships/>",
            "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0",
            "xl/embeddings/a.xlsx": b"PK\x03\x04 not opened",
            "xl/connections.xml": b"<connections/>",
        },
    )
    assert notes_of(opened, content) == {
        "workbook.external_links": ("", 1, (), ()),
        "workbook.macros": ("", 1, (), ()),
        "workbook.embedded": ("", 1, (), ()),
        "workbook.connections": ("", 1, (), ()),
    }


def test_a7_hidden_rows_columns_comments_and_formulas_are_read_and_noted(opened, read):
    def draw(book):
        sheet = book.add_worksheet("表")
        fill(sheet, [HEADER, ROW, ROW, ROW])
        sheet.set_row(2, None, None, {"hidden": True})
        sheet.set_row(3, 0)
        sheet.set_row(900, None, None, {"hidden": True})
        sheet.set_column(2, 2, None, None, {"hidden": True})
        sheet.write_comment(1, 0, "批注")
        sheet.write_formula(1, 3, "=1+1", None, 2)

    assert notes_of(opened, xlsx(draw)) == {
        "comments": ("", 1, (), ()),
        "rows.hidden": ("表", 2, (3, 4), ()),
        "columns.hidden": ("表", 1, (), ("C",)),
        "formulas": ("表", 1, (), ()),
    }
    assert read(xlsx(draw)) == [("张三", "1", "柳湾镇", "2"), TEXT, TEXT]


def test_a7_rows_hidden_by_a_filter_say_so(opened):
    def draw(book):
        sheet = book.add_worksheet("表")
        fill(sheet, [HEADER, ROW, ROW])
        sheet.autofilter(0, 0, 2, 3)
        sheet.filter_column(0, "x == 李四")
        sheet.set_row(2, None, None, {"hidden": True})

    assert notes_of(opened, xlsx(draw)) == {"rows.filtered": ("表", 1, (3,), ())}


def test_a7_notes_of_an_old_workbook(opened):
    book = xlwt.Workbook()
    sheet = book.add_sheet("表")
    fill(sheet, [HEADER, ROW, ROW])
    sheet.row(2).hidden = True
    sheet.col(1).hidden = True
    hidden = book.add_sheet("藏")
    hidden.visibility = 2
    assert notes_of(opened, saved(book)) == {
        "sheet.hidden": ("藏", 0, (), ()),
        "rows.hidden": ("表", 1, (3,), ()),
        "columns.hidden": ("表", 1, (), ("B",)),
    }


def test_b1_a_bomb_of_shared_texts_is_refused(refused):
    text = b"<si><t>" + b"A" * 1000 + b"</t></si>"
    content = edited(xlsx(plain), {"xl/sharedStrings.xml": b'<?xml version="1.0"?><sst>' + text * 80_000 + b"</sst>"})
    assert refused(content) == ("zip.bomb", "")


def test_b1_a_lying_dimension_changes_nothing(read):
    content = edited(xlsx(plain), {SHEET: lambda xml: re.sub(rb'ref="[^"]*"', b'ref="A1:XFD1048576"', xml, count=1)})
    assert read(content) == [TEXT]


def test_b1_a_cell_in_the_last_corner_is_refused(refused):
    last = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    content = edited(xlsx(plain), {SHEET: lambda xml: xml.replace(b"</sheetData>", last)})
    assert refused(content)[0] == "workbook.memory"


def test_b1_more_columns_than_are_read_are_refused(refused):
    assert refused(xlsx(lambda book: fill(book.add_worksheet("表"), [["姓名"] * 2_001]))) == ("sheet.size", "表")


@pytest.mark.parametrize(
    "part", [SHEET, "xl/sharedStrings.xml", "xl/workbook.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels"]
)
@pytest.mark.parametrize(
    "declared",
    [
        b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;">]>',
        b'<!DOCTYPE x [<!ENTITY c SYSTEM "file:///etc/passwd">]>',
    ],
    ids=["laughs", "external"],
)  # fmt: skip
def test_b2_declared_entities_are_refused_in_every_part(refused, part, declared):
    content = edited(xlsx(plain), {part: lambda xml: re.sub(rb"^(<\?.*?\?>)?", rb"\1" + declared, xml)})
    assert refused(content) == ("workbook.markup", "")


def test_b2_an_entity_in_ods_is_refused(refused):
    table = f'<table:table table:name="表">{ODS_HEADER}{ods_row(ods_text("&e;", "1", "2", "3"))}</table:table>'
    content = edited(
        ods(table),
        {"content.xml": lambda xml: xml.replace(b"<office:doc", b'<!DOCTYPE x [<!ENTITY e "x">]><office:doc', 1)},
    )
    assert refused(content) == ("workbook.markup", "")


def test_b2_a_part_in_another_encoding_is_refused(refused):
    content = edited(xlsx(plain), {SHEET: lambda xml: xml.replace(b'"UTF-8"', b'"UTF-16"').decode().encode("utf-16")})
    assert refused(content) == ("workbook.markup", "")


def test_protected_workbooks_are_refused(refused):
    manifest = '<manifest:manifest xmlns:manifest="m"><manifest:encryption-data/></manifest:manifest>'
    content = ods(f'<table:table table:name="a">{ODS_HEADER}</table:table>', **{"META-INF/manifest.xml": manifest})
    assert refused(content) == ("workbook.encrypted", "")


def test_a_sheet_whose_xml_is_cut_is_refused(refused):
    content = edited(xlsx(lambda book: full(book, "1", 50)), {SHEET: lambda xml: xml[: len(xml) // 2]})
    assert refused(content)[0] == "workbook.damaged"


def test_two_cells_at_one_address_are_refused(refused):
    content = edited(xlsx(plain), {SHEET: lambda xml: xml.replace(b'r="B2"', b'r="A2"')})
    assert refused(content) == ("workbook.damaged", "")


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/_rels/workbook.xml.rels", SHEET, "xl/sharedStrings.xml"])
def test_a_part_that_is_no_xml_is_refused(refused, part):
    assert refused(edited(xlsx(plain), {part: b"<a"}))[0] == "workbook.damaged"
