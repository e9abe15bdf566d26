"""Truth lines carry the case, its bin and the physical place of its rows."""

import polars as pl
import pytest

from casebook.synth.truth import Planted, Truth

PLACES = {"t": pl.DataFrame({"row_index": [0, 1], "file": ["a/t.csv"] * 2, "sheet": ["", ""], "row": [2, 5]})}


def test_one_line_per_case_and_row(tmp_path):
    truth = Truth("demo")
    truth.add(Planted("c1", "after_death", "lead", amount_fen=15_000), "t", [1, 0])
    path = truth.write(tmp_path / "truth", PLACES)
    assert path.read_text() == (
        "case_id,kind,bin,exemption,amount_fen,file,sheet,row\n"
        "c1,after_death,lead,,15000,a/t.csv,,5\nc1,after_death,lead,,15000,a/t.csv,,2\n"
    )


def test_nothing_planted_leaves_the_header_only(tmp_path):
    assert Truth("demo").write(tmp_path, {}).read_text().count("\n") == 1


def test_details_stand_under_the_address_of_their_row(tmp_path):
    facts = pl.DataFrame({"table": ["t", "t"], "row_index": [1, 0], "item": ["cold", "hot"]})
    Truth("demo", details={"demo_dishes": facts}).write(tmp_path, PLACES)
    assert (tmp_path / "demo_dishes.csv").read_text() == "file,sheet,row,item\na/t.csv,,5,cold\na/t.csv,,2,hot\n"


def test_unknown_bin_is_refused():
    with pytest.raises(ValueError, match="c9: bin must be one of"):
        Planted("c9", "after_death", "maybe")


def test_row_outside_the_table_is_an_error(tmp_path):
    truth = Truth("demo")
    truth.add(Planted("c1", "after_death", "lead"), "t", [2])
    with pytest.raises(pl.exceptions.OutOfBoundsError):
        truth.write(tmp_path, PLACES)
