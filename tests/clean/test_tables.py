import polars as pl
import pytest
import xlsxwriter

from casebook.clean import tables
from casebook.errors import ColumnError, SourceError

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
    monkeypatch.setattr(tables, "BATCH_ROWS", 1)
    found = list(tables.batches(written("a.parquet"), "序号"))
    assert [batch.frame["raw"].to_list() for batch in found] == [["1"], ["2"]]


@pytest.mark.parametrize("kept", [slice(4), slice(0, 300), slice(0, -9)])
def test_a_cut_parquet_file_is_damaged(tmp_path, kept):
    path = tmp_path / "t.parquet"
    pl.DataFrame({"姓名": ["李明"] * 1_000}).write_parquet(path)
    path.write_bytes(path.read_bytes()[kept])
    with pytest.raises(SourceError, match=r"t.parquet is a damaged or cut Parquet file; ask for it again\.$"):
        tables.read(path, ["姓名"])


def test_a_header_of_a_hundred_thousand_columns_is_too_long(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text(",".join(f"col{at}" for at in range(100_000)) + "\n1\n")
    with pytest.raises(
        SourceError, match=r"t.csv, row 1 has more than 131,072 characters and cannot be read as a header"
    ):
        tables.read(path, ["col5"])


def test_a_row_of_names_is_not_listed_as_headers(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("李明,张三\n王五,赵六\n")
    with pytest.raises(SourceError, match="looks like data") as caught:
        tables.read(path, ["姓名"])
    assert "李明" not in str(caught.value)
