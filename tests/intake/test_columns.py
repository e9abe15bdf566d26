import datetime as dt
import io
from decimal import Decimal

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casebook.errors import SourceError
from casebook.intake import columns, files, readers

MOMENT = dt.datetime(2026, 3, 31, 8, 5, tzinfo=dt.UTC)
HIGH = 2**31 - 1


def parquet(table, **options):
    target = io.BytesIO()
    pq.write_table(pa.table(table), target, **options)
    return target.getvalue()


@pytest.fixture
def opened(tmp_path, contract):
    """Opens bytes as a delivered Parquet file."""

    def run(content):
        path = tmp_path / "a.parquet"
        path.write_bytes(content)
        store = tmp_path / "store"
        store.mkdir(exist_ok=True)
        return readers.read(files.admit(path, store), contract)

    return run


def only(found):
    """Header texts, and the one batch of the one grid."""
    (grid,) = found.grids
    (batch,) = grid.batches
    return grid.header.texts, batch


@pytest.mark.parametrize(
    ("values", "kind", "texts"),
    [
        (["007", " ", None], pa.string(), ["007", " ", None]),
        (["a", "b", "a"], pa.large_string(), ["a", "b", "a"]),
        ([371421199003074518, None], pa.int64(), ["371421199003074518", None]),
        ([2**64 - 1], pa.uint64(), ["18446744073709551615"]),
        ([Decimal("12.30"), Decimal("-0.05")], pa.decimal128(12, 2), ["12.30", "-0.05"]),
        ([Decimal("1" * 40 + ".5")], pa.decimal256(42, 1), ["1" * 40 + ".5"]),
        ([42538.29, 12.0, float("nan"), 0.1 + 0.2], pa.float64(), ["42538.29", "12", None, "0.3"]),
        ([0.1, 12.0], pa.float32(), ["0.1", "12"]),
        ([True, False, None], pa.bool_(), ["TRUE", "FALSE", None]),
        ([dt.date(2026, 3, 31)], pa.date32(), ["2026-03-31"]),
        (
            [MOMENT.replace(tzinfo=None), dt.datetime(2026, 3, 31)],
            pa.timestamp("ms"),
            ["2026-03-31 08:05:00", "2026-03-31"],
        ),
        ([1], pa.timestamp("ns"), ["1970-01-01 00:00:00.000000001"]),
        ([MOMENT], pa.timestamp("us", "Asia/Shanghai"), ["2026-03-31 16:05:00+08:00"]),
        ([dt.time(8, 5, 1)], pa.time32("s"), ["08:05:01"]),
        ([dt.timedelta(days=1, hours=1)], pa.duration("ms"), ["25:00:00"]),
        ([None, None], pa.null(), [None, None]),
        (["甲", "乙", "甲"], pa.dictionary(pa.int8(), pa.string()), ["甲", "乙", "甲"]),
    ],
)
def test_values_are_exact_text(tmp_path, values, kind, texts):
    path = tmp_path / "a.parquet"
    path.write_bytes(parquet({"a": pa.array(values, kind)}))
    (found,) = columns.slices(path, "a.parquet", ["a"])
    assert found.frame["a"].to_list() == texts
    assert found.marks.is_empty()


@pytest.mark.parametrize(
    ("values", "kind", "texts", "marks"),
    [
        ([1.0, 3.71421199003074496e17, float("inf")], pa.float64(), ["1", "3.71421199003074E+17", "inf"],
         [(1, 0, "id.numeric_cell"), (2, 0, "cell.error")]),
        ([16777216.0], pa.float32(), ["16777216"], [(0, 0, "id.numeric_cell")]),
        ([0, HIGH], pa.date32(), ["1970-01-01", str(HIGH)], [(1, 0, "date.serial")]),
        ([2**62], pa.timestamp("us"), [str(2**62)], [(0, 0, "date.serial")]),
    ],
)  # fmt: skip
def test_values_that_say_less_than_they_seem_to_are_marked(tmp_path, values, kind, texts, marks):
    path = tmp_path / "a.parquet"
    path.write_bytes(parquet({"a": pa.array(values, kind)}))
    (found,) = columns.slices(path, "a.parquet", ["a"])
    assert found.frame["a"].to_list() == texts
    assert found.marks.rows() == marks


def test_rows_are_counted_below_a_header_in_row_1(opened, monkeypatch):
    monkeypatch.setattr(columns, "BATCH_ROWS", 2)
    people = {"姓名": ["张三", "", "李四", "王五"], "身份证号": [1, None, 2, 3.5e17], "金额": ["1", None, "2", "3"]}
    (grid,) = opened(parquet(people, row_group_size=3)).grids
    assert (grid.sheet, grid.header_row, grid.header.positions) == (
        "",
        1,
        {"name": 0, "citizen_id": 1, "amount_fen": 2},
    )
    batches = list(grid.batches)
    assert [row for batch in batches for row in batch.frame["row"]] == [2, 4, 5]
    assert [row for batch in batches for row in batch.blank_rows] == [3]
    assert [row for batch in batches for row in batch.marks.rows()] == [(5, 1, "id.numeric_cell")]


def test_a_parquet_file_becomes_a_dataset(deliver, rows_of):
    people = {"姓名": ["张三", "李四", "合计"], "身份证号": ["1", "2", None], "金额": [1.5, None, 1.5]}
    dataset, rejects = deliver(parquet(people), name="a.parquet")
    assert rows_of(dataset, rejects)[:2] == ([2], {3: "value.missing", 4: "row.total"})
    assert (dataset.parts[0].encoding, dataset.frame["amount_fen"].to_list()) == ("parquet", ["1.5"])


def test_columns_that_are_no_cells_are_left_out_or_refused(opened):
    table = {
        "姓名": ["张三"],
        "身份证号": ["1"],
        "金额": ["2"],
        "附件": [b"x"],
        "电话": [["1", "2"]],
        "__index_level_0__": [0],
    }
    found = opened(parquet(table))
    texts, batch = only(found)
    assert texts == ("姓名", "身份证号", "金额", "附件", "电话")
    assert batch.frame.drop("fault", "raw").rows() == [(2, "张三", "1", "2", None, None)]
    assert {note.code: note.items for note in found.grids[0].notes} == {
        "parquet.index": ("__index_level_0__",), "parquet.not_cells": ("附件", "电话"),
    }  # fmt: skip
    with pytest.raises(SourceError, match="the values of 金额 are lists, structures or bytes"):
        opened(parquet({**table, "金额": [{"元": 2}]}))


def test_two_columns_of_one_name_are_refused(opened):
    table = pa.Table.from_arrays([pa.array(["1"]), pa.array(["2"])], names=["姓名", "姓名"])
    with pytest.raises(SourceError) as caught:
        opened(parquet(table))
    assert caught.value.code == "header.twice"


def test_a_cell_of_more_than_a_mebibyte_puts_its_row_at_fault(opened):
    _, batch = only(opened(parquet({"姓名": ["张三", "x" * 1_048_577], "身份证号": ["1", "2"], "金额": ["1", "2"]})))
    assert batch.frame["fault"].to_list() == [None, "field.long"]


def test_a_file_without_rows_has_its_header(opened):
    texts, batch = only(opened(parquet({"姓名": pa.array([], pa.string()), "金额": pa.array([], pa.int64())})))
    assert (texts, batch.frame.height) == (("姓名", "金额"), 0)


WHOLE = parquet(
    {
        "姓名": [f"张{number}" for number in range(90)],
        "身份证号": [f"{371421199001010000 + number}" for number in range(90)],
        "金额": pa.array([Decimal(number) / 100 for number in range(90)], pa.decimal128(12, 2)),
        "日": [dt.date(2026, 1, 1) + dt.timedelta(number) for number in range(90)],
        "类": pa.array(["甲", "乙", "丙"] * 30).dictionary_encode(),
    },
    write_page_checksum=True,
    row_group_size=40,
)
FOOTER = len(WHOLE) - 8 - int.from_bytes(WHOLE[-8:-4], "little")


def whole(path):
    names = [field.name for field in columns.schema(path, "a") if columns.is_flat(field.type)]
    return pl.concat([found.frame for found in columns.slices(path, "a", names)])


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    places=st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 255)), min_size=1, max_size=3),
    end=st.one_of(st.none(), st.integers(0, len(WHOLE))),
)
def test_mutated_bytes_are_refused_or_change_nothing(tmp_path, places, end):
    """No check sum is kept of the footer: a change there may rename a column, which then shows in the header."""
    path = tmp_path / "a.parquet"
    path.write_bytes(WHOLE)
    expected = whole(path)
    content = bytearray(WHOLE)
    for at, byte in places:
        content[at] = byte
    path.write_bytes(content[:end])
    try:
        found = whole(path)
    except SourceError as refused:
        code = refused.code
    else:
        code = ""
        assert found.equals(expected) or any(at >= FOOTER for at, _ in places)
        assert found.height == expected.height
    assert code in {"", "parquet.damaged", "header.twice"}
