import io
import struct

import polars as pl
import pytest
import xlwt
from xlwt.CompoundDoc import XlsDoc

from casebook.errors import SourceError
from casebook.intake.workbook import biff
from casebook.intake.workbook.batches import texts_file
from casebook.intake.workbook.compound import Container
from casebook.intake.workbook.facts import DamagedError
from casebook.intake.workbook.reader import read
from casebook.intake.workbook.task import Task


def record(code, body=b""):
    return struct.pack("<HH", code, len(body)) + body


def book(*sheet, page=936, version=0x0500, more=b""):
    """A workbook of BIFF5 with one sheet of these records."""
    begin = record(0x809, struct.pack("<4H", version, 5, 0, 0)) + record(0x42, struct.pack("<H", page)) + more
    name = "发放".encode("gbk")
    length = len(begin) + 4 + 7 + len(name) + 4
    globals_ = begin + record(0x85, struct.pack("<IBBB", length, 0, 0, len(name)) + name) + record(0x0A)
    return globals_ + record(0x809, struct.pack("<4H", version, 0x10, 0, 0)) + b"".join(sheet) + record(0x0A)


def label(row, column, text):
    return record(0x204, struct.pack("<4H", row, column, 0, len(text)) + text)


def number(row, column, value):
    return record(0x203, struct.pack("<HHHd", row, column, 0, value))


SIZE = record(0x200, struct.pack("<5H", 0, 3, 0, 3, 0))
GBK = book(SIZE, label(0, 0, "姓名".encode("gbk")), label(1, 0, "张喆".encode("gbk")), number(1, 1, 12.5))


@pytest.fixture
def parsed(tmp_path):
    def run(stream):
        path = tmp_path / "a.xls"
        with path.open("wb") as file:
            XlsDoc().save(file, stream + b"\0" * max(0, 4_096 - len(stream)))
        account = read(Task(path, "a.xls", tmp_path, are_hidden=False))
        return account, pl.read_ipc(texts_file(tmp_path, 0, 0)).drop("row").rows()

    return run


def test_texts_of_an_excel_5_book_are_read_in_its_code_page(parsed):
    account, rows = parsed(GBK)
    assert [sheet["name"] for sheet in account.sheets] == ["发放"]
    assert rows == [("姓名", None), ("张喆", "12.5")]


def test_every_kind_of_number_is_exact():
    rk = (0x3FF00000, 100 << 2 | 2, (-7 << 2) & 0xFFFFFFFF | 2, 1234 << 2 | 3)
    many = record(
        0xBD, struct.pack("<HH", 0, 0) + b"".join(struct.pack("<HI", 0, raw) for raw in rk) + struct.pack("<H", 3)
    )
    _, (sheet,) = biff.walk(book(many, record(0x27E, struct.pack("<HHHI", 1, 0, 0, 5 << 2 | 2))))
    assert sheet.cells == {(0, 0): 1.0, (0, 1): 100.0, (0, 2): -7.0, (0, 3): 12.34, (1, 0): 5.0}


def formula(row, column, result):
    return record(0x06, struct.pack("<HHH", row, column, 0) + result + b"\0" * 6)


def test_saved_results_of_formulas_are_read():
    text = record(0x207, struct.pack("<H", 2) + "合".encode("gbk"))
    _, (sheet,) = biff.walk(
        book(
            formula(0, 0, struct.pack("<d", 2.5)),
            formula(1, 0, b"\0" * 6 + b"\xff\xff"),
            text,
            formula(2, 0, b"\1\0\1\0\0\0\xff\xff"),
            formula(3, 0, b"\2\0\x2a\0\0\0\xff\xff"),
            formula(4, 0, b"\3\0\0\0\0\0\xff\xff"),
        )
    )
    assert sheet.cells == {(0, 0): 2.5, (1, 0): "合", (2, 0): True, (3, 0): None}
    assert (sheet.facts.formulas, sheet.facts.texts, sheet.facts.marks) == (5, {(3, 0): "#N/A"}, {(3, 0): "cell.error"})


def test_a_book_that_has_saved_no_result_says_so():
    _, (sheet,) = biff.walk(book(formula(0, 0, b"\3\0\0\0\0\0\xff\xff"), formula(1, 0, b"\3\0\0\0\0\0\xff\xff")))
    assert sheet.facts.marks == {(0, 0): "formula.no_value", (1, 0): "formula.no_value"}


@pytest.mark.parametrize(
    ("stream", "said"),
    [
        (GBK[:-4], "no end"),
        (GBK[:-4] + record(0x203, b"\0" * 3) + GBK[-4:], "malformed"),
        (GBK[:-4] + struct.pack("<HH", 0x203, 9_000), "beyond the end"),
        (GBK[:-4] + label(1, 0, b"other") + GBK[-4:], "two values in one cell"),
        (GBK[:-4] + formula(2, 0, b"\0" * 6 + b"\xff\xff") + GBK[-4:], "text of a formula is missing"),
        (GBK.replace(b"\x09\x08\x08\0\0\x05\x10", b"\x09\x08\x08\0\0\x05\x20"), "where the book says"),
        (GBK.replace(struct.pack("<HHH", 0x42, 2, 936), struct.pack("<HHH", 0x42, 2, 9_999)), "code page"),
        (b"\0" * 20, "begin with its version"),
    ],
)
def test_damage_is_never_passed_over(stream, said):
    with pytest.raises(DamagedError, match=said):
        biff.walk(stream)


def test_protected_and_older_books_are_refused(parsed):
    for stream, code in (
        (book(more=record(0x2F, b"\0" * 6)), "workbook.encrypted"),
        (record(0x409, b"\0" * 6), "workbook.version"),
    ):
        with pytest.raises(SourceError) as caught:
            parsed(stream)
        assert caught.value.code == code


def test_shared_texts_that_break_over_records_come_together():
    old = xlwt.Workbook()
    sheet = old.add_sheet("a")
    texts = [f"{n}张三" * 300 for n in range(60)] + ["ascii" * 900]
    for row, text in enumerate(texts):
        sheet.write(row, 0, text)
    buffer = io.BytesIO()
    old.save(buffer)
    _, (found,) = biff.walk(Container(buffer.getvalue()).stream("Workbook"))
    assert [found.cells[row, 0] for row in range(len(texts))] == texts
