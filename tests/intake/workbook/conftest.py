"""A small workbook of each kind the tests change, and what the reader makes of bytes: texts, marks, refusals."""

import io
import re

import pytest
import xlsxwriter
import xlwt

from casebook.errors import SourceError
from casebook.intake import sheets
from casebook.intake.files import admit

ROWS = [["姓名", "身份证号", "金额"], *([f"张{n}", f"37142119900101{n:04}", n / 4] for n in range(60))]


@pytest.fixture(scope="session")
def rows():
    return ROWS


@pytest.fixture(scope="session")
def xlsx():
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    sheet = book.add_worksheet("表")
    for number, row in enumerate(ROWS):
        sheet.write_row(number, 0, row)
    book.close()
    return buffer.getvalue()


@pytest.fixture(scope="session")
def xls():
    buffer = io.BytesIO()
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("表")
    for number, row in enumerate(ROWS):
        for column, cell in enumerate(row):
            sheet.write(number, column, cell)
    book.save(buffer)
    return buffer.getvalue()


@pytest.fixture(scope="session")
def sound(xlsx, xls):
    """The bytes of the workbook of a kind; a function, so that failures do not print them."""

    def of(kind):
        return {"xlsx": xlsx, "xls": xls}[kind]

    return of


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
