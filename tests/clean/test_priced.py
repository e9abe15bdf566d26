import polars as pl
import pytest

from casebook.clean import priced
from casebook.intake.contract import Column, Contract
from casebook.intake.dataset import Dataset, FilePart

COLUMNS = (
    Column("area_dm2", ("面积",), kind="area", unit="平方米"),
    Column("price_fen", ("成交价",), kind="money", unit="元"),
)
CONTRACT = Contract("supply", "供地", "局", "局", "1", "", COLUMNS)
HEADERS = {"area_dm2": "面积", "price_fen": "成交价"}


def delivered(rows, units=({},), parts=None, headers=HEADERS):
    """Rows of area and price as delivered; `units` is one mapping per part."""
    frame = pl.DataFrame(rows, schema={"area_dm2": pl.String, "price_fen": pl.String}, orient="row").with_columns(
        pl.Series("part", parts or [0] * len(rows), pl.UInt32), pl.Series("row", range(2, len(rows) + 2), pl.UInt32)
    )
    files = tuple(FilePart(f"{n}.csv", str(n), "", 1, "utf-8", headers, u, 0, 0, 0) for n, u in enumerate(units))
    return Dataset(CONTRACT, frame, files)


@pytest.mark.parametrize(
    ("area", "price", "unit", "word"),
    [
        ("20000", "6000000", "平方米", "ok"),
        ("2", "6000000", "公顷", "ok"),
        ("30", "6000000", "亩", "ok"),
        ("82800", "25200000", "公顷", "looks_like_m2"),
        ("20000", "6000000", "公顷", "looks_like_m2"),
        ("30", "6000000", "平方米", "unit_unclear"),
        ("20000", "1", "平方米", "implausible"),
        ("20000平方米", "6000000", "公顷", "ok"),
        ("20000", "流拍", "平方米", "missing"),
        ("不详", "6000000", "平方米", "missing"),
        ("0", "6000000", "平方米", "missing"),
        (None, None, "平方米", "missing"),
    ],
)
def test_the_price_tells_which_unit_an_area_counts(area, price, unit, word):
    found = priced.of_dataset(delivered([(area, price)], units=({"area_dm2": unit},)))
    assert found.to_list() == [word]


def test_each_file_is_judged_under_its_own_unit_and_rows_keep_their_order():
    rows = [("2", "6000000"), ("20000", "6000000"), ("2", "6000000"), ("20000", "6000000")]
    units = ({"area_dm2": "公顷"}, {"area_dm2": "平方米"})
    found = priced.of_dataset(delivered(rows, units, parts=[0, 1, 1, 0])).to_list()
    assert found[:2] == ["ok", "ok"]
    assert "ok" not in found[2:]


def test_dear_land_is_plausible_where_land_is_dear():
    dear = delivered([("1000", "80000000")])
    assert priced.of_dataset(dear).item() != "ok"
    assert priced.of_dataset(dear, fen_per_m2=(100_000, 10_000_000)).item() == "ok"


def test_an_empty_table_has_no_answers():
    assert priced.of_dataset(delivered([])).to_list() == []


@pytest.mark.parametrize(
    ("headers", "is_asked"),
    [(HEADERS, True), ({"area_dm2": "面积"}, False), ({"price_fen": "成交价"}, False), ({}, False)],
)
def test_only_tables_with_area_and_price_are_asked(headers, is_asked):
    assert priced.is_asked(delivered([], headers=headers)) is is_asked
