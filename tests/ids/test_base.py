import numpy as np
import polars as pl
import pytest

from casebook.ids import base


def staged(*cells: str | None) -> list[tuple[str | None, str | None, str | None]]:
    return base.stage(pl.Series(cells, dtype=pl.String)).rows()


@pytest.mark.parametrize(
    "cell", [" ab-1", "ab-1\t", "'ab-1", '="AB-1"', "\xa0ab-1\u3000", "a\u200bb-1", "\ufeffAB -\r\n1", "“ab-1”"]
)
def test_trimming_and_capitals_are_no_repair(cell):
    assert staged(cell) == [("AB-1", None, None)]


@pytest.mark.parametrize(
    ("cell", "text", "repair"),
    [
        ("ＡＢ１", "AB1", "full_width"),
        ("123.0", "123", "decimal_tail"),
        ("123.00", "123", "decimal_tail"),
        ("１２３．０", "123", "full_width,decimal_tail"),
    ],
)
def test_repairs_are_named(cell, text, repair):
    assert staged(cell) == [(text, None, repair)]


@pytest.mark.parametrize("cell", ["12.50", "1.5", "V1.0"])
def test_only_a_whole_number_loses_its_decimal_tail(cell):
    assert staged(cell) == [(cell, None, None)]


@pytest.mark.parametrize(
    ("cell", "problem"),
    [
        (None, "blank"),
        ("", "blank"),
        ("\t \u3000\u200b", "blank"),
        ("'", "blank"),
        ("无", "placeholder"),
        ("ＮＵＬＬ", "placeholder"),
        (r"\N", "placeholder"),
        ("n/a", "placeholder"),
        ("—", "placeholder"),
        ("00000000", "placeholder"),
        ("？？", "placeholder"),
        ("3.71421E+17", "digits_lost"),
        ("4e+17", "digits_lost"),
    ],
)
def test_cells_without_identifier_have_no_text(cell, problem):
    assert staged(cell) == [(None, problem, None)]


def test_rows_keep_their_order_and_the_input_is_untouched():
    cells = ["900001A", " b-1 ", None, "ＡＢＣＤＥＦ", "900002A\t"]
    series = pl.Series(cells)
    assert base.stage(series)["text"].to_list() == ["900001A", "B-1", None, "ABCDEF", "900002A"]
    assert series.to_list() == cells


def test_floats_that_print_in_e_notation_have_lost_their_digits():
    assert base.stage(pl.Series([3.71421199001011e17, 1234567.0])).rows() == [
        (None, "digits_lost", None),
        ("1234567", None, "decimal_tail"),
    ]


def test_characters_of_a_sliced_column_are_its_own():
    text = pl.Series(["AB", "CD", "EF"]).slice(1, 2)
    assert base.characters(text, 2).tobytes() == b"CDEF"
    assert base.characters(text.clear(), 2).shape == (0, 2)


def test_places_outside_the_alphabet_are_255():
    table = base.alphabet("0123456789X")
    assert base.places(base.characters(pl.Series(["1X", "?0"]), 2), table).tolist() == [[1, 10], [255, 0]]


def test_within_finds_the_unsound_row():
    assert base.within(np.array([[1, 2], [3, 11]], np.uint8), 10).tolist() == [True, False]
    assert base.within(np.zeros((0, 2), np.uint8), 10).tolist() == []


@pytest.mark.parametrize(
    ("number", "passes"),
    [
        ("330203000030639", True),
        ("330203000030630", False),
        ("13301080111719", True),
        ("07945", True),
        ("07946", False),
    ],
)
def test_mod_11_10(number, passes):
    digits = np.array([[int(digit) for digit in number]], np.uint8)
    assert base.mod_11_10(digits).tolist() == [passes]


def test_amend_appends_to_earlier_repairs():
    frame = pl.DataFrame({"text": ["a", "b"], "problem": [None, None], "repair": ["full_width", None]})
    at = pl.Series([0, 1], dtype=pl.UInt32)
    assert base.amend(frame, at, pl.Series(["x", "y"]), "ocr")["repair"].to_list() == ["full_width,ocr", "ocr"]


def test_flag_leaves_an_earlier_problem_in_place():
    frame = pl.DataFrame({"text": ["a", "b"], "problem": ["length", None], "repair": [None, None]})
    assert base.flag(frame, pl.Series([True, True]), "check_digit")["problem"].to_list() == ["length", "check_digit"]


def test_a_null_in_the_mask_refuses_and_flags_nothing():
    frame = base.stage(pl.Series(["110105", "110106", "110107"]))
    mask = pl.Series([True, None, False])
    assert base.refuse(frame, mask, "length")["text"].to_list() == [None, "110106", "110107"]
    assert base.flag(frame, mask, "length")["problem"].to_list() == ["length", None, None]


@pytest.mark.parametrize("sign", ["\u202e", "\u2066", "\u200e", "\u00ad", "\x85", "\U000e0041"])
def test_a_hidden_sign_is_taken_out_and_told(sign):
    staged = base.stage(pl.Series([f"1101051949{sign}1231002X"]))
    assert staged.row(0, named=True) == {"text": "11010519491231002X", "problem": None, "repair": "hidden_characters"}


@pytest.mark.parametrize("sign", ["\u200b", "\ufeff", "\u3000", "\x07"])
def test_what_exports_leave_behind_is_no_repair(sign):
    assert base.stage(pl.Series([f"1101051949{sign}1231002X"]))["repair"].to_list() == [None]
