"""How good the ids of a delivery are: of each id column, the rows that are valid, repaired, wrong or blank. Counts only."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import polars as pl

from casebook import clean
from casebook.intake.account import DATA
from casebook.intake.contract import Contract
from casebook.intake.dataset import PART, Dataset
from casebook.intake.grid import BATCH_ROWS, ROW
from casebook.intake.taking import ID_KINDS

CLASSES: Final = ("valid", "repaired", "check_digit", "digits_lost", "other", "blank")
_BLANK: Final = ("blank", "placeholder")
_LOST: Final = ("digits_lost", "scientific")


@dataclass(frozen=True)
class IdQuality:
    """One id column: rows kept by class; the classes sum to the rows.

    valid: as delivered. repaired: valid after a documented repair. check_digit: of the right form, its check digit fails.
    digits_lost: stored as a number, so that digits are gone. blank: nothing, or a placeholder. other: any other problem.
    """

    column: str
    counts: Mapping[str, int]

    @property
    def rows(self) -> int:
        """Rows kept."""
        return sum(self.counts.values())

    @property
    def usable(self) -> int:
        """Rows with an id that can be compared."""
        return self.counts["valid"] + self.counts["repaired"]


def of_delivery(folder: Path, contract: Contract, names: tuple[str, ...], obtained: date) -> tuple[IdQuality, ...]:
    """The quality of each id column among the names, which must be kept in the folder; read in batches."""
    ids = [column.name for column in contract.columns if column.kind in ID_KINDS and column.name in names]
    if not ids:
        return ()
    path = folder / DATA
    rows: int = pl.scan_parquet(path).select(pl.len()).collect().item()
    found: dict[str, Counter[str]] = {name: Counter() for name in ids}
    for start in range(0, rows, BATCH_ROWS):
        batch = pl.scan_parquet(path).select(ids).slice(start, BATCH_ROWS).collect()
        for name in ids:
            found[name].update(_classes(batch.select(name), contract, name, obtained))
    return tuple(IdQuality(name, {one: found[name][one] for one in CLASSES}) for name in ids)


def _classes(batch: pl.DataFrame, contract: Contract, name: str, obtained: date) -> dict[str, int]:
    nowhere = [pl.lit(0, pl.UInt32).alias(PART), pl.lit(0, pl.UInt32).alias(ROW)]
    cleaned = clean.columns(Dataset(contract, batch.with_columns(nowhere), ()), [name], as_of=obtained)
    problem, repair = pl.col(f"{name}_problem"), pl.col(f"{name}_repair")
    told = (
        pl.when(problem.is_null() & pl.col(name).is_null()).then(pl.lit("blank"))
        .when(problem.is_null() & repair.is_null()).then(pl.lit("valid"))
        .when(problem.is_null()).then(pl.lit("repaired"))
        .when(_says(problem, _LOST)).then(pl.lit("digits_lost"))
        .when(_says(problem, ("check_digit",))).then(pl.lit("check_digit"))
        .when(_says(problem, _BLANK)).then(pl.lit("blank"))
        .otherwise(pl.lit("other"))
    )  # fmt: skip
    return dict(cleaned.select(told.alias("class")).group_by("class").len().iter_rows())


def _says(problem: pl.Expr, codes: tuple[str, ...]) -> pl.Expr:
    """Whether one of the codes is among those of the problem."""
    return problem.str.split(",").list.set_intersection(list(codes)).list.len() > 0
