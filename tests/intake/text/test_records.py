import pytest

from casebook.intake.text.records import MAX_FIELD, MAX_LINE, each, fitted, joined


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
        ['"a', "x" * MAX_FIELD, '",b'],
    ],
)
def test_a_quote_that_does_not_close_soundly_is_a_fault_of_one_line(lines):
    record = joined(1, lines, ",", width=2)
    assert (record.span, record.fault, record.raw) == (1, "quote.open", lines[0])


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("x" * MAX_FIELD + ",b", None),
        ("x" * (MAX_FIELD + 1) + ",b", "field.long"),
        ("好" * (MAX_FIELD // 3 + 1) + ",b", "field.long"),
        ('"' + "x" * (MAX_FIELD + 1) + '",b', "field.long"),
        (",".join(["x" * MAX_FIELD] * 17), "line.long"),
    ],
)
def test_a_field_has_at_most_a_mebibyte_and_a_line_sixteen(line, fault):
    assert MAX_LINE == 16 * MAX_FIELD
    record = joined(1, [line], ",")
    assert (record.fault, record.raw) == (fault, line)


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
