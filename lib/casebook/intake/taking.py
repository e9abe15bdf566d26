"""Files of one contract on their way into the sinks: batch by batch, each row counted where it went."""

from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, Final

import polars as pl

from casebook.intake import archive, checks, demanded, files, readers, rows, sentences
from casebook.intake.account import DATA, FLAGS, REJECTS, Account, Notes
from casebook.intake.contract import Contract
from casebook.intake.dataset import CODE, COLUMN, FLAG_SCHEMA, PART, REJECT_SCHEMA, FilePart, Note
from casebook.intake.files import Admitted
from casebook.intake.grid import ROW, Grid
from casebook.intake.headers import Header
from casebook.intake.rows import Sorted, Table
from casebook.intake.sheets import letters
from casebook.intake.sink import Sink
from casebook.intake.wanted import Wanted
from casebook.intake.watch import KEY_REPEATED, States

META: Final = "casebook.intake"
DESK: Final = "desk"
NUMERIC: Final = "id.numeric_cell"
UNREADABLE: Final = "value.unreadable"
_ADDRESS: Final = {"source_sha256": pl.String, "source_sheet": pl.String, "source_row": pl.UInt32}
ID_KINDS: Final = frozenset({"citizen_id", "organisation_code", "disability_certificate", "parcel", "food_licence"})
_E_NOTATION: Final = r"^\s*[0-9](?:\.[0-9]+)?[Ee]\+?[0-9]+\s*$"


class Taking:
    """One intake under way."""

    def __init__(self, contract: Contract, wanted: Wanted, work: Path, stack: ExitStack) -> None:
        self._contract, self._wanted, self._desk = contract, wanted, work / DESK
        self._desk.mkdir(mode=0o700)
        self._kept = wanted.kept(contract)
        self._checks = checks.compiled(contract)
        self._watch = self._checks.begin(wanted.obtained)
        self._said = {use: self._checks.sentences(use) for use in ("reject", "flag")}
        self._data = Sink(work / DATA, {**dict.fromkeys(self._kept, pl.String), **_ADDRESS}, stack)
        self._rejects = Sink(work / REJECTS, _addressed_schema(REJECT_SCHEMA), stack)
        self._flags = Sink(work / FLAGS, _addressed_schema(FLAG_SCHEMA), stack)
        self._parts: list[FilePart] = []
        self._copied: list[Path] = []
        self._letters: list[dict[str, str]] = []
        self._notes = Notes()
        self._reasons, self._flagged = Counter[str](), Counter[str]()
        self._hashes: list[pl.Series] = []

    def run(self, paths: Sequence[Path]) -> Account:
        """Reads the files in their order and closes the sinks."""
        for path in paths:
            admitted = files.admit(path, self._desk)
            self._refuse_twice(admitted)
            for one in self._inside(admitted):
                self._refuse_twice(one)
                self._file(one)
                if one is not admitted:
                    one.copy.unlink(missing_ok=True)
            admitted.copy.unlink() if self._wanted.copies is None else self._copied.append(admitted.copy)
        self._expectations()
        said = self._account()
        self._data.end({META: said.metadata()})
        self._rejects.end({})
        self._flags.end({})
        if self._wanted.copies is not None:
            for copy in self._copied:
                copy.replace(self._wanted.copies / copy.name)
        return said

    def _inside(self, admitted: Admitted) -> list[Admitted]:
        """The file itself, or the files in the archive."""
        if admitted.shape != "archive":
            return [admitted]
        found, notes = archive.members(admitted, self._desk)
        for note in notes:
            self._notes.add(note)
        return found

    def _refuse_twice(self, admitted: Admitted) -> None:
        for other in self._parts:
            if other.sha256 == admitted.sha256:
                raise sentences.refusal("file.twice", admitted.name, other=other.file)

    def _file(self, admitted: Admitted) -> None:
        opened = readers.read(admitted, self._contract)
        for note in opened.notes:
            self._notes.add(note)
        before = len(self._parts)
        for grid in opened.grids:
            if grid.header is None and (len(opened.grids) > 1 or not grid.first_rows):
                demanded.refuse_continuation(admitted.name, grid, opened.grids)
                self._notes.add(Note("sheet.skipped", admitted.name, grid.sheet))
            else:
                self._grid(admitted, grid, opened.encoding)
        if len(self._parts) == before:
            raise sentences.refusal("file.no_table", admitted.name, contract=self._contract.id)

    def _grid(self, admitted: Admitted, grid: Grid, encoding: str) -> None:
        contract = self._contract
        header = demanded.of(admitted.name, grid, contract)
        used = {name: header.texts[at] for name, at in header.positions.items()}
        units = demanded.units(contract, used, grid.titles)
        part = FilePart(admitted.name, admitted.sha256, grid.sheet, grid.header_row, encoding, used, units, 0, 0, 0)
        self._parts.append(part)
        self._note_header(part, grid, header)
        self._letters.append({name: letters(at) for name, at in header.positions.items()})
        refused = partial(self._checks.refused, part=part)
        beside = demanded.beside(contract, header, grid.titles)
        number, said = len(self._parts) - 1, self._said["reject"]
        table = Table(grid, header, contract, number, refused, beside, said, admitted.name)
        for batch in rows.sort(table):
            self._add(batch)
        if self._parts[-1].rows_read == 0 and contract.row_count_min > 0:
            raise sentences.refusal("table.no_rows", admitted.name, sheet=grid.sheet)

    def _note_header(self, part: FilePart, grid: Grid, header: Header) -> None:
        known = set(header.positions.values()) | set(header.spare)
        extra = (text for at, text in enumerate(header.texts) if at not in known)
        for note in grid.notes:
            self._notes.add(note)
        self._notes.add_rows("title_rows", part, grid.title_rows)
        self._notes.add_items("columns_extra", part, (text for text in extra if text.strip()))
        self._notes.add_items("columns_spare", part, (header.texts[at] for at in header.spare))
        absent = (name for name in self._contract.names if name not in header.positions)
        self._notes.add_items("columns_absent", part, absent)

    def _add(self, batch: Sorted) -> None:
        """One batch into the sinks and the counts."""
        part, kept, rejects = self._parts[-1], batch.kept, batch.rejects
        for code, noted in batch.noted.items():
            self._notes.add_rows(code, part, noted)
        self._data.add(_addressed(kept.select(*self._kept, ROW), part))
        self._rejects.add(_addressed(rejects, part))
        self._reasons.update(dict(rejects.group_by(CODE).len().iter_rows()))
        self._hashes.append(kept.select(self._contract.names).hash_rows())
        found = [batch.findings, self._numeric_ids(kept, part), self._watch.see(kept, part)]
        self._flag(pl.concat([*found, *(judge(kept, part) for judge in self._wanted.judges)]), len(self._parts) - 1)
        self._parts[-1] = replace(
            part,
            rows_read=part.rows_read + kept.height + rejects.height,
            rows_kept=part.rows_kept + kept.height,
            rows_rejected=part.rows_rejected + rejects.height,
        )
        self._refuse_too_many()

    def _numeric_ids(self, kept: pl.DataFrame, part: FilePart) -> pl.DataFrame:
        """Ids that arrived in E-notation: their digits are lost in the source."""
        found = []
        for column in self._contract.columns:
            if column.kind in ID_KINDS and column.name in part.headers:
                lost = kept.filter(pl.col(column.name).str.contains(_E_NOTATION))
                found.append(rows.found(lost, NUMERIC, column.name))
                if lost.height:
                    self._notes.add(Note(NUMERIC, part.file, part.sheet, lost.height, (), (column.name,)))
        return pl.concat([rows.no_findings(kept), *found])

    def _flag(self, found: pl.DataFrame, number: int) -> None:
        """Findings of one part, with the cell's address as spreadsheets write it, and their sentences."""
        if found.is_empty():
            return
        findings, said = _without_echo(found.unique(maintain_order=True)), self._said["flag"]
        column = pl.col(COLUMN).replace_strict(self._letters[number], default=None, return_dtype=pl.String)
        zh, en = ({code: pair[at] for code, pair in said.items()} for at in (0, 1))
        told = findings.with_columns(
            (column + pl.col(ROW).cast(pl.String)).alias("cell"),
            pl.col(CODE).replace_strict(zh, return_dtype=pl.String).alias("message_zh"),
            pl.col(CODE).replace_strict(en, return_dtype=pl.String).alias("message_en"),
        ).select(ROW, *(name for name in FLAG_SCHEMA if name not in {PART, ROW}))
        self._flags.add(_addressed(told, self._parts[number]))
        self._flagged.update(dict(findings.unique([ROW, CODE]).group_by(CODE).len().iter_rows()))

    def _refuse_too_many(self) -> None:
        height, most = sum(part.rows_kept for part in self._parts), self._contract.row_count_max
        if height > most:
            raise sentences.refusal("rows.too_many", self._contract.id, rows=f"{height:,}", most=f"{most:,}")

    def _expectations(self) -> None:
        """What only the whole delivery shows: noted or flagged, nothing is dropped."""
        contract, file = self._contract, self._parts[0].file
        height = sum(part.rows_kept for part in self._parts)
        if repeated := height - (pl.concat(self._hashes).n_unique() if self._hashes else 0):
            self._notes.add(Note("row.duplicate", file, count=repeated))
        if height < contract.row_count_min:
            self._notes.add(Note("row_count.low", file, count=height))
        for name, filled in self._watch.low_fill(contract).items():
            self._notes.add(Note("fill_rate.low", file, count=filled, items=(name,)))
        self._keys(self._watch.end())
        freshness, days = contract.rules.freshness, self._watch.days_old()
        if freshness is not None and days is not None and days > freshness.days:
            self._notes.add(Note("rows.old", file, count=days, items=(freshness.column,)))

    def _keys(self, ended: pl.DataFrame) -> None:
        """Values that ought to be unique are flagged; rows with the key of another are noted by their part."""
        repeated = ended.filter(pl.col(CODE) == KEY_REPEATED)
        others = ended.filter(pl.col(CODE) != KEY_REPEATED)
        for number, part in enumerate(self._parts):
            is_here = pl.col(PART) == number
            self._notes.add_rows(KEY_REPEATED, part, repeated.filter(is_here)[ROW].to_list())
            self._flag(others.filter(is_here).select(ROW, COLUMN, CODE), number)

    def _account(self) -> Account:
        delivered = {name for part in self._parts for name in part.headers}
        return Account(
            self._contract.id,
            tuple(self._parts),
            tuple(self._notes.found.values()),
            self._reasons,
            self._flagged,
            {name: self._watch.states.get(name, States()) for name in self._contract.names},
            self._kept,
            tuple(name for name in self._contract.names if name in delivered and name not in self._kept),
        )


def _without_echo(findings: pl.DataFrame) -> pl.DataFrame:
    """An id whose digits are lost is unreadable for that reason: it is told once."""
    lost = findings.filter(pl.col(CODE) == NUMERIC)
    echo = findings.filter(pl.col(CODE) == UNREADABLE).join(lost, on=[ROW, COLUMN], how="semi")
    return findings.join(echo, on=[ROW, COLUMN, CODE], how="anti", maintain_order="left", nulls_equal=True)


def _addressed_schema(schema: Mapping[str, Any]) -> dict[str, Any]:
    return {**{name: kind for name, kind in schema.items() if name not in {PART, ROW}}, **_ADDRESS}


def _addressed(frame: pl.DataFrame, part: FilePart) -> pl.DataFrame:
    """The rows with the digest, sheet and row of their source instead of part numbers."""
    return frame.select(
        pl.exclude(PART, ROW),
        pl.lit(part.sha256).alias("source_sha256"),
        pl.lit(part.sheet).alias("source_sheet"),
        pl.col(ROW).alias("source_row"),
    )
