import polars as pl
import pytest

from casebook.errors import LinkError
from casebook.ids import citizen, eighteen
from casebook.link import exact, persons
from casebook.synth.persons_world import world

GOOD, OTHER, BROKEN = "11010519491231002X", "900001195002031276", "110105194912310021"


def side(*ids: str | None) -> pl.LazyFrame:
    return pl.LazyFrame({"ref": range(len(ids)), "citizen_id": ids}, schema={"ref": pl.Int64, "citizen_id": pl.String})


def pairs(left: pl.LazyFrame, right: pl.LazyFrame) -> list[tuple]:
    return exact(left, right).sort("left_ref", "right_ref").rows()


def cleaned(table: pl.DataFrame) -> pl.DataFrame:
    ids = citizen.clean(table["citizen_id"])
    return table.select("ref", "name").with_columns(ids[c].alias(n) for c, n in (
        ("value", "citizen_id"), ("problem", "citizen_id_problem"), ("repair", "citizen_id_repair")))  # fmt: skip


def test_pairs_are_those_that_persons_gives_t1():
    made = world(2, 3_000)
    left, right = cleaned(made.left), cleaned(made.right)
    expected = persons(left, right).frame.filter(pl.col("tier") == "T1").select("left_ref", "right_ref").rows()
    assert pairs(left.lazy(), right.lazy()) == expected
    assert len(expected) > 2_000


def test_all_rows_of_one_id_pair():
    assert pairs(side(GOOD, GOOD, OTHER), side(OTHER, GOOD)) == [(0, 1), (1, 1), (2, 0)]


@pytest.mark.parametrize("key", [None, "", "无", BROKEN, "111111111111111111", "3.71421E+17", "110105********002X"])
def test_what_is_no_valid_id_never_pairs(key):
    assert pairs(side(key), side(key)) == []


@pytest.mark.parametrize("column", ["citizen_id_problem", "citizen_id_repair"])
def test_ids_with_a_problem_or_a_repair_take_no_part(column):
    said = side(GOOD, OTHER).with_columns(pl.Series(column, ["from_15", None]))
    assert pairs(said, side(GOOD, OTHER)) == pairs(side(GOOD, OTHER), said) == [(1, 1)]


def test_packed_ids_and_parquet_files_do_as_well(tmp_path):
    text = side(GOOD, OTHER, None).collect()
    packed = text.select("ref", eighteen.pack(text["citizen_id"]).alias("citizen_key"))
    text.write_parquet(tmp_path / "text.parquet")
    packed.write_parquet(tmp_path / "packed.parquet")
    assert exact(tmp_path / "text.parquet", tmp_path / "packed.parquet").sort("left_ref").rows() == [(0, 0), (1, 1)]


def test_one_id_in_many_rows_is_refused_with_the_count_and_no_value():
    crowd = side(*[GOOD] * 40)
    with pytest.raises(LinkError, match="would make 1600 pairs, at most 1000") as refused:
        exact(crowd, crowd, max_pairs=1000)
    assert GOOD not in str(refused.value)


@pytest.mark.parametrize("lacking", ["ref", "citizen_id"])
def test_table_without_reference_or_ids_is_refused(lacking):
    with pytest.raises(LinkError, match="The right table needs the columns ref and citizen_key or citizen_id"):
        exact(side(GOOD), side(GOOD).drop(lacking))


def test_empty_tables_make_no_pairs():
    assert exact(side(), side(GOOD)).shape == (0, 2)


@pytest.mark.parametrize(
    ("frame", "told"),
    [
        ({"ref": [1], "citizen_id": [11010519491231002]}, "citizen_id must be text, it is Int64"),
        ({"ref": [1], "citizen_key": [GOOD]}, "citizen_key must be a whole number, it is String"),
        ({"ref": [None, 1], "citizen_id": [GOOD, GOOD]}, "left table has 1 rows without ref"),
        ({"ref": [1.5], "citizen_id": [GOOD]}, "ref must be a whole number or text"),
    ],
)
def test_columns_of_another_type_are_refused(frame, told):
    with pytest.raises(LinkError, match=told) as caught:
        exact(pl.LazyFrame(frame), side(GOOD))
    assert GOOD not in str(caught.value)


def test_a_table_that_is_no_parquet_file_is_refused(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text(f"ref,citizen_id\n1,{GOOD}\n")
    with pytest.raises(LinkError, match=r"right table t\.csv is missing or no Parquet file"):
        exact(side(GOOD), path)
    with pytest.raises(LinkError, match=r"none\.parquet is missing"):
        exact(tmp_path / "none.parquet", side(GOOD))
    with pytest.raises(LinkError, match="or a polars lazy frame, not str"):
        exact(str(path), side(GOOD))
