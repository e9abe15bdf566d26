from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.ids import citizen

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def numbered(area: str, birth: str, sequence: str) -> str:
    body = area + birth + sequence
    return body + "10X98765432"[sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS, strict=True)) % 11]


PERSON = numbered("900001", "19850307", "412")


def row(text: str | None) -> dict[str, object]:
    return citizen.clean(pl.Series([text], dtype=pl.String)).row(0, named=True)


def test_standard_vector_is_read_in_full():
    assert row("11010519491231002X") == {
        "value": "11010519491231002X",
        "problem": None,
        "repair": None,
        "birth_date": date(1949, 12, 31),
        "sex": "女",
        "region_code": "110105",
        "region_known": True,
        "region_at_birth": "朝阳区",
        "id_type": "citizen",
    }


@pytest.mark.parametrize(
    ("text", "value", "repair"),
    [
        ("11010519491231002x", "11010519491231002X", None),
        ("'11010519491231002X", "11010519491231002X", None),
        ("\t11010519491231002X\t\r\n", "11010519491231002X", None),
        ("\xa011010519491231002X\u3000", "11010519491231002X", None),
        ("\u200b110105\u200b19491231002X\ufeff", "11010519491231002X", None),
        ("110105 19491231 002X", "11010519491231002X", None),
        ('="11010519491231002X"', "11010519491231002X", None),
        ("１１０１０５１９４９１２３１００２Ｘ", "11010519491231002X", "full_width"),
        ("110105491231002", "11010519491231002X", "from_15"),
        ("110105491231002.0", "11010519491231002X", "decimal_tail,from_15"),
        ("１１０１０５４９１２３１００２", "11010519491231002X", "full_width,from_15"),
        (f"{PERSON}.0", PERSON, "decimal_tail"),
    ],
)
def test_dirt_is_removed_and_repairs_are_named(text, value, repair):
    got = row(text)
    assert (got["value"], got["problem"], got["repair"]) == (value, None, repair)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (None, "blank"),
        ("", "blank"),
        ("\u3000\t", "blank"),
        ("无", "placeholder"),
        ("---", "placeholder"),
        (r"\N", "placeholder"),
        ("null", "placeholder"),
        ("000000000000000000", "placeholder"),
        ("3.71421E+17", "digits_lost"),
        ("3.71421e17", "digits_lost"),
        ("110105194912310000", "digits_lost"),
        ("1101051949123100", "length"),
        ("11010519491231002X1", "length"),
        ("11010519491231AB2X", "characters"),
        ("十一万零一百零五", "length"),
    ],
)
def test_unreadable_cells_have_no_value_and_no_parts(text, problem):
    got = row(text)
    assert got.pop("problem") == problem
    assert set(got.values()) == {None}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("110105194912310021", "check_digit"),
        (numbered("110105", "19490230", "002"), "birth_date"),
        (numbered("110105", "19491331", "002"), "birth_date"),
        (numbered("110105", "17491231", "002"), "birth_date"),
        ("110105************2X", "masked"),
    ],
)
def test_doubtful_numbers_keep_their_text(text, problem):
    got = row(text)
    assert (got["value"], got["problem"]) == (text, problem)


def test_impossible_birth_date_is_null_but_sex_and_area_stand():
    got = row(numbered("110105", "19490230", "003"))
    assert (got["birth_date"], got["sex"], got["region_code"]) == (None, "男", "110105")


def test_leap_day_exists_only_in_leap_years():
    problems = citizen.clean(
        pl.Series([numbered("110105", f"{year}0229", "002") for year in (1900, 2000, 2023, 2024)])
    )["problem"]
    assert problems.to_list() == ["birth_date", None, "birth_date", None]


@pytest.mark.parametrize("place", range(18))
def test_a_lost_digit_is_never_put_back(place):
    assert row(PERSON[:place] + PERSON[place + 1 :]) == dict.fromkeys(row(None)) | {"problem": "length"}


@pytest.mark.parametrize("place", range(18))
def test_a_doubled_digit_is_never_taken_out(place):
    assert row(PERSON[:place] + PERSON[place] + PERSON[place:]) == dict.fromkeys(row(None)) | {"problem": "length"}


def test_a_number_that_would_hold_with_a_zero_before_it_is_still_too_short():
    whole = numbered("010105", "19491231", "002")
    assert (row(whole[1:])["value"], row(whole[1:])["problem"]) == (None, "length")


def test_someone_born_after_the_day_asked_about_is_suspicious():
    child = numbered("900001", "20240602", "412")
    problems = [citizen.clean(pl.Series([child]), as_of=date(2024, 6, day))["problem"].item() for day in (1, 2)]
    assert problems == ["birth_in_future", None]
    assert row(child)["problem"] is None


def flags(text: str | None, as_of: date | None = None) -> tuple[bool | None, ...]:
    return citizen.flags(pl.Series([text], dtype=pl.String), as_of=as_of).row(0)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("11010519491231002X", (True, True, True, True, True)),
        ("110105194912310021", (False, True, True, True, True)),
        ("110105194913310022", (False, False, None, True, True)),  # two faults: `problem` can name one
        (numbered("900001", "20240602", "412"), (True, True, False, False, False)),
        (numbered("372421", "19990101", "412"), (True, True, True, True, False)),
        ("911124198108030024", (True, True, True, None, None)),
        ("CAN110078010201", (None,) * 5),
        ("1101051949123102", (None,) * 5),
        (None, (None,) * 5),
    ],
)
def test_each_question_has_its_own_answer(text, expected):
    assert flags(text, date(2024, 6, 1)) == expected


def test_nobody_is_too_young_when_no_day_is_asked_about():
    assert flags(PERSON)[2] is None


def test_number_that_went_through_a_float_has_lost_its_digits():
    rounded = next(
        text
        for text in (numbered("900001", "19850307", f"{sequence:03}") for sequence in range(1000))
        if text.isdigit() and int(float(text)) == int(text)
    )
    assert row(rounded)["problem"] is None
    assert row(f"{rounded}.0")["problem"] == "digits_lost"


def ending(last: str, sequence: str) -> str:
    """A number with a passing check whose sequence and check character are as wished."""
    days = (f"1985{month:02}{day:02}" for month in range(1, 13) for day in range(1, 29))
    return next(text for text in (numbered("900001", day, sequence) for day in days) if text[-1] == last)


@pytest.mark.parametrize("sequence", ["000", "100", "900"])
def test_ending_000_is_a_spreadsheets_trace_though_the_check_passes(sequence):
    assert row(ending("0", sequence)) == dict.fromkeys(row(None)) | {"problem": "digits_lost"}
    assert row(ending("7", sequence))["problem"] == ("sequence" if sequence == "000" else None)


def test_fifteen_digits_that_would_end_in_000_are_refused_like_the_number_they_become():
    whole = ending("0", "100")
    assert row(whole[:6] + whole[8:17])["problem"] == "digits_lost"


def test_the_sequence_000_is_never_given_out():
    text = ending("X", "000")
    assert (row(text)["value"], row(text)["problem"]) == (text, "sequence")


def test_one_true_number_in_1221_is_refused_for_its_ending():
    texts = [
        numbered("371403", f"1985{month:02}{day:02}", f"{sequence:03}")
        for month in range(1, 13)
        for day in range(1, 29, 3)
        for sequence in range(1, 1000)
    ]
    refused = citizen.clean(pl.Series(texts))["value"].null_count()
    assert refused / len(texts) == pytest.approx(9 / 999 / 11, rel=0.2)


@pytest.mark.parametrize(
    ("text", "id_type"),
    [
        (PERSON, "citizen"),
        (numbered("810000", "19900101", "001"), "hong_kong_permit"),
        (numbered("820000", "19900101", "001"), "macau_permit"),
        (numbered("830000", "19900101", "001"), "taiwan_permit"),
        ("911124198108030024", "foreign_permit"),
        ("CAN110078010201", "foreign_permit"),
    ],
)
def test_permits_are_told_from_citizens(text, id_type):
    assert (row(text)["id_type"], row(text)["problem"]) == (id_type, None)


def test_unassigned_area_is_no_problem_only_unknown():
    got = row(PERSON)
    assert (got["problem"], got["region_known"], got["region_at_birth"]) == (None, False, None)


@pytest.mark.parametrize("text", ["911124198108030024", numbered("830000", "19900101", "001")])
def test_permits_of_foreigners_and_taiwan_residents_have_no_region(text):
    got = row(text)
    assert (got["region_code"], got["region_known"], got["region_at_birth"]) == (None, None, None)


@pytest.mark.parametrize(
    ("area", "year", "name"),
    [
        ("372421", "1990", "陵县"),
        ("371421", "2000", "陵县"),
        ("371403", "2016", "陵城区"),
        ("371403", "1950", "陵城区"),
        ("120110", "1985", "东郊区"),
        ("120110", "1995", "东丽区"),
    ],
)
def test_region_has_the_name_of_the_birth_year(area, year, name):
    assert row(numbered(area, f"{year}0101", "001"))["region_at_birth"] == name


def test_rows_keep_their_order_and_the_input_is_untouched():
    cells = ["无", PERSON.lower(), None, " 110105491231002 "]
    series = pl.Series("id", cells)
    assert citizen.clean(series)["value"].to_list() == [None, PERSON, None, "11010519491231002X"]
    assert series.to_list() == cells


def test_empty_column_has_all_columns_with_their_types():
    got = citizen.clean(pl.Series([], dtype=pl.String))
    assert got.height == 0
    assert (
        got.schema
        == citizen.clean(pl.Series([PERSON])).schema
        == citizen.clean(pl.Series([None], dtype=pl.String)).schema
    )


def test_numbers_typed_as_integers_are_read():
    assert citizen.clean(pl.Series([110105491231002]))["value"].to_list() == ["11010519491231002X"]


bodies = st.tuples(
    st.sampled_from(["900001", "371403", "110105", "810000"]),
    st.dates(date(1900, 1, 1), date(2030, 1, 1)).map(lambda day: f"{day:%Y%m%d}"),
    st.integers(1, 999).map("{:03}".format),
).filter(lambda body: not numbered(*body).endswith("000"))


@given(bodies)
def test_every_well_formed_number_passes(body):
    assert citizen.is_valid(numbered(*body))


@given(bodies, st.sampled_from("0123456789X"))
def test_a_mutated_check_digit_is_always_noticed(body, other):
    text = numbered(*body)
    assert citizen.is_valid(text[:17] + other) == (other == text[17])


@given(
    st.lists(
        st.one_of(st.none(), st.text(), st.from_regex(r"[0-9]{15}(\.0)?|[0-9]{17}[0-9xX]?", fullmatch=True)), max_size=6
    )
)
def test_any_text_is_cleaned_without_raising_and_cleaning_again_changes_nothing(cells):
    once = citizen.clean(pl.Series(cells, dtype=pl.String))
    kept = once.filter(pl.col("value").is_not_null())
    again = citizen.clean(kept["value"])
    assert once.height == len(cells)
    assert again.drop("repair").equals(kept.drop("repair"))
    assert again["repair"].null_count() == again.height
