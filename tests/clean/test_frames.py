from datetime import date
from pathlib import Path

import pandas as pd
import polars as pl
import pytest

from casebook import clean
from casebook.errors import ContractError, ParameterError, SourceError
from casebook.intake import contract as contracts
from casebook.intake.contract import Column, Contract

FOLDER = Path(__file__).parents[2] / "data_contracts"
ID = "11010519491231002X"
PAID = Contract(
    *("paid", "表", "局", "局", "1", ""),
    (
        Column("citizen_id", ("身份证号", "公民身份号码"), kind="citizen_id"),
        Column("amount_fen", ("发放金额",), kind="money", unit="元"),
        Column("pay_month", ("发放月份",), kind="date", form="month"),
        Column("account", ("银行账号",)),
    ),
)


def test_chinese_and_canonical_headers_are_known():
    for header in ("citizen_id", "身份证号", "公民身份号码", " 身份证号 "):
        frame = clean.clean(pl.DataFrame({header: [ID.lower()]}), PAID)
        assert frame.row(0)[:4] == (ID, ID.lower(), None, None)
        assert frame.columns[4] == "citizen_id_birth_date"


def test_rows_stay_in_their_order_and_columns_in_the_contract_s():
    given = pl.DataFrame(
        {"备注": [1, 2, 3], "账号": ["a"] * 3, "发放金额": ["1", "无", ""], "银行账号": ["6217", "/", None]}
    )
    frame = clean.clean(given, PAID)
    assert frame["amount_fen"].to_list() == [100, None, None]
    assert frame["amount_fen_problem"].to_list() == [None, "placeholder", "blank"]
    assert frame["account"].to_list() == ["6217", None, None]
    assert frame.columns[-2:] == ["备注", "账号"]
    assert frame["备注"].to_list() == [1, 2, 3]


def test_the_unit_of_a_header_counts():
    assert clean.clean(pl.DataFrame({"发放金额（万元）": ["1.5"]}), PAID)["amount_fen"].item() == 1_500_000


def test_months_are_numbers_as_in_a_run():
    assert clean.clean(pl.DataFrame({"发放月份": ["2025年12月"]}), PAID)["pay_month"].item() == 2025 * 12 + 11


def test_pandas_comes_in_and_polars_goes_out():
    given = pd.DataFrame({"身份证号": [ID, None, float("nan")], "发放金额": [1.5, float("nan"), 3.0], "x": [1, 2, 3]})
    frame = clean.clean(given, PAID)
    assert isinstance(frame, pl.DataFrame)
    assert frame["citizen_id_problem"].to_list() == [None, "blank", "blank"]
    assert frame["amount_fen"].to_list() == [150, None, 300]
    assert frame.to_pandas()["amount_fen"].notna().tolist() == [True, False, True]


def test_an_id_that_pandas_made_a_float_is_lost_and_told_so():
    frame = clean.clean(pd.DataFrame({"身份证号": [110105194912310021.0, None]}), PAID)
    assert frame["citizen_id"].to_list() == [None, None]
    assert frame["citizen_id_problem"].to_list() == ["digits_lost", "blank"]


def test_cells_of_other_types_are_read_as_a_reader_sees_them():
    given = pl.DataFrame({"发放金额": [1, 2], "发放月份": [date(2025, 1, 1), None]})
    frame = clean.clean(given, PAID)
    assert frame["amount_fen"].to_list() == [100, 200]
    assert frame["pay_month"].to_list() == [2025 * 12, None]


@pytest.mark.parametrize("named", ["civil_low_income", FOLDER / "civil_low_income.odcs.yaml"])
def test_a_contract_is_named_by_id_or_path(named, monkeypatch):
    monkeypatch.chdir(FOLDER.parent / "tests")
    frame = clean.clean(pl.DataFrame({"身份证号码": [ID]}), named)
    assert frame["citizen_id"].to_list() == [ID]
    known = contracts.load(FOLDER / "civil_low_income.odcs.yaml")
    assert frame.equals(clean.clean(pl.DataFrame({"身份证号码": [ID]}), known))


def test_no_rows_give_the_same_columns():
    given = pl.DataFrame({"身份证号": [ID], "发放金额": ["1"]})
    assert clean.clean(given.clear(), PAID).schema == clean.clean(given, PAID).schema


def test_what_cannot_be_cleaned_is_refused(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ContractError, match="no contract civil_low_income: give its path"):
        clean.clean(pl.DataFrame({"a": ["1"]}), "civil_low_income")
    with pytest.raises(ContractError, match="no column of the contract paid: it has a; paid knows 身份证号"):
        clean.clean(pl.DataFrame({"a": ["1"]}), PAID)
    with pytest.raises(ContractError, match="the column a twice"):
        clean.clean(pd.DataFrame([[1, 2]], columns=["a", "a"]), PAID)


def test_one_series_of_either_kind():
    for series in (pl.Series("x", ["1.5", None]), pd.Series(["1.5", None], name="x")):
        assert clean.column(series, "money", unit="万元")["value"].to_list() == [1_500_000, None]


def test_an_unknown_cleaner_is_refused_with_those_there_are():
    with pytest.raises(ParameterError, match="no cleaner 'id'; there are citizen_id"):
        clean.column(pl.Series(["1"]), "id")


@pytest.mark.parametrize(("kind", "cell"), [("person_name", "李\u200e明"), ("firm_name", "青禾\u2066机械有限公司")])
def test_a_hidden_sign_in_a_name_is_told(kind, cell):
    assert clean.column(pl.Series([cell]), kind)["repair"].to_list() == ["hidden_characters"]


def test_an_own_column_named_like_one_of_the_answer_is_refused():
    frame = pl.DataFrame({"身份证号": [ID], "citizen_id_raw": ["x"]})
    with pytest.raises(ContractError, match="would have citizen_id_raw twice; rename that column first"):
        clean.clean(frame, PAID)


def test_data_in_the_place_of_headers_is_not_shown():
    with pytest.raises(SourceError, match="looks like data") as caught:
        clean.clean(pl.DataFrame({ID: ["a"], "李明": ["b"]}), PAID)
    assert ID not in str(caught.value)
    assert "李明" not in str(caught.value)


def test_a_frame_without_the_key_of_the_contract_is_another_table():
    with pytest.raises(
        ContractError, match="lacks 身份证号, which the contract police_deaths demands; it has 姓名、住处"
    ):
        clean.clean(pl.DataFrame({"姓名": ["李明"], "住处": ["1"]}), FOLDER / "police_deaths.odcs.yaml")
    with pytest.raises(ContractError, match="lacks 火化日期, which the contract civil_cremations demands"):
        clean.clean(pl.DataFrame({"姓名": ["李明"]}), FOLDER / "civil_cremations.odcs.yaml")
    known = clean.clean(pl.DataFrame({"公民身份号码": [ID]}), FOLDER / "police_deaths.odcs.yaml")
    assert known["citizen_id"].to_list() == [ID]


def test_a_path_is_no_frame():
    with pytest.raises(ContractError, match="takes a polars or pandas frame, got str; read the file first"):
        clean.clean("deaths.csv", PAID)
    with pytest.raises(ParameterError, match="takes a polars or pandas series, got list"):
        clean.column(["1"], "money")
