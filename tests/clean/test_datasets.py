from datetime import date
from pathlib import Path

import polars as pl
import pytest

from casebook import clean
from casebook.errors import ContractError
from casebook.intake import contract as contracts
from casebook.intake.contract import Column, Contract
from casebook.intake.dataset import Dataset, FilePart

FOLDER = Path(__file__).parents[2] / "data_contracts"
COLUMNS = (
    Column("citizen_id", ("身份证号",), kind="citizen_id"),
    Column("amount_fen", ("金额",), kind="money", unit="元"),
    Column("area_dm2", ("面积",), kind="area", unit="平方米"),
    Column("pay_month", ("月份",), kind="date", form="month"),
    Column("death_date", ("死亡日期",), kind="date"),
    Column("account", ("账号",)),
    Column("odd", ("怪",), kind="oddity"),
)


@pytest.fixture
def dataset():
    """Rows of several parts; `units` is one mapping per part."""

    def make(cells, parts=(0,), units=({},)):
        contract = Contract("t", "表", "局", "局", "1", "", COLUMNS)
        height = len(next(iter(cells.values())))
        frame = pl.DataFrame({c.name: pl.Series(cells.get(c.name, [None] * height), dtype=pl.String) for c in COLUMNS})
        part = pl.Series("part", list(parts) if len(parts) == height else [0] * height, dtype=pl.UInt32)
        row = pl.Series("row", range(2, height + 2), dtype=pl.UInt32)
        files = tuple(FilePart(f"{n}.csv", str(n), "", 1, "utf-8", {}, u, 0, 0, 0) for n, u in enumerate(units))
        return Dataset(contract, frame.with_columns(part, row), files)

    return make


def test_a_column_stands_cleaned_beside_delivered_with_problem_repair_and_parts(dataset):
    frame = clean.columns(
        dataset({"citizen_id": ["11010519491231002x", "１１010519491231002X", "110105194912310021", None]}),
        ["citizen_id"],
    )
    assert frame["citizen_id"].to_list()[:2] == ["11010519491231002X"] * 2
    assert frame["citizen_id_raw"].to_list()[:2] == ["11010519491231002x", "１１010519491231002X"]
    assert frame["citizen_id_problem"].to_list() == [None, None, "check_digit", "blank"]
    assert frame["citizen_id_repair"].to_list()[1] == "full_width"
    assert frame["citizen_id_birth_date"][0] == date(1949, 12, 31)


@pytest.mark.parametrize(
    ("as_of", "problem"), [(None, None), (date(1949, 12, 31), None), (date(1949, 12, 30), "birth_in_future")]
)
def test_who_was_born_after_the_rows_were_drawn_has_an_id_in_question(dataset, as_of, problem):
    given = dataset({"citizen_id": ["11010519491231002X"], "amount_fen": ["1"]})
    frame = clean.columns(given, ["citizen_id", "amount_fen"], as_of=as_of)
    assert frame["citizen_id_problem"].item() == problem
    assert frame["citizen_id"].item() == "11010519491231002X"
    assert frame["amount_fen"].item() == 100


def test_a_ref_is_part_and_row_and_unique_in_a_run(dataset):
    given = dataset({"account": ["1", "2"]}, parts=(0, 1), units=({}, {}))
    assert clean.columns(given, [])["ref"].to_list() == [2, (1 << 32) | 3]
    assert clean.columns(given, [], part_offset=7)["ref"].to_list() == [(7 << 32) | 2, (8 << 32) | 3]
    assert clean.columns(given, []).schema["ref"] == pl.Int64


def test_each_file_is_cleaned_under_its_own_unit(dataset):
    units = ({"area_dm2": "平方米"}, {"area_dm2": "公顷"}, {"area_dm2": "平方米"})
    given = dataset({"area_dm2": ["2", "2", "3", "1"]}, parts=(0, 1, 2, 1), units=units)
    assert clean.columns(given, ["area_dm2"])["area_dm2"].to_list() == [200, 2_000_000, 300, 1_000_000]


def test_without_a_header_s_unit_the_contract_s_holds(dataset):
    assert clean.columns(dataset({"amount_fen": ["1.5"]}), ["amount_fen"])["amount_fen"].to_list() == [150]


def test_a_month_column_holds_the_number_of_the_month(dataset):
    frame = clean.columns(dataset({"pay_month": ["2025-01", "2025年12月", "202513", ""]}), ["pay_month"])
    assert frame["pay_month"].to_list() == [2025 * 12, 2025 * 12 + 11, None, None]
    assert frame.schema["pay_month"] == pl.Int32


def test_an_open_end_is_a_date(dataset):
    frame = clean.columns(dataset({"death_date": ["长期", "2025-02-30"]}), ["death_date"])
    assert frame["death_date"].to_list() == [date(9999, 12, 31), None]
    assert frame["death_date_problem"].to_list()[1] is not None


def test_a_column_without_kind_is_trimmed_and_placeholders_are_nothing(dataset):
    frame = clean.columns(dataset({"account": [" '6217 \t", "无", "  ", None]}), ["account"])
    assert frame["account"].to_list() == ["6217", None, None, None]
    assert frame["account_raw"].to_list() == [" '6217 \t", "无", "  ", None]
    assert frame.columns == ["ref", "account", "account_raw"]


def test_repeated_texts_are_cleaned_alike_in_place(dataset):
    cells = ["2025-01", "2025-02"] * 500 + [None]
    frame = clean.columns(dataset({"pay_month": cells}), ["pay_month"])
    assert frame["pay_month"].to_list() == [24300, 24301] * 500 + [None]


def test_no_rows_and_no_parts_give_the_same_columns(dataset):
    given = dataset({"amount_fen": ["1"], "citizen_id": ["1"]})
    empty = Dataset(given.contract, given.frame.clear(), ())
    assert (
        clean.columns(empty, ["amount_fen", "citizen_id"]).schema
        == clean.columns(given, ["amount_fen", "citizen_id"]).schema
    )


def test_unknown_columns_and_kinds_are_refused(dataset):
    with pytest.raises(ContractError, match="no column 'none'"):
        clean.columns(dataset({"account": ["1"]}), ["none"])
    with pytest.raises(ContractError, match="no cleaner 'oddity'"):
        clean.columns(dataset({"account": ["1"]}), ["odd"])


def test_every_problem_and_repair_is_counted(dataset):
    cells = {"citizen_id": ["110105491231002", "１10105491231002", "x", "无"], "amount_fen": ["1", "", "1", "1"]}
    log = clean.repairs(clean.columns(dataset(cells), ["citizen_id", "amount_fen"]))
    counted = {(column, what, code): rows for column, what, code, rows in log.iter_rows()}
    assert counted["citizen_id", "repair", "from_15"] == 2
    assert counted["citizen_id", "repair", "full_width"] == 1
    assert counted["amount_fen", "problem", "blank"] == 1
    assert counted["citizen_id", "problem", "placeholder"] == 1


def test_nothing_cleaned_is_an_empty_log(dataset):
    assert clean.repairs(clean.columns(dataset({"account": ["1"]}), ["account"])).height == 0


def test_every_kind_the_contracts_name_has_a_cleaner():
    named = {column.kind for contract in contracts.load_all(FOLDER).values() for column in contract.columns}
    assert named - {None} <= set(clean.KINDS)
