"""Traps that workbooks of agencies hold, and those a hostile file would: the exact reading, or the refusal."""

import io
import re
import zipfile

import pytest
import xlsxwriter
import xlwt

from casebook.errors import SourceError
from casebook.intake import sheets
from casebook.intake.files import admit

HEADER = ["姓名", "身份证号", "乡镇", "金额"]
ROW = ["张三", "1", "柳湾镇", 1]
ODS = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text", "style")
)


def xlsx(draw, **options):
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, options)
    draw(book)
    book.close()
    return buffer.getvalue()


def fill(sheet, rows, start=0):
    for number, row in enumerate(rows, start):
        for column, cell in enumerate(row):
            sheet.write(number, column, cell)


def plain(book):
    fill(book.add_worksheet("表"), [HEADER, ROW])


def edited(content, edits):
    """The workbook with parts changed: name → new bytes, or a function of the old ones; None takes the part out."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        parts = {name: old.read(name) for name in old.namelist()}
        for name, edit in edits.items():
            parts[name] = edit(parts[name]) if callable(edit) else edit
        for name, part in parts.items():
            new.writestr(name, part)
    return buffer.getvalue()


def ods(tables, styles="", **parts):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "content.xml",
            f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {ODS}><office:automatic-styles>{styles}'
            f"</office:automatic-styles><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
            f"</office:document-content>",
        )
        for name, part in parts.items():
            archive.writestr(name, part)
    return buffer.getvalue()


def ods_row(*cells, attributes=""):
    return f"<table:table-row {attributes}>{''.join(cells)}</table:table-row>"


def ods_text(*texts):
    return "".join(
        f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>' for text in texts
    )


def ods_number(number):
    return f'<table:table-cell office:value-type="float" office:value="{number}"><text:p/></table:table-cell>'


ODS_HEADER = ods_row(ods_text(*HEADER))
SHEET = "xl/worksheets/sheet1.xml"


@pytest.fixture
def opened(tmp_path, contract):
    """The bytes as the reader of workbooks hands them on."""

    def run(content):
        path = tmp_path / "a.xlsx"
        path.write_bytes(content)
        (tmp_path / "store").mkdir(exist_ok=True)
        return sheets.read(admit(path, tmp_path / "store"), contract)

    return run


@pytest.fixture
def read(opened):
    """The texts below the header of all sheets, without row numbers."""

    def run(content):
        rows = []
        for grid in opened(content).grids:
            for batch in grid.batches:
                rows += batch.frame.select("^f[0-9]+$").rows()
        return rows

    return run


@pytest.fixture
def marks(opened):
    """Cells in question: row, position, code."""

    def run(content):
        return [mark for grid in opened(content).grids for batch in grid.batches for mark in batch.marks.rows()]

    return run


@pytest.fixture
def refused(opened):
    """Code and sheet of the refusal; its sentences hold neither values nor folders."""

    def run(content):
        with pytest.raises(SourceError) as caught:
            opened(content)
        bad = caught.value
        assert bad.file == "a.xlsx"
        assert bad.zh
        assert not re.search("张三|柳湾|/tmp|store", bad.zh + bad.en)
        return bad.code, bad.sheet

    return run


def notes_of(opened, content):
    found = opened(content)
    return {
        note.code: (note.sheet, note.count, note.rows, note.items)
        for notes in (found.notes, *(grid.notes for grid in found.grids))
        for note in notes
    }


TEXT = ("张三", "1", "柳湾镇", "1")


# A7: what is never followed, run or opened


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


def saved(book):
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


# B1: bombs and lies about size


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


# B2, entities in XML


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


# D14: numbers that are ids


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


def test_d18_three_titles_and_merges_of_both_ways(opened, read):
    def draw(book):
        sheet = book.add_worksheet("表")
        for row, title in enumerate(("发放表", "单位：万元", "2024 年度")):
            sheet.merge_range(row, 0, row, 3, title)
        sheet.merge_range(3, 0, 3, 1, "人员")
        fill(sheet, [["姓名", "身份证号"]], 4)
        sheet.merge_range(3, 2, 4, 2, "乡镇")
        sheet.merge_range(3, 3, 4, 3, "金额")
        fill(sheet, [ROW, ["李四", "2", "", 2], ["王五", "3", "", 3]], 5)
        sheet.merge_range(5, 2, 6, 2, "柳湾镇")

    content = xlsx(draw)
    (grid,) = opened(content).grids
    assert (grid.header_row, grid.titles) == (4, ("发放表", "单位：万元", "2024 年度"))
    assert grid.header.texts == ("人员|姓名", "人员|身份证号", "乡镇", "金额")
    assert read(content) == [TEXT, ("李四", "2", "柳湾镇", "2"), ("王五", "3", None, "3")]


def test_d18_a_merge_over_columns_in_the_data_repeats_nothing(read):
    def draw(book):
        sheet = book.add_worksheet()
        fill(sheet, [HEADER, ["张三", "", "", 1], ["李四", "", "", 2]])
        sheet.merge_range(1, 1, 2, 2, "合并")

    assert read(xlsx(draw)) == [("张三", "合并", None, "1"), ("李四", None, None, "2")]


def test_d18_merges_of_old_and_open_workbooks(read):
    old = xlwt.Workbook()
    sheet = old.add_sheet("a")
    fill(sheet, [HEADER, ["张三", "1"], ["李四", "2"]])
    sheet.write_merge(1, 2, 2, 2, "柳湾镇")
    assert read(saved(old)) == [("张三", "1", "柳湾镇", None), ("李四", "2", "柳湾镇", None)]
    merged = '<table:table-cell table:number-rows-spanned="2" office:value-type="string"><text:p>柳湾镇</text:p></table:table-cell>'
    rows = ods_row(ods_text("张三", "1"), merged) + ods_row(ods_text("李四", "2"), "<table:covered-table-cell/>")
    assert read(ods(f'<table:table table:name="a">{ODS_HEADER}{rows}</table:table>')) == [
        ("张三", "1", "柳湾镇", None),
        ("李四", "2", "柳湾镇", None),
    ]


def test_a_record_of_two_merged_rows_is_one_row_and_a_blank_one(opened):
    def draw(book):
        sheet = book.add_worksheet()
        fill(sheet, [HEADER])
        for column, cell in enumerate(ROW):
            sheet.merge_range(1, column, 2, column, cell)
        fill(sheet, [ROW], 3)

    (grid,) = opened(xlsx(draw)).grids
    (batch,) = grid.batches
    assert (batch.frame["row"].to_list(), batch.blank_rows) == ([2, 4], (3,))


# D19 dates


def dates(is_1904):
    def draw(book):
        sheet = book.add_worksheet()
        fill(sheet, [HEADER])
        for row, (number, shown) in enumerate(
            [(45000, "yyyy-mm-dd"), (45000.34, "yyyy-mm-dd hh:mm"), (0.25, "hh:mm"), (1.5, "[h]:mm:ss"), (1, "yyyy-mm-dd")], 1
        ):  # fmt: skip
            sheet.write_row(row, 0, ["张三", "1", "镇"])
            sheet.write_number(row, 3, number, book.add_format({"num_format": shown}))

    return xlsx(draw, date_1904=is_1904)


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


# Cells


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


def test_an_ods_table_is_read_as_it_is_seen(opened, read):
    rows = (
        '<table:table-column table:number-columns-repeated="2"/><table:table-column table:visibility="collapse"/>'
        + ODS_HEADER
        + ods_row(
            '<table:table-cell table:number-columns-repeated="16384"/>', attributes='table:number-rows-repeated="2"'
        )
        + ods_row(
            '<table:table-cell office:value-type="string"><office:annotation><text:p>批注</text:p></office:annotation>'
            "<text:p>张<text:span>三</text:span><text:s text:c='2'/>a<text:tab/>b<text:line-break/>c</text:p><text:p>d</text:p>"
            "</table:table-cell>",
            '<table:table-cell office:value-type="date" office:date-value="2024-02-29T08:05:00"/>',
            '<table:table-cell office:value-type="time" office:time-value="PT36H10M00S"/>',
            '<table:table-cell office:value-type="boolean" office:boolean-value="true"/>',
            attributes='table:visibility="filter" table:number-rows-repeated="2"',
        )
        + ods_row(
            '<table:table-cell table:number-columns-repeated="16384"/>',
            attributes='table:number-rows-repeated="1048000"',
        )
    )
    hidden = (
        '<style:style style:name="h" style:family="table"><style:table-properties table:display="false"/></style:style>'
    )
    content = ods(
        f'<table:table table:name="a">{rows}</table:table><table:table table:name="藏" table:style-name="h"/>', hidden
    )
    assert read(content) == [("张三  a\tb\nc\nd", "2024-02-29 08:05:00", "36:10:00", "TRUE")] * 2
    assert notes_of(opened, content) == {
        "sheet.hidden": ("藏", 0, (), ()),
        "rows.filtered": ("a", 2, (4, 5), ()),
        "columns.hidden": ("a", 1, (), ("C",)),
        "comments": ("a", 2, (), ()),
    }


def test_protected_workbooks_are_refused(refused):
    manifest = '<manifest:manifest xmlns:manifest="m"><manifest:encryption-data/></manifest:manifest>'
    content = ods(f'<table:table table:name="a">{ODS_HEADER}</table:table>', **{"META-INF/manifest.xml": manifest})
    assert refused(content) == ("workbook.encrypted", "")


# Sheets that go on from others


def full(book, name, count, first=0):
    sheet = book.add_worksheet(name)
    if first == 0:
        fill(sheet, [HEADER])
    fill(sheet, ([f"甲{n}", str(n), "镇", n] for n in range(first, first + count)), 0 if first else 1)


def test_a_sheet_after_a_short_one_is_not_taken_for_its_continuation(opened):
    def draw(book):
        full(book, "1", 9)
        full(book, "2", 10, 9)
        full(book, "3", 3, 19)

    assert [grid.header is None for grid in opened(xlsx(draw)).grids] == [False, True, True]


def test_a_sheet_after_a_full_one_is_its_continuation(opened):
    def drawn(book):
        full(book, "1", 65_535)
        full(book, "2", 2, 65_535)

    found = opened(xlsx(drawn, constant_memory=True))
    assert [(grid.sheet, grid.header_row) for grid in found.grids] == [("1", 1), ("2", 0)]
    assert [note.code for grid in found.grids for note in grid.notes] == ["sheet.continued"]
    rows = [row for grid in found.grids for batch in grid.batches for row in batch.frame["f1"]]
    assert rows == [str(n) for n in range(65_537)]


def test_sheets_of_one_height_go_on_when_two_with_headers_have_it(opened):
    def draw(book):
        full(book, "1", 9)
        full(book, "2", 9)
        full(book, "3", 4, 30)

    assert [grid.header_row for grid in opened(xlsx(draw)).grids] == [1, 1, 0]


def test_a_file_that_begins_with_data_is_refused(refused):
    assert refused(xlsx(lambda book: full(book, "1", 5, 10))) == ("sheet.headerless", "1")


# Damage


def test_a_sheet_whose_xml_is_cut_is_refused(refused):
    content = edited(xlsx(lambda book: full(book, "1", 50)), {SHEET: lambda xml: xml[: len(xml) // 2]})
    assert refused(content)[0] == "workbook.damaged"


def test_two_cells_at_one_address_are_refused(refused):
    content = edited(xlsx(plain), {SHEET: lambda xml: xml.replace(b'r="B2"', b'r="A2"')})
    assert refused(content) == ("workbook.damaged", "")


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/_rels/workbook.xml.rels", SHEET, "xl/sharedStrings.xml"])
def test_a_part_that_is_no_xml_is_refused(refused, part):
    assert refused(edited(xlsx(plain), {part: b"<a"}))[0] == "workbook.damaged"
