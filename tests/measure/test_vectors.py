"""The shared vectors that benches hold the peers against: every line is right or refused, as it says."""

import csv
from pathlib import Path

import polars as pl
import pytest

from casebook.measure import area, dates, money, numbers

FOLDER = Path(__file__).parents[1] / "vectors"


def vectors(name):
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return [pytest.param(line, id=f"{number}") for number, line in enumerate(csv.DictReader(file), start=2)]


def one(text):
    return pl.Series([text], dtype=pl.String)


def said(found, answer):
    """The answer, or nothing where the row has a problem; a value beside a problem, or neither, is wrong."""
    row = found.row(0, named=True)
    assert (row["value"] is None) == (row["problem"] is not None)
    return "" if row["value"] is None else answer(row)


@pytest.mark.parametrize("line", vectors("number"))
def test_numbers(line):
    found = numbers.clean(one(line["input"]))
    assert said(found, lambda row: format(row["value"].normalize(), "f")) == line["expected"]


@pytest.mark.parametrize("line", vectors("capital_money"))
def test_capital_amounts(line):
    found = money.clean(one(line["input"]))
    assert said(found, lambda row: money.to_yuan(found["value"]).item()) == line["expected"]


@pytest.mark.parametrize("line", vectors("money"))
def test_amounts(line):
    found = money.clean(one(line["input"]), line["unit"])
    assert said(found, lambda row: money.to_yuan(found["value"]).item()) == line["expected"]


@pytest.mark.parametrize("line", vectors("area"))
def test_areas(line):
    found = area.clean(one(line["input"]), line["unit"])
    assert said(found, lambda row: area.to_m2(found["value"]).item()) == line["expected"]


def span(row):
    return f"{row['value']}/{row['until']}" if "until" in row else f"{row['value']}"


@pytest.mark.parametrize("line", vectors("date"))
def test_dates(line):
    assert said(dates.clean(one(line["input"]), line["form"]), span) == line["expected"]
