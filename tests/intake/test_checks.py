"""The rules of a contract on rows of text: every reason of every row, exactly."""

from pathlib import Path

import polars as pl
import pytest

from casebook import intake
from casebook.intake import checks, sources
from casebook.intake.cells import cells
from casebook.intake.contract import Column, Contract, load, load_all
from casebook.intake.dataset import FilePart
from casebook.intake.rulebook.predicates import DOUBT, STATE

TEXT = """
apiVersion: v3.1.0
kind: DataContract
id: payments
version: 1.0.0
status: active
schema:
  - name: payments
    properties:
      - {name: citizen_id, physicalName: 身份证号, logicalType: string, primaryKey: true,
         customProperties: [{property: kind, value: citizen_id}], quality: [{metric: invalidValues, mustBe: 0}]}
      - {name: serial, physicalName: 流水号, logicalType: string, unique: true, logicalTypeOptions: {pattern: '^P[0-9]{3}$'}}
      - {name: subsidy, physicalName: 补贴类型, logicalType: string, required: true, customProperties: [{property: kind, value: text}],
         quality: [{metric: invalidValues, mustBe: 0, arguments: {validValues: [护理, 生活]}}]}
      - {name: amount_fen, physicalName: 金额, logicalType: number, logicalTypeOptions: {minimum: 0, maximum: 1},
         customProperties: [{property: kind, value: money}, {property: unit, value: 万元}]}
      - {name: village, physicalName: 村, logicalType: string, logicalTypeOptions: {maxLength: 4},
         quality: [{metric: missingValues, mustBe: 0}]}
      - {name: applied_on, physicalName: 申请日期, logicalType: date, customProperties: [{property: kind, value: date}]}
      - {name: stopped_on, physicalName: 停发日期, logicalType: date, customProperties: [{property: kind, value: date}]}
    quality:
      - {type: custom, engine: casebook, name: in_order, implementation: stopped_on >= applied_on, description: 停发早于申请。}
      - {type: custom, engine: casebook, name: not_before_law, implementation: "applied_on >= '2016-01-01'", severity: error}
slaProperties:
  - {property: freshness, value: 31, unit: d, element: stopped_on}
customProperties:
  - {property: fillRates, value: {village: 0.9}}
"""
GOOD = {
    "citizen_id": "11010519491231002X", "serial": "P001", "subsidy": "护理", "amount_fen": "0.5", "village": "前村",
    "applied_on": "2024-01-01", "stopped_on": "2024-06-30",
}  # fmt: skip


@pytest.fixture
def contract(tmp_path):
    path = tmp_path / "payments.odcs.yaml"
    path.write_text(TEXT, encoding="utf-8")
    return load(path)


@pytest.fixture
def part(contract):
    headers = {column.name: column.headers[0] for column in contract.columns}
    return FilePart("a.csv", "0" * 64, "", 1, "utf-8", headers, {}, 0, 0, 0)


def batch(*rows, part=0, first=2):
    """Rows that are good but for what is given, from physical row 2 on."""
    said = [GOOD | {"serial": f"P{first + at:03}"} | row for at, row in enumerate(rows)]
    frame = pl.DataFrame(said, schema=dict.fromkeys(GOOD, pl.String))
    numbers = pl.Series("row", range(first, first + len(rows)), dtype=pl.UInt32)
    return frame.with_columns(pl.lit(part, pl.UInt32).alias("part"), numbers)


FLAGS = [
    ({"citizen_id": "110105194912310021"}, "citizen_id", "value.unreadable"),
    ({"citizen_id": "1.1E+17"}, "citizen_id", "value.unreadable"),
    ({"serial": "P1"}, "serial", "value.pattern"),
    ({"serial": "P００1x"}, "serial", "value.pattern"),
    ({"subsidy": "其他"}, "subsidy", "value.enum"),
    ({"amount_fen": "1.000001"}, "amount_fen", "value.range"),
    ({"amount_fen": "-1元"}, "amount_fen", "value.range"),
    ({"village": "很长的村名"}, "village", "value.length"),
    ({"village": ""}, "village", "value.missing"),
    ({"village": "暂无"}, "village", "value.missing"),
    ({"stopped_on": "2023-12-31"}, "stopped_on", "rule.in_order"),
]  # fmt: skip


@pytest.mark.parametrize(("row", "column", "code"), FLAGS)
def test_one_fault_is_one_finding(contract, part, row, column, code):
    given = batch({}, row, {})
    assert checks.compiled(contract).flagged(given, part).rows() == [(3, column, code)]
    assert checks.compiled(contract).refused(given, part).rows() == []


@pytest.mark.parametrize(
    "row",
    [
        {"serial": "'P001 "}, {"serial": "P００1"}, {"subsidy": " 護理"}, {"amount_fen": "1"}, {"amount_fen": "10000元"},
        {"amount_fen": ""}, {"amount_fen": "暂无"}, {"amount_fen": "若干"}, {"citizen_id": None}, {"stopped_on": "不详"},
        {"stopped_on": "长期"}, {"applied_on": "2024年1月1日"},
    ],
)  # fmt: skip
def test_what_is_good_or_unknown_is_no_finding(contract, part, row):
    assert checks.compiled(contract).flagged(batch(row), part).rows() == []
    assert checks.compiled(contract).refused(batch(row), part).rows() == []


def test_a_row_is_told_every_reason(contract, part):
    row = {"serial": "x", "subsidy": "其他", "amount_fen": "2", "village": "很长的村名", "stopped_on": "2000-01-01"}
    found = checks.compiled(contract).flagged(batch(row), part)
    assert found["code"].to_list() == ["value.pattern", "value.enum", "value.range", "value.length", "rule.in_order"]
    assert found["row"].to_list() == [2] * 5


def test_errors_reject_and_required_is_one(contract, part):
    given = batch({"subsidy": "无"}, {"applied_on": "2015-12-31"}, {"subsidy": None}, {})
    assert checks.compiled(contract).refused(given, part).rows() == [
        (2, "subsidy", "value.missing"),
        (4, "subsidy", "value.missing"),
        (3, "applied_on", "rule.not_before_law"),
    ]
    assert checks.compiled(contract).flagged(given, part).rows() == []


def test_a_rule_on_a_column_the_file_has_not_is_not_asked(contract, part):
    headers = {name: text for name, text in part.headers.items() if name not in {"village", "stopped_on"}}
    lacking = FilePart("a.csv", "0" * 64, "", 1, "utf-8", headers, {}, 0, 0, 0)
    given = batch({"village": None, "stopped_on": None, "serial": "x"})
    assert checks.compiled(contract).flagged(given, lacking).rows() == [(2, "serial", "value.pattern")]


def test_numbers_count_in_the_unit_of_their_own_file(contract, part):
    in_yuan = FilePart("a.csv", "0" * 64, "", 1, "utf-8", part.headers, {"amount_fen": "元"}, 0, 0, 0)
    given = batch({"amount_fen": "10000"}, {"amount_fen": "10000.01"})
    assert checks.compiled(contract).flagged(given, in_yuan).rows() == [(3, "amount_fen", "value.range")]


def test_a_batch_without_rows_has_no_findings(contract, part):
    assert checks.compiled(contract).flagged(batch().clear(), part).rows() == []


def test_a_contract_without_rules_finds_nothing(part):
    bare = Contract("a", "", "", "", "1", "", (Column("serial", ("流水号",)),))
    assert checks.compiled(bare).flagged(batch({"serial": "x"}), part).rows() == []


def test_sentences_of_own_rules_stand_beside_those_of_intake(contract):
    said = checks.compiled(contract).sentences("flag")
    assert said["rule.in_order"] == ("停发早于申请。", "停发早于申请。")
    assert {"value.enum", "value.not_unique", "reference.missing"} <= said.keys()
    codes = {rule.code for rule in contract.rules.rows if rule.is_error}
    assert codes <= checks.compiled(contract).sentences("reject").keys()


def test_cells_tell_filled_blank_placeholder_and_unreadable_apart():
    column = Column("paid_on", ("日期",), kind="date")
    given = pl.DataFrame({"paid_on": ["2024-01-01", " ", None, "暂无", "不是日期"], "part": [0] * 5, "row": range(5)})
    frame = cells(given, [column], [], {})
    assert frame["paid_on" + STATE].to_list() == [0, 1, 1, 2, 3]
    assert frame["paid_on" + DOUBT].to_list() == [False, False, False, False, True]
    assert frame["paid_on"].null_count() == 4


def test_cells_are_read_only_where_they_are_asked(contract):
    columns = {column.name: column for column in contract.columns}
    frame = cells(batch({"village": "无"}), [columns["applied_on"]], [columns["village"]], {})
    assert frame.columns == ["part", "row", "applied_on", "applied_on|state", "applied_on|doubt", "village|state"]


ROOT = Path(__file__).parents[2]
SAMPLES = sources.load(ROOT / "tests" / "samples" / "sources.yml")
COMMITTED = load_all(ROOT / "data_contracts")
PLANTED = {
    "civil_subsidy_payments": {
        ("certificate_no", "rule.certificate_of_the_person"),  # a child paid under its guardian's id
        ("citizen_id", "value.unreadable"),  # digits lost in the office's workbook, check digits that fail
    }
}


@pytest.mark.parametrize("contract_id", sorted(SAMPLES.sources))
def test_rules_of_the_committed_contracts_find_in_the_samples_what_was_planted(contract_id):
    known = COMMITTED[contract_id]
    dataset, _ = intake.read(known, SAMPLES.files(contract_id))
    asked, watch = checks.compiled(known), checks.compiled(known).begin()
    found = set()
    for number, part in enumerate(dataset.parts):
        rows = dataset.frame.filter(pl.col("part") == number)
        assert asked.refused(rows, part).is_empty()
        found |= set(watch.see(rows, part).select("column", "code").rows())
    assert found == PLANTED.get(contract_id, set())
    assert watch.low_fill(known) == {}
