import polars as pl
import pytest

from casebook.errors import LinkError
from casebook.link import persons
from casebook.link.links import COLUMNS, merge

GOOD = "900001195002031276"


def side(*rows: dict) -> pl.DataFrame:
    texts = ("citizen_id", "certificate_id", "name", "place", "account")
    schema = {"ref": pl.Int64} | dict.fromkeys(texts, pl.String) | {"birth_date": pl.Date}
    return pl.DataFrame([{"ref": at} | row for at, row in enumerate(rows, start=1)], schema=schema)


def candidate(left: int, right: int, tier: str, score: float, reason: str, *, conflict: bool = False) -> dict:
    values = (left, right, tier, score, reason, None, "a", "b", conflict)
    return dict(zip(COLUMNS, values, strict=True))


def test_a_pair_keeps_its_best_tier_then_score_whatever_the_order():
    found = pl.DataFrame(
        [
            candidate(2, 1, "T3", 0.7, "name_place"),
            candidate(1, 1, "T2", 0.9, "id_slip_confirmed"),
            candidate(1, 1, "T2", 0.96, "id_in_certificate"),
            candidate(1, 1, "T3", 0.99, "name_account"),
        ]
    )
    best = merge([found])
    assert best.select("left_ref", "reason").rows() == [(1, "id_in_certificate"), (2, "name_place")]
    assert merge([found.reverse().head(3), found.reverse().tail(1)]).equals(best)


def test_a_conflict_of_names_is_not_covered_by_a_likely_pair_of_the_same_tier():
    found = [
        candidate(1, 1, "T3", 0.9999, "weighed"),
        candidate(1, 1, "T3", 0.6, "code_repaired_name_unconfirmed", conflict=True),
    ]
    assert merge([pl.DataFrame(found)])["name_conflict"].to_list() == [True]


def test_references_may_be_text_on_one_side():
    left = pl.DataFrame({"ref": ["b", "a"], "citizen_id": [GOOD, GOOD]})
    right = pl.DataFrame({"ref": [4], "citizen_id": [GOOD]})
    assert persons(left, right).frame.select("left_ref", "right_ref").rows() == [("a", 4), ("b", 4)]


def test_tables_without_ref_are_refused():
    with pytest.raises(LinkError, match="left table needs a column ref"):
        persons(pl.DataFrame({"name": ["李明"]}), side())


def test_refs_may_not_be_null():
    with pytest.raises(LinkError, match="right table has 1 rows without ref"):
        persons(side(), pl.DataFrame({"ref": [None, 2]}))


def test_left_over_rows_are_handed_to_a_further_step():
    left = side({"citizen_id": GOOD}, {"name": "李明", "place": "甲村"})
    right = side({"citizen_id": GOOD}, {"name": "李明", "place": "甲村"})
    links = persons(left, right)
    assert links.unlinked_left(left)["ref"].to_list() == [2]
    assert links.unlinked_right(right, tiers=("T1", "T2", "T3")).is_empty()
    step = links.frame.filter(pl.col("tier") == "T3").with_columns(
        tier=pl.lit("T2"), reason=pl.lit("id_slip_confirmed")
    )
    assert links.with_step(step).frame["tier"].to_list() == ["T1", "T2"]
