"""Which ODCS words a contract may use, what they become, and that every other is refused with its place."""

import re

import pytest

from casebook.errors import ContractError
from casebook.intake.contract import examined, load
from casebook.intake.rulebook.relations import Freshness, Reference
from casebook.intake.rulebook.rowrule import RowRule
from casebook.intake.rulebook.tree import Both, Call, Compare, IsNull, Match, Member, Name, Not, Number, Readable, Text

BASE = """
apiVersion: v3.1.0
kind: DataContract
id: payments
version: 1.0.0
status: active
schema:
  - name: payments
    properties:
      - name: code
        physicalName: 代码
        logicalType: string
        # code
      - name: state
        physicalName: 状态
        logicalType: string
        customProperties: [{property: kind, value: text}]
        # state
      - name: amount_fen
        physicalName: 金额
        logicalType: number
        customProperties: [{property: kind, value: money}, {property: unit, value: 元}]
        # amount
      - name: paid_on
        physicalName: 日期
        logicalType: date
        customProperties: [{property: kind, value: date}]
        # paid
    # table
# contract
"""


@pytest.fixture
def written(tmp_path):
    """The base contract with lines put where its comments stand."""

    def write(**lines):
        text = BASE
        for place, said in lines.items():
            indent = re.search(rf"^( *)# {place}$", text, re.MULTILINE).group(1)
            text = text.replace(f"{indent}# {place}\n", "".join(f"{indent}{line}\n" for line in said.splitlines()))
        path = tmp_path / "payments.odcs.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


@pytest.fixture
def rules(written):
    return lambda **lines: load(written(**lines)).rules


def item(**said):
    return "quality:\n  - {" + ", ".join(f"{word}: {value}" for word, value in said.items()) + "}"


def own(text, name="own", **more):
    return item(type="custom", engine="casebook", name=name, implementation=f'"{text}"', **more)


def test_a_contract_without_rules_has_none(rules):
    assert (rules().rows, rules().unique, rules().references, rules().freshness) == ((), (), (), None)


def test_required_rejects_and_unique_is_a_set_of_one(rules):
    found = rules(code="required: true\nunique: true")
    assert found.rows == (RowRule("value.missing", "code", Not(IsNull("code")), is_error=True),)
    assert found.unique == (("code",),)


def test_options_of_texts_amounts_and_dates(rules):
    found = rules(
        code="logicalTypeOptions: {pattern: '^[A-Z]{2}$', minLength: 2, maxLength: 2}",
        amount="logicalTypeOptions: {exclusiveMinimum: 0, maximum: 100.5}",
        paid="logicalTypeOptions: {minimum: '2016-01-01'}",
    )
    length = Call("length", (Name("code"),))
    assert [(rule.code, rule.column, rule.node, rule.is_error) for rule in found.rows] == [
        ("value.pattern", "code", Match(Name("code"), "^[A-Z]{2}$"), False),
        (
            "value.length",
            "code",
            Both("AND", (Compare(">=", length, Number("2")), Compare("<=", length, Number("2")))),
            False,
        ),
        (
            "value.range",
            "amount_fen",
            Both(
                "AND",
                (Compare("<=", Name("amount_fen"), Number("100.5")), Compare(">", Name("amount_fen"), Number("0"))),
            ),
            False,
        ),
        ("value.range", "paid_on", Compare(">=", Name("paid_on"), Text("2016-01-01")), False),
    ]


def test_values_are_compared_as_their_kind_cleans_them(rules):
    found = rules(
        state=item(metric="invalidValues", mustBe=0, arguments="{validValues: [正常, '註銷 ']}", severity="error")
    )
    assert found.rows == (
        RowRule("value.enum", "state", Member(Name("state"), (Text("正常"), Text("注销"))), is_error=True),
    )


def test_values_of_a_text_may_look_like_numbers(rules):
    (found,) = rules(code=item(metric="invalidValues", mustBe=0, arguments="{validValues: [1, 2.5, '03']}")).rows
    assert found.node == Member(Name("code"), (Text("1"), Text("2.5"), Text("03")))
    (found,) = rules(amount=item(metric="invalidValues", mustBe=0, arguments="{validValues: [150, 120.5]}")).rows
    assert found.node == Member(Name("amount_fen"), (Number("150"), Number("120.5")))


def test_invalid_values_without_arguments_are_those_its_kind_cannot_read(rules):
    assert rules(paid=item(metric="invalidValues", mustBe=0)).rows == (
        RowRule("value.unreadable", "paid_on", Readable("paid_on")),
    )


def test_missing_values_none_or_a_share(written):
    contract = load(
        written(
            code=item(metric="missingValues", mustBe=0),
            state=item(metric="nullValues", unit="percent", mustBeLessOrEqualTo=5),
        )
    )
    assert contract.rules.rows == (RowRule("value.missing", "code", Not(IsNull("code"))),)
    assert contract.fill_rates == {"state": 0.95}


def test_duplicates_of_a_column_and_of_several(rules):
    found = rules(
        code=item(metric="duplicateValues", mustBe=0),
        table=item(metric="duplicateValues", mustBe=0, arguments="{properties: [state, paid_on]}"),
    )
    assert found.unique == (("code",), ("state", "paid_on"))


@pytest.mark.parametrize(
    ("operator", "value", "counts"),
    [
        ("mustBeBetween", "[10, 20]", (10, 20)),
        ("mustBeGreaterThan", 10, (11, 50_000_000)),
        ("mustBeLessThan", 10, (1, 9)),
        ("mustBe", 7, (7, 7)),
    ],
)
def test_row_counts(written, operator, value, counts):
    contract = load(written(table=item(metric="rowCount", **{operator: value})))
    assert (contract.row_count_min, contract.row_count_max) == counts


def test_a_rule_of_ones_own_has_a_name_and_sentences(rules):
    told = {
        "description": "金额为负。",
        "severity": "error",
        "customProperties": "[{property: english, value: Negative.}]",
    }
    (found,) = rules(table=own("amount_fen >= 0", "not_negative", **told)).rows
    assert (found.code, found.column, found.is_error, found.zh, found.en) == (
        "rule.not_negative", "amount_fen", True, "金额为负。", "Negative.",
    )  # fmt: skip


def test_relations_to_other_tables_and_to_time(rules):
    found = rules(
        code="relationships:\n  - {type: foreignKey, to: shops.shop_id}",
        table="relationships:\n  - {from: payments.state, to: states.state}",
        contract="slaProperties:\n  - {property: freshness, value: 2, unit: m, element: payments.paid_on}\n"
        "  - {property: retention, value: 1, unit: y}",
    )
    assert found.references == (Reference("code", "shops", "shop_id"), Reference("state", "states", "state"))
    assert (found.freshness, found.retention_days) == (Freshness("paid_on", 60), 365)


ENUM = "{validValues: [a]}"
REFUSED = {
    "sql": ({"table": item(type="sql", query="SELECT 1", mustBe=0)}, "the table, quality 1: type sql is not carried out"),
    "text": ({"code": item(type="text", description="looks good")}, "column 'code', quality 1: type text is not carried out"),
    "engine": ({"table": item(type="custom", engine="soda", implementation="x")}, "needs engine: casebook"),
    "nameless": ({"table": item(type="custom", engine="casebook", implementation="code = 'x'")}, "needs a name"),
    "own twice": ({"code": own("code = 'x'"), "table": own("code = 'x'")}, "two rules are named 'own'"),
    "own column": ({"table": own("nobody = 1")}, "there is no column 'nobody'; the contract has code, state, amount_fen, paid_on"),
    "own kinds": ({"table": own("amount_fen > paid_on")}, "money cannot be compared with a date"),
    "severity": ({"code": item(metric="missingValues", mustBe=0, severity="fatal")}, "info, warning, error"),
    "schedule": ({"code": item(metric="missingValues", mustBe=0, schedule="daily")}, "schedule is not carried out"),
    "threshold": ({"code": item(metric="invalidValues", mustBeLessThan=5, arguments=ENUM)}, "with mustBe, not with mustBeLessThan"),
    "some invalid": ({"code": item(metric="invalidValues", mustBe=3, arguments=ENUM)}, "invalidValues is carried out with mustBe: 0"),
    "arguments": ({"code": item(metric="invalidValues", mustBe=0, arguments="{minimum: 3}")}, "validValues or pattern, not minimum"),
    "no values": ({"code": item(metric="invalidValues", mustBe=0, arguments="{validValues: []}")}, "a list of 1 to 1,000"),
    "missing rows": ({"code": item(metric="missingValues", mustBeLessThan=5)}, "unit: percent and mustBeLessOrEqualTo"),
    "share": ({"code": item(metric="missingValues", mustBeLessOrEqualTo=500, unit="percent")}, "between 0 and 100"),
    "fatal twice": ({"code": item(metric="duplicateValues", mustBe=0, severity="error")}, "never rejects a row"),
    "unique of nobody": ({"table": item(metric="duplicateValues", mustBe=0, arguments="{properties: [x]}")}, "do not exist: x"),
    "row count of column": ({"code": item(metric="rowCount", mustBe=3)}, "rowCount belongs to the table"),
    "row count": ({"table": item(metric="rowCount", mustNotBe=3)}, "rowCount is carried out with mustBe or"),
    "misplaced": ({"table": item(metric="missingValues", mustBe=0)}, "missingValues belongs to a column"),
    "nested": ({"state": item(metric="invalidValues", mustBe=0, arguments="{validValues: [[a]]}")}, "texts or numbers only"),
    "pattern": ({"code": r"logicalTypeOptions: {pattern: '^\d+$'}"}, r"column 'code', logicalTypeOptions: the pattern has \d"),
    "format": ({"code": "logicalTypeOptions: {format: email}"}, "format is not carried out for this kind; allowed are maxLength"),
    "multiple": ({"amount": "logicalTypeOptions: {multipleOf: 5}"}, "multipleOf is not carried out"),
    "bound": ({"paid": "logicalTypeOptions: {minimum: yesterday}"}, "no day like 2026-03-31"),
    "fine bound": ({"amount": "logicalTypeOptions: {minimum: 0.001}"}, "finer than a fen"),
    "huge bound": ({"amount": f"logicalTypeOptions: {{minimum: {10**30}}}"}, "15 digits before the point"),
    "enum": ({"code": "enum: [{value: a}]"}, "column 'code': enum is not carried out; allowed are"),
    "transform": ({"code": "transformLogic: x"}, "transformLogic is not carried out"),
    "custom word": ({"code": "customProperties: [{property: headrs, value: [x]}]"}, "headrs is not carried out; allowed are form"),
    "contract word": ({"contract": "customProperties: [{property: rowCountMn, value: 5}]"}, "rowCountMn is not carried out"),
    "type": ({"code": "x: y"}, "does not fit the ODCS v3 schema"),
    "two keys": ({"table": "relationships:\n  - {from: [payments.code], to: [a.b]}"}, "from must be one column"),
    "far key": ({"code": "relationships:\n  - {to: https://example.org/x.yaml#/schema/a}"}, "to must be one other_contract.column"),
    "sla": ({"contract": "slaProperties:\n  - {property: latency, value: 1, unit: d}"}, "latency is not carried out"),
    "sla unit": ({"contract": "slaProperties:\n  - {property: retention, value: 1, unit: fortnights}"}, "unit one of d, m, y"),
    "sla column": ({"contract": "slaProperties:\n  - {property: freshness, value: 1, unit: d, element: code}"}, "of kind date"),
    "sla default": ({"contract": "slaDefaultElement: payments.code"}, "slaDefaultElement is not carried out"),
}  # fmt: skip


@pytest.mark.parametrize(("lines", "said"), REFUSED.values(), ids=REFUSED)
def test_what_is_not_carried_out_is_refused(written, lines, said):
    with pytest.raises(ContractError) as caught:
        load(written(**lines))
    assert said in str(caught.value)
    assert str(caught.value).startswith("payments.odcs.yaml")


def test_all_problems_of_a_contract_are_told_at_once(written):
    lines = {
        "code": "logicalTypeOptions: {pattern: 'a', format: x}",
        "state": item(type="text"),
        "table": own("nobody = 1"),
    }
    contract, problems = examined(written(**lines))
    assert contract is not None
    places = [re.sub(r"^payments.odcs.yaml: (.*?): .*", r"\1", told) for told in problems]
    assert places == ["column 'code', logicalTypeOptions"] * 2 + ["column 'state', quality 1", "the table, quality 1"]
