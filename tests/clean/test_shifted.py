import random
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casebook import intake
from casebook.clean import shifted
from casebook.intake import contract, sources

ROOT = Path(__file__).parents[2]
ID, CODE, PARCEL, LICENCE = "11010519491231002X", "91350100M000100Y43", "110105001002GB00001", "JY13301080111719"
GOOD = {"name": "王某", "id": ID, "paid": "80.00", "on": "2021-03-01", "code": CODE, "licence": LICENCE, "note": "无"}
KINDS = {"id": "citizen_id", "paid": "money", "on": "date", "code": "organisation_code", "licence": "food_licence"}


def verdict(row):
    return shifted.rows(pl.DataFrame([row], schema=dict.fromkeys(row, pl.String)), KINDS).item()


def moved(step):
    """The good row with every cell one place further on; the last falls off."""
    values = list(GOOD.values())
    shown = [None, *values[:-1]] if step == 1 else [*values[1:], None]
    return dict(zip(GOOD, shown, strict=True))


@pytest.mark.parametrize(
    ("row", "word"),
    [
        (GOOD, "ok"),
        (moved(1), "shifted_right"),
        (moved(-1), "shifted_left"),
        (GOOD | {"paid": "2021-03-01", "on": "80.00"}, "swapped(paid,on)"),
        (GOOD | {"id": "80.00", "paid": ID}, "swapped(id,paid)"),
        (GOOD | {"on": CODE, "code": "2021-03-01"}, "swapped(on,code)"),
        (GOOD | {"paid": "王某", "on": "云州路1号"}, "ok"),
        (GOOD | {"paid": "2021-03-01"}, "ok"),
        (GOOD | {"id": "11010519491231002", "on": "2021-13-45"}, "ok"),
        (GOOD | {"id": None, "on": "", "paid": "/"}, "ok"),
        (dict.fromkeys(GOOD), "ok"),
    ],
)
def test_rows_are_named_only_when_moving_them_makes_them_right(row, word):
    assert verdict(row) == word


def test_columns_from_the_break_on_are_enough():
    cells = [*list(GOOD.values())[:2], "农业银行", *list(GOOD.values())[2:-1]]
    assert verdict(dict(zip(GOOD, cells, strict=True))) == "shifted_right"


def test_a_number_that_fails_its_check_digit_moves_nowhere():
    row = moved(1) | {"paid": ID[:-1] + "1", "on": "80元整吗", "licence": "x", "note": None}
    assert verdict(row) == "ok"


@pytest.mark.parametrize(
    "spelled", [lambda t: f"'{t}　", lambda t: t.translate({n: n + 0xFEE0 for n in range(33, 127)})]
)
def test_blanks_marks_and_full_width_are_no_shift(spelled):
    assert verdict({name: spelled(text) for name, text in GOOD.items()}) == "ok"
    assert verdict({name: text and spelled(text) for name, text in moved(1).items()}) == "shifted_right"


def test_rows_keep_their_order():
    rows = [GOOD, moved(1), GOOD, moved(-1)] * 5
    random.Random(1).shuffle(rows)
    expected = ["ok" if row == GOOD else "shifted_right" if row == moved(1) else "shifted_left" for row in rows]
    frame = pl.DataFrame(rows, schema=dict.fromkeys(GOOD, pl.String))
    assert shifted.rows(frame, KINDS).to_list() == expected


def test_without_a_kind_of_certain_shape_nothing_is_said():
    frame = pl.DataFrame({"name": ["王某", "李某"]})
    assert shifted.rows(frame, {"name": "person_name"}).to_list() == ["ok", "ok"]
    assert shifted.rows(frame.clear(), {"name": "person_name"}).to_list() == []


SAMPLE = sources.load(ROOT / "tests" / "samples" / "sources.yml")


@pytest.mark.parametrize("contract_id", sorted(SAMPLE.sources))
def test_the_sample_raises_no_alarm(contract_id):
    wanted = contract.load(ROOT / "data_contracts" / f"{contract_id}.odcs.yaml")
    dataset, _ = intake.read(wanted, SAMPLE.files(contract_id))
    found = shifted.of_dataset(dataset)
    assert (len(found), set(found)) == (dataset.frame.height, {"ok"})


@pytest.mark.parametrize("step", [1, -1])
def test_sample_rows_moved_by_one_are_found(step):
    wanted = contract.load(ROOT / "data_contracts" / "tax_payments.odcs.yaml")
    dataset, _ = intake.read(wanted, SAMPLE.files("tax_payments"))
    order = list(dataset.parts[0].headers)
    kinds = {column.name: column.kind for column in wanted.columns if column.kind}
    taken = list(dataset.frame.select(order).head(50))
    gone = pl.Series([None], dtype=pl.String).new_from_index(0, 50)
    cells = [gone, *taken[:-1]] if step == 1 else [*taken[1:], gone]
    frame = pl.DataFrame([cell.alias(name) for cell, name in zip(cells, order, strict=True)])
    found = shifted.rows(frame, kinds)
    assert (found == ("shifted_right" if step == 1 else "shifted_left")).sum() >= 45
    assert found.is_in(["ok", "shifted_right" if step == 1 else "shifted_left"]).all()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.one_of(st.none(), st.text()), min_size=7, max_size=7), max_size=4))
def test_no_text_raises_and_every_row_has_an_answer(cells):
    frame = pl.DataFrame(cells, schema=dict.fromkeys(GOOD, pl.String), orient="row")
    assert len(shifted.rows(frame, KINDS)) == len(cells)
