from datetime import date

import polars as pl
import pytest

from casebook.ids import eighteen
from casebook.link.person_rows import SECOND, born_by, both, sex_by

GOOD, OTHER, PERMIT, BROKEN = "11010519491231002X", "900001195002031276", "CAN110153111400", "110105194912310021"
PACKED = eighteen.pack(pl.Series([GOOD])).item()


def row(**roles) -> dict:
    return both(
        pl.DataFrame({"ref": [1], **{name: [value] for name, value in roles.items()}}), pl.DataFrame({"ref": [1]})
    )[0].row(0, named=True)


def test_missing_roles_are_null_columns_of_both_tables():
    left, right = both(pl.DataFrame({"ref": [1]}), pl.DataFrame({"ref": ["a"], "name": ["李明"]}))
    assert left.columns == right.columns
    assert left.select(SECOND).null_count().row(0) == (1,) * len(SECOND)


@pytest.mark.parametrize(
    ("code", "own", "broken"),
    [
        (GOOD, PACKED, None),
        (BROKEN, None, BROKEN),
        ("无", None, None),
        (None, None, None),
        ("1101051949****002X", None, None),
    ],
)
def test_id_is_a_number_or_broken_or_nothing(code, own, broken):
    said = row(citizen_id=code)
    assert (said["own"], said["entity"], said["broken"], said["shown"]) == (own, own, broken, code)


@pytest.mark.parametrize(
    ("raw", "broken"),
    [
        ("11010519491231002", "11010519491231002"),
        (" 11010519491231002\t", "11010519491231002"),
        ("110105194912", None),
        (None, None),
    ],
)
def test_id_of_seventeen_digits_is_read_as_it_was_delivered(raw, broken):
    assert row(citizen_id=None, citizen_id_raw=raw)["broken"] == broken


@pytest.mark.parametrize(
    ("name", "seen"), [("李明", "李明"), ("李*明", "李*明"), ("李明、王芳", "李明、王芳"), ("无", None), (None, None)]
)
def test_what_is_visible_of_a_name_is_kept_beside_it(name, seen):
    said = row(name=name)
    assert (said["name"], said["seen_name"]) == (name if name == "李明" else None, seen)


def test_permits_without_check_digit_have_one_number_below_zero_on_both_sides():
    left, right = both(
        pl.DataFrame({"ref": [1, 2], "citizen_id": [PERMIT, GOOD]}),
        pl.DataFrame({"ref": [1, 2], "citizen_id": ["AUS110153111400", PERMIT]}),
    )
    assert left["own"][0] == right["own"][1] < 0
    assert right["own"].n_unique() == 2


def test_id_inside_the_certificate_counts_where_it_says_more():
    assert row(citizen_id=GOOD, certificate_id=GOOD + "43")["inner"] is None
    said = row(certificate_id=GOOD + "43")
    assert (said["own"], said["inner"], said["entity"]) == (None, PACKED, PACKED)


@pytest.mark.parametrize(
    ("stated", "number"),
    [(date(1950, 2, 3), 19500203), ("1950-02-03", 19500203), ("19500203", 19500203), ("1950-02", None), (None, None)],
)
def test_stated_birth_date_is_a_number(stated, number):
    assert row(birth_date=stated)["stated_birth"] == number


def test_birth_date_is_the_stated_one_before_the_one_of_the_id():
    assert row(citizen_id=GOOD)["birth_date"] == 19491231
    said = row(citizen_id=GOOD, birth_date=date(1950, 1, 1))
    assert (said["birth_date"], said["stated_birth"]) == (19500101, 19500101)


@pytest.mark.parametrize(("name", "sound"), [("李明", "li-ming"), ("李某", None), ("李明、王芳", None), (None, None)])
def test_sound_of_a_name_that_is_not_written_out_is_nobodys(name, sound):
    assert row(name=name, homophone_key="li-ming")["homophone_key"] == sound


@pytest.mark.parametrize(("number", "born", "sex"), [(PACKED, 19491231, "女"), (-1, None, None), (None, None, None)])
def test_packed_id_tells_birth_date_and_sex(number, born, sex):
    frame = pl.DataFrame({"number": [number]}, schema={"number": pl.Int64})
    assert frame.select(born=born_by(pl.col("number")), sex=sex_by(pl.col("number"))).row(0) == (born, sex)
