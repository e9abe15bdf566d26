"""What only the whole delivery shows: keys that repeat over batches and files, fill, the newest day."""

from datetime import date

import numpy as np
import polars as pl
import pytest

from casebook.intake import checks
from casebook.intake.contract import Column, Contract
from casebook.intake.dataset import FilePart
from casebook.intake.rulebook.relations import Freshness
from casebook.intake.rulebook.rowrule import RowRule
from casebook.intake.rulebook.rules import Rules
from casebook.intake.rulebook.tree import IsNull, Match, Name, Not
from casebook.intake.watch import States, _hashed

NAMES = ("citizen_id", "serial", "village", "stopped_on")
GOOD = {"citizen_id": "11010519491231002X", "village": "前村", "stopped_on": "2024-06-30"}


@pytest.fixture
def contract():
    kinds = {"citizen_id": "citizen_id", "stopped_on": "date"}
    rules = Rules(
        rows=(
            RowRule("value.pattern", "serial", Match(Name("serial"), "^P[0-9]{3}$")),
            RowRule("value.missing", "village", Not(IsNull("village"))),
        ),
        unique=(("serial",),),
        freshness=Freshness("stopped_on", 31),
    )
    columns = tuple(Column(name, (name,), kind=kinds.get(name)) for name in NAMES)
    return Contract("a", "", "", "", "1", "", columns, ("citizen_id",), fill_rates={"village": 0.9}, rules=rules)


@pytest.fixture
def part():
    return FilePart("a.csv", "0" * 64, "", 1, "utf-8", {name: name for name in NAMES}, {}, 0, 0, 0)


@pytest.fixture
def watch(contract):
    return checks.compiled(contract).begin(date(2024, 8, 1))


def batch(*rows, part=0):
    """Rows that are good but for what is given, from physical row 2 on; serials are distinct."""
    said = [GOOD | {"serial": f"P{part}{at:02}"} | row for at, row in enumerate(rows)]
    frame = pl.DataFrame(said, schema=dict.fromkeys(NAMES, pl.String))
    numbers = pl.Series("row", range(2, 2 + len(rows)), dtype=pl.UInt32)
    return frame.with_columns(pl.lit(part, pl.UInt32).alias("part"), numbers)


def test_a_value_that_must_be_unique_flags_all_its_rows_over_files(watch, part):
    watch.see(batch({"serial": "P777"}, {}, {"serial": None}, {"serial": "无"}), part)
    watch.see(batch({"serial": None}, {"serial": "'P777"}, {"serial": "无"}, part=1), part)
    found = watch.end().filter(pl.col("code") == "value.not_unique").select("part", "row", "column").rows()
    assert found == [(0, 2, "serial"), (1, 3, "serial")]


def test_a_repeated_key_is_a_note_whatever_its_case_and_blanks(watch, part):
    watch.see(batch({"citizen_id": "11010519491231002x "}, {"citizen_id": "900001199001010018"}), part)
    watch.see(batch({}, {"citizen_id": None}, {"citizen_id": None}, part=1), part)
    found = watch.end().filter(pl.col("code") == "key.repeated").rows()
    assert found == [(0, 2, "citizen_id", "key.repeated"), (1, 2, "citizen_id", "key.repeated")]


def test_seeing_a_batch_tells_the_same_as_asking_for_its_flags(contract, part, watch):
    given = batch({"serial": "x", "village": None}, {})
    assert watch.see(given, part).rows() == checks.compiled(contract).flagged(given, part).rows()
    assert watch.see(given, part).height == 2


def test_states_are_counted_over_batches(watch, part):
    watch.see(batch({"village": ""}, {"village": "无"}, {"stopped_on": "?!x"}), part)
    watch.see(batch({}, part=1), part)
    assert watch.states["village"] == States(filled=2, blank=1, placeholder=1)
    assert watch.states["stopped_on"].unreadable == 1


def test_a_column_filled_less_than_asked_is_told_with_its_count(contract, watch, part):
    watch.see(batch(*[{}] * 8, {"village": "/"}, {"village": None}), part)
    assert watch.low_fill(contract) == {"village": 8}
    watch.see(batch(*[{}] * 10, part=1), part)
    assert watch.low_fill(contract) == {}


def test_the_newest_day_is_no_open_end_and_none_after_the_delivery(watch, part):
    assert watch.days_old() is None
    watch.see(batch({"stopped_on": "2024-07-01"}, {"stopped_on": "长期"}, {"stopped_on": "2042-07-01"}), part)
    watch.see(batch({"stopped_on": "2024-05-01"}, part=1), part)
    assert (watch.newest, watch.days_old()) == (date(2024, 7, 1), 31)


def test_an_empty_delivery_has_nothing_at_its_end(watch, part):
    watch.see(batch().clear(), part)
    assert watch.end().rows() == []
    assert watch.end().schema == {"part": pl.UInt32, "row": pl.UInt32, "column": pl.String, "code": pl.String}


def test_keys_of_different_rows_have_different_numbers():
    number = np.arange(200_000)
    frame = pl.DataFrame({"a": (number % 500).astype(str), "b": (number // 500).astype(str)})
    hashes = _hashed(frame)
    assert len(np.unique(hashes)) == 200_000
    assert (_hashed(frame.tail(5)) == hashes[-5:]).all()
