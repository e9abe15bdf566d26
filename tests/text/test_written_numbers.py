import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casebook.text import numeral_grammar, numeral_table, written_numbers
from casebook.text.numeral_grammar import SIGNS, End

CAPITALS = "零壹贰叁肆伍陆柒捌玖"


def read(text, *, are_amounts=False):
    return written_numbers.read(pl.Series([text], dtype=pl.String), are_amounts=are_amounts).row(0)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("一千零五", (1005, "number")),
        ("三万五", (35000, "clipped")),
        ("三四万", (None, "bad")),
        ("二〇二三", (2023, "number")),
        ("一二三四五六七八九一二三四五六七八九一", (None, "large")),
        ("", (None, "bad")),
        (None, (None, "bad")),
        ("一\n二", (None, "bad")),
        ("一" * 100, (None, "bad")),
    ],
)
def test_numbers_end_in_what_they_are(text, found):
    assert read(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("壹元零伍分", (105, "amount")),
        ("伍角", (50, "amount")),
        ("壹佰", (10_000, "number")),
        ("叁万伍元", (None, "doubtful")),
        ("壹元零伍角", (None, "bad")),
        ("壹贰叁元", (None, "bad")),
        ("元", (None, "bad")),
    ],
)
def test_amounts_count_fen(text, found):
    assert read(text, are_amounts=True) == found


def test_rows_of_any_length_keep_their_order():
    texts = ["三", None, "一亿零三十万", "", "坏", "十"]
    assert written_numbers.read(pl.Series(texts))["whole"].to_list() == [3, None, 100_300_000, None, None, 10]
    assert written_numbers.read(pl.Series([], dtype=pl.String)).height == 0


def in_capitals(fen):
    """An independent writer: 元 in sections of four places, then 角 and 分."""
    said, yuan = "", fen // 100
    for power, name in ((8, "亿"), (4, "万"), (0, "")):
        part, words = yuan // 10**power % 10**4, ""
        for place, unit in ((3, "仟"), (2, "佰"), (1, "拾"), (0, "")):
            digit = part // 10**place % 10
            words += CAPITALS[digit] + unit if digit else ("零" if words and words[-1] != "零" else "")
        words = words.rstrip("零")
        if words:
            said += ("零" if said and part < 1000 else "") + words + name
    coins = (CAPITALS[fen // 10 % 10] + "角" if fen // 10 % 10 else "") + (
        CAPITALS[fen % 10] + "分" if fen % 10 else ""
    )
    gap = "零" if said and coins and not fen // 10 % 10 else ""
    return (said + "元" if said else "") + gap + coins if coins else said + "元整"


@settings(max_examples=200, deadline=None)
@given(st.integers(1, 10**14 - 1))
def test_every_written_amount_is_read_back(fen):
    assert read(in_capitals(fen), are_amounts=True) == (fen, "amount")


@settings(max_examples=200, deadline=None)
@given(st.integers(11, 10**14 - 1), st.data())
def test_two_signs_exchanged_never_read_as_the_same_amount_under_a_clear_form(fen, data):
    """An amount with its signs disordered is refused or another amount: never the old one by accident."""
    text = in_capitals(fen)
    place = data.draw(st.integers(0, len(text) - 2))
    other = text[:place] + text[place + 1] + text[place] + text[place + 2 :]
    # 整 and 零 carry no amount: 壹拾零元壹分 is what a careless hand makes of 壹拾元零壹分.
    if other != text and not {"整", "零"} & set(text[place : place + 2]):
        assert read(other, are_amounts=True)[0] != fen


@settings(max_examples=200, deadline=None)
@given(st.text("".join(SIGNS) + "x", max_size=20))
def test_the_column_reads_as_the_grammar_says_sign_by_sign(text):
    state, total = numeral_grammar.STARTS[1], 0
    for sign in ("\n" + text.replace("\n", ""))[::-1]:
        known = {"拾": "十"}.get(sign, sign)
        state, worth = numeral_grammar.left_of(state, known) if not isinstance(state, End) else (state, 0)
        total += worth
    is_good = state in (End.NUMBER, End.CLIPPED, End.AMOUNT)
    expected = total if is_good else None
    assert read(text.replace("\n", ""), are_amounts=True) == (expected, state.name.lower())


def test_every_state_of_the_table_comes_to_an_end():
    table = numeral_table.table()
    ends = table.following.reshape(-1, numeral_table.WIDTH)[:, 0] // numeral_table.WIDTH
    assert (ends < len(End)).all()
