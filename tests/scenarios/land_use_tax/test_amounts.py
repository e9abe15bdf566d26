"""Surcharge, the printed formula, and what the parameters and the committed tables must obey."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import narwhals as nw
import polars as pl
import pytest
from pydantic import ValidationError

import casebook
from casebook import lawtable
from casebook.case import standards
from casebook.scenarios.land_use_tax_amounts import amount, computation, detail, surcharge

ROOT = Path(casebook.__file__).resolve().parents[2]
TABLES = standards.load_all(ROOT / "parameters" / "land_use_tax")
ROW = {
    "year": 2024, "open_fen": 8_000_000, "direction": "over", "is_excused": False, "late_days": 365, "n_parts": 1, "due_fen": 8_000_000,
    "gross_fen": 8_000_000, "paid_fen": 0, "short_fen": 8_000_000, "gross_short_fen": 8_000_000, "n_liable": 1, "taxed_dm2": 2_000_000,
    "min_rate_fen": 480, "max_rate_fen": 480, "min_months": 10, "max_months": 10, "small_pct": 0,
}  # fmt: skip


@pytest.fixture
def worth(parameters_of):
    """(fen, surcharge fen) of the default year with these facts changed."""

    def ask(facts, **parameters):
        p = parameters_of("land_use_tax", **parameters)
        frame = nw.from_native(pl.LazyFrame([{**ROW, **facts}]))
        return frame.select(fen=amount(p), late=surcharge(p)).collect().to_native().row(0)

    return ask


def test_worked_check_365_days_late(worth):
    assert worth({}) == (8_000_000, 1_460_000)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"late_days": 0}, 0), ({"n_parts": 4, "late_days": 4 * 365}, 1_460_000), ({"open_fen": -1}, 0), ({"is_excused": True}, 0),
        ({"direction": "under"}, 0), ({"open_fen": 1, "late_days": 1000}, 1), ({"open_fen": 1, "late_days": 999}, 0),
        ({"late_days": None, "n_parts": None}, 0),
    ],
)  # fmt: skip
def test_surcharge(worth, facts, expected):
    assert worth(facts)[1] == expected


def test_surcharge_held_to_the_tax_by_parameter(worth):
    assert worth({"late_days": 4000})[1] == 16_000_000
    assert worth({"late_days": 4000}, surcharge_cap_at_principal=True)[1] == 8_000_000


def test_overpaid_amount_is_positive(worth):
    assert worth({"direction": "under", "open_fen": -500}) == (500, 0)


LATE = "；滞纳金 80,000.00 × 0.0005 × 平均 365.00 日 = 14,600.00"
TOO_MUCH = {"direction": "under", "paid_fen": 9_000_000, "short_fen": -1_000_000}


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, f"2024 应缴 80,000.00 − 已缴 0.00 = 80,000.00{LATE}"),
        (TOO_MUCH, "2024 应缴 80,000.00 − 已缴 90,000.00 = -10,000.00"),
        ({"is_excused": True, "due_fen": 0}, "2024 不计减免应缴 80,000.00 − 已缴 0.00 = 80,000.00"),
        ({"open_fen": None}, "2024 应缴未知"),
    ],
)
def test_printed_formula(parameters_of, facts, expected):
    assert computation({**ROW, **facts}, parameters_of("land_use_tax")) == expected


def test_printed_formula_speaks_english(parameters_of):
    line = computation({**ROW, "small_pct": 50}, parameters_of("land_use_tax", language="en"))
    assert line.startswith("2024 due 80,000.00 − paid 0.00 = 80,000.00; if a small entity 40,000.00; surcharge")


def test_both_figures_of_a_surcharge_beyond_the_tax(parameters_of):
    line = computation({**ROW, "late_days": 4000}, parameters_of("land_use_tax"))
    assert line.endswith("= 160,000.00（不超过本金 80,000.00）")


def test_half_for_small_entities_stands_beside(parameters_of):
    assert "；若属小微 40,000.00；" in computation({**ROW, "small_pct": 50}, parameters_of("land_use_tax"))


RIGHT = {
    "year": 2024, "is_excused": False, "parcel": "900001004026GB00738", "area_dm2": 2_000_000, "rate_fen": 480, "gross_months": 10,
    "due_months": 10, "gross_first": 24290, "exempt_as": "", "grade": 3, "grade_source": "land_grades.csv 900001004 2019-01-01–",
    "rate_source": "rates.csv 900001 3 2019-01-01–2024-12-31", "start_on": date(2024, 2, 11), "is_won_farmland": False,
}  # fmt: skip
SOURCES = "等级 3 [land_grades.csv 900001004 2019-01-01–]，税额 [rates.csv 900001 3 2019-01-01–2024-12-31]，自 2024-03 [2024-02-11]"
WON = "招标、拍卖、挂牌取得，不适用征收耕地满一年（条例第九条、公告2014年第74号）"


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, f"20,000.00 m² × 4.80 × 10/12 = 80,000.00 ({SOURCES})"),
        ({"is_won_farmland": True}, f"20,000.00 m² × 4.80 × 10/12 = 80,000.00 ({SOURCES}，{WON})"),
        ({"due_months": 4}, f"× 4/12 = 32,000.00 ({SOURCES}，免税事由 farmland_first_year)"),
        (
            {"due_months": 4, "is_excused": True},
            f"× 10/12 = 80,000.00 ({SOURCES}，免税事由 farmland_first_year)",
        ),
        ({"exempt_as": "farming_land"}, f"× 10/12 = 0.00 ({SOURCES}，免税事由 farming_land)"),
        (
            {"exempt_as": "farming_land", "is_excused": True},
            f"× 10/12 = 80,000.00 ({SOURCES}，免税事由 farming_land)",
        ),
        ({"rate_fen": None}, "900001004026GB00738：20,000.00 m² 应缴未知"),
    ],
)
def test_printed_line_of_a_right(parameters_of, facts, expected):
    line = detail({**RIGHT, **facts}, parameters_of("land_use_tax"))
    assert line.startswith("2024 900001004026GB00738：")
    assert line.endswith(expected)


@pytest.mark.parametrize(
    ("start", "end"), [("2023-02-01", "2023-12-31"), ("2023-01-01", "2023-12-30"), ("2024-01-01", "2023-12-31")]
)
def test_period_must_be_whole_years(parameters_of, start, end):
    with pytest.raises(ValidationError, match=r"calendar years|period_end must lie"):
        parameters_of("land_use_tax", period_start=start, period_end=end)


@pytest.mark.parametrize(
    "wrong",
    [{"instalments": 3}, {"due_day": 31}, {"surcharge_rate_daily": "0.1"}, {"min_shortfall_yuan": -1}, {"x": 1}],
)
def test_parameters_refuse(parameters_of, wrong):
    with pytest.raises(ValidationError):
        parameters_of("land_use_tax", **wrong)


def test_rates_lie_within_the_band_of_the_law_and_have_no_gap():
    rates = TABLES["rates.csv"]
    assert rates["fen_per_m2_year"].is_between(60, 1200).all()
    table = lawtable.of(rates, "rates.csv", ("division", "grade"))
    assert table.on(("900001", "3"), date(2024, 12, 31))["fen_per_m2_year"] == 480
    assert table.on(("900001", "3"), date(2025, 1, 1))["fen_per_m2_year"] == 560


def test_every_district_of_the_tax_area_has_a_grade_with_a_rate(parameters_of):
    grades = lawtable.of(TABLES["land_grades.csv"], "land_grades.csv", ("cadastral_district",))
    rated = set(TABLES["rates.csv"]["grade"])
    assert {
        grades.on(code, date(2023, 1, 1))["grade"] for code in parameters_of("land_use_tax").tax_area_codes
    } <= rated


def test_small_entity_relief_follows_the_notices():
    table = lawtable.of(TABLES["small_entity_relief.csv"], "small_entity_relief.csv", ("class",))
    assert table.on("small_scale_vat", date(2019, 1, 1))["percent"] == "50"
    assert table.on("individual_business", date(2022, 1, 1))["percent"] == "50"


def test_rate_of_the_law_is_the_parameter(parameters_of):
    law = lawtable.load_law(ROOT / "parameters" / "law")
    assert Decimal(law.value("zsf_32", date(2025, 1, 1))) == parameters_of("land_use_tax").surcharge_rate_daily
