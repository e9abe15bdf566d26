"""Any byte of a workbook changed: it is refused, or read as an independent reader reads the same bytes. Never a lost row.

Where the other reader refuses and this one does not, nothing may have changed.
"""

import io
import tempfile
from pathlib import Path

import polars as pl
import xlrd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casebook.errors import SourceError
from casebook.intake.workbook import parser
from casebook.intake.workbook.batches import texts_file
from casebook.intake.workbook.cell_text import cell_text

CASES = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
CHANGES = st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), min_size=1, max_size=4)


def changed(content, changes):
    data = bytearray(content)
    for place, byte in changes:
        data[int(place * len(data))] = byte
    return bytes(data)


def read(content):
    """Rows of all sheets, or the code of the refusal."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a"
        path.write_bytes(content)
        try:
            account = parser.read(path, "a.xls", Path(folder), are_hidden=False)
        except SourceError as bad:
            return bad.code
        return [
            row
            for number, sheet in enumerate(account["sheets"])
            for batch in range(sheet["batches"])
            for row in pl.read_ipc(texts_file(Path(folder), number, batch).read_bytes()).drop("row").rows()
        ]


def told(content):
    """The same by xlrd: rows of the visible sheets, numbers as this package writes them; None when xlrd reads none."""
    try:
        book = xlrd.open_workbook(file_contents=content, logfile=io.StringIO())
    except Exception:  # noqa: BLE001
        return None
    rows = []
    for sheet in book.sheets():
        if sheet.visibility == 0:
            rows += [[_cell(cell) for cell in sheet.row(at)] for at in range(sheet.nrows)]
    return [tuple(row) for row in rows]


def _text(cell):
    return cell if isinstance(cell, str) else f"{cell:.15g}"


def _cell(cell):
    if cell.ctype == xlrd.XL_CELL_NUMBER:
        return cell_text(cell.value)
    return str(cell.value) if str(cell.value).strip() else None


@CASES
@given(changes=CHANGES)
def test_a_changed_xlsx_is_refused_or_reads_as_before(sound, rows, changes):
    found = read(changed(sound("xlsx"), changes))
    assert isinstance(found, str) or found == [tuple(map(_text, row)) for row in rows]


@CASES
@given(changes=CHANGES)
def test_a_changed_xls_is_refused_or_reads_as_another_reader_reads_it(sound, changes):
    content = changed(sound("xls"), changes)
    found = read(content)
    if not isinstance(found, str):
        expected = told(content)
        assert found == (read(sound("xls")) if expected is None else expected)


def test_both_readers_read_the_sound_workbook_alike(sound, rows):
    assert read(sound("xls")) == told(sound("xls")) == [tuple(map(_text, row)) for row in rows]
