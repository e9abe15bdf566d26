"""A workbook of 400,000 rows read whole (zip verified, every cell told twice, texts in batches) beside raw calamine.

Both are whole processes; what Casebook costs includes the start of its parser and of both interpreters. What is told of raw
calamine is `load_workbook`, `get_sheet_by_name`, `to_python`, so imports of polars and Casebook weigh on one side only: they are
measured alone and taken off.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import xlsxwriter

from benches import tree
from benches.cost import Cost
from benches.settings import FOLDER, SEED, Settings
from benches.table import Limit, Row

ROWS = 400_000
TIMES_CALAMINE = 2.0
HEADER = ("姓名", "身份证号", "乡镇", "金额", "发放日期", "月份", "面积", "备注")
CONTRACT = """
from casebook.intake.contract import Column, Contract
columns = (Column("name", ("姓名",), kind="person_name"), Column("citizen_id", ("身份证号",), kind="citizen_id"))
contract = Contract(id="payments", title="发放表", agency="", owner="", version="1.0.0", line="public_interest",
                    key=("citizen_id",), columns=columns)
from casebook.intake import files, sheets
"""
OURS = """
import sys, tempfile
from pathlib import Path
with tempfile.TemporaryDirectory() as folder:
    opened = sheets.read(files.admit(Path(sys.argv[1]), Path(folder)), contract)
    rows = sum(batch.frame.height for grid in opened.grids for batch in grid.batches)
assert rows == int(sys.argv[2]), rows
"""
RAW = """
import sys
import python_calamine
rows = python_calamine.load_workbook(sys.argv[1]).get_sheet_by_name("表").to_python()
assert len(rows) == int(sys.argv[2]) + 1
"""


def run(settings: Settings) -> Iterator[Row]:  # noqa: ARG001
    """Raw calamine, ours, and ours on a workbook of one row: what the start of the parser costs."""
    large, small = _file(ROWS), _file(1)
    raw, imports = _cheapest(RAW, large, ROWS), _cheapest(CONTRACT, large, ROWS)
    ours, one = _cheapest(CONTRACT + OURS, large, ROWS), _cheapest(CONTRACT + OURS, small, 1)
    spent = Cost(ours.cpu_s - imports.cpu_s, ours.wall_s - imports.wall_s, ours.peak_mib)
    start = Cost(one.cpu_s - imports.cpu_s, one.wall_s - imports.wall_s, one.peak_mib)
    ratio = spent.cpu_s / raw.cpu_s
    yield Row(f"calamine, {ROWS:,} rows", raw)
    yield Row("casebook, 1 row: start of the parser", start)
    yield Row(f"casebook, {ROWS:,} rows", spent, ratio, (Limit(ratio, "at most", TIMES_CALAMINE, "× calamine"),))


def _cheapest(code: str, path: Path, rows: int) -> Cost:
    ended = [tree.watched([sys.executable, "-c", code, str(path), str(rows)], FOLDER) for _ in range(3)]
    for one in ended:
        if one.status:
            raise RuntimeError(one.said)
    return min((one.cost for one in ended), key=lambda cost: cost.cpu_s)


def _file(rows: int) -> Path:
    """The workbook, made once and kept."""
    path = FOLDER / f"workbook-{rows}.xlsx"
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        book = xlsxwriter.Workbook(str(path.with_suffix(".part")))
        sheet, rng = book.add_worksheet("表"), np.random.default_rng(SEED)
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(0, 0, HEADER)
        for row in range(1, rows + 1):
            one, two, three = (int(number) for number in rng.integers(0, 10**8, 3))
            sheet.write_string(row, 0, "张" + "三四五六七八九"[one % 7] + "甲乙丙丁"[two % 4])
            sheet.write_string(row, 1, f"3714211990{three:08}")
            sheet.write_string(row, 2, ("柳湾镇", "青禾镇", "云州镇")[one % 3])
            sheet.write_number(row, 3, two % 10**6 / 100)
            sheet.write_number(row, 4, 45_292 + three % 700, day)
            sheet.write_number(row, 5, 202_401 + one % 12)
            sheet.write_number(row, 6, two % 10**5 / 10)
            if row % 3 == 0:
                sheet.write_string(row, 7, "补发")
        book.close()
        path.with_suffix(".part").rename(path)
    return path
