"""What a lead shows as its reasons: grade and rate with their rows, the day a start follows from, who else paid."""

from datetime import date

import narwhals as nw
import polars as pl
import pytest

OTHER, OTHER_CODE = "云州铭洋橡胶制品股份有限公司", "919000013845557688"
PERSON = "900001197001010018"
OTHERS_PLACE = "900001004010GB00774"
YEARS = (2023, 2024, 2025)


def facts(book, year, *names):
    row = next(row for row in book.listed()[1] if row["year"] == year)
    return tuple(row[name] for name in names)


def traced(book):
    """contract, role of the rows cited for the listed holder-years."""
    run = book.run()
    listed = run.judge().filter(pl.col("bin") != "clear")
    found = run.scenario.trace(run.inputs, nw.from_native(listed.lazy()), run.parameters)
    return set(found.select("contract", "role").collect().to_native().rows())


def test_grade_declared_too_low_stands_beside_the_rows_it_is_measured_by(land):
    book = land.right().declared(土地等级="三级", 单位税额="4.80").paid_years(*YEARS, yuan=48000)
    names = ("parcel_grade", "declared_grade", "parcel_rate_fen", "declared_rate_fen", "grade_source", "rate_source")
    rows = ("2: land_grades.csv 900001003 2019-01-01–", "2: rates.csv 900001 2 2019-01-01–")
    assert facts(book, 2023, *names) == (2, 3, 640, 480, *rows)


@pytest.mark.parametrize(
    ("year", "row"),
    [(2024, "3: rates.csv 900001 3 2019-01-01–2024-12-31"), (2025, "3: rates.csv 900001 3 2025-01-01–")],
)
def test_rate_is_cited_as_it_stood_in_the_year(land, year, row):
    book = land.right(宗地代码=OTHERS_PLACE).declared(土地等级="四级", 单位税额="3.20").paid_years(*YEARS, yuan=32000)
    assert facts(book, year, "rate_source") == (row,)


def test_right_declared_truly_shows_no_grade(land):
    assert facts(land.right().declared(), 2023, "parcel_grade", "grade_source") == (None, None)


def test_late_start_shows_hand_over_and_both_months(land):
    book = land.right(使用期限起="2023-09-18").contract(约定交地时间="2023-09-18").declared(初始取得时间="2024-04-22")
    months = (2023 * 12 + 9, 2024 * 12 + 4)
    found = facts(book, 2023, "start_on", "lawful_first_month", "declared_first_month")
    assert found == (date(2023, 9, 18), *months)


def test_late_start_after_the_farmland_year_follows_from_the_approval(land):
    book = land.right(使用期限起="2023-08-01").contract(
        约定交地时间="2023-08-01", 供应方式="划拨", 征收前地类="耕地", 批准时间="2023-06-20"
    )
    book.declared(初始取得时间="2024-11-05").paid_years(2025)
    assert facts(book, 2024, "start_on", "lawful_first_month") == (date(2023, 6, 20), 2024 * 12 + 6)


def test_home_excluded_is_measured_before_its_exemption(land):
    book = land.right("200", 权利人="李明", 权利人证件号=PERSON, 权利类型="宅基地使用权", 用途="农村宅基地")
    assert facts(book, 2023, "due_fen", "measured_fen", "open_fen") == (0, 128_000, 128_000)


@pytest.mark.parametrize(
    ("number", "reason"), [("91900001******958E", "code_masked"), (None, "code_missing"), ("无", "code_missing")]
)
def test_why_a_holder_is_not_compared(land, number, reason):
    book = land.right(权利人证件号=number)
    assert facts(book, 2023, "bin", "entity_reason") == ("unmatched", reason)


def test_payments_of_another_payer_are_cited_beside_its_declaration(land):
    who = {"纳税人识别号": OTHER_CODE, "统一社会信用代码": OTHER_CODE, "纳税人名称": OTHER}
    book = land.right().registered().source(**who).paid_years(2024, **who)
    roles = {("tax_land_sources", "other_payer"), ("tax_payments", "other_payment")}
    found = traced(book)
    assert roles <= found
    assert ("tax_payments", "payment") not in found


def test_days_late_are_weighed_by_the_liable_months_of_each_instalment(land):
    book = land.right(使用期限起="2025-07-10").contract(约定交地时间="2025-07-10").registered()
    third, fourth = (date(2026, 3, 31) - date(2025, 10, 15)).days, (date(2026, 3, 31) - date(2026, 1, 15)).days
    assert facts(book, 2025, "late_days", "n_parts") == (2 * third + 3 * fourth, 5)
