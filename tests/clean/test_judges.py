import polars as pl
import pytest

from casebook import intake
from casebook.clean import judges
from casebook.intake import store
from casebook.intake.contract import Column, Contract
from casebook.intake.wanted import Wanted

ID, DAY, PAID = "11010519491231002X", "2021-03-01", "80.00"
PERSONS = (
    Column("citizen_id", ("身份证号",), kind="citizen_id"),
    Column("paid_on", ("发放日期",), kind="date"),
    Column("paid_fen", ("金额",), kind="money", unit="元"),
    Column("note", ("备注",)),
)
LAND = (
    Column("plot", ("地块",)),
    Column("area_dm2", ("面积", "土地面积"), kind="area", unit="平方米"),
    Column("price_fen", ("成交价",), kind="money", unit="元"),
)


@pytest.fixture
def flags_of(tmp_path):
    """Flags of a delivery of these lines: row, column, cell, code."""

    def run(columns, *lines):
        contract = Contract("judged", "表", "局", "局", "1", "", columns)
        (tmp_path / "a.csv").write_text("\n".join(lines), encoding="utf-8")
        intake.take(contract, [tmp_path / "a.csv"], tmp_path / "out", Wanted(judges=judges.of(contract)))
        dataset = intake.load(tmp_path / "out", contract)
        assert dataset.frame.columns == [*contract.names, "part", "row"]
        return store.flags(tmp_path / "out", dataset).select("row", "column", "cell", "code").rows()

    return run


def test_shifted_rows_and_exchanged_cells_are_flagged_and_kept(flags_of):
    lines = ["身份证号,发放日期,金额,备注", f"{ID},{DAY},{PAID},", f",{ID},{DAY},{PAID}", f"{ID},{PAID},{DAY},"]
    assert flags_of(PERSONS, *lines) == [
        (3, None, None, "columns.shifted_right"),
        (4, "paid_on", "B4", "columns.swapped"),
        (4, "paid_fen", "C4", "columns.swapped"),
    ]


def test_an_area_whose_price_speaks_for_another_unit_is_flagged(flags_of):
    assert flags_of(LAND, "地块,面积(公顷),成交价", "甲,2,6000000", "乙,20000,6000000", "丙,2,") == [
        (3, "area_dm2", "B3", "unit.looks_like_m2")
    ]


def test_an_area_in_two_units_is_held_against_itself(flags_of):
    lines = ["地块,面积(亩),土地面积(平方米)", "甲,30,20000", "乙,20000,30", "丙,30,30", "丁,30,500", "戊,30,"]
    assert flags_of(LAND, *lines) == [
        (3, "area_dm2", "B3", "unit.swapped"),
        (4, "area_dm2", "B4", "unit.same_unit"),
        (5, "area_dm2", "B5", "unit.ratio_off"),
    ]


def test_two_columns_of_one_unit_are_not_compared(flags_of):
    assert flags_of(LAND, "地块,面积(平方米),土地面积(平方米)", "甲,30,20000") == []


def test_nothing_is_found_in_no_rows():
    contract = Contract("judged", "表", "局", "局", "1", "", LAND)
    part = intake.FilePart(
        "a.csv", "0", "", 1, "utf-8", {"plot": "地块", "area_dm2": "面积", "price_fen": "成交价"}, {}, 0, 0, 0
    )
    empty = pl.DataFrame(schema={**dict.fromkeys(contract.names, pl.String), "part": pl.UInt32, "row": pl.UInt32})
    assert [judge(empty, part).height for judge in judges.of(contract)] == [0, 0, 0]


@pytest.mark.parametrize(
    ("area", "price", "code"),
    [
        ("1", "50000", "unit.looks_like_mu"),
        ("30", "6000000", "unit.unit_unclear"),
        ("20000", "1", "unit.implausible"),
    ],
)
def test_every_word_on_a_price_has_its_sentence(flags_of, area, price, code):
    found = flags_of(LAND, "地块,面积(平方米),成交价", f"甲,{area},{price}")
    assert [(row, cell) for row, _, cell, _ in found] == [(2, "B2")]
    assert found[0][3] == code
