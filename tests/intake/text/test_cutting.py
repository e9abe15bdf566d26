import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casebook.intake.text import cutting, records
from casebook.intake.text.pieces import lines_of
from casebook.intake.text.records import MAX_FIELD


def one_by_one(text, delimiter, width):
    """Every record read on its own: rows with their fields, fault and raw, and the blank rows."""
    lines = [line.removesuffix("\r") for line in text.removesuffix("\n").split("\n")] if text else []
    found, blank, at = [], [], 0
    while at < len(lines):
        record = records.joined(at + 1, lines[at : at + records.MAX_LINES], delimiter, width)
        at += record.span
        if record.is_blank:
            blank.append(record.row)
        else:
            fit = records.fitted(record, width)
            found.append((fit.row, *fit.fields, fit.fault, fit.raw if fit.fault else None))
    return found, blank


def at_once(text, delimiter, width):
    cut = cutting.cut(lines_of(text.encode(), 1), delimiter, width)
    cells = cut.frame.select("row", *(f"f{at}" for at in range(width))).fill_null("").rows()
    faults = cut.frame.select("fault", "raw").rows()
    return [cell + fault for cell, fault in zip(cells, faults, strict=True)], list(cut.blank)


PIECES = ["a", "好", '"', '""', ",", ",", "\n", "\r\n", "\r", " ", '","', '"\n"', "\x00", "b,c\n", '"b","c"\n']


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join), st.integers(1, 4))
@settings(max_examples=300, deadline=None)
def test_cutting_at_once_tells_what_reading_one_by_one_tells(text, width):
    assert at_once(text, ",", width) == one_by_one(text, ",", width)


WRAPPED = ['","', '"\n"', '"', "a", ",", '","', '"\n"', ""]


@given(st.lists(st.sampled_from(WRAPPED), max_size=20).map("".join), st.integers(1, 3), st.sampled_from(["\n", "\r\n"]))
@settings(max_examples=300, deadline=None)
def test_lines_with_quotes_around_every_field_are_told_alike(inner, width, end):
    text = f'"{inner}"\n'.replace("\n", end)
    assert at_once(text, ",", width) == one_by_one(text, ",", width)


@pytest.mark.parametrize("text", ['","\n"a"x"","b"\n', '"a"x"","b"\n","\n', '",","b"\n"a","b"\n'])
def test_a_seam_at_the_end_of_a_line_is_no_seam(text):
    assert at_once(text, ",", 2) == one_by_one(text, ",", 2)


@pytest.mark.parametrize("delimiter", ["\t", ";", "|", "，"])
def test_every_delimiter_is_cut_alike(delimiter):
    text = 'a,"b, x",c\n\n"q ""z""",2,3\n1,2\n'.replace(",", delimiter)
    assert at_once(text, delimiter, 3) == one_by_one(text, delimiter, 3)
    assert [row[1] for row in at_once(text, delimiter, 3)[0]] == ["a", 'q "z"', "1"]


@pytest.mark.parametrize("before", ["", "1,2\n" * 400_000])
def test_an_overlong_field_among_short_ones(before):
    found, _ = at_once(f"{before}{'x' * (MAX_FIELD + 1)},2\n3,4\n", ",", 2)
    row = before.count("\n") + 1
    assert (found[row - 1][0], found[row - 1][3], found[row]) == (row, "field.long", (row + 1, "3", "4", None, None))


def test_a_short_row_and_a_long_one_do_not_make_up_for_each_other():
    found, _ = at_once("1,2,3\n1\n1,2\n", ",", 2)
    assert [(row[0], row[3]) for row in found] == [(1, "row.long"), (2, "row.short"), (3, None)]


def test_rows_above_and_from_a_row_on():
    cut = cutting.cut(lines_of(b"1,2\n\n3,4\n", 7), ",", 2)
    assert (cut.first_since(8), cut.first_since(9), cut.first_since(10)) == (8, 9, None)
    assert (cut.before(9).frame["row"].to_list(), cut.before(9).blank) == ([7], (8,))
