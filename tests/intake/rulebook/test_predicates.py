"""What expressions mean over cleaned cells: true, false or unknown; exact; and what does not fit together is refused."""

from datetime import date

import polars as pl
import pytest

from casebook.errors import ContractError
from casebook.intake.cells import cells
from casebook.intake.contract import Column
from casebook.intake.rulebook.grammar import parse
from casebook.intake.rulebook.predicates import compiled

COLUMNS = {
    column.name: column
    for column in (
        Column("paid_fen", ("实缴",), kind="money", unit="元"),
        Column("due_fen", ("应缴",), kind="money", unit="元"),
        Column("price_fen", ("价款",), kind="money", unit="万元"),
        Column("area_dm2", ("面积",), kind="area", unit="平方米"),
        Column("field_dm2", ("地块",), kind="area", unit="亩"),
        Column("share", ("份额",), kind="number"),
        Column("from_on", ("起",), kind="date"),
        Column("until_on", ("止",), kind="date"),
        Column("state", ("状态",), kind="text"),
        Column("code", ("代码",)),
    )
}


def answers(text, **given):
    """What the expression says of rows whose other columns are blank."""
    height = len(next(iter(given.values())))
    batch = pl.DataFrame(
        {name: pl.Series(given.get(name, [None] * height), dtype=pl.String) for name in COLUMNS}
        | {"part": [0] * height, "row": list(range(height))}
    )
    frame = cells(batch, list(COLUMNS.values()), (), {})
    return frame.select(compiled(parse(text, tuple(COLUMNS)), COLUMNS).alias("x"))["x"].to_list()


def test_null_is_unknown_and_unknown_is_neither_true_nor_false():
    given = {"from_on": ["2024-01-02", None, "暂无", "胡写"], "until_on": ["2024-01-01"] * 4}
    assert answers("until_on >= from_on", **given) == [False, None, None, None]
    assert answers("NOT until_on >= from_on", **given) == [True, None, None, None]
    assert answers("until_on >= from_on OR code IS NULL", **given) == [True] * 4
    assert answers("until_on >= from_on AND code IS NOT NULL", **given) == [False] * 4


def test_a_placeholder_is_no_value_and_an_unreadable_cell_is_unknown():
    assert answers("from_on IS NULL", from_on=["2024-01-01", "", "/", "胡写"]) == [False, True, True, None]


def test_money_is_compared_in_whole_fen_in_the_unit_of_the_contract():
    assert answers("paid_fen >= 0.01", paid_fen=["0.01", "0", "-1"]) == [True, False, False]
    assert answers("price_fen BETWEEN 1 AND 2", price_fen=["1", "2", "2.000001", "0.999999"]) == [
        True,
        True,
        False,
        False,
    ]
    assert answers("price_fen = 1", price_fen=["10000元", "1万元"]) == [True, True]
    assert answers("paid_fen = due_fen", paid_fen=["9007199254740993"], due_fen=["9007199254740992"]) == [False]


def test_areas_count_in_the_unit_of_the_contract():
    assert answers("field_dm2 >= 3", field_dm2=["3", "2000平方米", "1999.99平方米"]) == [True, True, False]


def test_sums_are_exact_on_whole_fen():
    assert answers("paid_fen + 0.1 = 0.3", paid_fen=["0.2"]) == [True]
    assert answers("paid_fen - due_fen = 0.01", paid_fen=["90000000000000.02"], due_fen=["90000000000000.01"]) == [True]
    assert answers("paid_fen = due_fen * 0.8", paid_fen=["98.76"], due_fen=["123.45"]) == [True]
    assert answers("share + 0.2 = 0.3", share=["0.1"]) == [True]
    assert answers("-paid_fen = 5", paid_fen=["-5"]) == [True]


def test_money_through_an_area_is_yuan_per_square_metre():
    assert answers("price_fen / area_dm2 = 500", price_fen=["100"], area_dm2=["2000"]) == [True]


def test_division_by_zero_and_results_too_large_are_unknown():
    assert answers("paid_fen / due_fen > 1", paid_fen=["1", "3"], due_fen=["0", "2"]) == [None, True]
    large = {"paid_fen": ["90000000000000"], "due_fen": ["90000000000000"]}
    assert answers("paid_fen * 999999999999999 > 0", **large) == [None]
    assert answers("paid_fen + due_fen > 0", **large) == [None]


def test_functions_of_texts_and_days():
    assert answers("length(state) = 2", state=["正常", "非正常", None]) == [True, False, None]
    assert answers("left(code, 2) = 'JY'", code=["JY12", "SC12"]) == [True, False]
    assert answers("lower(code) = 'jy' OR upper(code) = 'SC'", code=["JY", "sc", "x"]) == [True, True, False]
    assert answers("starts_with(code, 'a.') AND ends_with(code, '(')", code=["a.(", "ab("]) == [True, False]
    assert answers("contains_text(state, '注销')", state=["已注销", "正常"]) == [True, False]
    assert answers("year(from_on) = 2024 AND month(from_on) = 2", from_on=["2024-02-29", "2023-02-28"]) == [True, False]
    days = {"from_on": ["2024-02-28", "2024-02-28"], "until_on": ["2024-03-01", "2024-02-27"]}
    assert answers("days_between(from_on, until_on) = 2", **days) == [True, False]
    assert answers("days_between('2024-02-28', from_on) = 0", **days) == [True, True]
    assert answers("abs(paid_fen) <= 5", paid_fen=["-5", "-5.01"]) == [True, False]
    assert answers("coalesce(until_on, from_on) > '2024-01-01'", from_on=["2024-01-02"], until_on=[None]) == [True]
    assert answers("coalesce(paid_fen, 0) = 0", paid_fen=[None, "1"]) == [True, False]


def test_lists_of_texts_days_and_amounts():
    assert answers("state IN ('正常', '注销')", state=["正常", "其他", None]) == [True, False, None]
    assert answers("from_on NOT IN ('2024-01-01')", from_on=["2024年1月1日", "2024-01-02"]) == [False, True]
    assert answers("paid_fen IN (1, 2.5)", paid_fen=["2.50", "3"]) == [True, False]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("from_on > paid_fen", "a date cannot be compared with money"),
        ("from_on > 5", "a date cannot be compared with a number"),
        ("from_on > 'yesterday'", "no day like 2026-03-31"),
        ("state > '正常'", "texts are compared with = and !="),
        ("state = 5", "a text cannot be compared with a number"),
        ("paid_fen > area_dm2", "money cannot be compared with area"),
        ("paid_fen > share", "money cannot be compared with a number"),
        ("paid_fen > 0.001", "finer than a fen"),
        ("field_dm2 > 1", "finer than a fen or 0.01"),
        ("paid_fen + price_fen > 5", "columns of different units"),
        ("from_on + 1 > until_on", "use days_between"),
        ("paid_fen * due_fen > 0", "means nothing here"),
        ("paid_fen * (1 / 0) > 0", "divided by zero"),
        ("share > 999999999999999 * 999999999999999", "too large"),
        ("state", "a condition is expected where a text stands"),
        ("NOT paid_fen", "a condition is expected where money stands"),
        ("(paid_fen > 0) = (due_fen > 0)", "a condition cannot be compared"),
        ("length(paid_fen) > 1", "a text is expected where money stands"),
        ("year(state) = 1", "a date is expected where a text stands"),
        ("starts_with(state, code)", "a text in single quotes"),
        ("left(state, share) = 'x'", "a whole number from 1 to 100"),
        ("abs(state) = 1", "abs takes an amount"),
        ("coalesce(from_on, paid_fen) = 1", "values of one kind and unit"),
        ("coalesce(paid_fen, price_fen) = 1", "values of one kind and unit"),
    ],
)  # fmt: skip
def test_what_does_not_fit_together_is_refused_when_loaded(text, said):
    with pytest.raises(ContractError, match=said):
        compiled(parse(text, tuple(COLUMNS)), COLUMNS)


def test_open_ends_are_after_every_day():
    assert answers("until_on > from_on", until_on=["长期"], from_on=[date(2099, 1, 1).isoformat()]) == [True]


@pytest.mark.parametrize(
    "text", ["2.5 >= 999999999999999 - paid_fen", "1 < coalesce(share, due_fen / paid_fen)", "0 = -paid_fen"]
)
def test_a_literal_on_the_left_is_as_good_as_on_the_right(text):
    nothing = {"paid_fen": ["90000000000000", "90000000000000", None]}
    assert len(answers(text, **nothing)) == 3
    assert answers("1 < paid_fen", paid_fen=["2", "1"]) == answers("paid_fen > 1", paid_fen=["2", "1"]) == [True, False]
