"""The header of a table that no contract knows."""

import zipfile

import pytest
import xlsxwriter

from casebook.errors import SourceError
from casebook.intake.drafting import unheard


def header(*rows, known=()):
    return unheard.header_of([list(row) for row in rows], lambda text: text in known)


def test_the_first_row_of_texts_with_rows_below_is_the_header():
    assert header(("姓名", "金额"), ("张三", "1")) == ("姓名", "金额")


def test_titles_and_makers_above_are_passed_over():
    rows = [("名单", "", ""), ("单位：民政局", "日期：2024年", ""), ("姓名", "村", "金额"), ("张三", "前村", "1")]
    assert header(*rows) == ("姓名", "村", "金额")


def test_a_row_with_known_headers_wins_over_an_earlier_one():
    assert header(("甲", "乙"), ("姓名", "金额"), ("张三", "1"), known={"姓名", "金额"}) == ("姓名", "金额")


def test_two_levels_are_one_header():
    rows = [("姓名", "期限", "", "备注"), ("", "起", "止", ""), ("张三", "2024-01-01", "2024-02-01", "")]
    assert header(*rows) == ("姓名", "期限|起", "期限|止", "备注")
    merged = [("姓名", "期限", "期限", "备注"), ("姓名", "起", "止", "备注"), ("张三", "2024-01-01", "2024-02-01", "")]
    assert header(*merged) == ("姓名", "期限|起", "期限|止", "备注")


@pytest.mark.parametrize(
    "rows",
    [
        [("张三", "11010519491231002X"), ("李四", "110105194912310021")],
        [("张三", "2024-01-01"), ("李四", "2024-01-02")],
        [("张三", "男"), ("李四", "男")],
        [("姓名", "金额")],
        [("姓名", "金额"), ("注", "")],
        [("名单", ""), ("第二行", "")],
        [],
    ],
)
def test_rows_of_data_and_lone_texts_are_no_header(rows):
    assert header(*rows) is None


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_a_text_is_cut_by_what_stands_between_its_fields(tmp_path, delimiter):
    path = tmp_path / "a.csv"
    rows = [("户名", "住处", "数"), ("甲某", "东头", "5"), ("乙某", "西头", "6"), ("丙某", "南头", "7")]
    path.write_bytes("\r\n".join(delimiter.join(row) for row in rows).encode("gb18030"))
    table = unheard.read(path, tmp_path, lambda _: False)
    assert table.texts == ("户名", "住处", "数")
    assert table.frame.rows() == rows[1:]


def test_a_workbook_is_read_from_its_first_sheet_with_a_table(tmp_path):
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet("说明").write(0, 0, "填表说明")
        sheet = book.add_worksheet("表")
        for at, row in enumerate([["户名", "数"], ["甲某", 5], ["乙某", 6]], start=1):
            sheet.write_row(at, 0, row)
    table = unheard.read(path, tmp_path, lambda _: False)
    assert (table.texts, table.frame.rows()) == (("户名", "数"), [("甲某", "5"), ("乙某", "6")])


def test_the_first_table_of_an_archive_is_read(tmp_path):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("表.csv", "户名,数\n甲某,5\n乙某,6\n")
    assert unheard.read(path, tmp_path, lambda _: False).texts == ("户名", "数")


def test_a_file_without_header_is_refused_without_a_word_of_it(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("赵大,11010519491231002X\n钱二,110105194912310021\n", encoding="utf-8")
    with pytest.raises(SourceError, match="looks like a header") as caught:
        unheard.read(path, tmp_path, lambda _: False)
    assert "赵大" not in caught.value.zh + caught.value.en
