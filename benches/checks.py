"""The rules of a contract on a million rows of text, eleven kinds of faults planted, every reason of every row written; and the
memory at five million rows. Measured is the checking alone: the batches are in memory as text, as intake hands them on.
"""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import polars as pl

from benches import cost
from benches.cost import Cost
from benches.settings import SEED, Settings
from benches.table import Limit, Row
from casebook.intake import checks, contract
from casebook.intake.contract import Contract
from casebook.intake.dataset import FilePart
from casebook.intake.grid import BATCH_ROWS
from casebook.intake.watch import Watch

ROWS, MANY_ROWS = 1_000_000, 5_000_000
MOST_CPU_S, MOST_MIB = 4.0, 1.2 * 1024
EVERY = 500
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
TEXT = """
apiVersion: v3.1.0
kind: DataContract
id: payments
version: 1.0.0
status: active
schema:
  - name: payments
    properties:
      - {name: citizen_id, physicalName: 身份证号, logicalType: string, primaryKey: true, primaryKeyPosition: 1,
         customProperties: [{property: kind, value: citizen_id}],
         quality: [{metric: invalidValues, mustBe: 0}, {metric: missingValues, mustBe: 0}]}
      - {name: serial, physicalName: 流水号, logicalType: string, unique: true,
         logicalTypeOptions: {pattern: '^P[0-9]{9}$'}}
      - {name: subsidy, physicalName: 补贴类型, logicalType: string, required: true,
         customProperties: [{property: kind, value: text}],
         quality: [{metric: invalidValues, mustBe: 0, arguments: {validValues: [困难残疾人生活补贴, 重度残疾人护理补贴]}}]}
      - {name: pay_month, physicalName: 发放月份, logicalType: date, primaryKey: true, primaryKeyPosition: 2,
         customProperties: [{property: kind, value: date}, {property: form, value: month}],
         logicalTypeOptions: {minimum: '2016-01-01', maximum: '2026-12-31'}}
      - {name: amount_fen, physicalName: 发放金额, logicalType: number,
         customProperties: [{property: kind, value: money}, {property: unit, value: 元}],
         logicalTypeOptions: {minimum: -5000, maximum: 5000}}
      - {name: standard_fen, physicalName: 补贴标准, logicalType: number,
         customProperties: [{property: kind, value: money}, {property: unit, value: 元}]}
      - {name: village, physicalName: 村, logicalType: string, logicalTypeOptions: {minLength: 2, maxLength: 20}}
      - {name: applied_on, physicalName: 申请日期, logicalType: date, customProperties: [{property: kind, value: date}]}
      - {name: stopped_on, physicalName: 停发日期, logicalType: date, customProperties: [{property: kind, value: date}]}
    quality:
      - {type: custom, engine: casebook, name: stop_after_apply, implementation: stopped_on >= applied_on}
      - {type: custom, engine: casebook, name: by_standard, implementation: amount_fen <= standard_fen * 12}
"""
FAULTS = (
    "value.unreadable", "value.missing", "value.pattern", "value.enum", "value.range", "value.length", "rule.stop_after_apply",
    "rule.by_standard", "value.not_unique", "key.repeated", "reject",
)  # fmt: skip


@dataclass(frozen=True)
class Told:
    """What checking cost, and how many rows were told of by code."""

    cost: Cost
    found: dict[str, int]


def run(settings: Settings) -> Iterator[Row]:  # noqa: ARG001
    """A million rows against the limit of CPU, five million against the limit of memory."""
    told = cost.fresh(checked, ROWS)
    kinds = sum(told.found.get(code, 0) > 0 for code in FAULTS)
    limits = (
        Limit(told.cost.cpu_s, "at most", MOST_CPU_S, "CPU s"),
        Limit(kinds, "at least", len(FAULTS), "kinds of faults told"),
    )
    yield Row(f"{ROWS:,} rows, all reasons", told.cost, told.cost.cpu_s / MOST_CPU_S, limits)
    many = cost.fresh(checked, MANY_ROWS).cost
    limit = Limit(many.peak_mib, "at most", MOST_MIB, "MiB")
    yield Row(f"{MANY_ROWS:,} rows in batches of {BATCH_ROWS:,}", many, many.peak_mib / MOST_MIB, (limit,))


def checked(rows: int) -> Told:
    """The cost of checking so many rows, made batch by batch; making them is not counted."""
    known = small()
    part = FilePart("a.csv", "0" * 64, "", 1, "utf-8", {c.name: c.headers[0] for c in known.columns}, {}, 0, 0, 0)
    found: dict[str, int] = {}
    spent: list[Cost] = []
    asked = checks.compiled(known)
    _see(asked, asked.begin(), batch(0, 1_000), part, found)
    found.clear()
    watch = asked.begin()
    for start in range(0, rows, BATCH_ROWS):
        given = batch(start, min(BATCH_ROWS, rows - start))
        spent.append(cost.measure(partial(_see, asked, watch, given, part, found))[1])
    spent.append(cost.measure(lambda: _count(watch.end(), found))[1])
    return Told(cost.total(spent), found)


def _see(asked: checks.Checks, watch: Watch, given: pl.DataFrame, part: FilePart, found: dict[str, int]) -> None:
    refused = asked.refused(given, part)
    found["reject"] = found.get("reject", 0) + refused.height
    kept = given.filter(~pl.col("row").is_in(refused["row"].implode()))
    _count(watch.see(kept, part), found)


def _count(findings: pl.DataFrame, found: dict[str, int]) -> None:
    for code, count in findings.group_by("code").len().iter_rows():
        found[code] = found.get(code, 0) + count


def small() -> Contract:
    """The contract of the bench."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "payments.odcs.yaml"
        path.write_text(TEXT, encoding="utf-8")
        return contract.load(path)


def batch(start: int, rows: int) -> pl.DataFrame:
    """Rows as delivered: nearly all ids distinct, each kind of fault in one row of five hundred."""
    rng = np.random.default_rng(SEED + start)
    number = np.arange(start, start + rows)
    months = pl.Series([f"{2020 + at // 12}年{at % 12 + 1}月" for at in range(60)])
    frame = pl.DataFrame(
        {
            "citizen_id": ids(number),
            "serial": pl.Series(number).cast(pl.String).str.zfill(9),
            "subsidy": pl.Series(["困难残疾人生活补贴", "重度残疾人护理补贴"]).gather(rng.integers(0, 2, rows)),
            "pay_month": months.gather(rng.integers(0, 60, rows)),
            "amount_fen": pl.Series(["150", "120.00", "1,800.00"]).gather(rng.integers(0, 3, rows)),
            "standard_fen": pl.Series(["150", "150.00"]).gather(rng.integers(0, 2, rows)),
            "village": pl.Series([f"第{at}村" for at in range(500)]).gather(rng.integers(0, 500, rows)),
            "applied_on": pl.Series([f"2019-{at % 12 + 1:02}-{at % 28 + 1:02}" for at in range(336)]).gather(
                rng.integers(0, 336, rows)
            ),
            "stopped_on": pl.Series([f"2024/{at % 12 + 1}/{at % 28 + 1}" for at in range(336)]).gather(
                rng.integers(0, 336, rows)
            ),
            "row": pl.Series(number + 2, dtype=pl.UInt32),
        }
    )
    return planted(frame.with_columns(pl.lit(0, pl.UInt32).alias("part"), ("P" + pl.col("serial")).alias("serial")))


def ids(number: np.ndarray) -> pl.Series:
    """Ids of the unassigned area 900001 with their check digit, one for each number."""
    days = pl.Series(number % 20_000).cast(pl.Date).dt.strftime("%Y%m%d")
    body = (
        pl.Series(["900001"]).new_from_index(0, len(number))
        + days
        + pl.Series(number // 20_000 % 999 + 1).cast(pl.String).str.zfill(3)
    )
    summed = sum((body.str.slice(at, 1).cast(pl.Int64) * weight for at, weight in enumerate(WEIGHTS)), pl.Series([0]))
    return body + pl.Series(list("10X98765432")).gather(summed % 11)


def planted(frame: pl.DataFrame) -> pl.DataFrame:
    """One fault of each kind in five hundred rows."""
    at = pl.col("row") % EVERY
    wrong = {
        "citizen_id": {1: "900001199001010000", 2: "暂无"},
        "serial": {3: "P12", 9: "P999999999"},
        "subsidy": {4: "其他", 11: ""},
        "amount_fen": {5: "99999", 8: "4000"},
        "village": {6: "村"},
        "stopped_on": {7: "2001-01-01"},
    }
    said = []
    for name, faults in wrong.items():
        cell = pl.col(name)
        for number, text in faults.items():
            cell = pl.when(at == number).then(pl.lit(text)).otherwise(cell)
        said.append(cell.alias(name))
    same_key = [pl.when(at == 10).then(pl.lit(text)).otherwise(pl.col(name)).alias(name) for name, text in KEY.items()]
    return frame.with_columns(said).with_columns(same_key)


KEY = {"citizen_id": "900001199001010018", "pay_month": "2024年1月"}
