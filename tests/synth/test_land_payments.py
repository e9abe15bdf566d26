from datetime import date

import pytest

from casebook.synth.dice import Dice
from casebook.synth.land_facts import Holder, Plot
from casebook.synth.land_payments import Slip, land_rows, other_rows, quarters_of, span, year_rows
from casebook.synth.land_rows import COLUMNS
from casebook.synth.world import Scale, World

HEADERS = COLUMNS["tax_payments"]
HOLDER = Holder("青禾区恒达纺织有限公司", "91900001MA0000000X", "x", "y")
PLOT = Plot("900001005001GB00001", "x", 2_000_000, date(2024, 5, 10), date(2024, 5, 10), until=date(2025, 6, 30))


@pytest.fixture
def dice():
    return Dice(World(3, Scale.of("sample")).rng("payments"))


def cells(rows, header):
    return [row[HEADERS.index(header)] for row in rows]


def fen(rows):
    return sum(round(float(text) * 100) for text in cells(rows, "实缴金额"))


@pytest.mark.parametrize("width", [1, 2, 4])
def test_slips_of_a_year_add_up_to_the_fen(dice, width):
    rows = list(year_rows(dice, Slip(HOLDER, "第一税务所"), 2024, 1_000_003, range(0, 4, width)))
    assert len(rows) == 4 // width
    assert fen(rows) == 1_000_003


def test_slips_of_a_year_cover_it_without_gap(dice):
    rows = list(year_rows(dice, Slip(HOLDER, "第一税务所"), 2024, 100, range(0, 4, 2)))
    assert cells(rows, "税款所属期起") == ["2024-01-01", "2024-07-01"]
    assert cells(rows, "税款所属期止") == ["2024-06-30", "2024-12-31"]


def test_only_liable_quarters_are_paid():
    assert quarters_of(2024, [PLOT]) == range(1, 4)
    assert quarters_of(2025, [PLOT]) == range(2)
    assert quarters_of(2024, []) == range(4)


def test_tax_of_the_period_is_what_was_asked_for(dice):
    paid = {2023: 120_000, 2024: 120_000, 2025: 0}
    for _ in range(60):
        rows = list(land_rows(dice, Slip(HOLDER, "第三税务所"), paid))
        tax = [row for row in rows if row[HEADERS.index("税款种类")] == "正税"]
        inside = [row for row in tax if not row[HEADERS.index("税款所属期起")].startswith("2022")]
        assert fen(inside) == 240_000


def test_office_names_the_tax_its_own_way(dice):
    row = Slip(HOLDER, "开发区税务分局").land(dice, span(2024), 100)
    assert cells([row], "征收项目") == ["土地税"]


def test_old_number_holds_the_organisation_code_and_hides_the_unified_code():
    slip = Slip(HOLDER, "第一税务所", is_old_number=True)
    assert (slip.number, slip.code) == ("900001MA0000000", None)


def test_other_taxes_are_never_land_tax(dice):
    rows = list(other_rows(dice, Slip(HOLDER, "第一税务所"), 40))
    assert len(rows) == 40
    assert not any("土地" in text for text in cells(rows, "征收项目"))


@pytest.mark.parametrize(
    ("first", "months", "end"), [(1, 12, date(2024, 12, 31)), (10, 3, date(2024, 12, 31)), (1, 2, date(2024, 2, 29))]
)
def test_spans_end_on_the_last_day_of_their_month(first, months, end):
    assert span(2024, first, months) == (date(2024, first, 1), end)
