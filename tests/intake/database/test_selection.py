from dataclasses import replace

import pytest

from casebook.errors import SourceError
from casebook.intake.contract import Column
from casebook.intake.database.access import Asked
from casebook.intake.database.selection import MAX_LISTED, Offered, select

ASKED = Asked("postgresql", "postgresql://u:geheim@h/d", ("civil", "pay"), "url_env CASE_DB")


def offered(*names):
    return [Offered(name, "text", "text") for name in names]


def test_columns_come_in_the_contracts_order_and_rows_by_its_key_first(contract):
    by_amount = replace(contract, key=("amount_fen", "absent", "citizen_id"))
    chosen = select(ASKED, by_amount, offered("金额", "备注", "身份证号", "乡镇", "姓名"))
    assert [column.name for column in chosen.columns] == ["姓名", "身份证号", "乡镇", "金额"]
    assert chosen.order == (3, 1, 0, 2)


def test_the_preferred_header_wins_and_the_other_is_left(contract):
    chosen = select(ASKED, contract, offered("name", "成员姓名", "姓名", "身份证号", "金额"))
    assert [column.name for column in chosen.columns] == ["姓名", "身份证号", "金额"]


def test_a_canonical_name_that_is_a_header_of_another_column_stays_that_header(contract):
    columns = (Column("name", ("姓名",)), Column("holder", ("户主", "NAME")))
    chosen = select(ASKED, replace(contract, columns=columns, key=()), offered("name", "姓名"))
    assert [column.name for column in chosen.columns] == ["姓名", "name"]


def test_a_canonical_name_that_states_a_unit_does_not_count(contract):
    with pytest.raises(SourceError, match="the column 金额 is missing; the table has name、citizen_id、amount_fen"):
        select(ASKED, contract, offered("name", "citizen_id", "amount_fen"))


def test_a_long_list_of_columns_is_cut_and_says_so(contract):
    with pytest.raises(SourceError) as caught:
        select(ASKED, contract, offered(*(f"c{n}" for n in range(MAX_LISTED + 1)), "x"))
    assert f"c{MAX_LISTED - 1}、…. Add" in caught.value.en
    assert f"c{MAX_LISTED}" not in caught.value.en


def test_one_column_alone_is_no_table_of_the_contract(contract):
    loose = replace(
        contract, columns=tuple(replace(c, header_required=False, required=False) for c in contract.columns)
    )
    with pytest.raises(SourceError) as caught:
        select(ASKED, loose, offered("姓名", "x"))
    assert caught.value.code == "database.column"
