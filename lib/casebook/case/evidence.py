"""The facts behind one lead in reading order: source rows as delivered, rule, exemptions, formula, law, what would refute it.

Built for listed leads only, masked from the start: nothing unmasked leaves this module.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import polars as pl

from casebook.case.masking import mask
from casebook.case.readable import readable

ROWS_PER_LEAD = 200


@dataclass(frozen=True)
class Cell:
    """One value: header as delivered, column name, the raw text (masked), the cleaned value (masked), problem and repair codes."""

    header: str
    column: str
    raw: str
    clean: str
    problem: str = ""
    repair: str = ""


@dataclass(frozen=True)
class SourceRow:
    """One source row of a lead: where it stands, what it shows (role), its cells."""

    contract: str
    role: str
    file: str
    sheet: str
    row: int
    sha256: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Evidence:
    """Source rows of one lead; `left_out` counts rows beyond `ROWS_PER_LEAD`."""

    lead_id: str
    rows: tuple[SourceRow, ...]
    left_out: int = 0

    def to_json(self) -> dict[str, Any]:
        """Plain data for `evidence.json`."""
        return asdict(self)


@dataclass(frozen=True)
class Column:
    """How a column of a contract is shown: header per part, mask kind, name."""

    name: str
    mask: str
    headers: Mapping[int, str]


@dataclass(frozen=True)
class Place:
    """Address of one part of a dataset: file name, sheet, SHA-256."""

    file: str
    sheet: str
    sha256: str

    def address(self, row: int) -> str:
        """`sha256:sheet:row`, the sheet empty for text files."""
        return f"{self.sha256}:{self.sheet}:{row}"


def collect(
    traced: pl.DataFrame,
    frames: Mapping[str, pl.DataFrame],
    columns: Mapping[str, list[Column]],
    places: Mapping[int, Place],
) -> list[Evidence]:
    """Evidence per lead.

    Args:
        traced: lead_id, contract, ref, role.
        frames: cleaned frames by contract (with `ref`, `<c>`, `<c>_raw`, …).
        columns: what is shown of each contract, in order.
        places: part number → place.
    """
    ordered = traced.unique(["lead_id", "contract", "ref"], keep="first", maintain_order=True).sort(
        "lead_id", "contract", "ref"
    )
    rows = _rows(ordered, frames)
    found: dict[str, list[SourceRow]] = {}
    for lead_id, contract, ref, role in ordered.select("lead_id", "contract", "ref", "role").iter_rows():
        row = _source_row(contract, role, rows[contract][ref], columns[contract], places)
        found.setdefault(lead_id, []).append(row)
    return [
        Evidence(lead_id, tuple(sorted(rs, key=_reading_order)[:ROWS_PER_LEAD]), max(0, len(rs) - ROWS_PER_LEAD))
        for lead_id, rs in found.items()
    ]


def _reading_order(row: SourceRow) -> tuple[bool, str, str, int]:
    return (row.role != "main", row.role, row.file, row.row)


def _rows(traced: pl.DataFrame, frames: Mapping[str, pl.DataFrame]) -> dict[str, dict[int, dict[str, Any]]]:
    """Needed rows of each frame by ref, fetched with one join a contract."""
    fetched = {}
    for (contract,), part in traced.group_by("contract"):
        name = str(contract)
        wanted = frames[name].join(part.select("ref").unique(), on="ref", how="semi")
        fetched[name] = {r["ref"]: r for r in wanted.iter_rows(named=True)}
    return fetched


def _source_row(
    contract: str, role: str, row: Mapping[str, Any], columns: list[Column], places: Mapping[int, Place]
) -> SourceRow:
    part, number = row["ref"] >> 32, row["ref"] & 0xFFFFFFFF
    place = places[part]
    cells = tuple(_cell(row, c, part) for c in columns)
    return SourceRow(contract, role, place.file, place.sheet, number, place.sha256, cells)


def _cell(row: Mapping[str, Any], column: Column, part: int) -> Cell:
    raw, value = row.get(f"{column.name}_raw"), row.get(column.name)
    return Cell(
        header=column.headers.get(part, column.name),
        column=column.name,
        raw="" if raw is None else mask(str(raw), column.mask),
        clean=mask(readable(column.name, value), column.mask),
        problem=row.get(f"{column.name}_problem") or "",
        repair=row.get(f"{column.name}_repair") or "",
    )
