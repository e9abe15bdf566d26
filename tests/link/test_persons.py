import random
from datetime import date

import polars as pl
import pytest

from casebook.errors import LinkError
from casebook.link import persons

GOOD, OTHER = "900001195002031270", "900001196512110340"


def with_check(body: str) -> str:
    total = sum(int(d) * w for d, w in zip(body, (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2), strict=True))
    return body + "10X98765432"[total % 11]


GOOD, OTHER = with_check(GOOD[:17]), with_check(OTHER[:17])
SLIP = GOOD[:9] + "1" + GOOD[10:]
SWAPPED = GOOD[:14] + GOOD[15] + GOOD[14] + GOOD[16:]
TEXTS = (
    "citizen_id",
    "citizen_id_problem",
    "citizen_id_repair",
    "citizen_id_raw",
    "certificate_id",
    "name",
    "place",
    "account",
)


def side(*rows: dict, first: int = 1) -> pl.DataFrame:
    schema = {"ref": pl.Int64} | dict.fromkeys(TEXTS, pl.String) | {"birth_date": pl.Date}
    filled = [{"ref": first + at} | row for at, row in enumerate(rows)]
    return pl.DataFrame(filled, schema=schema)


def only(left: pl.DataFrame, right: pl.DataFrame) -> dict:
    frame = persons(left, right).frame
    assert frame.height == 1
    return frame.row(0, named=True)


def test_a_stated_former_name_is_no_conflict():
    left = side({"citizen_id": GOOD, "name": "王刚"}).with_columns(former_name=pl.lit("赵铁柱"))
    link = only(left, side({"citizen_id": GOOD, "name": "赵铁柱"}))
    assert (link["tier"], link["name_conflict"]) == ("T1", False)
    assert only(left.drop("former_name"), side({"citizen_id": GOOD, "name": "赵铁柱"}))["name_conflict"]


def test_the_father_of_somebody_is_not_linked_by_the_childs_name():
    row = {"name": "李小明之父", "place": "甲村"}
    rows = side(row).with_columns(name_problem=pl.lit("kin"))
    assert persons(rows, rows).frame.is_empty()
    assert persons(side(row), side(row)).frame.height == 1


def test_same_valid_id_is_t1_with_both_values():
    link = only(side({"citizen_id": GOOD, "name": "李明"}), side({"citizen_id": GOOD, "name": "李明"}, first=7))
    assert link == {
        "left_ref": 1,
        "right_ref": 7,
        "tier": "T1",
        "score": 1.0,
        "reason": "id_equal",
        "levels": None,
        "left_value": GOOD,
        "right_value": GOOD,
        "name_conflict": False,
    }


@pytest.mark.parametrize(
    ("name", "conflict"),
    [
        ("李明", False),
        ("王建国", True),
        (None, False),
        ("无", False),
        ("李*明", False),
        ("李某", False),
        ("王某", True),
    ],
)
def test_same_id_with_clearly_different_name_keeps_tier_and_says_conflict(name, conflict):
    link = only(side({"citizen_id": GOOD, "name": "李明"}), side({"citizen_id": GOOD, "name": name}))
    assert (link["tier"], link["name_conflict"]) == ("T1", conflict)


@pytest.mark.parametrize(
    ("name", "tier", "reason", "conflict"),
    [
        ("李明", "T2", "id_repaired", False),
        ("王建国", "T3", "id_repaired_name_unconfirmed", True),
        (None, "T3", "id_repaired_name_unconfirmed", False),
    ],
)
def test_repaired_id_needs_an_agreeing_name(name, tier, reason, conflict):
    fifteen = GOOD[:6] + GOOD[8:17]
    left = side({"citizen_id": GOOD, "citizen_id_repair": "from_15", "citizen_id_raw": fifteen, "name": "李明"})
    link = only(left, side({"citizen_id": GOOD, "citizen_id_raw": GOOD, "name": name}))
    assert (link["tier"], link["reason"], link["name_conflict"]) == (tier, reason, conflict)
    assert (link["left_value"], link["right_value"]) == (fifteen, GOOD)


@pytest.mark.parametrize("certificate", [GOOD + "43", GOOD])
def test_id_inside_the_certificate_is_t2(certificate):
    left = side({"certificate_id": certificate, "name": "李明"})
    link = only(left, side({"citizen_id": GOOD, "name": "李明"}))
    assert (link["tier"], link["reason"]) == ("T2", "id_in_certificate")
    assert (link["left_value"], link["right_value"]) == (certificate, GOOD)


def test_certificates_meet_when_both_ids_are_missing():
    link = only(side({"certificate_id": GOOD + "43"}), side({"certificate_id": GOOD + "44B1"}))
    assert (link["tier"], link["reason"]) == ("T2", "id_in_certificate")


def test_certificate_of_another_name_is_flagged():
    left = side({"certificate_id": GOOD + "43", "name": "李明"})
    link = only(left, side({"citizen_id": GOOD, "name": "王建国"}))
    assert (link["tier"], link["name_conflict"]) == ("T3", True)


def test_guardian_id_links_the_guardian_and_the_child():
    left = side({"citizen_id": OTHER, "certificate_id": GOOD + "43", "name": "李明"})
    right = side({"citizen_id": OTHER, "name": "王建国"}, {"citizen_id": GOOD, "name": "李明"})
    rows = persons(left, right).frame.select("right_ref", "tier", "name_conflict").rows()
    assert rows == [(1, "T1", True), (2, "T2", False)]


@pytest.mark.parametrize("broken", [SLIP, SWAPPED])
def test_slip_of_the_hand_is_t3_with_the_name_alone(broken):
    left = side({"citizen_id": broken, "citizen_id_problem": "check_digit", "name": "李明"})
    link = only(left, side({"citizen_id": GOOD, "name": "李明"}))
    assert (link["tier"], link["reason"]) == ("T3", "id_slip")
    assert (link["left_value"], link["right_value"]) == (broken, GOOD)


@pytest.mark.parametrize("second", [{"birth_date": date(1950, 2, 3)}, {"place": "前营村"}, {"account": "6217000001"}])
def test_slip_confirmed_by_name_and_second_attribute_is_t2(second):
    left = side({"citizen_id": SLIP, "citizen_id_problem": "check_digit", "name": "李明"} | second)
    link = only(left, side({"citizen_id": GOOD, "name": "李明"} | second))
    assert (link["tier"], link["reason"]) == ("T2", "id_slip_confirmed")


def test_birth_date_read_from_the_good_id_confirms_the_stated_one():
    left = side(
        {"citizen_id": SLIP, "citizen_id_problem": "check_digit", "name": "李明", "birth_date": date(1950, 2, 3)}
    )
    assert only(left, side({"citizen_id": GOOD, "name": "李明"}))["tier"] == "T2"


def test_slip_on_the_right_side_reads_the_same():
    right = side({"citizen_id": SLIP, "citizen_id_problem": "check_digit", "name": "李明"}, first=5)
    link = only(side({"citizen_id": GOOD, "name": "李明"}), right)
    assert (link["right_ref"], link["left_value"], link["right_value"], link["tier"]) == (5, GOOD, SLIP, "T3")


@pytest.mark.parametrize("name", ["王建国", None])
def test_slip_without_agreeing_name_is_no_link(name):
    left = side({"citizen_id": SLIP, "citizen_id_problem": "check_digit", "name": name, "place": "前营村"})
    assert persons(left, side({"citizen_id": GOOD, "name": "李明", "place": "前营村"})).frame.is_empty()


def test_slip_that_fits_two_persons_of_the_name_is_no_link():
    one_digit = [with_check(GOOD[:14] + f"{n:03}") for n in range(2, 400)]
    near = [i for i in one_digit if sum(a != b for a, b in zip(i, SLIP, strict=True)) <= 1]
    twin = next(with_check(SLIP[:16] + d) for d in "0123456789" if with_check(SLIP[:16] + d)[17] == SLIP[17])
    right = side(*({"citizen_id": i, "name": "李明"} for i in [*near, GOOD, twin]))
    left = side({"citizen_id": SLIP, "citizen_id_problem": "check_digit", "name": "李明"})
    assert persons(left, right).frame.is_empty()


def test_same_failing_id_and_name_is_t3():
    row = {"citizen_id": SLIP, "citizen_id_problem": "check_digit", "name": "李明"}
    link = only(side(row), side(row))
    assert (link["tier"], link["reason"]) == ("T3", "id_equal_check_failed")


def test_each_pair_once_with_its_best_tier():
    row = {"citizen_id": GOOD, "certificate_id": GOOD + "43", "name": "李明", "place": "前营村"}
    assert only(side(row), side(row))["reason"] == "id_equal"


def test_duplicates_on_either_side_make_all_their_pairs():
    left, right = side(*[{"citizen_id": GOOD}] * 2), side(*[{"citizen_id": GOOD}] * 3)
    assert persons(left, right).frame.select("left_ref", "right_ref").rows() == [
        (a, b) for a in (1, 2) for b in (1, 2, 3)
    ]


@pytest.mark.parametrize("key", [None, "", "无", "000000000000000000", "1101051949****002X", "3.71421E+17"])
def test_no_key_never_joins(key):
    rows = side({"citizen_id": key, "certificate_id": key}, {"citizen_id": key})
    assert persons(rows, rows).frame.is_empty()
    assert persons(rows.drop("citizen_id_problem"), rows.drop("citizen_id_problem")).frame.is_empty()


def test_valid_looking_key_without_problem_column_must_pass_its_check():
    rows = side({"citizen_id": SLIP}).drop("citizen_id_problem")
    assert persons(rows, rows).frame.is_empty()


def test_rows_sharing_a_placeholder_do_not_explode():
    crowd = pl.DataFrame({"ref": range(200_000), "name": ["李明"] * 200_000}).with_columns(
        citizen_id=pl.lit("111111111111111111"),
        certificate_id=pl.lit("暂无"),
        place=pl.lit("不详"),
        account=pl.lit("0"),
    )
    assert persons(crowd, crowd).frame.is_empty()


def test_too_many_pairs_are_refused_with_the_count_and_no_value():
    crowd = side(*[{"citizen_id": GOOD}] * 40)
    with pytest.raises(LinkError, match="citizen id would make 1600 pairs, at most 1000") as refused:
        persons(crowd, crowd, max_pairs=1000)
    assert GOOD not in str(refused.value)


def test_empty_tables_make_no_links():
    frame = persons(side(), side()).frame
    assert frame.height == 0
    assert frame.schema["score"] == pl.Float64


def test_shuffled_input_gives_the_same_links():
    names, places = ["李明", "王建国", "李哲", "李喆", "李某", None], ["甲村", "乙村", None]
    draw = random.Random(7)
    ids = [with_check(f"9000011950020300{n:01}") for n in range(9)]
    ids += [i[:9] + str((int(i[9]) + 1) % 10) + i[10:] for i in ids]
    rows = [
        {"citizen_id": draw.choice([*ids, None]), "name": draw.choice(names), "place": draw.choice(places)}
        for _ in range(160)
    ]
    left, right = (side(*rows[:80]).drop("citizen_id_problem"), side(*rows[80:]).drop("citizen_id_problem"))
    asked = persons(left, right).frame
    again = persons(left.sample(fraction=1, shuffle=True, seed=1), right.sample(fraction=1, shuffle=True, seed=2)).frame
    assert asked.equals(again)
    assert set(asked["tier"]) == {"T1", "T2", "T3"}
    assert asked.select("left_ref", "right_ref").rows() == sorted(asked.select("left_ref", "right_ref").rows())


@pytest.mark.parametrize("whole", ["11010519491231002X", GOOD])
@pytest.mark.parametrize(
    ("name", "more", "reason"), [("李明", {}, "id_slip"), ("李明", {"place": "甲村"}, "id_slip_confirmed")]
)
def test_id_without_its_last_character_is_found_whatever_that_is(whole, name, more, reason):
    short = side({"citizen_id": None, "name": name} | more).with_columns(citizen_id_raw=pl.lit(whole[:17]))
    link = only(short, side({"citizen_id": whole, "name": "李明"} | more))
    assert (link["reason"], link["right_value"]) == (reason, whole)


def test_id_without_its_last_character_needs_the_name():
    short = side({"citizen_id": None, "name": "王建国"}).with_columns(citizen_id_raw=pl.lit(GOOD[:17]))
    assert persons(short, side({"citizen_id": GOOD, "name": "李明"})).frame.is_empty()
