"""A Dataset on disk: data.parquet, rejects.parquet and intake.json, and back again.

Files appear whole or not at all: each is written under a temporary name and renamed, intake.json last.
"""

import json
import os
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

import polars as pl

from casebook.errors import SourceError
from casebook.intake.contract import Contract
from casebook.intake.dataset import PART, Dataset, FilePart, Note, Rejects
from casebook.intake.grid import ROW

DATA: Final = "data.parquet"
REJECTS: Final = "rejects.parquet"
SUMMARY: Final = "intake.json"
_META: Final = "casebook.intake"


def write(dataset: Dataset, rejects: Rejects, folder: Path) -> None:
    """Writes the three files; data.parquet carries `source_sha256, source_sheet, source_row` instead of part numbers."""
    folder.mkdir(parents=True, exist_ok=True)
    meta = {"contract": dataset.contract.id, "parts": [asdict(part) for part in dataset.parts]}
    _parquet(_addressed(dataset.frame, dataset.parts), folder / DATA, {_META: json.dumps(meta, ensure_ascii=False)})
    _parquet(_addressed(rejects.frame, dataset.parts), folder / REJECTS, {})
    text = json.dumps(summary(dataset, rejects), ensure_ascii=False, indent=2)
    _whole(folder / SUMMARY, text + "\n")


def summary(dataset: Dataset, rejects: Rejects) -> dict[str, Any]:
    """What intake.json says. With several sheets or files, encoding, header_row and sha256 are lists beside `files`."""
    parts = dataset.parts
    said: dict[str, Any] = {
        "rows_read": dataset.rows_read,
        "rows_kept": dataset.frame.height,
        "rows_rejected": rejects.frame.height,
        "rejects": rejects.counts(),
        "encoding": _one([part.encoding for part in parts]),
        "header_row": _one([part.header_row for part in parts]),
        "sha256": _one([part.sha256 for part in parts]),
        "notes": [_shown(note) for note in dataset.notes],
    }
    if len(parts) > 1:
        counted = ("file", "sheet", "rows_read", "rows_kept", "rows_rejected")
        said["files"] = [{key: getattr(part, key) for key in counted} for part in parts]
    return said


def load(folder: Path, contract: Contract) -> Dataset:
    """The Dataset as written by `write`; notes stay in intake.json.

    Raises:
        SourceError: when the folder holds no finished intake of this contract.
    """
    path = folder / DATA
    if not (folder / SUMMARY).exists() or not path.exists():
        raise SourceError(f"{folder.name} holds no finished intake; run casebook intake {contract.id} first.")
    meta = json.loads(pl.read_parquet_metadata(path).get(_META, "{}"))
    if meta.get("contract") != contract.id:
        raise SourceError(f"{folder.name} holds the intake of {meta.get('contract')}, not of {contract.id}.")
    parts = tuple(FilePart(**part) for part in meta["parts"])
    numbers = pl.DataFrame(
        {
            "source_sha256": [part.sha256 for part in parts],
            "source_sheet": [part.sheet for part in parts],
            PART: pl.Series(range(len(parts)), dtype=pl.UInt32),
        }
    )
    frame = pl.read_parquet(path).join(numbers, on=["source_sha256", "source_sheet"], maintain_order="left")
    return Dataset(contract, frame.select(*contract.names, PART, pl.col("source_row").alias(ROW)), parts)


def _one(values: Sequence[Any]) -> Any:  # noqa: ANN401 (one value, or the list of them)
    return values[0] if len(values) == 1 else list(values)


def _shown(note: Note) -> dict[str, Any]:
    return {key: value for key, value in asdict(note).items() if value not in ("", 0, ())}


def _addressed(frame: pl.DataFrame, parts: Sequence[FilePart]) -> pl.DataFrame:
    digests = pl.Series([part.sha256 for part in parts], dtype=pl.String)
    sheets = pl.Series([part.sheet for part in parts], dtype=pl.String)
    return frame.with_columns(
        digests.gather(frame[PART]).alias("source_sha256"),
        sheets.gather(frame[PART]).alias("source_sheet"),
        pl.col(ROW).alias("source_row"),
    ).drop(PART, ROW)


def _parquet(frame: pl.DataFrame, path: Path, metadata: dict[str, str]) -> None:
    temporary = path.with_suffix(".part")
    frame.write_parquet(temporary, metadata=metadata)
    temporary.replace(path)


def _whole(path: Path, text: str) -> None:
    temporary = path.with_suffix(".part")
    with temporary.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
