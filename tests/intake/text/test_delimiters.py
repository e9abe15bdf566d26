import pytest

from casebook.errors import SourceError
from casebook.intake.contract import Column, Contract
from casebook.intake.text import delimiters

HEADER = "姓名,身份证号,乡镇,金额"
GOOD = "张三,1,柳湾镇,10"


def chosen(contract, *lines):
    return delimiters.choose(contract, list(enumerate(lines, 1)), "a.csv")


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|", "，"])
def test_the_delimiter_is_told_by_the_header(contract, delimiter):
    found = chosen(contract, "标题", *(line.replace(",", delimiter) for line in (HEADER, GOOD, GOOD)))
    assert (found.delimiter, found.found, found.consistency) == (delimiter, 4, 1.0)


def test_the_full_width_comma_counts_only_when_every_row_has_as_many(contract):
    lines = [line.replace(",", "，") for line in (HEADER, GOOD, "张三,1,镇,村,10")]
    assert chosen(contract, *lines).header is None


def test_a_delimiter_within_cells_is_none(contract):
    found = chosen(contract, HEADER, "张三,1,镇;村|组,10", "李四;王五,2,镇;村,10")
    assert found.delimiter == ","


def test_headers_found_by_more_than_one_delimiter_are_settled_by_the_rows(contract):
    found = chosen(contract, "姓名;身份证号|姓名,身份证号,金额", "1;2|3,4,5", "1;2|3,4,5")
    assert found.delimiter == ","
    with_equal = chosen(contract, "姓名,身份证号,x;姓名;身份证号", "张三,1,x;y", "李四,2,x;y;z")
    assert with_equal.delimiter == ","


def test_two_delimiters_that_do_equally_well_are_refused(contract):
    with pytest.raises(SourceError) as caught:
        chosen(contract, "姓名,身份证号,x;姓名;身份证号", "张三,1,x;y;z", "李四,2,x;y;z")
    assert caught.value.code == "delimiter.ambiguous"
    assert "comma" in caught.value.en
    assert "semicolon" in caught.value.en


def test_one_column_has_no_delimiter_to_dispute():
    contract = Contract("p", "", "", "", "1", "", (Column("name", ("姓名",), header_required=True),))
    assert chosen(contract, "姓名", "张三", "李四").found == 1


def test_rows_cut_otherwise_than_the_header_are_refused(contract):
    with pytest.raises(SourceError) as caught:
        chosen(contract, HEADER, *[GOOD.replace(",", "\t")] * 2)
    assert caught.value.code == "delimiter.of_rows"


@pytest.mark.parametrize(
    ("line", "told"),
    [("sep=;", ";"), ('"SEP=|"', "|"), ("sep=\t", "\t"), ("sep=", None), ("sep=;;", None), (HEADER, None)],
)
def test_a_declared_delimiter(line, told):
    assert delimiters.declared(line) == told


def test_more_than_two_thousand_columns_are_refused(contract):
    with pytest.raises(SourceError) as caught:
        chosen(contract, ",".join([HEADER, *["x"] * 1_997]), "1")
    assert caught.value.code == "columns.many"
    assert chosen(contract, ",".join([HEADER, *["x"] * 1_996]), "1").found == 4
