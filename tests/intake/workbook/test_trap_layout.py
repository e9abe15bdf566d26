"""Where the table lies in a workbook: titles, merges, continuation sheets, ods; the exact reading."""

import xlwt

from tests.intake.workbook.books import (
    HEADER,
    ODS_HEADER,
    ROW,
    TEXT,
    fill,
    full,
    notes_of,
    ods,
    ods_row,
    ods_text,
    saved,
    xlsx,
)


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
