"""What holds for each kind of quantity, whatever comes in."""

from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casebook.measure import area, dates, money, numbers

KINDS = {"number": numbers, "money": money, "area": area, "date": dates}
ALPHABETS = {
    "number": "0123456789.,-+%eE()万亿千百十〇零一二三四五点半负壹贰叁拾佰仟分之人 ",
    "money": "0123456789.,-¥万亿千百十一二三元角分整零壹贰叁拾佰仟人民币（大写）： ",
    "area": "0123456789.,-亩公顷平方米分㎡m2万一二三半 ",
    "date": "0123456789-/.年月日至起号 :T民国农历闰正初廿〇一二三十贰零拾癸卯JanMay",
}
# Surrogates cannot be stored in any column of text.
ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
shown = {"number": numbers.compact, "money": money.compact, "area": area.compact, "date": dates.compact}


def any_of(kind):
    return st.one_of(ANY_TEXT, st.text(ALPHABETS[kind], max_size=16), st.none())


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=150, deadline=None)
@given(st.data())
def test_as_many_rows_out_as_in_each_with_a_value_or_a_reason(kind, data):
    texts = data.draw(st.lists(any_of(kind), max_size=6))
    found = KINDS[kind].clean(pl.Series(texts, dtype=pl.String))
    assert found.height == len(texts)
    assert (found["value"].is_null() == found["problem"].is_not_null()).all()


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_cleaned_value_cleans_to_itself(kind, data):
    once = shown[kind](data.draw(any_of(kind)) or "")
    assert shown[kind](once) == once


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("sign", ["1", "万", "一", "-", "年", " ", "\x00", "🀄"])
def test_very_long_cells_are_refused(kind, sign):
    found = KINDS[kind].clean(pl.Series([sign * 100_000])).row(0, named=True)
    assert (found["value"], found["problem"] is not None) == (None, True)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(dates.FORMS), st.text(ALPHABETS["date"], max_size=16))
def test_every_form_answers_every_text(form, text):
    found = dates.clean(pl.Series([text]), form).row(0, named=True)
    assert (found["value"] is None) == (found["problem"] is not None)


@settings(max_examples=150, deadline=None)
@given(st.integers(1, 10**12))
def test_order_of_rows_and_company_change_nothing(fen):
    text = money.show(fen)
    alone = money.clean(pl.Series([text]))["value"].item()
    among = money.clean(pl.Series(["壹拾元整", text, "流拍", None, "12元5角", "三点五万元"]))["value"].to_list()
    assert (alone, among) == (fen, [1_000, fen, None, None, 1_250, 3_500_000])


@settings(max_examples=150, deadline=None)
@given(st.dates(date(1912, 1, 1), date(2098, 12, 30)))
def test_a_day_reads_alike_in_every_dress(day):
    republic, letters = day.year - 1911, day.strftime("%d-%b-%Y")
    texts = [
        f"民國{republic}年{day.month}月{day.day}日",
        letters,
        f"{day:%Y-%m-%d}起",
        f"{day.year}、{day.month}、{day.day}",
        f"出生日期：{day:%Y%m%d}",
    ]
    assert set(dates.clean(pl.Series(texts))["value"]) == {day}
    assert dates.clean(pl.Series([f"{republic}.{day.month}.{day.day}"]), "roc")["value"].item() == day
