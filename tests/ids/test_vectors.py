"""Every line of the shared vectors of identifiers: value, problem, repair and parts as the line says."""

from pathlib import Path

import polars as pl
import pytest

from casebook.ids import citizen, disability, document, organisation, parcel, permit

FOLDER = Path(__file__).parents[1] / "vectors"
CLEANERS = {
    "citizen_id": citizen,
    "organisation_code": organisation,
    "food_licence": permit,
    "disability_certificate": disability,
    "parcel": parcel,
    "document_number": document,
}


def lines(kind: str) -> pl.DataFrame:
    return pl.read_csv(FOLDER / f"{kind}.csv", infer_schema=False).drop("source_note")


def said(kind: str) -> pl.DataFrame:
    asked = lines(kind)
    got = CLEANERS[kind].clean(asked["input"]).rename({"value": "expected"})
    return pl.DataFrame([asked["input"], *(got[name].cast(pl.String) for name in asked.columns[1:])])


@pytest.mark.parametrize("kind", CLEANERS)
def test_every_line_is_cleaned_as_it_says(kind):
    pairs = zip(said(kind).rows(named=True), lines(kind).rows(named=True), strict=True)
    assert [(got, line) for got, line in pairs if got != line] == []


@pytest.mark.parametrize("kind", CLEANERS)
def test_a_line_cleaned_alone_is_cleaned_the_same(kind):
    cells = lines(kind)["input"]
    alone = pl.concat(CLEANERS[kind].clean(cells[row : row + 1]) for row in range(len(cells)))
    assert alone.equals(CLEANERS[kind].clean(cells))


@pytest.mark.parametrize("kind", CLEANERS)
def test_a_value_without_problem_is_its_own_value(kind):
    good = lines(kind).filter(pl.col("problem").is_null())["expected"]
    again = CLEANERS[kind].clean(good)
    assert again["value"].equals(good, check_names=False)
    assert again["problem"].null_count() == len(good)
