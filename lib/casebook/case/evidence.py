"""The facts behind one lead in reading order: source rows as delivered, rule, exemptions, formula, law, what would refute it.

Built for listed leads only, masked from the start: nothing unmasked leaves this module.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
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
class Tie:
    """How a row was tied to the subject: tier (T1…T3), reason code, names that contradict.

    Of a link by weighed attributes also how far each agrees (`levels`) and how often such links are right (`probability`).
    """

    tier: str
    reason: str
    levels: str | None
    probability: float | None
    name_conflict: bool


@dataclass(frozen=True)
class SourceRow:
    """One source row of a lead: where it stands, what it shows (role), its cells; `tie` is null for a row of no subject.

    `doubts` are the column (null: the whole row) and code of what intake put in question in it.
    """

    contract: str
    role: str
    file: str
    sheet: str
    row: int
    sha256: str
    cells: tuple[Cell, ...]
    tie: Tie | None = None
    doubts: tuple[tuple[str | None, str], ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        tie = None if self.tie is None else {**vars(self.tie)}
        return {**vars(self), "cells": [{**vars(cell)} for cell in self.cells], "tie": tie}


@dataclass(frozen=True)
class Searched:
    """One table searched for the lead's subject: rows it holds, rows cited for the lead. None cited is a proof of absence."""

    contract: str
    rows: int
    cited: int


@dataclass(frozen=True)
class Evidence:
    """Source rows of one lead and every table searched; `left_out` counts rows beyond `ROWS_PER_LEAD`."""

    lead_id: str
    rows: tuple[SourceRow, ...]
    left_out: int = 0
    searched: tuple[Searched, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Plain data for `evidence.json`."""
        rows, searched = [row.to_json() for row in self.rows], [{**vars(one)} for one in self.searched]
        return {**vars(self), "rows": rows, "searched": searched}


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


@dataclass(frozen=True)
class Archive:
    """What evidence is drawn from: cleaned frames by contract, the columns shown of each, part number → place.

    `doubts` says of a row's address within the run what intake put in question in it: column and code.
    """

    frames: Mapping[str, pl.DataFrame]
    columns: Mapping[str, list[Column]]
    places: Mapping[int, Place]
    doubts: Mapping[int, tuple[tuple[str | None, str], ...]] = field(default_factory=dict)


def collect(traced: pl.DataFrame, archive: Archive, privacy: Mapping[str, str]) -> list[Evidence]:
    """Evidence per lead.

    Args:
        traced: lead_id, contract, ref, role, and of the row's tie tier (1-4), reason, levels, probability, name_conflict (null: none).
        archive: where the rows stand.
        privacy: lead_id → `minor`, `person` or `firm`, which tells what is masked beyond the contract.
    """
    ordered = traced.unique(["lead_id", "contract", "ref"], keep="first", maintain_order=True).sort(
        "lead_id", "contract", "ref"
    )
    rows = _rows(ordered, archive.frames)
    sizes = {contract: frame["ref"].n_unique() for contract, frame in archive.frames.items()}
    found: dict[str, list[SourceRow]] = {}
    for cited in ordered.iter_rows(named=True):
        held, lead_id = rows[cited["contract"]][cited["ref"]], cited["lead_id"]
        found.setdefault(lead_id, []).append(_source_row(cited, held, archive, privacy.get(lead_id, "person")))
    return [_evidence(lead_id, rs, sizes) for lead_id, rs in found.items()]


def _evidence(lead_id: str, rows: list[SourceRow], sizes: Mapping[str, int]) -> Evidence:
    cited = Counter(row.contract for row in rows)
    searched = tuple(Searched(contract, size, cited[contract]) for contract, size in sizes.items())
    ordered = sorted(rows, key=_reading_order)
    return Evidence(lead_id, tuple(ordered[:ROWS_PER_LEAD]), max(0, len(rows) - ROWS_PER_LEAD), searched)


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


def _source_row(cited: Mapping[str, Any], row: Mapping[str, Any], archive: Archive, privacy: str) -> SourceRow:
    contract, role = cited["contract"], cited["role"]
    part, number = row["ref"] >> 32, row["ref"] & 0xFFFFFFFF
    place = archive.places[part]
    cells = tuple(_cell(row, c, part, mask_of(c, privacy)) for c in archive.columns[contract])
    doubts = archive.doubts.get(row["ref"], ())
    return SourceRow(contract, role, place.file, place.sheet, number, place.sha256, cells, _tie(cited), doubts)


def _tie(cited: Mapping[str, Any]) -> Tie | None:
    if cited["reason"] is None:
        return None
    return Tie(f"T{cited['tier']}", cited["reason"], cited["levels"], cited["probability"], cited["name_conflict"])


def mask_of(column: Column, privacy: str) -> str:
    """The contract's mask, stricter where the subject is a person (home and parcel) or a minor (names and village too)."""
    if privacy == "minor" and (column.mask in {"name", "holder", "address"} or column.name in HOME):
        return "hidden"
    if privacy != "firm":
        return PERSONAL.get(column.name, column.mask)
    return column.mask


HOME = ("village", "location", "address", "household_address")
PERSONAL = {
    "location": "address",
    "address": "address",
    "parcel_code": "parcel",
    "unit_no": "parcel",
    "title_no": "parcel",
}


@cache
def _beside(name: str) -> tuple[str, str, str]:
    """Where a cleaned frame keeps what was delivered, what is wrong with it, and what was repaired."""
    return f"{name}_raw", f"{name}_problem", f"{name}_repair"


def _cell(row: Mapping[str, Any], column: Column, part: int, masked: str) -> Cell:
    delivered, problem, repair = _beside(column.name)
    raw = "" if row.get(delivered) is None else str(row[delivered])
    value = readable(column.name, row.get(column.name))
    shown = mask(raw if masked == "none" else raw.strip(), masked) if raw else ""
    return Cell(
        header=column.headers.get(part, column.name),
        column=column.name,
        raw=shown,
        clean=shown if value == raw else mask(value, masked),
        problem=row.get(problem) or "",
        repair=row.get(repair) or "",
    )
