import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.ids import citizen, organisation

ALPHABET = organisation.UNIFIED_ALPHABET


def unified(body: str) -> str:
    total = sum(ALPHABET.index(symbol) * pow(3, place, 31) for place, symbol in enumerate(body))
    return body + ALPHABET[(31 - total % 31) % 31]


def row(text: str | None) -> dict[str, object]:
    return organisation.clean(pl.Series([text], dtype=pl.String)).row(0, named=True)


def test_unified_code_is_read_in_full():
    assert row("91350100M000100Y43") == {
        "value": "91350100M000100Y43",
        "problem": None,
        "repair": None,
        "id_type": "unified",
        "department": "9",
        "category": "1",
        "division": "350100",
        "organisation": "M000100Y4",
    }


@pytest.mark.parametrize(
    ("text", "value", "id_type", "code"),
    [
        ("91110000101623741K", "91110000101623741K", "unified", "101623741"),
        ("91350100m000100y43", "91350100M000100Y43", "unified", "M000100Y4"),
        ("9135 0100 M000 100Y 43\t", "91350100M000100Y43", "unified", "M000100Y4"),
        ("74218321-3", "742183213", "organisation", "742183213"),
        ("742183213", "742183213", "organisation", "742183213"),
        ("330203000030639", "330203000030639", "registration", None),
        ("110000101623741", "110000101623741", "tax_15", "101623741"),
        ("350100m000100y4", "350100M000100Y4", "tax_15", "M000100Y4"),
        ("74218321—3", "742183213", "organisation", "742183213"),
        ("11010519491231002X01", "11010519491231002X01", "citizen_tax", None),
        ("830000199001010012", "830000199001010012", "citizen", None),
        ("11010519491231002x", "11010519491231002X", "citizen", None),
    ],
)
def test_each_kind_of_number_is_recognised(text, value, id_type, code):
    got = row(text)
    assert (got["value"], got["problem"], got["repair"]) == (value, None, None)
    assert (got["id_type"], got["organisation"]) == (id_type, code)


def test_old_tax_number_and_unified_code_share_the_organisation_code():
    codes = organisation.clean(pl.Series(["110000101623741", "91110000101623741K", "10162374-1"]))["organisation"]
    assert codes.unique().to_list() == ["101623741"]


@pytest.mark.parametrize(
    ("text", "id_type"),
    [
        ("91350211M0000XUF46", "unified"),
        ("742183214", "organisation"),
        ("330203000030638", "registration"),
        ("350100M000100Y5", "tax_15"),
    ],
)
def test_failing_check_keeps_the_value(text, id_type):
    got = row(text)
    assert (got["value"], got["problem"], got["id_type"]) == (text, "check_digit", id_type)


def test_failing_code_still_bridges_to_its_organisation_code():
    assert row("91350211M0000XUF46")["organisation"] == "M0000XUF4"


def test_citizen_with_a_typing_slip_stays_a_citizen():
    got = row("371403198503074125")
    assert (got["id_type"], got["problem"], got["value"]) == ("citizen", "check_digit", "371403198503074125")


def test_citizen_number_of_15_digits_is_widened():
    old = next(text for text in (f"110105491231{n:03}" for n in range(1000)) if row(text)["id_type"] == "citizen")
    assert (row(old)["value"], row(old)["repair"]) == (citizen.compact(old), "from_15")


def test_citizen_number_of_15_digits_in_an_unassigned_area_is_a_citizen():
    types = organisation.clean(pl.Series([f"900001850307{n:03}" for n in range(1000)]))["id_type"]
    assert (types == "citizen").sum() > 800


def test_citizen_number_whose_digits_a_spreadsheet_lost_has_no_value():
    assert row("371403198503074000") | {"repair": None} == dict.fromkeys(row(None)) | {"problem": "digits_lost"}


def test_masked_code_keeps_its_text_and_offers_no_bridge():
    got = row("9135********000Y43")
    assert (got["value"], got["problem"], got["id_type"]) == ("9135********000Y43", "masked", "unified")
    assert got["organisation"] is None


def test_full_width_code_is_repaired():
    got = row("９１３５０１００Ｍ０００１００Ｙ４３")
    assert (got["value"], got["problem"], got["repair"]) == ("91350100M000100Y43", None, "full_width")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (None, "blank"),
        (" \t", "blank"),
        ("/", "placeholder"),
        ("暂无", "placeholder"),
        ("000000-0000-00000000", "placeholder"),
        ("9.1371E+17", "digits_lost"),
        ("913501000001000000", "digits_lost"),
        ("9135010000010", "length"),
        ("91350100I000100Y43", "characters"),
        ("云州市青禾区某厂", "length"),
    ],
)
def test_unreadable_cells_have_no_value_and_no_parts(text, problem):
    got = row(text)
    assert got.pop("problem") == problem
    assert set(got.values()) == {None}


def test_individual_business_is_named_by_its_class():
    got = row(unified("92900001MA00000X1"))
    assert organisation.CATEGORIES[f"{got['department']}{got['category']}"] == "个体工商户"
    assert organisation.DEPARTMENTS[str(got["department"])] == "市场监管"


def test_mixed_column_keeps_its_order():
    cells = ["74218321-3", None, "91350100M000100Y43", "330203000030639", "无", "11010519491231002X"]
    types = organisation.clean(pl.Series(cells))["id_type"].to_list()
    assert types == ["organisation", None, "unified", "registration", None, "citizen"]


def test_empty_column_has_the_same_types_as_a_full_one():
    assert (
        organisation.clean(pl.Series([], dtype=pl.String)).schema == organisation.clean(pl.Series(["742183213"])).schema
    )


@pytest.mark.parametrize("letter", "IOSVZ")
def test_a_misread_letter_is_reported_and_not_guessed(letter):
    code = unified("91371403MA3C9X8K2")
    for place in range(8, 18):
        got = row(code[:place] + letter + code[place + 1 :])
        assert (got["value"], got["problem"], got["repair"]) == (None, "characters", None)


def test_owner_is_known_from_a_tax_number_without_fault_only():
    holder = citizen.compact("110105491231002")
    wrong = holder[:17] + "1"
    cells = [holder, holder + "01", wrong + "01", wrong, "91350100M000100Y43", "11010549123100201", None]
    assert organisation.owner(pl.Series(cells)).to_list() == [holder, holder, None, None, None, None, None]


@pytest.mark.parametrize(
    ("text", "value", "problem", "id_type"),
    [
        ("11010519491231002101", "11010519491231002101", "check_digit", "citizen_tax"),
        ("11010519491231000000", None, "digits_lost", None),
        ("11010519491331002101", None, "length", None),  # no date: nothing says it is a person's
        ("11010549123100201", "11010549123100201", "length", "citizen_tax"),
        ("11010520011231002", None, "length", None),  # 18 digits, one lost, is likelier
        ("90000149123100201", None, "length", None),  # unassigned area
    ],
)
def test_longer_tax_numbers_of_individuals_are_never_better_than_they_are(text, value, problem, id_type):
    got = row(text)
    assert (got["value"], got["problem"], got["id_type"]) == (value, problem, id_type)


tails = st.text(alphabet=ALPHABET, min_size=9, max_size=9).filter(lambda tail: len(set(tail)) > 4)  # no filler


@given(tails)
def test_every_well_formed_unified_code_passes(tail):
    got = row(unified("91900001" + tail))
    assert (got["problem"], got["id_type"], got["organisation"]) == (None, "unified", tail)


@given(tails, st.sampled_from(ALPHABET))
def test_a_mutated_check_character_is_always_noticed(tail, other):
    code = unified("91900001" + tail)
    assert organisation.is_valid(code[:17] + other) == (other == code[17])


codes = st.one_of(
    tails.map(lambda tail: unified("91371403" + tail)), st.from_regex(r"[1-9][0-9]{16}[0-9X]", fullmatch=True)
)


@given(st.lists(codes, max_size=9))
def test_a_code_in_capitals_is_read_as_one_that_needs_cleaning_first(codes):
    plain = organisation.clean(pl.Series(codes, dtype=pl.String))
    dirty = organisation.clean(pl.Series([f" {code.lower()}" for code in codes], dtype=pl.String))
    assert plain.equals(dirty)


numbers = st.from_regex(
    r"[0-9]{15}|[0-9]{17}[0-9x]?|[0-9]{17}[0-9X][0-9]{2}|[0-9]{8}-?[0-9X]|9[1-3][0-9A-Za-z]{16}", fullmatch=True
)


@given(st.lists(st.one_of(st.none(), st.text(), numbers), max_size=6))
def test_any_text_is_cleaned_without_raising_and_cleaning_again_changes_nothing(cells):
    once = organisation.clean(pl.Series(cells, dtype=pl.String))
    kept = once.filter(pl.col("value").is_not_null())
    assert once.height == len(cells)
    assert organisation.clean(kept["value"]).drop("repair").equals(kept.drop("repair"))
