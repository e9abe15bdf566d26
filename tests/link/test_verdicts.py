import polars as pl
import pytest

from casebook.link.matching import match
from casebook.link.residual import Asked
from casebook.link.waterfall import waterfall

ROLES = ("name", "given_name", "family_name", "sex", "birth_date", "place", "address", "phone", "id", "citizen_id")


def side(first: int, *rows: dict) -> pl.DataFrame:
    schema = {"ref": pl.Int64} | dict.fromkeys(ROLES, pl.String)
    return pl.DataFrame([{"ref": first + at} | row for at, row in enumerate(rows)], schema=schema)


def found(left: list[dict], right: list[dict], *, one_to_one: bool = False) -> list[tuple[int, int]]:
    links = match(side(1, *left), side(101, *right), "person", one_to_one=one_to_one)
    return links.frame.filter(tier="T3").select("left_ref", "right_ref").rows()


OFFICE = {"name": "王建国", "phone": "01065001234"}


@pytest.mark.parametrize(
    ("one", "other", "linked"),
    [
        ("1985-03-03", "1966-09-10", False),
        ("1985-03-03", "1985-09-10", False),
        ("1950-01-01", "1980-01-01", False),
        ("1985-03-03", "1985-03-08", True),
        ("1985-03-04", "1985-04-03", True),
        ("1985-03-03", None, True),
        ("1985-03-03", "1985-03-03", True),
    ],
)
def test_birth_dates_that_no_slip_explains_bar_a_link(one, other, linked):
    pair = found([OFFICE | {"birth_date": one}], [OFFICE | {"birth_date": other}])
    assert pair == ([(1, 101)] if linked else [])


@pytest.mark.parametrize(("number", "linked"), [("5304218", True), ("110105198503030022", False), (None, False)])
def test_a_number_that_is_no_citizen_id_outweighs_birth_dates(number, linked):
    one, other = (OFFICE | {"id": number, "birth_date": day} for day in ("1985-03-03", "1966-09-10"))
    assert bool(found([one], [other])) is linked


@pytest.mark.parametrize(("more", "linked"), [({}, False), ({"phone": "0291234567"}, True)])
def test_names_in_letters_need_two_more_beside_other_birth_dates(more, linked):
    person = {"given_name": "Mitchell", "family_name": "White", "address": "12 Denovan Circuit"} | more
    one, other = (person | {"birth_date": day} for day in ("1968-10-12", "1903-12-29"))
    assert bool(found([one], [other])) is linked


def test_one_place_for_all_makes_a_name_no_link():
    left = [{"name": "李娜" if row == 0 else f"张{chr(0x4E00 + row)}", "place": "柳湾镇"} for row in range(40)]
    right = [{"name": "李娜" if row == 0 else f"王{chr(0x4E00 + row)}", "place": "柳湾镇"} for row in range(40)]
    assert found(left, right) == []
    assert found(left, right, one_to_one=True) == []


def test_a_village_of_few_makes_a_name_a_link():
    left = [{"name": f"张{chr(0x4E00 + row)}", "place": f"{chr(0x5000 + row // 2)}村"} for row in range(40)]
    assert found(left, left) == [(row, row + 100) for row in range(1, 41)]


def test_candidates_that_differ_are_not_both_linked():
    left = [{"name": "陈美", "birth_date": "2015-01-01"}]
    right = [{"name": "陈梅", "birth_date": "2015-01-01"}, {"name": "陈妹", "birth_date": "2016-01-01"}]
    assert found(left, right) == [(1, 101)]


def test_two_rows_of_one_person_are_both_linked():
    person = {"name": "亓官珩", "birth_date": "1985-03-03", "phone": "13912340007"}
    assert found([person], [person, person | {"sex": "男"}]) == [(1, 101), (1, 102)]


@pytest.mark.parametrize(
    ("more", "other"),
    [({}, {}), ({"birth_date": "1985-03-03"}, {"birth_date": "1966-09-10"})],
    ids=["name alone", "births apart"],
)
def test_a_pair_that_may_be_no_link_is_told_without_a_probability(more, other):
    one, two = side(1, {"name": "亓官珩"} | more), side(101, {"name": "亓官珩"} | other)
    links = match(one, two, "person", asked=Asked(with_weak=True))
    assert links.frame.select("tier", "reason", "score").rows() == [("T4", "weighed_weak", None)]
    assert waterfall(links.weighed.row(0, named=True))["cumulative"].to_list()[-1] is None


def test_a_rival_shows_what_the_pair_would_have_without_it():
    links = match(side(1, OFFICE), side(101, OFFICE, OFFICE), "person", asked=Asked(with_weak=True))
    told = links.weighed.select("probability", "alone").rows()
    assert [probability < alone for probability, alone in told] == [True, True]
