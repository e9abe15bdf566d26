from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.ids import disability, eighteen

HOLDER = "11010519491231002X"


def row(text: str | None) -> dict[str, object]:
    return disability.clean(pl.Series([text], dtype=pl.String)).row(0, named=True)


@pytest.mark.parametrize(
    ("text", "reissue"),
    [
        (f"{HOLDER}44", 0),
        (f"{HOLDER}44B1", 1),
        ("11010519491231002x44b2", 2),
        ("\t110105 19491231 002X 44 B12", 12),
        (f"{HOLDER}44-B1", 1),
        (f"{HOLDER}44(b2)", 2),
    ],
)
def test_certificate_holds_citizen_category_grade_and_reissue(text, reissue):
    assert row(text) == {
        "value": f"{HOLDER}44",
        "problem": None,
        "repair": None,
        "citizen_id": HOLDER,
        "category": "4",
        "grade": "4",
        "reissue": reissue,
    }


def test_every_category_has_a_name():
    assert [disability.CATEGORIES[str(code)] for code in range(1, 8)] == [
        "视力",
        "听力",
        "言语",
        "肢体",
        "智力",
        "精神",
        "多重",
    ]


def test_full_width_certificate_is_repaired():
    got = row("１１０１０５１９４９１２３１００２Ｘ１２")
    assert (got["value"], got["repair"]) == (f"{HOLDER}12", "full_width")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (f"{HOLDER}84", "category"),
        (f"{HOLDER}04", "category"),
        (f"{HOLDER}45", "grade"),
        (f"{HOLDER}40", "grade"),
        ("11010519491231002144", "check_digit"),
        ("11010519490231002X44", "birth_date"),
        ("110105********002X44", "masked"),
    ],
)
def test_doubtful_certificates_keep_their_text(text, problem):
    got = row(text)
    assert (got["value"], got["problem"]) == (text, problem)


def test_citizen_number_with_a_failing_check_is_still_handed_out():
    assert row("11010519491231002144")["citizen_id"] == "110105194912310021"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (None, "blank"),
        ("无", "placeholder"),
        ("1.10105E+19", "digits_lost"),
        ("11010519491231000000", "digits_lost"),
        (HOLDER, "length"),
        ("1101051949123100244", "length"),  # the X was dropped
        (f"{HOLDER}044", "length"),
        (f"{HOLDER}4", "length"),
        (f"{HOLDER}44C1", "characters"),
        ("肢体四级", "length"),
    ],
)
def test_unreadable_cells_have_no_value_and_no_parts(text, problem):
    got = row(text)
    assert got.pop("problem") == problem
    assert set(got.values()) == {None}


def test_empty_column_has_the_same_types_as_a_full_one():
    assert (
        disability.clean(pl.Series([], dtype=pl.String)).schema == disability.clean(pl.Series([f"{HOLDER}44"])).schema
    )


holders = st.builds(
    lambda born, order: eighteen.with_check(pl.Series([f"900001{born:%Y%m%d}{order:03}"])).item(),
    st.dates(date(1900, 1, 1), date(2030, 1, 1)),
    st.integers(1, 999),
).filter(lambda holder: not holder.endswith("000"))
kinds = st.tuples(st.integers(1, 7), st.integers(1, 4)).map(lambda kind: f"{kind[0]}{kind[1]}")


@given(holders, kinds, st.integers(0, 99))
def test_every_well_formed_certificate_passes(holder, kind, reissue):
    got = row(f"{holder}{kind}B{reissue}")
    assert (got["value"], got["problem"], got["citizen_id"], got["reissue"]) == (holder + kind, None, holder, reissue)


@given(holders, kinds, st.sampled_from("0123456789X"))
def test_a_mutated_check_digit_of_the_holder_is_always_noticed(holder, kind, other):
    assert disability.is_valid(holder[:17] + other + kind) == (other == holder[17])


@given(
    st.lists(
        st.one_of(st.none(), st.text(), st.from_regex(r"[0-9]{17}[0-9x][0-9]{2}(B[0-9])?", fullmatch=True)), max_size=6
    )
)
def test_any_text_is_cleaned_without_raising_and_cleaning_again_changes_nothing(cells):
    once = disability.clean(pl.Series(cells, dtype=pl.String))
    kept = once.filter(pl.col("value").is_not_null())
    again = disability.clean(kept["value"])
    assert once.height == len(cells)
    assert again.drop("repair", "reissue").equals(kept.drop("repair", "reissue"))


def test_one_number_with_lost_digits_takes_no_other_with_it():
    got = disability.clean(pl.Series([f"{HOLDER}44", "11010519491231000000", None]))
    assert got["problem"].to_list() == [None, "digits_lost", "blank"]
