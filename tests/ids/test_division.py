import subprocess
import sys
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casebook.ids import division


def row(text: str | None, as_of: int | None = None) -> dict[str, object]:
    return division.clean(pl.Series([text], dtype=pl.String), as_of=as_of).row(0, named=True)


def test_code_in_force_is_described():
    assert row("371403") == {
        "value": "371403",
        "problem": None,
        "repair": None,
        "province": "山东省",
        "prefecture": "德州市",
        "county": "陵城区",
        "status": "in_force",
        "successor": None,
        "current": "371403",
    }


VECTORS = pl.read_csv(Path(__file__).parents[1] / "vectors" / "division.csv", infer_schema=False)


@pytest.mark.parametrize("vector", VECTORS.rows(named=True), ids=VECTORS["source_note"])
def test_vector(vector):
    got = row(vector["input"])
    assert {name: got[name] for name in ("problem", "repair", "county", "status", "current")} == {
        name: vector[name] for name in ("problem", "repair", "county", "status", "current")
    }
    assert got["value"] == vector["expected"]


def test_three_codes_of_one_district_have_one_code_today():
    assert [row(code)["current"] for code in ("372421", "371421", "371403")] == ["371403"] * 3


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(division.history().frame["code"].unique().sort().to_list()), st.sampled_from(["", "001", "001002"])
)
def test_every_code_of_the_table_is_valid_and_longer_ones_lie_in_it(code, more):
    got = row(code + more)
    assert (got["value"], got["problem"], got["province"] is not None) == (code, None, True)


@settings(max_examples=60, deadline=None)
@given(st.from_regex(r"[1-8][0-9]{5}", fullmatch=True), st.integers(1950, 2050))
def test_a_code_is_described_only_if_the_table_has_it(code, year):
    got = row(code, year)
    is_known = code in set(division.history().frame["code"])
    assert (got["problem"] is None, got["status"] != "unknown", got["province"] is not None) == (is_known,) * 3


@pytest.mark.parametrize(
    ("code", "as_of", "status", "successor"),
    [
        ("372421", None, "abolished", "372401;371421"),
        ("371421", None, "abolished", "371403"),
        ("371421", 2000, "in_force", None),
        ("371421", 2014, "abolished", "371403"),
        ("371421", 1990, "not_yet", None),
        ("371403", 2013, "not_yet", None),
    ],
)
def test_status_and_successor_are_those_of_the_year(code, as_of, status, successor):
    got = row(code, as_of)
    assert (got["status"], got["successor"]) == (status, successor)


def test_one_code_has_the_name_of_the_year():
    assert [row("120110", year)["county"] for year in (1985, 1995, None)] == ["东郊区", "东丽区", "东丽区"]


def test_province_and_prefecture_codes_have_no_county():
    assert [row("370000")[part] for part in ("province", "prefecture", "county")] == ["山东省", None, None]
    assert [row("371400")[part] for part in ("province", "prefecture", "county")] == ["山东省", "德州市", None]


def test_directly_governed_county_has_no_prefecture():
    assert [row("110101")[part] for part in ("province", "prefecture", "county")] == ["北京市", None, "东城区"]


@pytest.mark.parametrize(
    ("text", "value", "repair"),
    [
        ("37", "370000", "padded"),
        ("3714", "371400", "padded"),
        ("330203001", "330203", "county_of"),
        ("371403001002", "371403", "county_of"),
        (" 371403.0", "371403", "decimal_tail"),
    ],
)
def test_codes_of_other_lengths_are_brought_to_six_digits(text, value, repair):
    got = row(text)
    assert (got["value"], got["problem"], got["repair"]) == (value, None, repair)


def test_code_that_never_existed_keeps_its_value():
    got = row("900001")
    assert (got["value"], got["problem"], got["status"], got["county"]) == ("900001", "unknown_code", "unknown", None)


@pytest.mark.parametrize(
    ("text", "problem"),
    [(None, "blank"), ("无", "placeholder"), ("000000", "placeholder"), ("37140", "length"), ("陵城区", "characters")],
)
def test_unreadable_cells_have_no_value_and_no_parts(text, problem):
    got = row(text)
    assert got.pop("problem") == problem
    assert set(got.values()) == {None}


@pytest.mark.parametrize(
    ("code", "year", "name"),
    [
        ("372421", 1990, "陵县"),
        ("371403", 2016, "陵城区"),
        ("371403", 1960, "陵城区"),
        ("900001", 2000, None),
        ("ABCDEF", 2000, None),
    ],
)
def test_name_of_a_year(code, year, name):
    assert division.name(code, year) == name


def test_successors_are_followed_to_the_codes_of_today():
    assert division.current("371421") == ("371403",)
    assert "371403" in division.current("372421")
    assert division.current("371403") == ("371403",)


def test_every_ended_code_leads_to_codes_in_force_or_has_no_heir():
    frame = division.history().frame
    in_force = set(frame.filter(pl.col("until").is_null())["code"])
    ended = frame.filter(pl.col("until").is_not_null() & (pl.col("level") == "县级"))["code"].unique()
    assert all(set(division.current(code)) <= in_force for code in ended)


def test_rows_as_of_knows_the_ends_of_the_table():
    codes = np.array([0, 110000, 999_999])
    assert (division.history().rows_as_of(codes, np.full(3, 2020)) >= 0).tolist() == [False, True, False]


def test_import_reads_no_file():
    program = "from casebook.ids import citizen, organisation, division; print(division.history.cache_info().currsize)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "0"


def test_empty_column_has_the_same_types_as_a_full_one():
    assert division.clean(pl.Series([], dtype=pl.String)).schema == division.clean(pl.Series(["371403"])).schema


@given(st.lists(st.one_of(st.none(), st.text(), st.from_regex(r"[0-9]{1,13}", fullmatch=True)), max_size=6))
def test_any_text_is_cleaned_without_raising_and_cleaning_again_changes_nothing(cells):
    once = division.clean(pl.Series(cells, dtype=pl.String))
    kept = once.filter(pl.col("value").is_not_null())
    assert once.height == len(cells)
    assert division.clean(kept["value"]).drop("repair").equals(kept.drop("repair"))
