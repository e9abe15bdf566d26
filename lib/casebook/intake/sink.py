"""Where rows go while they are read: Parquet files that grow batch by batch and appear whole or not at all."""

import os
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow.parquet as pq

COMPRESSION = "zstd"


class Sink:
    """One Parquet file being written; readable by its owner only, since it may hold personal data."""

    def __init__(self, path: Path, schema: Mapping[str, Any], stack: ExitStack) -> None:
        self._file = stack.enter_context(os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb"))
        self._schema = pl.DataFrame(schema=schema).to_arrow().schema
        self._writer = stack.enter_context(pq.ParquetWriter(self._file, self._schema, compression=COMPRESSION))
        self.rows = 0

    def add(self, frame: pl.DataFrame) -> None:
        """Appends the rows."""
        if frame.height:
            self._writer.write_table(frame.to_arrow().cast(self._schema), row_group_size=max(frame.height, 1))
            self.rows += frame.height

    def end(self, metadata: Mapping[str, str]) -> None:
        """Closes the file with its metadata and waits until it is on the disk."""
        self._writer.add_key_value_metadata(dict(metadata))
        self._writer.close()
        synced(self._file.fileno())


def synced(descriptor: int) -> None:
    """Waits until what was written is on the disk."""
    os.fsync(descriptor)


def write_text(path: Path, text: str) -> None:
    """A small file, whole on the disk when this returns; readable by its owner only."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        synced(file.fileno())


def sync_folder(folder: Path) -> None:
    """Waits until the names in a folder are on the disk."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        synced(descriptor)
    finally:
        os.close(descriptor)
