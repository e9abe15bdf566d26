"""The delivered tables of one run: taken in once, cleaned, each row with an address that is unique in the run."""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import polars as pl

from casebook import clean, intake
from casebook.case import standards, unread
from casebook.case.evidence import Column, Place
from casebook.case.job import Job
from casebook.case.ledger import SourceCount
from casebook.case.scenario import Input, Scenario
from casebook.clean import judges
from casebook.errors import ContractError, SourceError
from casebook.intake import contract as contracts
from casebook.intake import deliveries, references, sentences, sources, store
from casebook.intake.contract import Contract
from casebook.intake.dataset import CODE, COLUMN, FLAG_SCHEMA, PART, Dataset
from casebook.intake.deliveries import Delivery as Taken
from casebook.intake.sources import SourceSet


@dataclass(frozen=True)
class Table:
    """One contract as delivered.

    Attributes:
        dataset: None when the set does not have it.
        reasons: rejected rows by first reason.
        offset: number of its first part within the run.
        refused: numbers in rejected rows that a subject may be known by.
        flags: cells of kept rows that are in question: `part, row, column, cell, code, message_zh, message_en`.
    """

    contract: Contract
    needs: Input
    dataset: Dataset | None
    reasons: dict[str, int]
    offset: int
    flags: pl.DataFrame
    refused: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Delivery:
    """All tables of one scenario: raw accounts in `tables`, cleaned rows in `frames`."""

    sources: SourceSet
    tables: tuple[Table, ...]
    frames: Mapping[str, pl.DataFrame]
    standards: Mapping[str, pl.DataFrame]
    table_digests: Mapping[str, str] = field(default_factory=dict)

    @property
    def obtained(self) -> dict[str, date]:
        """Contracts the set has, with the day each was obtained."""
        return {
            t.contract.id: self.sources.sources[t.contract.id].obtained for t in self.tables if t.dataset is not None
        }

    @property
    def counts(self) -> tuple[SourceCount, ...]:
        """What intake counted, contract by contract."""
        return tuple(_count(t) for t in self.tables if t.dataset is not None)

    @property
    def places(self) -> dict[int, Place]:
        """Part number → file, sheet, hash."""
        return {
            t.offset + index: Place(part.file, part.sheet, part.sha256)
            for t in self.tables
            if t.dataset is not None
            for index, part in enumerate(t.dataset.parts)
        }

    @property
    def shown(self) -> dict[str, list[Column]]:
        """Columns of each contract that evidence shows: the ones the scenario uses, in contract order."""
        return {t.contract.id: _columns(t) for t in self.tables}

    @property
    def refused(self) -> frozenset[str]:
        """Numbers in rejected rows of any table that a subject may be known by."""
        return frozenset().union(*(table.refused for table in self.tables))

    @property
    def doubts(self) -> dict[int, tuple[tuple[str | None, str], ...]]:
        """Address of a row within the run → column (null: the whole row) and code of each cell that intake put in question."""
        found: dict[int, tuple[tuple[str | None, str], ...]] = {}
        for table in self.tables:
            shown = {None, *table.needs.columns}
            for part, row, column, code in table.flags.select(PART, "row", COLUMN, CODE).iter_rows():
                if column in shown:
                    ref = (part + table.offset) * (1 << 32) + row
                    found[ref] = (*found.get(ref, ()), (column, code))
        return found

    def addresses(self, refs: pl.Series) -> pl.Series:
        """`sha256:sheet:row` of each ref."""
        places = self.places
        prefixes = {number: place.address(0)[:-1] for number, place in places.items()}
        part = (refs // (1 << 32)).cast(pl.Int64)
        prefix = part.replace_strict(prefixes, return_dtype=pl.String)
        return prefix + (refs % (1 << 32)).cast(pl.String)


def receive(scenario: Scenario, job: Job, source_set: str) -> Delivery:
    """The scenario's tables of the set, taken in (or found in the store) and cleaned.

    Raises:
        SourceError: the set lacks a contract the scenario cannot do without, or a file is refused.
        ContractError: there is no contract file of that id.
    """
    chosen = sources.load(job.sources_file(source_set))
    tables: list[Table] = []
    folders: dict[str, tuple[Contract, Path]] = {}
    for need in scenario.inputs:
        path = job.contracts / f"{need.contract}{contracts.SUFFIX}"
        if not path.is_file():
            raise ContractError(f"contract {need.contract}: no file {path.name} in {job.contracts.name}/")
        if need.contract not in chosen.sources and not need.optional:
            raise SourceError(
                f"source set {chosen.set}: {scenario.id} cannot run without {need.contract}; add it to the set"
            )
        offset = 1 + sum(len(t.dataset.parts) for t in tables if t.dataset)
        table, folder = _table(contracts.load(path), need, chosen, job.store, offset)
        tables.append(table)
        folders |= {need.contract: (table.contract, folder)} if folder else {}
    tables = [_with_orphans(table, folders) for table in tables]
    frames = {t.contract.id: _clean(t, chosen) for t in tables}
    digests = {path.name: _sha256(path).hex() for path in sorted(job.parameters.glob("*.csv"))}
    return Delivery(chosen, tuple(tables), frames, standards.load_all(job.parameters), digests)


def _table(
    contract: Contract, need: Input, chosen: SourceSet, store_folder: Path, offset: int
) -> tuple[Table, Path | None]:
    """The table of the set, and where it was taken in; an absent one is nowhere."""
    if contract.id not in chosen.sources:
        return Table(contract, need, None, {}, offset, pl.DataFrame(schema=FLAG_SCHEMA)), None
    taken = take_in(contract, chosen, store_folder, need.columns)
    folder = taken.folder(store_folder)
    dataset = intake.load(folder, contract, taken.names)
    flags = store.flags(folder, dataset)
    refused = unread.numbers(store.rejects(folder, dataset).frame)
    return Table(contract, need, dataset, store.account(folder)["rejects"], offset, flags, refused), folder


def _with_orphans(table: Table, folders: Mapping[str, tuple[Contract, Path]]) -> Table:
    """The table with a flag more where a value is not found in the other table it refers to."""
    others = {name: told for name, told in folders.items() if name != table.contract.id}
    if table.dataset is None or not table.contract.rules.references:
        return table
    found = references.orphans(table.contract, folders[table.contract.id][1], others)
    zh, en = sentences.of("flag")[references.MISSING_REFERENCE]
    said = {"cell": pl.lit(None, pl.String), "message_zh": pl.lit(zh), "message_en": pl.lit(en)}
    flags = store.numbered(found, table.dataset).with_columns(**said).select(list(FLAG_SCHEMA))
    return replace(table, flags=pl.concat([table.flags, flags]))


def take_in(contract: Contract, chosen: SourceSet, store_folder: Path, columns: Collection[str]) -> Taken:
    """The set's delivery of the contract with at least these columns; read only when the same bytes were not read before."""
    source = chosen.sources[contract.id]
    is_table = source.database is not None
    files = [deliveries.snapshot(contract, source, store_folder)] if is_table else chosen.files(contract.id)
    return deliveries.take_in(contract, files, source, store_folder, columns=columns, judges=judges.of(contract))


def _sha256(file: Path) -> bytes:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").digest()


def _clean(table: Table, chosen: SourceSet) -> pl.DataFrame:
    """The columns the scenario reads; who was born after the day the table was obtained has an id in question."""
    dataset, source = table.dataset or _empty(table.contract), chosen.sources.get(table.contract.id)
    obtained = source.obtained if source else None
    return clean.columns(dataset, list(table.needs.columns), part_offset=table.offset, as_of=obtained)


def _empty(contract: Contract) -> Dataset:
    """No rows under the contract's columns."""
    schema = {**dict.fromkeys(contract.names, pl.String), "part": pl.UInt32, "row": pl.UInt32}
    return Dataset(contract, pl.DataFrame(schema=schema), ())


def _count(table: Table) -> SourceCount:
    parts = table.dataset.parts if table.dataset else ()
    read_rows, kept = sum(p.rows_read for p in parts), sum(p.rows_kept for p in parts)
    return SourceCount(table.contract.id, read_rows, kept, read_rows - kept, table.reasons)


def _columns(table: Table) -> list[Column]:
    used = [c for c in table.contract.columns if c.name in table.needs.columns]
    parts = table.dataset.parts if table.dataset else ()
    return [
        Column(
            c.name, c.mask, {table.offset + i: p.headers[c.name] for i, p in enumerate(parts) if c.name in p.headers}
        )
        for c in used
    ]
