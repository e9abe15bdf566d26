import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.ids import parcel


def row(text: str | None) -> dict[str, object]:
    return parcel.clean(pl.Series([text], dtype=pl.String)).row(0, named=True)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("900001001002GB00003", "900001001002GB00003"),
        ("900001001002GB00003F00010001", "900001001002GB00003F00010001"),
        ("900001001002GB00003W00000000", "900001001002GB00003W00000000"),
        ("900001 001002 gb00003 f00010001", "900001001002GB00003F00010001"),
        ("\u3000900001001002JC00003\t", "900001001002JC00003"),
        ("900001-001-002-GB00003", "900001001002GB00003"),
        ("900001/001/002/GB00003/W00000000", "900001001002GB00003W00000000"),
        ("900001 001002 GB00003 W 0000 0000", "900001001002GB00003W00000000"),
        ("'900001001002JA00003", "900001001002JA00003"),
    ],
)
def test_codes_of_19_and_28_give_parcel_and_county(text, value):
    expected = {"value": value, "problem": None, "repair": None, "parcel": value[:19], "county": "900001"}
    assert row(text) == expected | {"county_known": False}


@pytest.mark.parametrize(
    ("county", "known"), [("371403", True), ("372421", True), ("330203", True), ("900001", False), ("AB1403", False)]
)
def test_county_is_known_if_the_table_ever_had_it(county, known):
    assert row(f"{county}001002GB00003")["county_known"] is known


def test_full_width_code_is_repaired():
    got = row("９００００１００１００２ＧＢ００００３")
    assert (got["value"], got["repair"]) == ("900001001002GB00003", "full_width")


@pytest.mark.parametrize(
    "text",
    [
        "900001001002XB00003",
        "9000010010021200003",
        "900001001002GB00003X00010001",
        "90000100100GB000003",
        "900001001002GB00003W00000001",
        "900001001002GBO0003",
    ],
)
def test_letter_in_an_impossible_place_keeps_the_text(text):
    got = row(text)
    assert (got["value"], got["problem"]) == (text, "structure")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (None, "blank"),
        (" ", "blank"),
        ("---", "placeholder"),
        ("1.23E+27", "digits_lost"),
        ("9.00001e+18", "digits_lost"),
        ("9000010010021230000", "digits_lost"),
        ("1.23456789012345E+27", "digits_lost"),
        ("9000010010022000000000000000", "digits_lost"),
        ("900001001002GB0003", "length"),
        ("900001001002GB00003F0001", "length"),
        ("900001001002GB00003、GB00004", "characters"),
        ("青禾街道北侧", "characters"),
    ],
)
def test_unreadable_cells_have_no_value_and_no_parts(text, problem):
    got = row(text)
    assert got.pop("problem") == problem
    assert set(got.values()) == {None}


def test_empty_column_has_the_same_types_as_a_full_one():
    assert (
        parcel.clean(pl.Series([], dtype=pl.String)).schema == parcel.clean(pl.Series(["900001001002GB00003"])).schema
    )


codes = st.from_regex(
    r"37[0-9]{4}00[0-9]00[0-9][GJZ][ABSXCDEFLNHGWY]0[1-9][0-9]{3}([FLQ]0[1-9][0-9]{6}|W0{8})?", fullmatch=True
)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("000000001002GB00003", "region_unknown"),
        ("990105001002GB00003", "region_unknown"),
        ("371499001002GB00003", None),
        ("110105000000GB00000", "structure"),
        ("371403001002GB00003F00000000", "structure"),
    ],
)
def test_nothing_stands_in_no_province_or_under_a_sequence_of_zeros(text, problem):
    assert (row(text)["value"], row(text)["problem"]) == (text, problem)


@given(codes, st.integers(1, 27), st.sampled_from([" ", "-", "\u3000", "\t", "\u200b"]))
def test_a_well_formed_code_is_kept_however_it_is_grouped(code, place, separator):
    got = row(code[:place] + separator + code[place:])
    assert (got["value"], got["problem"], got["parcel"], got["county"]) == (code, None, code[:19], code[:6])


@given(codes, st.integers(0, 18))
def test_a_lost_character_is_never_put_back(code, place):
    got = row(code[:place] + code[place + 1 :])
    assert (got["value"], got["problem"]) == (None, "length")


@given(
    st.lists(st.one_of(st.none(), st.text(), st.from_regex(r"[0-9]{12}[GJZgx]B[0-9]{5}", fullmatch=True)), max_size=6)
)
def test_any_text_is_cleaned_without_raising_and_cleaning_again_changes_nothing(cells):
    once = parcel.clean(pl.Series(cells, dtype=pl.String))
    kept = once.filter(pl.col("value").is_not_null())
    assert once.height == len(cells)
    assert parcel.clean(kept["value"]).drop("repair").equals(kept.drop("repair"))
