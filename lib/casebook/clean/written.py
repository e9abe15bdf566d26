"""Answers of a cleaner as the text columns of a csv: `raw, value, problem`, then the parts in the order fixed for the kind.

Money is written in yuan and area in m², both exact with two places; dates in ISO 8601, months as `2025-12`; true and false in small
letters. Nothing is altered for the sake of a spreadsheet: the text after cleaning is what the columns hold (see `casebook clean --help`).
"""

from collections.abc import Mapping, Sequence
from typing import Final

import polars as pl

from casebook.clean import frames, headerless
from casebook.clean.cells import RAW
from casebook.clean.kinds import FACTS, TABLE
from casebook.errors import ParameterError
from casebook.intake.grid import FAULT

# Kinds whose good values nobody takes for a header.
_SURE: Final = (
    *("citizen_id", "organisation_code", "food_licence", "disability_certificate", "parcel"),
    *("date", "number", "money", "area", "document_number"),
)
_HUNDREDTHS: Final = {"money": "yuan", "area": "m2"}


def parts(kind: str, options: Mapping[str, str]) -> tuple[str, ...]:
    """The part columns of the kind under these options."""
    return ("until",) if options.get("form") == "range" else TABLE[kind].parts


def further(kind: str, options: Mapping[str, str]) -> tuple[str, ...]:
    """What else can be had: `repair`, and parts beyond the fixed ones."""
    nothing = pl.DataFrame(schema={RAW: pl.String, FAULT: pl.String})
    given = _cleaned(nothing, kind, options).columns
    return tuple(name for name in given if name not in {RAW, *FACTS[:2], *parts(kind, options)})


def answers(cells: pl.DataFrame, kind: str, options: Mapping[str, str], also: Sequence[str] = ()) -> pl.DataFrame:
    """One row for each cell: `raw, value, problem`, the parts, and the further columns asked for.

    Args:
        cells: `raw` and `fault`; a row with a fault has that as its problem, and neither value nor parts.
        kind: name of the cleaner; it must be known.
        options: what it is asked.
        also: further columns.

    Raises:
        ParameterError: the cleaner cannot be asked that, or has no such further column.
    """
    cleaned = _cleaned(cells, kind, options)
    names = [*FACTS[:2], *parts(kind, options), *also]
    if unknown := sorted({name for name in also if name not in cleaned.columns}):
        said = ", ".join(further(kind, options))
        raise ParameterError(f"{kind} has no column {', '.join(unknown)}; beside the fixed ones it has {said}.")
    if cells[FAULT].null_count() != cells.height:
        cleaned = _refused(cleaned, cells[FAULT])
    return cleaned.select(RAW, *dict.fromkeys(names))


def check_header(header: str, kind: str) -> None:
    """The lone header of a table is one.

    Raises:
        SourceError: it is a good value of the kind, so that the table begins with data.
    """
    if kind in _SURE and frames.column(pl.Series([header]), kind)["problem"].item() is None:
        raise headerless.refused("The table")


def _cleaned(cells: pl.DataFrame, kind: str, options: Mapping[str, str]) -> pl.DataFrame:
    cleaned = _told(frames.column(cells[RAW], kind, **options), kind, options)
    return cleaned.insert_column(0, cells[RAW])


def _refused(cleaned: pl.DataFrame, fault: pl.Series) -> pl.DataFrame:
    is_sound = pl.lit(fault).is_null()
    kept = [pl.when(is_sound).then(name).alias(name) for name in cleaned.columns if name not in {RAW, "problem"}]
    return cleaned.with_columns(*kept, pl.coalesce(pl.lit(fault), "problem").alias("problem"))


def _told(cleaned: pl.DataFrame, kind: str, options: Mapping[str, str]) -> pl.DataFrame:
    value = pl.col("value")
    if kind in _HUNDREDTHS:
        return cleaned.with_columns(_hundredths(value)).with_columns(value.alias(_HUNDREDTHS[kind]))
    if kind == "number":
        return cleaned.with_columns(value.cast(pl.String).str.replace(r"\.?0+$", ""))
    if options.get("form") == "month":
        return cleaned.with_columns(value.dt.strftime("%Y-%m"))
    return cleaned


def _hundredths(value: pl.Expr) -> pl.Expr:
    """Whole hundredths as decimal text: -150 is `-1.50`."""
    sign = pl.when(value < 0).then(pl.lit("-")).otherwise(pl.lit(""))
    whole, rest = (value.abs() // 100).cast(pl.String), (value.abs() % 100).cast(pl.String).str.zfill(2)
    return pl.concat_str(sign, whole, pl.lit("."), rest).alias("value")
