import io
import struct
import zipfile

import pytest

from casebook.errors import SourceError
from casebook.intake.workbook import biff12
from casebook.intake.workbook.facts import DamagedError
from casebook.intake.workbook.reader import read
from casebook.intake.workbook.task import Task

RELATIONS = (
    b'<Relationships><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
    b'worksheet" Target="worksheets/sheet1.bin"/></Relationships>'
)


def record(code, body=b""):
    head = bytes([code]) if code < 0x80 else bytes([code & 0x7F | 0x80, code >> 7])
    length, size = b"", len(body)
    while size >= 0x80:
        length, size = length + bytes([size & 0x7F | 0x80]), size >> 7
    return head + length + bytes([size]) + body


def text(value):
    return struct.pack("<I", len(value)) + value.encode("utf-16-le")


def cell(code, column, body):
    return record(code, struct.pack("<II", column, 0) + body)


def row(number, *cells, is_hidden=False):
    return record(0, struct.pack("<IIHBBB", number, 0, 300, 0, 0x10 if is_hidden else 0, 0) + b"\0" * 4) + b"".join(
        cells
    )


def number(column, value):
    return cell(5, column, struct.pack("<d", value))


def sheet(*rows, merges=(), after=b""):
    ranges = [record(176, struct.pack("<4I", *merge)) for merge in merges]
    merged = record(177, struct.pack("<I", len(ranges))) + b"".join(ranges) + record(178) if ranges else b""
    columns = record(390) + record(60, struct.pack("<4IH", 1, 1, 2000, 0, 1)) + record(391)
    size = record(148, struct.pack("<4I", 0, 9, 0, 3))
    return record(129) + size + columns + record(145) + b"".join(rows) + record(146) + merged + after + record(130)


SOUND = sheet(
    row(0, cell(6, 0, text("姓名")), cell(6, 1, text("金额"))),
    row(1, cell(6, 0, text("张三")), number(1, 12.5), is_hidden=True),
    row(2, number(1, -3.0), cell(3, 2, b"\x2a")),
    row(3, cell(9, 1, struct.pack("<dH", 7.0, 0))),
    merges=[(1, 2, 0, 0)],
    after=record(635),
)


@pytest.fixture
def parsed(tmp_path):
    def run(part, **parts):
        buffer = io.BytesIO()
        bundle = record(156, struct.pack("<II", 0, 1) + text("r1") + text("表"))
        with zipfile.ZipFile(buffer, "w") as archive:
            archive.writestr("xl/workbook.bin", record(131) + record(143) + bundle + record(144) + record(132))
            archive.writestr("xl/_rels/workbook.bin.rels", RELATIONS)
            archive.writestr("xl/worksheets/sheet1.bin", part)
            for name, content in parts.items():
                archive.writestr(name, content)
        path = tmp_path / "a.xlsb"
        path.write_bytes(buffer.getvalue())
        return read(Task(path, "a.xlsb", tmp_path, are_hidden=False))

    return run


def test_an_xlsb_sheet_tells_its_merges_hidden_rows_and_formulas(parsed):
    (told,) = parsed(SOUND).sheets
    assert (told["name"], told["height"], told["width"]) == ("表", 4, 3)
    assert told["merges"] == [(1, 0, 2, 0)]
    assert (told["hidden_rows"], told["hidden_columns"], told["formulas"]) == ([1], [1], 1)


def test_facts_of_cells_in_question():
    seen = biff12.XlsbSheet()
    seen.see(SOUND)
    facts = seen.close()
    assert facts.texts == {(2, 2): "#N/A"}
    assert facts.serials == {(2, 1): "-3"}
    assert facts.values == 7


@pytest.mark.parametrize("cut", [1, 5, 40, 100])
def test_a_cut_sheet_is_damaged(cut):
    seen = biff12.XlsbSheet()
    seen.see(SOUND[:-cut])
    with pytest.raises(DamagedError):
        seen.close()


def test_macros_of_an_xlsb_are_noted(parsed):
    assert parsed(SOUND, **{"xl/vbaProject.bin": b"x"}).notes == [("workbook.macros", 1)]


def test_a_lost_cell_is_damage(parsed):
    twice = sheet(row(0, number(0, 1.0)), row(0, number(0, 2.0)))
    with pytest.raises(SourceError, match="2 cells hold a value, 1 were read"):
        parsed(twice)
