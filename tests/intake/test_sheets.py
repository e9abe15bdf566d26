import pytest
import xlsxwriter
import xlwt

from casebook import intake
from casebook.errors import SourceError

HEADER = ["姓名", "身份证号", "乡镇", "金额"]


@pytest.fixture
def book(tmp_path, contract):
    """Lets a test draw a workbook, then reads it."""

    def run(draw, name="a.xlsx"):
        path = tmp_path / name
        workbook = xlsxwriter.Workbook(str(path))
        draw(workbook)
        workbook.close()
        return intake.read(contract, [path])

    return run


def write(sheet, rows, start=0):
    for number, row in enumerate(rows, start):
        for column, cell in enumerate(row):
            sheet.write(number, column, cell)


def test_titles_merges_totals_and_signature_are_told_from_records(book, rows_of):
    def draw(workbook):
        sheet = workbook.add_worksheet("发放")
        sheet.merge_range(0, 0, 0, 3, "残疾人两项补贴发放表")
        write(sheet, [HEADER, ["张三", "1", "", 10.5], ["李四", "2", "", 20], [], ["合计", "", "", 30.5]], 2)
        sheet.merge_range(3, 2, 4, 2, "柳湾镇")
        sheet.merge_range(7, 0, 7, 3, "制表人：某某")

    dataset, rejects = book(draw)
    kept, refused, noted = rows_of(dataset, rejects)
    assert (kept, refused) == ([4, 5], {7: "row.total"})
    assert noted == {"title_rows": [1], "blank_rows": [6], "footnote_rows": [8]}
    assert dataset.frame["township"].to_list() == ["柳湾镇", "柳湾镇"]
    assert dataset.frame["amount_fen"].to_list() == ["10.5", "20"]
    assert (dataset.parts[0].sheet, dataset.parts[0].header_row, dataset.parts[0].encoding) == ("发放", 3, "binary")


def test_a_header_of_two_merged_levels_is_read_as_one(book):
    def draw(workbook):
        sheet = workbook.add_worksheet()
        sheet.merge_range(0, 0, 0, 1, "人员")
        write(sheet, [["姓名", "身份证号"]], 1)
        sheet.merge_range(0, 2, 1, 2, "金额")
        sheet.write(0, 3, "面积")
        sheet.write(0, 0, "人员")
        sheet.write(1, 3, "亩")
        write(sheet, [["张三", "1", 10, 30]], 2)

    dataset, _ = book(draw)
    assert dataset.frame.select("name", "citizen_id", "amount_fen", "area_dm2", "row").row(0) == (
        "张三",
        "1",
        "10",
        "30",
        3,
    )
    assert dataset.parts[0].headers["name"] == "人员|姓名"
    assert dataset.parts[0].units["area_dm2"] == "亩"


def test_a_merge_fills_down_only_within_itself(book):
    def draw(workbook):
        sheet = workbook.add_worksheet()
        write(sheet, [HEADER, ["张三", "1", "", 1], ["李四", "2", "", 2], ["王五", "3", "", 3]])
        sheet.merge_range(1, 2, 2, 2, "柳湾镇")

    assert book(draw)[0].frame["township"].to_list() == ["柳湾镇", "柳湾镇", None]


def test_numeric_ids_keep_their_loss_visible(book):
    def draw(workbook):
        write(
            workbook.add_worksheet(),
            [HEADER, ["张三", 371421199003074518, "镇", 1], ["李四", 371421199001011, "镇", 1]],
        )

    dataset, _ = book(draw)
    assert dataset.frame["citizen_id"].to_list() == ["3.71421199003074E+17", "371421199001011"]
    assert [note.count for note in dataset.notes if note.code == "id.numeric_cell"] == [1]


def test_sheets_are_parts_and_hidden_or_foreign_ones_are_named(book):
    def draw(workbook):
        for name in ("一月", "二月", "藏", "说明"):
            sheet = workbook.add_worksheet(name)
            write(sheet, [["请看说明"]] if name == "说明" else [HEADER, [name, "1", "镇", 1]])
        workbook.get_worksheet_by_name("藏").hide()
        workbook.add_worksheet("空")

    dataset, _ = book(draw)
    assert dataset.frame.select("name", "part").rows() == [("一月", 0), ("二月", 1)]
    said = [(note.code, note.sheet) for note in dataset.notes if note.code.startswith("sheet")]
    assert said == [("sheet.hidden", "藏"), ("sheet.skipped", "说明"), ("sheet.skipped", "空")]


def test_a_sheet_with_half_a_header_is_refused_not_skipped(book):
    def draw(workbook):
        write(workbook.add_worksheet("甲"), [HEADER, ["张三", "1", "镇", 1]])
        write(workbook.add_worksheet("乙"), [["姓名", "证号", "乡镇", "金额"], ["张三", "1", "镇", 1]])

    with pytest.raises(SourceError, match=r"sheet '乙'.*身份证号"):
        book(draw)


def test_the_content_tells_the_format_not_the_extension(tmp_path, contract, deliver, book):
    old = xlwt.Workbook()
    write(old.add_sheet("表"), [HEADER, ["张三", "1", "镇", 1]])
    old.save(str(tmp_path / "a.xlsx"))
    dataset, _ = intake.read(contract, [tmp_path / "a.xlsx"])
    assert dataset.frame["row"].to_list() == [2]
    dataset, _ = deliver("姓名\t身份证号\t金额\n张三\t1\t1\n", name="b.xls", encoding="gb18030")
    assert dataset.parts[0].encoding == "gb18030"


def test_a_sheet_that_continues_another_without_header_is_refused(book):
    def draw(workbook):
        write(workbook.add_worksheet("1"), [HEADER, ["张三", "1", "镇", 1]])
        write(workbook.add_worksheet("2"), [["李四", "2", "镇", 1], ["王五", "3", "镇", 1]])

    with pytest.raises(SourceError, match="sheet '2' has no header but looks like the continuation"):
        book(draw)


def test_cells_far_outside_the_table_are_refused(book):
    def draw(workbook):
        sheet = workbook.add_worksheet()
        write(sheet, [HEADER, ["张三", "1", "镇", 1]])
        sheet.write(1, 2_500, "x")

    with pytest.raises(SourceError, match="2 rows of 2,501 columns"):
        book(draw)
