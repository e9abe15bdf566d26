import pytest

from casebook.intake.records import MAX_CHARACTERS, each, fitted, joined, one_line_each


@pytest.mark.parametrize(
    ("lines", "fields", "span"),
    [
        (["a,b,c"], ["a", "b", "c"], 1),
        (['"a,1",b,""'], ["a,1", "b", ""], 1),
        (['"a""b",c'], ['a"b', "c"], 1),
        (['5" 屏,b'], ['5" 屏', "b"], 1),
        (['"a', 'b",c'], ["a\nb", "c"], 2),
        (['"a', "", 'b"', "x,y"], ["a\n\nb"], 3),
        (["a\u2028b\x0bc\rd,e"], ["a\u2028b\x0bc\rd", "e"], 1),
        (['"a\u2028b\x0b\rc",d'], ["a\u2028b\x0b\rc", "d"], 1),
        (['x\ry,"z"'], ["x\ry", "z"], 1),
        ([""], [""], 1),
    ],
)
def test_a_record_is_its_fields_and_lines(lines, fields, span):
    record = joined(7, lines, ",")
    assert (record.row, record.fields, record.span, record.fault) == (7, fields, span, None)


@pytest.mark.parametrize(
    "lines",
    [
        ['"a,b', "c,d"],
        ['"a,b', '"c,d'],
        ['"a,b', 'c",d,e,f'],
        ['"a', *["x"] * 200, '",b'],
        ['"a', "x" * MAX_CHARACTERS, '",b'],
    ],
)
def test_a_quote_that_does_not_close_soundly_is_a_fault_of_one_line(lines):
    record = joined(1, lines, ",", width=2)
    assert (record.span, record.fault, record.raw) == (1, "quote.open", lines[0])


def test_an_overlong_line_is_not_parsed():
    assert joined(1, ["x" * (MAX_CHARACTERS + 1)], ",").fault == "field.long"


def test_every_line_belongs_to_one_record():
    lines = list(enumerate(["a,b", '"c', 'd",e', "", '"f,g', "h,i"], 1))
    assert [(record.row, record.span) for record in each(lines, ",")] == [(1, 1), (2, 2), (4, 1), (5, 1), (6, 1)]


@pytest.mark.parametrize(
    ("line", "fields", "fault"),
    [
        ("a,b", ["a", "b"], None),
        ("a", ["a", ""], "row.short"),
        ("a,b,c", ["a", "b"], "row.long"),
        ("a,b, ,", ["a", "b"], None),
    ],
)
def test_a_record_is_fitted_to_the_header(line, fields, fault):
    record = fitted(joined(1, [line], ","), 2)
    assert (record.fields, record.fault) == (fields, fault)


def test_lines_are_parsed_together_only_when_each_is_whole():
    assert one_line_each(['"a",b', 'c,"d"'], ",") == [["a", "b"], ["c", "d"]]
    assert one_line_each(['x"y,"a', 'b",c'], ",") is None
    assert one_line_each(['a\rb,"c"'], ",") is None
