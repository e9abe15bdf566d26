"""Tables that several steps read are made once for the inputs they are made from."""

import narwhals as nw
import polars as pl
import pytest

from casebook.case.inputs import Inputs


@pytest.fixture
def inputs():
    return Inputs({"menu": pl.DataFrame({"dish": ["米饭", "蛋糕"]})}, {}, {}, {})


def _named(inputs, dish):
    inputs.obtained[dish] = inputs.obtained.get(dish, 0) + 1
    return inputs.table("menu").filter(nw.col("dish") == dish)


def test_a_shared_table_is_made_once(inputs):
    first, again = inputs.once(_named, "蛋糕"), inputs.once(_named, "蛋糕")
    assert first is again
    assert inputs.obtained == {"蛋糕": 1}


def test_other_arguments_make_another_table(inputs):
    found = [inputs.once(_named, dish).collect().to_native()["dish"].to_list() for dish in ("米饭", "蛋糕")]
    assert found == [["米饭"], ["蛋糕"]]


def test_arguments_that_cannot_be_hashed_are_compared(inputs):
    def rows(inputs, names):
        return inputs.rows({"dish": names})

    assert inputs.once(rows, ["面"]) is inputs.once(rows, ["面"])


def test_inputs_of_another_run_share_nothing(inputs):
    other = Inputs(inputs.frames, {}, {}, {})
    assert inputs.once(_named, "米饭") is not other.once(_named, "米饭")
