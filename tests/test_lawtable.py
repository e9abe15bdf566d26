from datetime import date

import polars as pl
import pytest

from casebook.errors import LawTableError
from casebook.lawtable import OPEN_END, load, load_law, of

HEAD = "code,value,valid_from,valid_to,source,verified"
RATES = f"{HEAD}\nrate,4.8,2007-01-01,2021-12-31,rules,true\nrate,6,2022-01-01,,rules,false\nlimit,50,2020-01-01,,rules,true\n"


@pytest.fixture
def table(tmp_path):
    def write(text, name="a.csv"):
        (tmp_path / name).write_text(text, encoding="utf-8")
        return tmp_path / name

    return write


@pytest.mark.parametrize(
    ("day", "value"),
    [(date(2007, 1, 1), "4.8"), (date(2021, 12, 31), "4.8"), (date(2022, 1, 1), "6"), (OPEN_END, "6")],
)
def test_both_ends_of_an_interval_belong_to_it(table, day, value):
    assert load(table(RATES)).value("rate", day) == value


def test_the_row_says_source_and_whether_it_was_verified(table):
    row = load(table(RATES)).on("rate", date(2025, 1, 1))
    assert (row["valid_from"], row["valid_to"], row["source"], row["verified"]) == (
        date(2022, 1, 1), OPEN_END, "rules", "false",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("code", "day", "said"),
    [
        ("rate", date(2006, 12, 31), "from 2007-01-01 to 9999-12-31, not on 2006-12-31"),
        ("none", OPEN_END, "limit, rate"),
    ],
)
def test_no_row_is_an_error_never_a_default(table, code, day, said):
    with pytest.raises(LawTableError, match=said):
        load(table(RATES)).on(code, day)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("a,1,2020-01-01,2020-12-31,s,\na,2,2020-12-31,,s,", "overlap from 2020-12-31 to 2020-12-31"),
        ("a,1,2020-01-01,,s,\na,2,2021-01-01,,s,", "overlap"),
        ("a,1,2020-01-01,2020-12-30,s,\na,2,2021-01-01,,s,", "no row between 2020-12-30 and 2021-01-01"),
        ("a,1,2020-01-01,2019-12-31,s,", "before it begins"),
        ("a,1,,2019-12-31,s,", "lack code or valid_from"),
        ("a,1,2020-1-1,,s,", "row 2: valid_from must be a day"),
        ("a,1,2020-01-01,2023-02-29,s,", "row 2: valid_to must be a day"),
        ('a,"1,2020-01-01,,s,\nb', "not readable"),
    ],
)
def test_a_broken_table_is_refused(table, rows, said):
    with pytest.raises(LawTableError, match=said):
        load(table(f"{HEAD}\n{rows}\n"))


def test_missing_columns_are_named(table):
    with pytest.raises(LawTableError, match="verified are missing"):
        load(table("code,value,valid_from,valid_to,source\n"))


def test_all_tables_of_a_folder_are_one_and_a_code_has_one_home(table, tmp_path):
    table(RATES)
    table(f"{HEAD},article\nart_2,,1988-11-01,,law,true,第二条\n", "b.csv")
    law = load_law(tmp_path)
    assert law.codes == ("art_2", "limit", "rate")
    assert law.on("art_2", date(2025, 1, 1))["article"] == "第二条"
    table(f"{HEAD}\nrate,1,2020-01-01,,s,true\n", "c.csv")
    with pytest.raises(LawTableError, match="rate stands in a and c"):
        load_law(tmp_path)


def test_a_folder_without_law_is_refused(tmp_path):
    with pytest.raises(LawTableError, match="no law table"):
        load_law(tmp_path)


STANDARDS = of(
    pl.DataFrame(
        {
            "subsidy": ["living", "living", "nursing"],
            "grade": ["1", "1", "1"],
            "fen": [12000, 15000, 9000],
            "valid_from": [date(2020, 1, 1), date(2025, 7, 1), date(2020, 1, 1)],
            "valid_to": [date(2025, 6, 30), None, date(2025, 12, 31)],
        }
    ),
    "standards",
    ("subsidy", "grade"),
)


def test_each_row_gets_the_standard_of_its_own_date_in_order():
    rows = pl.DataFrame(
        {
            "kind": ["living", "nursing", "living", "nursing", "living", "other"],
            "grade": ["1"] * 6,
            "on": [date(2025, 7, 1), date(2026, 1, 1), date(2025, 6, 30), date(2025, 1, 1), None, date(2025, 1, 1)],
        }
    )
    joined = STANDARDS.join(rows, "on", ["fen"], by=("kind", "grade"))
    assert joined["fen"].to_list() == [15000, None, 12000, 9000, None, None]
    assert joined.columns == ["kind", "grade", "on", "fen"]


def test_several_keys_name_a_row():
    assert STANDARDS.on(("nursing", "1"), date(2025, 1, 1))["fen"] == 9000
    with pytest.raises(LawTableError, match="living / 9"):
        STANDARDS.on(("living", "9"), date(2025, 1, 1))
