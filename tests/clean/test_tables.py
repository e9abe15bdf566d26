import zipfile

import polars as pl
import pytest
import xlsxwriter

from casebook.clean import tables
from casebook.errors import ColumnError, SourceError
from casebook.intake import columns

ROWS = [("残疾人名单", "", ""), ("序号", "姓名", "身份证号"), (1, "李明", "x"), (2, "", "")]


@pytest.fixture
def written(tmp_path):
    """The rows as a file of the named format."""

    def write(name, rows=ROWS, sheets=1):
        path = tmp_path / name
        if name.endswith("xlsx"):
            with xlsxwriter.Workbook(str(path)) as book:
                for sheet in [book.add_worksheet() for _ in range(sheets)]:
                    for at, row in enumerate(rows):
                        sheet.write_row(at, 0, row)
        elif name.endswith("parquet"):
            pl.DataFrame(rows[2:], schema=list(rows[1]), orient="row").write_parquet(path)
        else:
            path.write_bytes("\n".join("\t".join(map(str, row)) for row in rows).encode("gb18030"))
        return path

    return write


@pytest.mark.parametrize(("name", "rows"), [("a.xlsx", [3, 4]), ("a.tsv", [3, 4]), ("a.parquet", [2, 3])])
def test_columns_come_under_the_names_asked_for_with_their_physical_rows(written, name, rows):
    path = written(name)
    assert tables.header_of(path) == ("序号", "姓名", "身份证号")
    table = tables.read(path, ["姓名", "序号"])
    assert table.rows.to_list() == rows
    assert table.frame.select(pl.all().fill_null("")).rows() == [("李明", "1"), ("", "2")]
    assert table.rejects == {}


def test_a_workbook_is_told_from_text_by_its_bytes(written):
    assert not tables.is_text(written("a.xlsx"))
    assert tables.is_text(written("a.tsv"))


def test_rows_of_another_width_are_counted_not_read(written):
    path = written("a.tsv", [*ROWS[:3], (3,), ROWS[3]])
    table = tables.read(path, ["姓名", "身份证号"])
    assert (table.rows.to_list(), table.rejects) == ([3, 5], {"row.short": 1})


@pytest.mark.parametrize("name", ["a.xlsx", "a.tsv", "a.parquet"])
def test_a_missing_column_is_told_with_those_there_are(written, name):
    with pytest.raises(ColumnError, match=f"{name} has no column 电话; it has 序号、姓名、身份证号"):
        tables.read(written(name), ["姓名", "电话"])


def test_two_sheets_with_the_columns_are_refused(written):
    with pytest.raises(SourceError, match="has 2 sheets with these columns"):
        tables.read(written("a.xlsx", sheets=2), ["姓名"])


@pytest.mark.parametrize("name", ["a.xlsx", "a.tsv"])
def test_a_column_twice_is_refused(written, name):
    with pytest.raises(SourceError, match=r"the column 姓名 more than once"):
        tables.read(written(name, [("姓名", "姓名"), ("a", "b")]), ["姓名"])


@pytest.mark.parametrize("name", ["a.xlsx", "a.parquet"])
def test_batches_of_one_column(written, name):
    found = list(tables.batches(written(name), "姓名"))
    assert [batch.frame["raw"].to_list() for batch in found] == [["李明", None]]
    with pytest.raises(ColumnError, match="has 3 columns; name one: 序号、姓名、身份证号"):
        list(tables.batches(written(name), None))


def test_parquet_comes_in_slices(written, monkeypatch):
    monkeypatch.setattr(columns, "BATCH_ROWS", 1)
    found = list(tables.batches(written("a.parquet"), "序号"))
    assert [batch.frame["raw"].to_list() for batch in found] == [["1"], ["2"]]


@pytest.mark.parametrize("kept", [slice(4), slice(0, 300), slice(0, -9)])
def test_a_cut_parquet_file_is_damaged(tmp_path, kept):
    path = tmp_path / "t.parquet"
    pl.DataFrame({"姓名": ["李明"] * 1_000}).write_parquet(path)
    path.write_bytes(path.read_bytes()[kept])
    with pytest.raises(SourceError, match=r"t.parquet is a damaged or cut Parquet file; ask the agency"):
        tables.read(path, ["姓名"])


def test_a_header_of_a_hundred_thousand_columns_is_too_wide(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text(",".join(f"col{at}" for at in range(100_000)) + "\n1\n")
    with pytest.raises(SourceError, match=r"t.csv has 100,000 columns, more than the 2,000 that are read"):
        tables.read(path, ["col5"])


def test_a_row_of_names_is_not_listed_as_headers(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("李明,张三\n王五,赵六\n")
    with pytest.raises(SourceError, match="looks like data") as caught:
        tables.read(path, ["姓名"])
    assert "李明" not in str(caught.value)


PAGE = "<table><tr><td>残疾人名单</td></tr><tr><th>序号<th>姓名</tr><tr><td>1<td>李明</tr><tr><td>2</tr>"
PAGE += "<tr><td>3<td>王五</tr></table>"
XML = """<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="甲"><Table>
 <Row><Cell><Data ss:Type="String">序号</Data></Cell><Cell><Data ss:Type="String">姓名</Data></Cell></Row>
 <Row><Cell><Data ss:Type="Number">1</Data></Cell><Cell><Data ss:Type="String">李明</Data></Cell></Row>
 </Table></Worksheet></Workbook>"""


@pytest.mark.parametrize(
    ("content", "rows", "names", "rejects"),
    [(PAGE.encode("gb18030"), [3, 5], ["李明", "王五"], {"row.short": 1}), (XML.encode(), [2], ["李明"], {})],
)
def test_pages_and_xml_under_the_name_of_a_workbook(tmp_path, content, rows, names, rejects):
    path = tmp_path / "a.xls"
    path.write_bytes(content)
    assert not tables.is_text(path)
    assert tables.header_of(path) == ("序号", "姓名")
    table = tables.read(path, ["姓名"])
    assert (table.frame["姓名"].to_list(), table.rows.to_list(), table.rejects) == (names, rows, rejects)


def test_batches_of_a_page_tell_rows_of_another_width(tmp_path):
    path = tmp_path / "a.xls"
    path.write_bytes(PAGE.encode())
    found = list(tables.batches(path, "序号"))
    assert [batch.frame.rows() for batch in found] == [[("1", None), ("2", "row.short"), ("3", None)]]


def test_an_archive_with_one_table_is_that_table(written, tmp_path):
    path = tmp_path / "名单.zip"
    with zipfile.ZipFile(path, "w") as pack:
        pack.write(written("a.parquet"), "甲/a.parquet")
    table = tables.read(path, ["姓名"])
    assert (table.name, table.rows.to_list(), table.encoding) == ("名单.zip/甲/a.parquet", [2, 3], "parquet")
    with zipfile.ZipFile(path, "a") as pack:
        pack.write(written("a.tsv"), "b.tsv")
    with pytest.raises(SourceError, match=r"名单.zip holds 2 tables; keep the one that is meant"):
        tables.read(path, ["姓名"])


def test_columns_of_lists_cannot_be_asked_for(tmp_path):
    path = tmp_path / "t.parquet"
    pl.DataFrame({"姓名": ["李明"], "电话": [["1", "2"]]}).write_parquet(path)
    assert tables.read(path, ["姓名"]).frame["姓名"].to_list() == ["李明"]
    with pytest.raises(SourceError, match="the values of 电话 are lists"):
        tables.read(path, ["电话"])
