import polars as pl
import pytest

from casebook.intake.drafting.guess import Guess, kind_of


@pytest.mark.parametrize(
    ("header", "values", "guessed"),
    [
        ("证件", ["11010519491231002X", "暂无", None], Guess("citizen_id")),
        ("信用代码", ["91350100M000100Y43", "91110000101623741K"], Guess("organisation_code")),
        ("证号", ["11010519491231002X12"], Guess("disability_certificate")),
        ("到期", ["2024-01-01", "2024年2月3日", "长期"], Guess("date")),
        ("所属月份", ["2024年1月", "202402"], Guess("date", form="month")),
        ("发放金额", ["1,200.00", "-5", "0.5"], Guess("money", "元")),
        ("成交价(万元)", ["12", "3.5"], Guess("money", "万元")),
        ("实测面积", ["12.5", "3"], Guess("area", "平方米")),
        ("地块(亩)", ["12.5", "3"], Guess("area", "亩")),
        ("人口", ["3", "4"], Guess("number")),
        ("序列", ["0012", "0013"], Guess(None)),
        ("银行账号", ["6222000011112222333"], Guess(None)),
        ("联系人", ["张三", "李四"], Guess("person_name")),
        ("企业名称", ["某公司"], Guess("firm_name")),
        ("坐落", ["前村"], Guess("address")),
        ("决定书文号", ["某"], Guess("document_number")),
        ("备注", ["好", "不好"], Guess("text")),
        ("空列", [None, None], Guess("text")),
        ("到期", ["2024-01-01"] * 8 + ["甲", "乙", "丙"], Guess("text")),
    ],
)
def test_content_first_then_words(header, values, guessed):
    assert kind_of(header, pl.Series(values, dtype=pl.String)) == guessed
