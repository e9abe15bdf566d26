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
    ],
)
def test_codes_of_19_and_28_give_parcel_and_county(text, value):
    expected = {"value": value, "problem": None, "repair": None, "parcel": value[:19], "county": "900001"}
    assert row(text) == expected


def test_full_width_code_is_repaired():
    got = row("９００００１００１００２ＧＢ００００３")
    assert (got["value"], got["repair"]) == ("900001001002GB00003", "full_width")


@pytest.mark.parametrize(
    "text", ["900001001002XB00003", "9000010010021200003", "900001001002GB00003X00010001", "90000100100GB000003"]
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
        ("900001001002GB0003", "length"),
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


@given(
    st.lists(st.one_of(st.none(), st.text(), st.from_regex(r"[0-9]{12}[GJZgx]B[0-9]{5}", fullmatch=True)), max_size=6)
)
def test_any_text_is_cleaned_without_raising_and_cleaning_again_changes_nothing(cells):
    once = parcel.clean(pl.Series(cells, dtype=pl.String))
    kept = once.filter(pl.col("value").is_not_null())
    assert once.height == len(cells)
    assert parcel.clean(kept["value"]).drop("repair").equals(kept.drop("repair"))
