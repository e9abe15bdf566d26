"""A small workbook of each kind the tests change."""

import io

import pytest
import xlsxwriter
import xlwt

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
