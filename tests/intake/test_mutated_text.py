"""Texts with bytes changed, inserted, removed or repeated: refused, or every physical line accounted for and no cell altered."""

import csv
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casebook import intake
from casebook.errors import SourceError

CASES = 500
HEADER = "姓名,身份证号,乡镇,金额"
ROWS = [
    "张三,11010519491231002X,柳湾镇,10",
    '"李,四",2,"石 ""桥"" 镇",1.50',
    "王五,3.71421E+17,,20",
    '"赵\n六",4,白塔镇,30',
    "孫七,5,柳灣鎮,４０",
    "合计,,,101.50",
    "",
    "钱八,6,柳湾镇,50",
] * 12
ASIDE = {"title_rows", "blank_rows", "repeated_header", "footnote_rows"}
SETTINGS = settings(
    max_examples=CASES, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
BYTES = st.sampled_from([*b'",\n\r\t;|\x00\x1a\xff\xfe\x81\xe5\xbf 0A'])
CHANGES = st.lists(
    st.tuples(st.sampled_from(["set", "insert", "remove", "repeat", "swap"]), st.floats(0, 0.999), BYTES),
    min_size=1,
    max_size=6,
)


def mutated(content, changes):
    """The bytes with the changes made one after the other."""
    found = bytearray(content)
    for what, where, byte in changes:
        at = int(where * len(found))
        if what == "set":
            found[at] = byte
        elif what == "insert":
            found.insert(at, byte)
        elif what == "remove":
            del found[at : at + 3]
        elif what == "repeat":
            found[at:at] = found[at : at + 40]
        else:
            found[at : at + 8] = found[at : at + 8][::-1]
    return bytes(found)


def read(contract, content):
    """Dataset and rejects; None when the file is refused in a sentence."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.csv"
        path.write_bytes(content)
        try:
            return intake.read(contract, [path])
        except SourceError as caught:
            refused = caught
    assert refused.code, str(refused)
    assert refused.zh
    return None


def physical(content, encoding):
    """The text's physical lines as an independent reader has them."""
    text = content.decode(encoding, "replace").removeprefix("\ufeff")
    return (text.replace("\r\n", "\n") if "\n" in text else text.replace("\r", "\n")).split("\n")


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
@SETTINGS
@given(changes=CHANGES)
def test_below_a_sound_header_no_line_is_lost_and_no_cell_altered(contract, encoding, changes):
    content = f"{HEADER}\n".encode(encoding) + mutated("\n".join(ROWS).encode(encoding), changes)
    found = read(contract, content)
    if found is None:
        return
    dataset, rejects = found
    lines = physical(content, dataset.parts[0].encoding)
    spans = {}
    for row, *cells in dataset.frame.select("row", "name", "citizen_id", "township", "amount_fen").iter_rows():
        spans[row] = _told_by(lines, row, [cell or "" for cell in cells])
    aside = [row for note in dataset.notes if note.code in ASIDE for row in note.rows]
    swallowed = [line for row, span in spans.items() for line in range(row + 1, row + span)]
    reached = [line for row, raw in rejects.frame.select("row", "raw").iter_rows() for line in _reach(row, raw)]
    named = [1, *spans, *rejects.frame["row"], *aside, *swallowed, *reached]
    ended = [len(lines)] if not lines[-1].strip("\x1a") and len(lines) not in named else []
    assert sorted({*named, *ended}) == list(range(1, len(lines) + 1))
    assert len(spans) + rejects.frame.height == dataset.rows_read


def _told_by(lines, row, cells):
    """How many lines the record takes whose cells these are; the cells are those of a standard reader."""
    for span in range(1, len(lines) - row + 2):
        record = "\n".join(lines[row - 1 : row - 1 + span])
        for strict in (True, False):
            try:
                parsed = next(
                    csv.reader([f"{line}\n" for line in record.replace("\r", "\x01").split("\n")], strict=strict)
                )
            except (csv.Error, StopIteration):
                continue
            fields = [field.replace("\x01", "\r") for field in parsed]
            fields = [field if field.strip() else "" for field in fields]
            if fields[:4] == cells and not any(field.strip() for field in fields[4:]):
                return span
    raise AssertionError(f"row {row} is none that a standard reader sees in the text")


def _reach(row, raw):
    return range(row + 1, row + 1 + raw.count("\n"))


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
@SETTINGS
@given(changes=CHANGES)
def test_whatever_is_changed_rows_balance_or_the_file_is_refused(contract, encoding, changes):
    found = read(contract, mutated("\n".join([HEADER, *ROWS]).encode(encoding), changes))
    if found is not None:
        dataset, rejects = found
        part = dataset.parts[0]
        assert dataset.frame.height == part.rows_kept
        assert rejects.frame.height == part.rows_rejected
        assert part.rows_read == part.rows_kept + part.rows_rejected
        assert not set(dataset.frame["row"]) & set(rejects.frame["row"])
        assert dataset.frame["row"].is_sorted()
