"""Headers of a delivery that its contract does not know, the nearest known ones, and the line that adds them."""

from datetime import date

import pytest
import yaml

from casebook.batch import header_gaps
from casebook.batch.header_gaps import Gap, Near
from casebook.intake.contract import Column, Contract
from casebook.intake.sources import Source, SourceSet

PAID = Contract(
    "paid", "", "", "", "1", "",
    (
        Column("name", ("姓名", "领取人姓名"), header_required=True, kind="person_name"),
        Column("amount_fen", ("发放金额", "金额(元)"), kind="money", unit="元"),
        Column("township", ("乡镇",), kind="text"),
    ),
)  # fmt: skip


@pytest.fixture
def gaps(tmp_path):
    def find(*texts):
        names = [f"{number}.csv" for number in range(len(texts))]
        for name, text in zip(names, texts, strict=True):
            (tmp_path / name).write_text(text, encoding="utf-8")
        day = date(2026, 4, 2)
        chosen = SourceSet(
            "s", day, tmp_path, {"paid": Source(day, "x", (*names, "gone.csv")), "other": Source(day, "x", ("0.csv",))}
        )
        return list(header_gaps.of(chosen, {"paid": PAID}))

    return find


def test_an_unknown_header_is_told_with_the_nearest_column_and_its_line(gaps):
    (gap,) = gaps("姓名,发放总金额,乡镇\n张三,5,前乡\n")
    assert (gap.contract, gap.file, gap.sheet, gap.header) == ("paid", "0.csv", "", "发放总金额")
    assert gap.nearest[0] == Near("amount_fen", "发放金额", "value: ['金额(元)', '发放总金额']")
    assert str(gap) == (
        "0.csv: paid does not know the header '发放总金额'; nearest is '发放金额' (amount_fen). If it means the same, set in "
        "paid.odcs.yaml, column amount_fen, headers: value: ['金额(元)', '发放总金额']"
    )


def test_a_header_like_none_is_told_without_a_guess(gaps):
    (gap,) = gaps("姓名,乡镇,QQ\n张三,前乡,1\n")
    assert gap == Gap("paid", "0.csv", "", "QQ", ())
    assert str(gap).endswith("'QQ'; it is not read")


def test_known_headers_and_empty_ones_are_no_gaps(gaps):
    assert gaps("姓 名,金额（元）,\n张三,5,\n") == []


def test_a_file_that_cannot_be_read_as_demanded_is_a_sentence(gaps):
    found = gaps("乡镇,发放金额\n前乡,5\n", "")
    assert [type(one) for one in found] == [str, str]
    assert found[0].startswith("paid: 0.csv")
    assert "姓名" in found[0]
    assert "empty" in found[1]


def test_the_line_is_yaml_whatever_the_header():
    column = Column("a", ("甲", "it's"))
    assert yaml.safe_load(header_gaps.synonym_line(column, "乙: #1")) == {"value": ["it's", "乙: #1"]}
