"""Foreign keys between the tables of a set: values that the other table does not have flag their rows, and never reject them."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import polars as pl

from casebook.intake import sentences
from casebook.intake.account import DATA
from casebook.intake.cells import cells
from casebook.intake.contract import Column, Contract
from casebook.intake.dataset import CODE, COLUMN
from casebook.intake.rulebook.comparing import family
from casebook.intake.rulebook.relations import Reference

MISSING_REFERENCE: Final = "reference.missing"
SCHEMA: Final = {
    "source_sha256": pl.String, "source_sheet": pl.String, "source_row": pl.UInt32, COLUMN: pl.String, CODE: pl.String,
}  # fmt: skip


def problems(contracts: Mapping[str, Contract]) -> list[str]:
    """What is wrong with the foreign keys of the contracts: tables or columns that do not exist, kinds that differ."""
    found = []
    for contract in contracts.values():
        for reference in contract.rules.references:
            place = f"{contract.id}: column {reference.column!r} refers to {reference.to}.{reference.to_column}"
            target = contracts.get(reference.to)
            column = next((c for c in target.columns if c.name == reference.to_column), None) if target else None
            if column is None:
                found.append(f"{place}, which does not exist")
            elif column.kind != contract.column(reference.column).kind or family(column.kind) != "text":
                found.append(f"{place}; both must be texts of the same kind")
    return found


def orphans(contract: Contract, folder: Path, others: Mapping[str, tuple[Contract, Path]]) -> pl.DataFrame:
    """`source_sha256, source_sheet, source_row, column, code` of the rows whose value the other table does not have.

    Values are compared as cleaned; blank, placeholder and unreadable ones refer to nothing.

    Args:
        contract: of the table that refers.
        folder: its intake, with data.parquet.
        others: contract id → contract and folder of the tables that were taken in; a table that is not there is not asked.

    Raises:
        SourceError: a column that is referred to was not kept in data.parquet.
    """
    asked = (reference for reference in contract.rules.references if reference.to in others)
    found = (_orphans(contract, folder, reference, *others[reference.to]) for reference in asked)
    return pl.concat([pl.DataFrame(schema=SCHEMA), *found])


def _orphans(contract: Contract, folder: Path, reference: Reference, to: Contract, to_folder: Path) -> pl.DataFrame:
    known = _distinct(to, to_folder, reference.to_column)["value"].unique()
    own = _distinct(contract, folder, reference.column)
    unknown = own.filter(pl.col("value").is_not_null()).filter(~pl.col("value").is_in(known.implode()))
    column = pl.lit(reference.column).alias(COLUMN)
    rows = pl.scan_parquet(folder / DATA).join(unknown.lazy(), left_on=reference.column, right_on="raw", how="semi")
    asked = rows.select("source_sha256", "source_sheet", "source_row", column, pl.lit(MISSING_REFERENCE).alias(CODE))
    return asked.collect().sort("source_sha256", "source_sheet", "source_row")


def _distinct(contract: Contract, folder: Path, name: str) -> pl.DataFrame:
    """The distinct texts of a column (`raw`) and their cleaned `value`."""
    scanned = pl.scan_parquet(folder / DATA)
    if name not in scanned.collect_schema():
        raise sentences.refusal("reference.dropped", contract.id, column=name)
    raw = scanned.select(pl.col(name)).unique().drop_nulls().collect()
    return pl.DataFrame({"raw": raw[name], "value": _cleaned(raw, contract.column(name))})


def _cleaned(raw: pl.DataFrame, column: Column) -> pl.Series:
    numbered = raw.with_columns(pl.lit(0, pl.UInt32).alias("part"), pl.lit(0, pl.UInt32).alias("row"))
    return cells(numbered, [column], (), {})[column.name]
