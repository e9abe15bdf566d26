"""What was taken in, back from its folder."""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl

from casebook.intake import sentences
from casebook.intake.account import DATA, FLAGS, REJECTS, SUMMARY
from casebook.intake.contract import Contract
from casebook.intake.dataset import FLAG_SCHEMA, PART, REJECT_SCHEMA, Dataset, FilePart, Note, Rejects
from casebook.intake.grid import ROW
from casebook.intake.taking import META


def load(folder: Path, contract: Contract, names: Mapping[str, str] | None = None) -> Dataset:
    """The rows kept, under the columns that were kept.

    Args:
        folder: where an intake of the contract was written.
        contract: the contract.
        names: digest → name of the file in this delivery, where it was read under another name before.

    Raises:
        SourceError: when the folder holds no finished intake of this contract.
    """
    path = folder / DATA
    if not (folder / SUMMARY).exists() or not path.exists():
        raise sentences.refusal("store.unfinished", folder.name, contract=contract.id)
    meta = json.loads(pl.read_parquet_metadata(path).get(META, "{}"))
    if meta.get("contract") != contract.id:
        raise sentences.refusal("store.other", folder.name, other=meta.get("contract"), contract=contract.id)
    parts = tuple(_part(part, names or {}) for part in meta["parts"])
    frame = pl.read_parquet(path, columns=[*_kept(path, contract), "source_row"])
    numbers = (pl.repeat(number, part.rows_kept, dtype=pl.UInt32, eager=True) for number, part in enumerate(parts))
    part = pl.concat([pl.Series(PART, [], pl.UInt32), *numbers]).alias(PART)
    columns = [column for column in frame.columns if column != "source_row"]
    return Dataset(contract, frame.select(*columns, part, pl.col("source_row").alias(ROW)), parts, notes(folder))


def is_ours(folder: Path) -> bool:
    """Whether the folder's data.parquet was written by an intake."""
    try:
        return META in pl.read_parquet_metadata(folder / DATA)
    except (OSError, pl.exceptions.PolarsError):
        return False


def rejects(folder: Path, dataset: Dataset) -> Rejects:
    """The rows refused of a dataset in its folder."""
    return Rejects(numbered(pl.read_parquet(folder / REJECTS), dataset).select(list(REJECT_SCHEMA)))


def flags(folder: Path, dataset: Dataset) -> pl.DataFrame:
    """The cells of kept rows that are in question: `part, row, column, cell, code, message_zh, message_en`."""
    return numbered(pl.read_parquet(folder / FLAGS), dataset).select(list(FLAG_SCHEMA))


def account(folder: Path) -> dict[str, Any]:
    """What intake.json says."""
    said: dict[str, Any] = json.loads((folder / SUMMARY).read_text(encoding="utf-8"))
    return said


def notes(folder: Path) -> tuple[Note, ...]:
    """The notes of intake.json."""
    return tuple(_note(plain) for plain in account(folder)["notes"])


def _note(plain: Mapping[str, Any]) -> Note:
    lists = {key: tuple(plain.get(key, ())) for key in ("rows", "items")}
    return Note(plain["code"], plain["file"], plain.get("sheet", ""), plain.get("count", 0), **lists)


def _part(plain: Mapping[str, Any], names: Mapping[str, str]) -> FilePart:
    part = FilePart(**plain)
    return replace(part, file=names.get(part.sha256, part.file))


def _kept(path: Path, contract: Contract) -> list[str]:
    delivered = set(pl.read_parquet_schema(path))
    return [name for name in contract.names if name in delivered]


def numbered(frame: pl.DataFrame, dataset: Dataset) -> pl.DataFrame:
    """Rows told by digest, sheet and row of their source, under the number of their part of the dataset and their row."""
    numbers = pl.DataFrame(
        {
            "source_sha256": pl.Series([part.sha256 for part in dataset.parts], dtype=pl.String),
            "source_sheet": pl.Series([part.sheet for part in dataset.parts], dtype=pl.String),
            PART: pl.Series(range(len(dataset.parts)), dtype=pl.UInt32),
        }
    )
    joined = frame.join(numbers, on=["source_sha256", "source_sheet"], maintain_order="left")
    return joined.with_columns(pl.col("source_row").alias(ROW))
