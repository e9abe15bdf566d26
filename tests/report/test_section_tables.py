"""The tables a run judged by are printed with their hash."""

from dataclasses import replace

import polars as pl

from casebook.report import show


def test_table_shows_values_in_their_units_and_its_hash(run):
    frame = pl.DataFrame({"subsidy": ["nursing"], "fen_per_month": [15000]})
    delivery = replace(run.delivery, standards={"standards.csv": frame}, table_digests={"standards.csv": "ab" * 32})
    text = str(show.tables(replace(run, delivery=delivery)).text)
    assert "standards.csv" in text
    assert "ab" * 32 in text
    assert "150.00 元" in text


def test_long_table_says_how_many_rows_it_has(run):
    frame = pl.DataFrame({"pattern": [f"p{i}" for i in range(1885)]})
    delivery = replace(run.delivery, standards={"dishes.csv": frame}, table_digests={"dishes.csv": "cd" * 32})
    text = str(show.tables(replace(run, delivery=delivery)).text)
    assert "1,885" in text
    assert "p1884" not in text
