"""The cleaners a contract names, applied to a dataset: cleaned beside delivered, every repair and problem counted.

A column `c` becomes `c` (cleaned), `c_raw` (as delivered), `c_problem`, `c_repair` and the parts of its kind `c_<part>`; `ref` is the
address of the row. Numbers with units are cleaned under the unit of their own file's header.
"""

from collections.abc import Collection
from datetime import date
from typing import Any, Final

import polars as pl

from casebook.clean.kinds import FACTS, KINDS, TABLE
from casebook.errors import ContractError
from casebook.intake.contract import Column
from casebook.intake.dataset import PART, Dataset
from casebook.text import distinct, width

REF: Final = "ref"
_ROW_BITS: Final = 2**32


def columns(
    dataset: Dataset, names: Collection[str], part_offset: int = 0, *, as_of: date | None = None
) -> pl.DataFrame:
    """The asked columns cleaned, one row for each row of the dataset, in order.

    Args:
        dataset: rows as delivered.
        names: canonical names.
        part_offset: number of the dataset's first part within the run; makes `ref` = part << 32 | row unique in it.
        as_of: the day the rows were drawn: who was born later is a problem (`birth_in_future`). None: nobody is asked.

    Raises:
        ContractError: when the contract has no such column, or names a cleaner that does not exist.
    """
    frame = dataset.frame
    ref = (pl.col(PART).cast(pl.Int64) + part_offset) * _ROW_BITS + pl.col("row").cast(pl.Int64)
    series = [frame.select(ref.alias(REF)).to_series()]
    for name in dict.fromkeys(names):
        series += _column(dataset, dataset.contract.column(name), as_of).get_columns()
    return pl.DataFrame(series)


def repairs(cleaned: pl.DataFrame) -> pl.DataFrame:
    """The log of a cleaning: `column, what, code, rows` — how many rows of each column have each problem and each repair.

    Several repairs of one value count once each.
    """
    counted = [
        cleaned.select(pl.col(f"{name}_{what}").str.split(",").alias("code"))
        .explode("code", empty_as_null=True)
        .drop_nulls()
        .group_by("code")
        .agg(pl.len().cast(pl.Int64).alias("rows"))
        .select(pl.lit(name).alias("column"), pl.lit(what).alias("what"), "code", "rows")
        for what in ("problem", "repair")
        for name in _cleaned_names(cleaned, what)
    ]
    schema = {"column": pl.String, "what": pl.String, "code": pl.String, "rows": pl.Int64}
    return pl.concat([pl.DataFrame(schema=schema), *counted]).sort("column", "what", "code")


def _cleaned_names(cleaned: pl.DataFrame, what: str) -> list[str]:
    names = (column.removesuffix(f"_{what}") for column in cleaned.columns if column.endswith(f"_{what}"))
    return [name for name in names if f"{name}_raw" in cleaned.columns]


def _column(dataset: Dataset, column: Column, as_of: date | None) -> pl.DataFrame:
    raw = dataset.frame[column.name]
    if column.kind is None:
        text = width.trim(raw)
        held = text.set(width.problem_of_trimmed(text).is_not_null(), None)
        return pl.DataFrame([held.alias(column.name), raw.alias(f"{column.name}_raw")])
    if column.kind not in KINDS:
        raise ContractError(
            f"Contract {dataset.contract.id}, column {column.name}: there is no cleaner {column.kind!r}; "
            f"there are {', '.join(KINDS)}."
        )
    answers = _by_unit(dataset, column) if column.unit else _cleaned(column, raw, as_of=as_of)
    answers = _as_month(answers) if column.form == "month" and column.name.endswith("month") else answers
    return _named(answers, raw, column.name)


def _named(answers: pl.DataFrame, raw: pl.Series, name: str) -> pl.DataFrame:
    facts = {"value": name, "problem": f"{name}_problem", "repair": f"{name}_repair"}
    parts = {part: f"{name}_{part}" for part in answers.columns if part not in FACTS}
    renamed = answers.rename({**facts, **parts})
    return renamed.insert_column(1, raw.alias(f"{name}_raw"))


def _cleaned(column: Column, raw: pl.Series, unit: str | None = None, as_of: date | None = None) -> pl.DataFrame:
    """What the cleaner makes of the texts; each distinct text is cleaned once where that is less work."""
    kind = column.kind or "text"
    asked = {"unit": unit, "form": column.form, "as_of": as_of if TABLE[kind].is_dated else None}
    options: dict[str, Any] = {key: value for key, value in asked.items() if value is not None}
    cleaner = KINDS[kind]
    return distinct.once(raw, lambda texts: cleaner(texts, **options))


def _by_unit(dataset: Dataset, column: Column) -> pl.DataFrame:
    """Each part under the unit of its own header; rows come back in their order."""
    raw = dataset.frame[column.name]
    units = [part.units.get(column.name, column.unit) for part in dataset.parts] or [column.unit]
    if len(set(units)) == 1:
        return _cleaned(column, raw, units[0])
    numbered = dataset.frame.select(PART, pl.col(column.name)).with_row_index("order")
    pieces = []
    for unit in dict.fromkeys(units):
        parts = [number for number, other in enumerate(units) if other == unit]
        rows = numbered.filter(pl.col(PART).is_in(parts))
        pieces.append(_cleaned(column, rows[column.name], unit).insert_column(0, rows["order"]))
    return pl.concat(pieces).sort("order").drop("order")


def _as_month(answers: pl.DataFrame) -> pl.DataFrame:
    """First days of months as the Int32 `year * 12 + month - 1` that month columns hold."""
    months = pl.col("value").dt.year() * 12 + pl.col("value").dt.month().cast(pl.Int32) - 1
    return answers.with_columns(months.cast(pl.Int32).alias("value"))
