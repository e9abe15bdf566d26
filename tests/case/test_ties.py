"""Each cited row says by what it was tied to the subject: the best link, else its own key, else nothing."""

from types import SimpleNamespace

import polars as pl
import pytest

from casebook.case.scenario import LinkSpec
from casebook.case.ties import SCHEMA, ties

SPECS = (LinkSpec("deaths", "person", ("payments",), "deaths"), LinkSpec("again", "person", ("payments",), "deaths"))


def link(entity, ref, tier, reason, *, levels=None, conflict=False):
    return {
        "entity": entity, "right_ref": ref, "tier": tier, "score": 0.985, "reason": reason, "levels": levels,
        "name_conflict": conflict,
    }  # fmt: skip


@pytest.fixture
def inputs():
    payments = pl.DataFrame(
        {"entity": ["a", "b"], "ref": [1, 2], "entity_tier": [1, 2], "entity_reason": ["id_valid", "id_repaired"]}
    )
    deaths = pl.DataFrame(
        {"entity": ["a", None], "ref": [7, 8], "entity_tier": [1, 4], "entity_reason": ["id_valid", "id_missing"]}
    )
    weighed = link("a", 8, 3, "weighed", levels="name=homophone;birth_date=exact")
    linked = {
        "deaths": pl.DataFrame(
            [link("a", 7, 1, "id_equal", conflict=True), weighed], schema_overrides={"levels": pl.String}
        ),
        "again": pl.DataFrame([link("a", 7, 3, "name_place")], schema_overrides={"levels": pl.String}),
    }
    return SimpleNamespace(
        frames={"payments": payments, "deaths": deaths, "grades": pl.DataFrame({"ref": [5]})}, linked=linked
    )


def tied(inputs, *cited, role="death"):
    rows = [dict(zip(("lead_id", "entity", "contract", "ref"), row, strict=True)) | {"role": role} for row in cited]
    schema = {"lead_id": pl.String, "entity": pl.String, "contract": pl.String, "ref": pl.Int64, "role": pl.String}
    return ties(pl.DataFrame(rows, schema=schema), inputs, SPECS)


def test_a_row_of_the_subjects_own_table_is_tied_by_its_own_key(inputs):
    assert tied(inputs, ("L1", "b", "payments", 2)).rows() == [
        ("L1", "payments", 2, 2, "id_repaired", None, None, False)
    ]


def test_the_best_link_says_why_and_keeps_a_conflict_of_names(inputs):
    assert tied(inputs, ("L1", "a", "deaths", 7)).rows() == [("L1", "deaths", 7, 1, "id_equal", None, None, True)]


def test_a_main_row_tells_by_its_own_key_even_where_a_link_leads_to_it(inputs):
    assert tied(inputs, ("L1", "a", "deaths", 7), role="main")["reason"].to_list() == ["id_valid"]


def test_a_main_row_without_a_key_of_its_own_is_tied_by_its_link(inputs):
    assert tied(inputs, ("L1", "a", "deaths", 8), role="main")["reason"].to_list() == ["weighed"]


def test_a_weighed_link_brings_how_far_each_attribute_agrees(inputs):
    (row,) = tied(inputs, ("L1", "a", "deaths", 8)).rows(named=True)
    assert (row["tier"], row["levels"], row["probability"]) == (3, "name=homophone;birth_date=exact", 0.985)


@pytest.mark.parametrize("cited", [("L1", "b", "deaths", 7), ("L1", "a", "grades", 5), ("L1", None, "payments", 1)])
def test_a_row_that_stands_for_somebody_or_something_else_has_no_tie(inputs, cited):
    assert tied(inputs, cited).is_empty()


def test_nothing_cited_is_nothing_tied_with_the_same_columns(inputs):
    assert tied(inputs).schema == pl.Schema(SCHEMA)
