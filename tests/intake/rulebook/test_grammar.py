"""The small language: what it takes, and a corpus of hostile texts it refuses without touching a file."""

import pytest

from casebook.errors import ContractError
from casebook.intake.contract import Column
from casebook.intake.rulebook import grammar, predicates, tree
from casebook.intake.rulebook.grammar import parse
from casebook.intake.rulebook.tree import Both, Compare, IsNull, Member, Name, Not, Number, Sum, Text

COLUMNS = ("a", "b", "state")
SECRET = "sentinel_header_of_a_secret_file"


def deep(levels):
    return "(" * levels + "a = 1" + ")" * levels


HOSTILE = {
    "sql": "(SELECT * FROM read_csv('{file}') LIMIT 1) = 'x'",
    "read_csv": "read_csv('{file}') = 'x'",
    "scan": "scan_csv('{file}') = 'x'",
    "exists": "EXISTS (SELECT 1 FROM '{file}')",
    "in select": "a IN (SELECT x FROM '{file}')",
    "from": "a = 1 FROM '{file}'",
    "table": "a = '{file}'.x",
    "union": "a = 1 UNION SELECT 2",
    "semicolon": "a = 1; DROP TABLE x",
    "comment": "a = 1 -- x",
    "block comment": "a = /* x */ 1",
    "attribute": "a.__class__ = 1",
    "dunder": "__import__('os').system('id') = 1",
    "import": "import os",
    "lambda": "(lambda: 1)() = 1",
    "eval": "eval('1') = 1",
    "open": "open('{file}') = 'x'",
    "exec": "exec('x') = 1",
    "subscript": "a[0] = 1",
    "list": "[1][0] = a",
    "dict": "{{'a': 1}} = a",
    "format": "f'{{a}}' = 'x'",
    "double quotes": 'a = "x"',
    "backtick": "`a` = 1",
    "assignment": "a := 1",
    "double equals": "a == 1",
    "bit operation": "a | b = 1",
    "power": "a ** b = 1",
    "modulo": "a % 2 = 0",
    "shell": "$(cat {file}) = 'x'",
    "variable": "$HOME = 'x'",
    "url": "http_get('http://example.org') = 'x'",
    "unknown column": "password = 'x'",
    "wildcard": "* = 1",
    "case": "CASE WHEN a = 1 THEN 2 END = 2",
    "cast": "CAST(a AS INT) = 1",
    "colon cast": "a::int = 1",
    "like": "state LIKE '%x%'",
    "regex": "regexp_like(state, '(a+)+$')",
    "open quote": "state = 'x",
    "open bracket": "(a = 1",
    "closed bracket": "a = 1)",
    "nul": "a = 1\x00",
    "full width": "ａ ＝ 1",
    "exponent": "a = 1e308",
    "hex": "a = 0xff",
    "huge number": "a = 9999999999999999",
    "fine number": "a = 0.12345678901",
    "nan": "a = NaN",
    "null": "a = NULL",
    "chained": "1 < a < 3 < 4",
    "empty": "",
    "blank": "   ",
    "long": "a = 1" + " " * 500,
    "deep": deep(21),
    "deep not": "NOT " * 30 + "a = 1",
    "deep minus": "a = " + "- " * 30 + "1",
    "deep sum": "a = " + "+".join(["1"] * 40),
    "deep call": "abs(" * 30 + "a" + ")" * 30 + " = 1",
    "many arguments": "coalesce(a,a,a,a,a,a,a,a,a) = 1",
    "no argument": "length() = 1",
}  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_is_refused_and_no_file_is_opened(text, tmp_path):
    secret = tmp_path / "secret.csv"
    secret.write_text(f"{SECRET},x\n1,2\n")
    with pytest.raises(ContractError) as caught:
        parse(text.format(file=secret) if "{" in text else text, COLUMNS)
    assert SECRET not in str(caught.value)


def test_words_bind_not_before_and_before_or():
    a, b = Compare("=", Name("a"), Number("1")), Compare("=", Name("b"), Number("2"))
    assert parse("a = 1 OR NOT b = 2 AND a = 1", COLUMNS) == Both("OR", (a, Both("AND", (Not(b), a))))
    assert parse("(a = 1 or b = 2) and a = 1", COLUMNS) == Both("AND", (Both("OR", (a, b)), a))


def test_products_bind_before_sums_and_sums_from_the_left():
    assert parse("a - 1 - b * 2 = 0", COLUMNS) == Compare(
        "=", Sum("-", Sum("-", Name("a"), Number("1")), Sum("*", Name("b"), Number("2"))), Number("0")
    )


def test_in_between_and_null_may_be_negated():
    assert parse("state NOT IN ('x', 'y''z')", COLUMNS) == Not(Member(Name("state"), (Text("x"), Text("y'z"))))
    assert parse("a IS NOT NULL", COLUMNS) == Not(IsNull("a"))
    assert parse("a <> 1", COLUMNS) == Compare("!=", Name("a"), Number("1"))


def test_twenty_levels_and_five_hundred_characters_are_allowed():
    assert parse(deep(20), COLUMNS) == Compare("=", Name("a"), Number("1"))
    assert isinstance(parse("a = 1" + " " * 495, COLUMNS), Compare)


def test_names_are_told_in_the_order_of_their_mention():
    assert tree.names(parse("b = 1 AND (a IS NULL OR left(state, 2) = 'x' OR b = a)", COLUMNS)) == ("b", "a", "state")


def test_what_is_unknown_is_answered_with_what_is_known():
    with pytest.raises(ContractError, match="there is no column 'c'; the contract has a, b, state"):
        parse("c = 1", COLUMNS)
    with pytest.raises(ContractError, match="there is no function 'len'; there are length, lower"):
        parse("len(state) = 1", COLUMNS)
    with pytest.raises(ContractError, match="'AND' is expected where the end stands"):
        parse("a BETWEEN 1", COLUMNS)


def test_every_function_has_a_meaning():
    assert set(grammar.FUNCTIONS) == set(predicates._FUNCTIONS)
    with pytest.raises(ContractError, match="reads no column"):
        predicates.compiled(parse("1 = 1", COLUMNS), {"a": Column("a", ("甲",))})
