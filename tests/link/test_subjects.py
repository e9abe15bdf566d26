from datetime import date

import polars as pl
import pytest

from casebook.link.subjects import of_firms, of_persons, plain, sound

GOOD = "900001195002031276"


def person(**roles: object) -> dict:
    left, _ = of_persons(pl.DataFrame([{"ref": 1} | roles]), pl.DataFrame([{"ref": 2} | roles]))
    return left.row(0, named=True)


def test_what_only_an_id_tells_is_marked():
    told = person(citizen_id=GOOD)
    assert (told["own"], told["born"], told["born_by_id"], told["sex"], told["sex_by_id"]) == (
        GOOD,
        19500203,
        True,
        "男",
        True,
    )


def test_a_stated_birth_date_stands_before_the_one_in_the_id():
    told = person(citizen_id=GOOD, birth_date=date(1951, 2, 3), sex="女")
    assert (told["born"], told["born_by_id"], told["sex"], told["sex_by_id"]) == (19510203, False, "女", False)


@pytest.mark.parametrize(
    ("text", "born"), [("1990-03-07", 19900307), ("19510096", 19510096), ("1990-3", None), ("无", None)]
)
def test_birth_dates_may_be_text(text, born):
    assert person(birth_date=text)["born"] == born


def test_an_id_whose_check_fails_is_a_number_but_no_own_id():
    told = person(citizen_id=GOOD[:-1] + "0")
    assert (told["own"], told["number"]) == (None, GOOD[:-1] + "0")


def test_a_number_of_another_kind_is_compared_as_text():
    assert person(id="AB-12 34")["number"] == "ab 12 34"


def test_names_in_letters_stand_in_two_parts_where_both_tables_have_them():
    told = person(given_name="Mary Ann", family_name="O'Brien")
    assert (told["given"], told["family"], told["name"]) == ("mary ann", "obrien", None)


def test_a_chinese_name_in_two_parts_is_one_name():
    told = person(given_name="明", family_name="李")
    assert (told["name"], told["sounds"], told["given"]) == ("李明", "li-ming", None)


def test_parts_on_one_side_only_are_put_together():
    one, two = of_persons(
        pl.DataFrame({"ref": [1], "given_name": ["Ann"], "family_name": ["Lee"]}),
        pl.DataFrame({"ref": [2], "name": ["Lee Ann"]}),
    )
    assert one["form"].to_list() == two["form"].to_list() == ["ANN LEE"]


def test_placeholders_are_nothing():
    told = person(name="李某", phone="00000000", place="不详", account="暂无")
    assert [told[role] for role in ("name", "phone", "place", "account")] == [None] * 4


def test_a_firm_is_known_by_the_organisation_code_that_stands():
    frame = pl.DataFrame(
        {"ref": [1, 2], "code": ["91350100M000100Y43", "91350100M000100Y44"], "code_problem": [None, "check_digit"]}
    )
    one, _ = of_firms(frame.with_columns(organisation=pl.col("code").str.slice(8, 9)), frame)
    assert one["own"].to_list() == ["M000100Y4", None]


def test_empty_tables_have_no_rows():
    empty = pl.DataFrame(schema={"ref": pl.Int64})
    assert [side.height for side in (*of_persons(empty, empty), *of_firms(empty, empty))] == [0] * 4


@pytest.mark.parametrize(
    ("text", "told"), [("St.  Mary's", "st marys"), ("人民路12-3号", "人民路12-3号"), ("!?", None), (None, None)]
)
def test_words_in_letters_are_made_plain(text, told):
    assert plain(pl.Series([text, "x"], dtype=pl.String))[0] == told


def test_words_that_sound_alike_have_one_skeleton():
    assert sound(pl.Series(["Cassimatis".lower(), "kasimatis"])).n_unique() == 1
