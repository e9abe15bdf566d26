import polars as pl
import pytest

from casebook.ids import citizen, eighteen, organisation
from casebook.link.keys import firm_entity, name_of_one, person_entity, usable
from casebook.text import people

GOOD, OTHER, BROKEN = "11010519491231002X", "900001195002031276", "110105194912310021"
UNIFIED, INSIDE = "91110000101623741K", "101623741"
ID_COLUMNS = ("citizen_id", "citizen_id_problem", "citizen_id_repair", "certificate_no_citizen_id")
CODE_COLUMNS = ("code", "code_problem", "code_repair", "organisation")


def person(*row: str | None) -> tuple:
    frame = pl.DataFrame([row], schema=dict.fromkeys(ID_COLUMNS, pl.String), orient="row")
    return person_entity(frame).select("entity", "entity_tier", "entity_reason", "id_conflict").row(0)


def firm(*row: str | None) -> tuple:
    frame = pl.DataFrame([row], schema=dict.fromkeys(CODE_COLUMNS, pl.String), orient="row")
    return firm_entity(frame).select("entity", "entity_tier", "entity_reason").row(0)


@pytest.mark.parametrize(
    ("row", "answer"),
    [
        ((GOOD, None, None, None), (GOOD, "T1", "id_valid", False)),
        ((GOOD, None, None, GOOD), (GOOD, "T1", "id_valid", False)),
        ((GOOD, None, "from_15", None), (GOOD, "T2", "id_repaired", False)),
        ((None, "blank", None, GOOD), (GOOD, "T2", "id_in_certificate", False)),
        ((BROKEN, "check_digit", None, GOOD), (GOOD, "T2", "id_in_certificate", False)),
        ((BROKEN, "check_digit", None, BROKEN), (None, None, "id_broken", False)),
        ((None, "blank", None, None), (None, None, "id_missing", False)),
        (("111111111111111111", None, None, None), (None, None, "id_missing", False)),
    ],
)
def test_person_is_known_by_the_best_id_of_the_row(row, answer):
    assert person(*row) == answer


def test_two_valid_ids_in_a_row_conflict_and_the_own_one_stays():
    assert person(GOOD, None, None, OTHER) == (GOOD, "T1", "id_valid", True)


def test_without_problem_column_the_check_digit_decides():
    frame = person_entity(pl.DataFrame({"citizen_id": [GOOD, BROKEN, None, "CAN110153111400"]}))
    assert frame["entity"].to_list() == [GOOD, None, None, "CAN110153111400"]
    assert frame["entity_reason"].to_list() == ["id_valid", "id_broken", "id_missing", "id_valid"]


@pytest.mark.parametrize(
    ("text", "is_key"), [("900001197703040000", False), ("900001197701060008", False), (GOOD, True)]
)
def test_a_number_a_spreadsheet_may_have_rounded_is_no_key(text, is_key):
    numbers = pl.DataFrame({"citizen_id": [text], "code": [text], "certificate_no_citizen_id": [text]})
    assert eighteen.pack(numbers["code"]).null_count() == 0
    assert (person_entity(numbers)["entity"].null_count() == 0) == is_key
    assert (firm_entity(numbers)["entity"].null_count() == 0) == is_key


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("李小明之父", None),
        ("王氏", None),
        ("李Ming", None),
        ("李明、王芳", None),
        ("\ue123明", None),
        ("李*明", None),
        ("合计", None),
        ("本页小计：", None),
        ("同上", None),
        ("张晟", "张晟"),
        ("何其他", "何其他"),
    ],
)
def test_a_cell_that_names_no_single_person_is_no_name(cell, name):
    said = people.clean(pl.Series([cell]))
    frame = pl.DataFrame({"name": said["value"], "name_problem": said["problem"]})
    assert name_of_one(frame, "name").item() == name


def test_frame_keeps_its_rows_and_columns():
    frame = pl.DataFrame({"ref": [3, 1, 2], "name": ["李明", None, "王"]})
    keyed = person_entity(frame)
    assert keyed.select("ref", "name").equals(frame)
    assert keyed["entity"].null_count() == 3


@pytest.mark.parametrize(
    ("row", "answer"),
    [
        ((UNIFIED, None, None, INSIDE), (INSIDE, "T1", "unified_code")),
        ((UNIFIED, None, "full_width", INSIDE), (INSIDE, "T2", "code_repaired")),
        (("110000101623741", None, None, INSIDE), (INSIDE, "T2", "organisation_bridge")),
        ((INSIDE, None, None, INSIDE), (INSIDE, "T2", "organisation_bridge")),
        ((GOOD, None, None, None), (GOOD, "T2", "citizen_id_as_tax_number")),
        (("330203000030639", None, None, None), (None, None, "no_organisation_inside")),
        (("91110000101623741A", "check_digit", None, INSIDE), (INSIDE, "T2", "organisation_bridge")),
        (("91110000101623742K", "check_digit", None, "101623742"), (None, None, "code_broken")),
        (("91110000101623741", "length", None, INSIDE), (None, None, "code_broken")),
        (("000000000000000000", None, None, "000000000"), (None, None, "code_missing")),
        (("9111******623741K", None, None, None), (None, None, "code_missing")),
        ((None, "blank", None, None), (None, None, "code_missing")),
    ],
)
def test_firm_is_known_by_its_organisation_code(row, answer):
    assert firm(*row) == answer


def test_organisation_is_read_off_the_code_when_the_part_is_not_given():
    frame = firm_entity(pl.DataFrame({"code": [UNIFIED, INSIDE, GOOD, "110000101623741", None]}))
    assert frame["entity"].to_list() == [INSIDE, INSIDE, GOOD, None, None]


def test_cleaned_columns_meet_old_and_new_numbers():
    codes = pl.Series(["91110000101623741k", "110000101623741", "10162374-1", GOOD, "无"])
    cleaned = organisation.clean(codes).rename({"value": "code", "problem": "code_problem", "repair": "code_repair"})
    answer = firm_entity(cleaned.select(CODE_COLUMNS))
    assert answer["entity"].to_list() == [INSIDE, INSIDE, INSIDE, GOOD, None]
    assert answer["entity_tier"].to_list() == ["T1", "T2", "T2", "T2", None]


def test_cleaned_ids_of_persons_have_their_tiers():
    cleaned = citizen.clean(pl.Series([GOOD, "110105491231002", "3.71421E+17"]))
    cleaned = cleaned.rename({"value": "citizen_id", "problem": "citizen_id_problem", "repair": "citizen_id_repair"})
    answer = person_entity(cleaned.with_columns(certificate_no_citizen_id=pl.lit(None, pl.String)))
    assert answer["entity"].to_list() == [GOOD, GOOD, None]
    assert answer["entity_tier"].to_list() == ["T1", "T2", None]


@pytest.mark.parametrize(
    "text", [None, "", " ", "无", "/", r"\N", "NULL", "0", "XXXX", "1101****002X", "？？", "11111111"]
)
def test_placeholders_and_masked_text_are_no_keys(text):
    assert usable(pl.Series([text], dtype=pl.String)).to_list() == [None]


def test_real_text_is_a_key():
    assert usable(pl.Series(["李明", GOOD, "1100"])).to_list() == ["李明", GOOD, "1100"]
