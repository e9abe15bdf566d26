"""Foreign keys between tables that were taken in: as cleaned, with the rows that refer to nothing."""

import polars as pl
import pytest

from casebook.errors import SourceError
from casebook.intake import references
from casebook.intake.contract import Column, Contract
from casebook.intake.rulebook.relations import Reference
from casebook.intake.rulebook.rules import Rules

DIGEST = "a" * 64


def table(id_, *columns, to=()):
    return Contract(id_, "", "", "", "1", "", tuple(columns), rules=Rules(references=tuple(to)))


SHOPS = table("shops", Column("shop_id", ("店铺ID",)), Column("code", ("代码",), kind="organisation_code"))
DISHES = table("dishes", Column("shop_id", ("店铺ID",)), to=[Reference("shop_id", "shops", "shop_id")])


@pytest.fixture
def stored(tmp_path):
    """A data.parquet as intake writes it, rows from physical row 2 on."""

    def write(name, **columns):
        frame = pl.DataFrame(columns, schema_overrides=dict.fromkeys(columns, pl.String))
        rows = pl.Series("source_row", range(2, 2 + frame.height), dtype=pl.UInt32)
        addressed = frame.with_columns(pl.lit(DIGEST).alias("source_sha256"), pl.lit("表").alias("source_sheet"), rows)
        (tmp_path / name).mkdir()
        addressed.write_parquet(tmp_path / name / "data.parquet")
        return tmp_path / name

    return write


def test_rows_whose_value_the_other_table_has_not_are_told(stored):
    shops = stored("shops", shop_id=["1", "２", "'3 "])
    dishes = stored("dishes", shop_id=["1", "2", "3", "4", None, "无", "4", "1 "])
    found = references.orphans(DISHES, dishes, {"shops": (SHOPS, shops)})
    assert found.rows() == [
        (DIGEST, "表", 5, "shop_id", "reference.missing"),
        (DIGEST, "表", 8, "shop_id", "reference.missing"),
    ]
    assert dict(found.schema) == references.SCHEMA


def test_ids_are_compared_as_cleaned(stored):
    code = "91350100M000100Y43"
    left = table("left", Column("code", ("代码",), kind="organisation_code"), to=[Reference("code", "shops", "code")])
    shops = stored("shops", code=[code])
    found = references.orphans(
        left, stored("left", code=[code.lower(), "91110000101623741K"]), {"shops": (SHOPS, shops)}
    )
    assert found["source_row"].to_list() == [3]


def test_a_table_that_was_not_delivered_is_not_asked(stored):
    assert references.orphans(DISHES, stored("dishes", shop_id=["4"]), {}).rows() == []


def test_a_column_that_was_not_kept_is_refused(stored):
    shops, dishes = stored("shops", code=["1"]), stored("dishes", shop_id=["4"])
    with pytest.raises(SourceError, match="has not kept the column shop_id"):
        references.orphans(DISHES, dishes, {"shops": (SHOPS, shops)})


def test_a_reference_must_lead_to_a_text_of_the_same_kind():
    wrong = [
        Reference("shop_id", "shops", "shop"),
        Reference("shop_id", "shop", "shop_id"),
        Reference("shop_id", "shops", "code"),
    ]
    assert references.problems({"shops": SHOPS, "dishes": DISHES}) == []
    told = references.problems({"shops": SHOPS, "dishes": table("dishes", *DISHES.columns, to=wrong)})
    assert told == [
        "dishes: column 'shop_id' refers to shops.shop, which does not exist",
        "dishes: column 'shop_id' refers to shop.shop_id, which does not exist",
        "dishes: column 'shop_id' refers to shops.code; both must be texts of the same kind",
    ]
