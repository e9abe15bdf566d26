from datetime import date

import polars as pl
import pytest

from casebook.link import persons

GOOD, OTHER = "900001195002031276", "11010519491231002X"


def side(*rows: dict) -> pl.DataFrame:
    texts = ("citizen_id", "certificate_id", "name", "place", "account", "phone", "address")
    schema = {"ref": pl.Int64} | dict.fromkeys(texts, pl.String) | {"birth_date": pl.Date}
    return pl.DataFrame([{"ref": at} | row for at, row in enumerate(rows, start=1)], schema=schema)


def only(left: pl.DataFrame, right: pl.DataFrame) -> dict:
    frame = persons(left, right).frame
    assert frame.height == 1
    return frame.row(0, named=True)


@pytest.mark.parametrize(
    ("second", "reason"),
    [
        ({"birth_date": date(1950, 2, 3)}, "name_birth_date"),
        ({"place": "前营村"}, "name_place"),
        ({"account": "6217000001"}, "name_account"),
        ({"phone": "14200000001"}, "name_phone"),
        ({"address": "人民路1号"}, "name_address"),
    ],
)
def test_name_and_second_attribute_is_t3(second, reason):
    link = only(side({"name": "李明"} | second), side({"name": "李明"} | second))
    assert (link["tier"], link["reason"], link["name_conflict"]) == ("T3", reason, False)
    assert link["left_value"].startswith("李明 · ")


def test_birth_date_inside_an_id_serves_for_the_name_link():
    link = only(side({"citizen_id": GOOD, "name": "李明"}), side({"name": "李明", "birth_date": date(1950, 2, 3)}))
    assert (link["tier"], link["left_value"]) == ("T3", "李明 · 1950-02-03")


def test_homophone_and_birth_date_is_t3():
    left = side({"name": "李哲", "birth_date": date(1950, 2, 3)}).with_columns(homophone_key=pl.lit("li zhe"))
    right = side({"name": "李喆", "birth_date": date(1950, 2, 3)}).with_columns(homophone_key=pl.lit("li zhe"))
    link = only(left, right)
    assert (link["tier"], link["left_value"], link["right_value"]) == ("T3", "李哲 · 1950-02-03", "李喆 · 1950-02-03")


@pytest.mark.parametrize("name", ["李某", "李*明", "李○明"])
def test_masked_name_makes_no_weak_link(name):
    row = {"name": name, "place": "前营村"}
    rows = side(row).with_columns(homophone_key=pl.lit("li-mou"))
    assert persons(rows, rows).frame.is_empty()


def test_name_alone_never_links():
    assert persons(side({"name": "李明"}), side({"name": "李明"})).frame.is_empty()


@pytest.mark.parametrize("doubled", ["left", "right"])
def test_two_candidates_are_no_t3_link(doubled):
    row = {"name": "李明", "birth_date": date(1950, 2, 3)}
    left, right = side(*[row] * (1 + (doubled == "left"))), side(*[row] * (1 + (doubled == "right")))
    assert persons(left, right).frame.is_empty()


def test_two_valid_ids_are_two_persons_whatever_agrees():
    second = {"name": "李明", "place": "前营村", "account": "6217000001"}
    assert persons(side({"citizen_id": GOOD} | second), side({"citizen_id": OTHER} | second)).frame.is_empty()


def test_rows_already_linked_elsewhere_take_no_weak_link():
    left = side({"citizen_id": GOOD, "name": "李明", "place": "甲村"})
    right = side({"citizen_id": GOOD, "name": "李明"}, {"name": "李明", "place": "甲村"})
    both = side({"citizen_id": GOOD, "name": "李明", "place": "甲村"}, {"certificate_id": OTHER, "name": "李明"})
    assert persons(left, right).frame["tier"].to_list() == ["T1", "T3"]
    right_linked = right.with_columns(certificate_id=pl.Series([None, OTHER]))
    assert persons(both, right_linked).frame["tier"].to_list() == ["T1", "T2"]


@pytest.mark.parametrize("nothing", [None, "", "无", "---", "＊＊＊"])
def test_placeholder_names_and_places_never_join(nothing):
    rows = side({"name": "李明", "place": nothing}, {"name": nothing, "place": "甲村"})
    assert persons(rows, rows).frame.is_empty()


@pytest.mark.parametrize(
    ("other", "tiers"),
    [
        (date(1950, 2, 3), ["T3"]),
        (date(1950, 2, 8), ["T3"]),
        (date(1960, 2, 3), ["T3"]),
        (date(1950, 3, 2), ["T3"]),
        (None, ["T3"]),
        (date(1980, 7, 1), []),
        (date(1950, 7, 1), []),
    ],
)
def test_two_birth_dates_that_no_slip_explains_are_two_persons(other, tiers):
    home = {"name": "李明", "address": "人民路1号"}
    rows = persons(side(home | {"birth_date": date(1950, 2, 3)}), side(home | {"birth_date": other}))
    assert rows.frame["tier"].to_list() == tiers


def test_candidate_who_agrees_in_more_attributes_takes_the_row():
    left = side(
        {"citizen_id": GOOD, "name": "李明", "place": "甲村"},
        {"citizen_id": OTHER, "name": "李明", "phone": "142", "account": "6217"},
    )
    right = side({"name": "李明", "place": "甲村", "phone": "142", "account": "6217"})
    assert persons(left, right).frame.select("left_ref", "tier").rows() == [(2, "T3")]


def test_candidates_with_equal_support_both_stay_for_a_human():
    left = side(
        {"citizen_id": GOOD, "name": "李明", "place": "甲村"}, {"citizen_id": OTHER, "name": "李明", "phone": "142"}
    )
    right = side({"name": "李明", "place": "甲村", "phone": "142"})
    assert persons(left, right).frame["left_ref"].to_list() == [1, 2]


def test_row_with_a_firm_link_elsewhere_keeps_its_weak_ones():
    left = side({"citizen_id": GOOD, "name": "李明", "place": "甲村", "phone": "142"})
    right = side(
        {"citizen_id": GOOD, "name": "李明"}, {"name": "李明", "place": "甲村"}, {"name": "李明", "phone": "142"}
    )
    assert persons(left, right).frame["tier"].to_list() == ["T1", "T3", "T3"]
