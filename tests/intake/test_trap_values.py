"""Amounts and days as texts, told against what the contract says of the column."""

import json

import polars as pl
import pytest

from casebook import intake
from casebook.intake.contract import load

ODCS = """
apiVersion: v3.1.0
kind: DataContract
id: payments
version: 1.0.0
status: active
schema:
  - name: payments
    properties:
      - {name: name, physicalName: 姓名, logicalType: string}
      - {name: amount_fen, physicalName: 金额, logicalType: number, quality: [{metric: invalidValues, mustBe: 0}],
         customProperties: [{property: kind, value: money}, {property: unit, value: 元}]}
      - {name: paid_on, physicalName: 日期, logicalType: date, quality: [{metric: invalidValues, mustBe: 0, severity: error}],
         customProperties: [{property: kind, value: date}]}
"""
NUMBERS = [
    ("D15 thousands", '"1,000.00"', False), ("D15 full width", "１２．００", False), ("D16 finer than a fen", "1.239", True),
    ("D16 E-notation", "1e3", True), ("D16 two points", "1.10.2", True), ("D16 minus of full width", "－5", False),
]  # fmt: skip
DAYS = [
    ("D19 slashes", "2024/2/3", True), ("D19 Chinese", "二〇二四年二月三日", True), ("D19 Republic", "民国113年2月3日", True),
    ("D19 no such day", "2024-02-30", False), ("D19 lunar", "农历正月初一", False), ("D19 serial", "45000", False),
]  # fmt: skip


@pytest.fixture
def taken(tmp_path):
    """Takes in one row: what was flagged and what rejected, by code and column."""

    def run(amount, day):
        (tmp_path / "payments.odcs.yaml").write_text(ODCS, encoding="utf-8")
        (tmp_path / "a.csv").write_text(f"姓名,金额,日期\n张三,{amount},{day}\n", encoding="utf-8")
        intake.take(load(tmp_path / "payments.odcs.yaml"), [tmp_path / "a.csv"], tmp_path / "out")
        flags, rejects, data = (
            pl.read_parquet(tmp_path / "out" / f"{name}.parquet") for name in ("flags", "rejects", "data")
        )
        told = json.loads((tmp_path / "out" / "intake.json").read_text())
        assert told["rows_read"] == data.height + rejects.height == 1
        return (
            flags.select("cell", "code").rows(),
            rejects.select("column", "code").rows(),
            data["amount_fen"].to_list(),
        )

    return run


@pytest.mark.parametrize(("amount", "is_told"), [row[1:] for row in NUMBERS], ids=[row[0] for row in NUMBERS])
def test_an_amount_is_exact_or_in_question_and_stays_as_delivered(taken, amount, is_told):
    told = [("B2", "value.unreadable")] if is_told else []
    assert taken(amount, "2024-01-01") == (told, [], [amount.strip('"')])


@pytest.mark.parametrize(("day", "is_read"), [row[1:] for row in DAYS], ids=[row[0] for row in DAYS])
def test_a_day_is_read_in_a_known_form_or_its_row_is_rejected(taken, day, is_read):
    refused = [] if is_read else [("paid_on", "value.unreadable")]
    assert taken("1", day) == ([], refused, ["1"] if is_read else [])


@pytest.mark.parametrize(
    ("text", "is_told"),
    [("a" * 50_000 + "!", True), ("a" * 50_000, False)],
    ids=["B4 a pattern that others need years for", "B4 the text it is for"],
)
def test_patterns_of_a_contract_take_time_by_length_only(tmp_path, text, is_told):
    said = ODCS.replace("physicalName: 姓名,", "physicalName: 姓名, logicalTypeOptions: {pattern: '^(a+)+$'},")
    (tmp_path / "payments.odcs.yaml").write_text(said, encoding="utf-8")
    (tmp_path / "a.csv").write_text(f"姓名,金额,日期\n{text},1,2024-01-01\n", encoding="utf-8")
    intake.take(load(tmp_path / "payments.odcs.yaml"), [tmp_path / "a.csv"], tmp_path / "out")
    flags = pl.read_parquet(tmp_path / "out" / "flags.parquet")
    assert flags.select("cell", "code").rows() == ([("A2", "value.pattern")] if is_told else [])
