import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.errors import ParameterError
from casebook.measure import money


def clean(text, unit="元"):
    return money.clean(pl.Series([text], dtype=pl.String), unit).row(0, named=True)


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("44523万元", 44_523_000_000),
        ("25000.0000万元", 25_000_000_000),
        ("（大写）壹拾贰万叁仟肆佰伍拾陆元柒角捌分", 12_345_678),
        ("人民币（大写）：壹仟元整", 100_000),
        ("人民币壹拾元正", 1_000),
        ("壹拾元整", 1_000),
        ("壹佰万元整", 100_000_000),
        ("壹仟元零角零分", 100_000),
        ("壹元零伍分", 105),
        ("叁万零伍元整", 3_000_500),
        ("负壹佰元伍角", -10_050),
        ("伍角整", 50),
        ("12元5角3分", 1_253),
        ("3万5千元", 3_500_000),
        ("1.5亿元", 15_000_000_000),
        ("12,345.67", 1_234_567),
        ("１２，３４５．６７", 1_234_567),
        ("¥12.5", 1_250),
        ("￥-12.50", -1_250),
        ("-150.00", -15_000),
        ("(1,234.50)", -123_450),
        ("150.0", 15_000),
        ("150.1000", 15_010),
        ("12 元", 1_200),
        ("0", 0),
        ("1234.5600000000002", 123_456),
    ],
)
def test_amounts_are_whole_fen(text, fen):
    assert (clean(text)["value"], clean(text)["problem"]) == (fen, None)


@pytest.mark.parametrize(
    ("text", "unit", "fen"),
    [
        ("1.5", "万元", 1_500_000),
        ("1.5", "亿元", 15_000_000_000),
        ("150元", "万元", 15_000),
        ("2万", "万元", 2_000_000),
        ("5", "分", 5),
        ("5", "角", 50),
    ],
)
def test_unit_in_the_cell_wins_over_the_header(text, unit, fen):
    assert clean(text, unit)["value"] == fen


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (None, "blank"),
        ("", "blank"),
        ("暂无", "placeholder"),
        ("流拍", "no_sale"),
        ("12万元/亩", "unreadable"),
        ("约12万元", "unreadable"),
        ("$12", "unreadable"),
        ("元", "unreadable"),
        ("12.5元5角", "unreadable"),
        ("三万五元", "ambiguous"),
        ("1.005", "finer_than_fen"),
        ("0.001", "finer_than_fen"),
        ("1.23E+08", "scientific"),
        ("12345678901234567.89", "too_large"),
        ("99999999999999999999", "too_large"),
    ],
)
def test_what_is_no_amount_has_a_reason(text, problem):
    assert (clean(text)["value"], clean(text)["problem"]) == (None, problem)


def test_finer_than_a_fen_depends_on_the_unit():
    assert clean("12.34567万元")["value"] == 12_345_670
    assert clean("12.3456789万元")["problem"] == "finer_than_fen"


@pytest.mark.parametrize(
    ("text", "repair"),
    [
        ("12", None),
        ("壹元", "chinese_numerals"),
        ("1万元", "unit"),
        ("１元", "full_width"),
        ("0.30000000000000004", "float_tail"),
    ],
)
def test_what_was_read_rather_than_copied_is_said(text, repair):
    assert clean(text)["repair"] == repair


@pytest.mark.parametrize(
    ("text", "unit", "repair"),
    [
        ("150元", "万元", "unit_in_cell"),
        ("1.5亿元", "万元", "unit,unit_in_cell"),
        ("壹佰元整", "万元", "chinese_numerals,unit_in_cell"),
        ("1.5万元", "万元", "unit"),
        ("2万", "万元", "unit"),
        ("1.5", "万元", None),
        ("1.5万元", "元", "unit"),
        ("5角", "角", None),
    ],
)
def test_a_cell_that_names_another_scale_than_the_header_is_said(text, unit, repair):
    assert clean(text, unit)["repair"] == repair


def test_unknown_unit_is_refused():
    with pytest.raises(ParameterError, match="美元"):
        clean("1", "美元")


def test_yuan_are_written_with_two_decimals():
    fen = pl.Series("amount", [8_000_000, -5, 0, None])
    assert money.to_yuan(fen).to_list() == ["80000.00", "-0.05", "0.00", None]


@given(st.integers(-(10**15), 10**15))
def test_every_amount_of_fen_is_read_back(fen):
    assert clean(money.show(fen))["value"] == fen


@given(st.lists(st.text(), max_size=5))
def test_no_text_raises(texts):
    assert money.clean(pl.Series(texts, dtype=pl.String)).height == len(texts)


@given(st.text(alphabet="0123456789.,-万元角分壹贰拾整 ", max_size=10))
def test_compact_amounts_stay_as_they_are(text):
    once = money.compact(text)
    assert money.compact(once) == once
