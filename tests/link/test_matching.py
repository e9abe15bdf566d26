import random

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benches import residual_sets
from casebook.errors import LinkError
from casebook.ids import eighteen
from casebook.link.links import COLUMNS
from casebook.link.matching import match
from casebook.link.residual import Asked

ROLES = ("citizen_id", "name", "sex", "birth_date", "address", "place", "phone", "account")
FIRM_ROLES = ("code", "code_problem", "name", "core", "address", "representative", "phone")
IDS = ("900001195002031276", "900001195002030812")
HOME = {"address": "青禾区人民路12号", "place": "柳湾镇", "phone": "14212345678"}
FATHER = HOME | {"name": "李建国", "sex": "男", "birth_date": "1960-05-04"}
SON = HOME | {"name": "李建军", "sex": "男", "birth_date": "1988-11-20"}
TWIN = HOME | {"name": "李建民", "sex": "男", "birth_date": "1988-11-20"}


@pytest.fixture(scope="module")
def planted() -> residual_sets.Planted:
    return residual_sets.planted(4, 1_500)


def side(*rows: dict, first: int = 1, roles: tuple[str, ...] = ROLES) -> pl.DataFrame:
    schema = {"ref": pl.Int64} | dict.fromkeys(roles, pl.String)
    return pl.DataFrame([{"ref": first + at} | row for at, row in enumerate(rows)], schema=schema)


def numbered(born: str, order: int) -> str:
    return eighteen.with_check(pl.Series([f"900001{born}{order:03}"])).item()


def found(left: list[dict], right: list[dict], **options: object) -> list[tuple[int, int]]:
    return match(side(*left), side(*right, first=101), "person", **options).frame.select("left_ref", "right_ref").rows()


def test_the_cascade_goes_from_keys_to_weighed_attributes():
    left = side({"citizen_id": IDS[0], "name": "李明"}, SON)
    links = match(left, side({"citizen_id": IDS[0], "name": "李明"}, SON, first=101), "person")
    assert links.frame.select("left_ref", "right_ref", "tier", "reason").rows() == [
        (1, 101, "T1", "id_equal"),
        (2, 102, "T3", "weighed"),
    ]
    assert tuple(links.frame.columns) == COLUMNS


def test_a_weighed_link_tells_its_levels_and_the_two_names():
    frame = match(side(SON), side(SON | {"name": "李建君"}, first=101), "person").frame
    assert frame.select("levels", "left_value", "right_value").row(0) == (
        "name=homophone;birth_date=exact;sex=exact;place=exact;address=exact;phone=exact",
        "李建军",
        "李建君",
    )


def test_father_and_son_of_one_address_are_two_persons():
    assert found([FATHER], [SON]) == []
    assert found([FATHER, SON], [SON, FATHER]) == [(1, 102), (2, 101)]


def test_a_twin_is_not_taken_for_the_other():
    assert found([SON], [TWIN]) == []
    assert found([SON, TWIN], [TWIN, SON]) == [(1, 102), (2, 101)]


def test_same_name_and_birthday_in_one_township_is_ambiguous():
    namesake = {"name": "李建军", "sex": "男", "birth_date": "1988-11-20", "place": "柳湾镇"}
    links = match(side(namesake), side(namesake, namesake, first=101), "person")
    assert links.frame.is_empty()
    assert links.ambiguous.select("left_ref", "right_ref", "tier", "reason").rows() == [
        (1, 101, "T4", "weighed_ambiguous"),
        (1, 102, "T4", "weighed_ambiguous"),
    ]


def test_two_valid_ids_are_two_persons_whatever_else_agrees():
    old = SON | {"birth_date": "1950-02-03"}
    assert found([old | {"citizen_id": IDS[0]}], [old | {"citizen_id": IDS[1]}]) == []


def test_an_id_of_somebody_not_listed_is_dropped_where_the_row_states_another_birth_date():
    own = numbered("19881120", 27)
    assert found([SON | {"citizen_id": own}], [SON | {"citizen_id": IDS[0]}]) == [(1, 101)]
    assert found([SON | {"citizen_id": own}], [SON | {"citizen_id": numbered("19881120", 31)}]) == []


def test_whoever_is_linked_by_an_id_keeps_it_though_a_child_borrows_it():
    father, borrowed = FATHER | {"citizen_id": numbered("19600504", 11)}, SON | {"citizen_id": numbered("19600504", 11)}
    son = SON | {"citizen_id": numbered("19881120", 27)}
    links = match(side(father, son), side(father, borrowed, first=101), "person", one_to_one=False).frame
    assert links.select("left_ref", "right_ref", "name_conflict").rows() == [
        (1, 101, False),
        (1, 102, True),
        (2, 102, False),
    ]


def test_a_name_alone_never_links():
    assert found([{"name": "亓官珩"}], [{"name": "亓官珩"}]) == []


def test_a_name_that_differs_links_only_as_t4_when_asked():
    other = SON | {"name": "王海"}
    assert found([SON | {"account": "6222000011112222"}], [other | {"account": "6222000011112222"}]) == []
    weak = match(side(SON), side(other, first=101), "person", asked=Asked(with_weak=True)).frame
    assert set(weak["tier"]) <= {"T4"}


def test_one_to_many_a_left_row_keeps_all_its_rows():
    assert found([SON], [SON, SON]) == []
    assert found([SON], [SON, SON], one_to_one=False) == [(1, 101), (1, 102)]


def test_a_borrowed_id_does_not_keep_a_child_from_its_own_row():
    father, son = FATHER | {"citizen_id": IDS[0]}, SON | {"citizen_id": IDS[1]}
    borrowed = son | {"citizen_id": IDS[0]}
    links = match(side(father, son), side(borrowed, first=101), "person").frame
    assert links.select("left_ref", "tier", "name_conflict").rows() == [(1, "T1", True), (2, "T3", False)]


def test_names_in_letters_link_by_given_and_family_name():
    roles = ("given_name", "family_name", "birth_date", "address", "place")
    left = {"given_name": "michaela", "family_name": "neumann", "birth_date": "19151111", "address": "stanley street"}
    right = left | {"given_name": "neumann", "family_name": "micheala", "address": "stanleystreet"}
    links = match(side(left, roles=roles), side(right, first=101, roles=roles), "person").frame
    assert links.select("tier", "left_value", "right_value").row(0) == ("T3", "michaela neumann", "neumann micheala")


def test_english_twins_of_one_address_are_two_persons():
    roles = ("given_name", "family_name", "birth_date", "address", "phone")
    left = {
        "given_name": "michael",
        "family_name": "lee",
        "birth_date": "20010304",
        "address": "3 hill street",
        "phone": "555010203",
    }
    right = side(left | {"given_name": "sophie"}, first=101, roles=roles)
    assert match(side(left, roles=roles), right, "person").frame.is_empty()


def test_firms_link_by_name_and_address_or_representative():
    left = {"name": "恒丰食品有限公司", "core": "恒丰食品", "address": "青禾区人民路12号", "representative": "李明"}
    near = left | {"name": "陵城恒丰食品有限公司", "core": "陵城恒丰食品"}
    sides = (side(left, roles=FIRM_ROLES), side(near, first=101, roles=FIRM_ROLES))
    assert match(*sides, "firm").frame.select("tier", "left_value").rows() == [("T3", "恒丰食品有限公司")]


def test_swapping_the_sides_swaps_the_links(planted):
    there = match(planted.left, planted.right, "person").frame
    back = match(planted.right, planted.left, "person").frame.rename({"left_ref": "right_ref", "right_ref": "left_ref"})
    assert there.select("left_ref", "right_ref").rows() == sorted(back.select("left_ref", "right_ref").rows())


def test_the_order_of_rows_has_no_part_in_it(planted):
    links = match(planted.left, planted.right, "person").frame
    again = match(planted.left.reverse(), planted.right.sample(fraction=1, shuffle=True, seed=2), "person").frame
    assert again.select("left_ref", "right_ref", "tier").equals(links.select("left_ref", "right_ref", "tier"))


def test_planted_families_are_linked_with_few_wrong_pairs(planted):
    links = match(planted.left, planted.right, "person").frame
    right_ones = links.join(planted.truth, on=["left_ref", "right_ref"], how="semi").height
    assert right_ones / links.height > 0.998
    assert right_ones / planted.truth.height > 0.98


def test_one_to_one_no_row_stands_twice(planted):
    links = match(planted.left, planted.right, "person").frame
    assert links["left_ref"].is_unique().all()
    assert links["right_ref"].is_unique().all()


def test_too_many_pairs_are_refused(planted):
    with pytest.raises(LinkError, match="at most 10 are allowed"):
        match(planted.left, planted.right, "person", asked=Asked(max_pairs=10))


@pytest.mark.parametrize(("left", "right"), [([], []), ([SON], []), ([], [SON]), ([{}], [{}])])
@pytest.mark.parametrize("entity", ["person", "firm"])
def test_empty_tables_and_rows_have_no_links(left, right, entity):
    links = match(side(*left), side(*right), entity)
    assert (links.frame.height, links.ambiguous.height) == (0, 0)


def test_keys_too_common_to_be_looked_at_are_reported():
    crowd = side(*({"name": f"李{chr(0x4E00 + at)}", "phone": "14212345678"} for at in range(51)))
    assert match(crowd, crowd, "person").skipped.rows() == [("phone", 1, 51 * 51)]


def test_a_further_step_keeps_what_was_ambiguous():
    links = match(side(SON), side(SON, SON, first=101), "person")
    assert links.with_step(links.frame).ambiguous.height == 2


def test_an_unknown_entity_is_refused():
    with pytest.raises(LinkError, match="person or firm, got shop"):
        match(side(), side(), "shop")


ODD = st.one_of(
    st.none(), st.text(max_size=12), st.sampled_from(["李明", "1990-03-07", "13812345678", "\x00", "Ann Lee"])
)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.fixed_dictionaries(dict.fromkeys(ROLES, ODD)), max_size=4), st.randoms(use_true_random=False))
def test_whatever_text_comes_in_scores_stay_probabilities(rows, shuffle: random.Random):
    other = [dict(row) for row in rows]
    shuffle.shuffle(other)
    links = match(side(*rows), side(*other, first=101), "person", asked=Asked(with_weak=True))
    assert links.frame["score"].is_between(0, 1).all()
    assert links.frame["left_ref"].is_in(range(1, len(rows) + 1)).all()
