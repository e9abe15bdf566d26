import polars as pl
import pytest

from casebook.errors import LinkError
from casebook.link import blocking
from casebook.link.blocking import blocked
from casebook.link.subjects import of_firms, of_persons

HIGH = 1_000_000


def pairs(left: list[dict], right: list[dict], max_pairs: int = HIGH) -> blocking.Blocks:
    one, two = of_persons(*(pl.DataFrame(side).with_row_index("ref") for side in (left, right)))
    return blocked(one, two, blocking.PERSON, max_pairs)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ({"name": "李明", "birth_date": "1990-03-07"}, {"name": "黎鸣", "birth_date": "1990-11-02"}),
        ({"name": "李明", "place": "甲村"}, {"name": "黎鸣", "place": "甲村"}),
        ({"name": "李明", "phone": "13812345678"}, {"name": "王强", "phone": "13812345678"}),
        (
            {"name": "李明", "birth_date": "1990-03-07", "place": "甲村"},
            {"name": "王强", "birth_date": "1990-03-07", "place": "甲村"},
        ),
        ({"citizen_id": "900001195002031276"}, {"citizen_id": "900001195002031999"}),
        ({"citizen_id": "900001195002031276"}, {"citizen_id": "110001195002031276"[:10] + "02031276"}),
        ({"given_name": "ann", "family_name": "hanna"}, {"given_name": "hanna", "family_name": "ann"}),
        ({"given_name": "ann", "family_name": "phillip"}, {"given_name": "alice", "family_name": "filip"}),
        ({"name": "李明", "address": "人民路12号"}, {"name": "李强", "address": "人民路12号"}),
    ],
)
def test_one_thing_in_common_brings_two_rows_together(left, right):
    found = pairs([left], [right])
    assert (found.i.to_list(), found.j.to_list()) == ([0], [0])


def test_rows_with_nothing_in_common_are_never_compared():
    assert pairs([{"name": "李明", "phone": "13812345678"}], [{"name": "王强", "phone": "13900000001"}]).i.is_empty()


def test_a_pair_stands_once_however_many_rules_find_it():
    row = {"name": "李明", "birth_date": "1990-03-07", "phone": "13812345678", "place": "甲村", "account": "62220001"}
    assert pairs([row], [row]).i.to_list() == [0]


@pytest.mark.parametrize("phone", ["00000000000", "无", "1381234****", None])
def test_placeholders_never_block(phone):
    assert pairs([{"name": "李明", "phone": phone}], [{"name": "王强", "phone": phone}]).i.is_empty()


def test_a_value_of_very_many_rows_is_passed_over_and_reported():
    crowd = [{"name": f"{at:03d}", "phone": "13812345678"} for at in range(51)]
    other = [{"name": f"x{at:03d}", "phone": "13812345678"} for at in range(51)]
    found = pairs(crowd, other)
    assert found.i.is_empty()
    assert found.skipped.rows() == [("phone", 1, 51 * 51)]


def test_pairs_are_counted_before_they_are_made():
    crowd = [{"name": "李明", "phone": "13812345678"}] * 10
    with pytest.raises(LinkError, match="would compare 300 pairs, at most 99"):
        pairs(crowd, crowd, max_pairs=99)


def test_a_rule_whose_first_column_is_missing_falls_away():
    same_year = [{"name": name, "birth_date": "1990-03-07"} for name in ("李明", "王强")]
    assert pairs(same_year[:1], same_year[1:]).i.to_list() == [0]
    apart = [{"name": "李明", "birth_date": "1990-03-07"}], [{"name": "王强", "birth_date": "1990-04-09"}]
    assert pairs(*apart).i.is_empty()


def test_firms_meet_by_brand_and_owner():
    rows = (
        [{"ref": 1, "core": "恒丰食品", "representative": "李明"}],
        [{"ref": 2, "core": "恒丰食品加工", "representative": "李明"}],
    )
    one, two = of_firms(*(pl.DataFrame(side) for side in rows))
    assert blocked(one, two, blocking.FIRM, HIGH).i.to_list() == [0]


def test_empty_tables_make_no_pairs():
    empty = pl.DataFrame(schema={"ref": pl.Int64})
    assert blocked(*of_persons(empty, empty), blocking.PERSON, HIGH).i.is_empty()


def test_different_pairs_are_bounded_by_what_memory_holds(monkeypatch):
    monkeypatch.setattr(blocking, "MOST_COMPARED", 99)
    crowd = [{"name": "李明", "birth_date": "1990-03-07"}] * 10
    with pytest.raises(LinkError, match="would compare 100 pairs, at most 99 are allowed"):
        pairs(crowd, crowd)
