import math

import polars as pl
import pytest

from casebook.errors import LinkError
from casebook.link.matching import match
from casebook.link.waterfall import waterfall

LEFT = {"ref": 1, "name": "李建军", "birth_date": "1988-11-20", "place": "柳湾镇", "phone": None}
RIGHT = LEFT | {"ref": 2, "name": "李建君", "phone": "14212345678"}


def lines() -> pl.DataFrame:
    schema = {"ref": pl.Int64} | dict.fromkeys(("name", "birth_date", "place", "phone"), pl.String)
    one, two = (pl.DataFrame([row], schema=schema) for row in (LEFT, RIGHT))
    return waterfall(match(one, two, "person").weighed.row(0, named=True))


def test_it_starts_at_the_prior_and_ends_at_the_probability():
    told = lines()
    assert told["comparison"].to_list() == ["prior", "name", "birth_date", "place", "household", "probability"]
    assert told["cumulative"][-1] > 0.9


def test_bits_add_up_line_by_line():
    told = lines().head(-1)
    for before, line in zip(told.rows(named=True), told.tail(-1).rows(named=True), strict=False):
        assert math.isclose(before["cumulative"] + line["bits"], line["cumulative"], abs_tol=0.02)


def test_a_line_shows_level_and_both_values():
    name = lines().row(1, named=True)
    assert (name["level"], name["left_value"], name["right_value"]) == ("homophone", "李建军", "李建君")
    assert name["bits"] > 0


def test_links_by_a_key_have_no_waterfall():
    with pytest.raises(LinkError, match="row of a weighed pair"):
        waterfall({"tier": "T1", "reason": "id_equal"})
