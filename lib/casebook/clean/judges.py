"""Who looks at delivered rows while they are taken in: cells in the wrong columns, areas in another unit. Flagged, never altered."""

from dataclasses import replace
from functools import partial

import polars as pl

from casebook.clean import priced, shifted
from casebook.intake.contract import Contract
from casebook.intake.dataset import CODE, COLUMN, FINDING_SCHEMA, PART, Dataset, FilePart
from casebook.intake.demanded import BESIDE
from casebook.intake.wanted import Judge
from casebook.measure import area, unit_conflict

METRE = "平方米"


def of(contract: Contract) -> tuple[Judge, ...]:
    """The judges of a contract's rows; each takes a batch and its part and hands back findings (`row`, `column`, `code`)."""
    return partial(in_place, contract), partial(in_unit, contract), partial(in_both_units, contract)


def in_place(contract: Contract, batch: pl.DataFrame, part: FilePart) -> pl.DataFrame:
    """Rows whose cells seem to stand one column aside (no column is named), and pairs of cells that seem exchanged (both are)."""
    said = shifted.of_dataset(_alone(contract, batch, part))
    found = batch.select("row", said.alias("looks")).filter(pl.col("looks") != shifted.OK)
    if found.is_empty():
        return pl.DataFrame(schema=FINDING_SCHEMA)
    name = pl.col("looks").str.extract(r"^([a-z_]+)")
    columns = pl.col("looks").str.extract(r"\((.*)\)").str.split(",")
    return found.select("row", columns.alias(COLUMN), ("columns." + name).alias(CODE)).explode(COLUMN)


def in_unit(contract: Contract, batch: pl.DataFrame, part: FilePart) -> pl.DataFrame:
    """Areas that do not fit the price in their own unit."""
    dataset = _alone(contract, batch, part)
    if not priced.is_asked(dataset):
        return pl.DataFrame(schema=FINDING_SCHEMA)
    found = batch.select("row", priced.of_dataset(dataset).alias("looks"))
    odd = found.filter(~pl.col("looks").is_in([priced.OK, priced.MISSING]))
    return odd.select("row", pl.lit(priced.AREA).alias(COLUMN), pl.format("unit.{}", "looks").alias(CODE))


def in_both_units(contract: Contract, batch: pl.DataFrame, part: FilePart) -> pl.DataFrame:
    """Areas stated twice that do not agree: exchanged, one number under both units, or of another ratio."""
    found = [pl.DataFrame(schema=FINDING_SCHEMA)]
    for other in (name for name in batch.columns if BESIDE in name):
        name, _, unit = other.partition(BESIDE)
        own = part.units.get(name) or contract.column(name).unit or METRE
        stated = {own: area.clean(batch[name], unit=own)["value"], unit: area.clean(batch[other], unit=unit)["value"]}
        if METRE not in stated:
            continue
        (second,) = stated.keys() - {METRE}
        looks = unit_conflict.between_areas(stated[METRE], stated[second], second)
        said = batch.select("row", pl.lit(name).alias(COLUMN), ("unit." + looks).alias(CODE))
        found.append(said.filter(~looks.is_in(["ok", "missing"])))
    return pl.concat(found)


def _alone(contract: Contract, batch: pl.DataFrame, part: FilePart) -> Dataset:
    """The batch as a dataset of one part."""
    return Dataset(
        contract, batch.with_columns(pl.lit(0, pl.UInt32).alias(PART)), (replace(part, rows_read=batch.height),)
    )
