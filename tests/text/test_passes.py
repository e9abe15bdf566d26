import polars as pl

from casebook.text import passes


def halved(text):
    """One `x` taken off each cell, and the cells as they came as names found."""
    value = text.str.strip_suffix("x")
    repair = pl.DataFrame({"is_altered": value != text}).select(pl.when("is_altered").then(pl.lit("cut"))).to_series()
    nothing = pl.Series([None] * len(text), dtype=pl.String)
    return pl.DataFrame({"value": value, "problem": nothing, "repair": repair, "found": text})


def test_a_cleaner_is_asked_until_nothing_comes_off():
    answer = passes.settled(pl.Series(["axxx", "b", None]), halved)
    assert answer["value"].to_list() == ["a", "b", None]


def test_first_repair_and_first_find_stay():
    answer = passes.settled(pl.Series(["axx"]), halved)
    assert answer.select("repair", "found").row(0) == ("cut", "axx")


def test_it_ends_even_where_more_would_come_off():
    assert passes.settled(pl.Series(["a" + "x" * 20]), halved)["value"].item() == "a" + "x" * 15
