"""Files of one contract → Dataset and Rejects, with every row accounted for: read = kept + rejected."""

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import polars as pl
from rapidfuzz import process

from casebook.errors import SourceError
from casebook.intake import encoding, files, headers, lines, sheets
from casebook.intake.contract import Contract
from casebook.intake.dataset import MAX_LISTED, REJECT_SCHEMA, Dataset, FilePart, Note, Rejects
from casebook.intake.files import Admitted
from casebook.intake.grid import Grid
from casebook.intake.headers import Header
from casebook.intake.rows import Sorted, sort

ID_KINDS: Final = frozenset({"citizen_id", "organisation_code", "disability_certificate", "parcel", "food_licence"})
_E_NOTATION: Final = r"^\s*[0-9](?:\.[0-9]+)?[Ee]\+?[0-9]+\s*$"


@dataclass(frozen=True)
class _Part:
    part: FilePart
    sorted: Sorted
    notes: list[Note]


def read(contract: Contract, paths: Sequence[Path]) -> tuple[Dataset, Rejects]:
    """The rows of all files, sheets and pieces of one contract.

    Raises:
        SourceError: when a file as a whole cannot be read as the contract demands; then nothing is handed on.
    """
    if not paths:
        raise SourceError(f"No file is named for {contract.id}; name at least one.")
    parts: list[_Part] = []
    notes: list[Note] = []
    with tempfile.TemporaryDirectory(prefix="casebook-") as folder:
        for path in paths:
            admitted = files.admit(path, Path(folder))
            _refuse_twice(admitted, parts)
            more, said = _file(admitted, contract, len(parts))
            parts, notes = parts + more, notes + said
            admitted.copy.unlink()
    return _gathered(contract, parts, notes)


def _refuse_twice(admitted: Admitted, parts: Sequence[_Part]) -> None:
    for other in parts:
        if other.part.sha256 == admitted.sha256:
            raise SourceError(f"{admitted.name} holds the same bytes as {other.part.file}; name each delivery once.")


def _file(admitted: Admitted, contract: Contract, first: int) -> tuple[list[_Part], list[Note]]:
    notes: list[Note] = []
    found: list[_Part] = []
    if admitted.shape == "text":
        decoded = encoding.transcode(admitted.copy, admitted.copy.with_suffix(".utf8"), admitted.name)
        grids, said = [lines.read(decoded, contract)], decoded.encoding
        if decoded.line_end in {"cr", "mixed"}:
            notes.append(Note(f"line_end.{decoded.line_end}", admitted.name))
        decoded.path.unlink()
    else:
        (grids, hidden), said = sheets.read(admitted, contract), "binary"
        notes += [Note("sheet.hidden", admitted.name, name) for name in hidden]
    for grid in grids:
        if grid.header is None and (len(grids) > 1 or not grid.first_rows):
            _refuse_continuation(admitted, grid, grids)
            notes.append(Note("sheet.skipped", admitted.name, grid.sheet))
        else:
            found.append(_part(admitted, grid, contract, first + len(found), said))
    if not found:
        raise SourceError(f"{admitted.name} holds no visible sheet with the columns of {contract.id}; check the file.")
    return found, notes


def _refuse_continuation(admitted: Admitted, grid: Grid, grids: Sequence[Grid]) -> None:
    """A sheet without header but as wide as a table beside it may be its continuation: never skipped silently."""
    widths = {len(other.header.texts) for other in grids if other.header is not None}
    filled = [row for row in grid.first_rows if sum(bool(cell.strip()) for cell in row) > len(row) // 2]
    if len(filled) > 1 and len(filled[0]) in widths:
        raise SourceError(
            f"{_place(admitted, grid)} has no header but looks like the continuation of another sheet; "
            f"give it the header row, or delete the sheet."
        )


def _part(admitted: Admitted, grid: Grid, contract: Contract, number: int, said: str) -> _Part:
    header = _demanded(admitted, grid, contract)
    result = sort(grid, header, contract, number)
    kept, rejected = result.kept.height, result.rejects.height
    noted = sum(len(rows) for rows in result.noted.values())
    if kept + rejected + noted != grid.frame.height:
        raise SourceError(f"{admitted.name}: {grid.frame.height} rows do not balance; report this as a defect.")
    if kept + rejected == 0 and contract.row_count_min > 0:
        raise SourceError(f"{_place(admitted, grid)} has a header and no rows; ask the agency for the data.")
    used = {name: header.texts[at] for name, at in header.positions.items()}
    part = FilePart(
        file=admitted.name,
        sha256=admitted.sha256,
        sheet=grid.sheet,
        header_row=grid.header_row,
        encoding=said,
        headers=used,
        units=_units(contract, used, grid.titles),
        rows_read=kept + rejected,
        rows_kept=kept,
        rows_rejected=rejected,
    )
    return _Part(part, result, _notes(part, grid, header, result, contract))


def _units(contract: Contract, used: Mapping[str, str], titles: Sequence[str]) -> dict[str, str]:
    units = {name: headers.unit_of(contract.column(name), text, titles) for name, text in used.items()}
    return {name: unit for name, unit in units.items() if unit is not None and contract.column(name).unit is not None}


def _place(admitted: Admitted, grid: Grid) -> str:
    return f"{admitted.name}, sheet {grid.sheet!r}" if grid.sheet else admitted.name


def _demanded(admitted: Admitted, grid: Grid, contract: Contract) -> Header:
    """The header, when it has every column the contract demands, each once."""
    place = _place(admitted, grid)
    if grid.header is None:
        wanted = "、".join(column.headers[0] for column in contract.columns if column.header_required)
        raise SourceError(f"{place}: no header row of {contract.id} in the first 20 rows; it needs {wanted}.")
    present = [text for text in grid.header.texts if text.strip()]
    missing = [c for c in contract.columns if c.header_required and c.name not in grid.header.positions]
    if missing:
        said = "; ".join(f"{column.headers[0]}{_nearest(column.headers, present)}" for column in missing)
        raise SourceError(
            f"{place}, header in row {grid.header_row}: the column {said} is missing; the header has "
            f"{'、'.join(present[:40])}. Add the header to the contract {contract.id} or correct the file."
        )
    twice = sorted({text for text in present if present.count(text) > 1 and _is_used(grid.header, text)})
    if twice:
        raise SourceError(f"{place}, header in row {grid.header_row}: {'、'.join(twice)} stands twice; rename one.")
    return grid.header


def _is_used(header: Header, text: str) -> bool:
    return any(header.texts[at] == text for at in header.positions.values())


def _nearest(wanted: Sequence[str], present: Sequence[str]) -> str:
    best = max((process.extractOne(header, present, score_cutoff=50) or ("", 0, 0) for header in wanted), key=_score)
    return f" (nearest: {best[0]})" if best[0] else ""


def _score(match: tuple[str, float, int]) -> float:
    return match[1]


def _notes(part: FilePart, grid: Grid, header: Header, result: Sorted, contract: Contract) -> list[Note]:
    rows = {"title_rows": grid.title_rows, "blank_rows": grid.blank_rows, **result.noted}
    known = set(header.positions.values()) | set(header.spare)
    extra = tuple(text for at, text in enumerate(header.texts) if at not in known)
    items = {
        "columns_extra": tuple(text for text in extra if text.strip()),
        "columns_spare": tuple(header.texts[at] for at in header.spare),
        "columns_absent": tuple(name for name in contract.names if name not in header.positions),
    }
    notes = [Note(c, part.file, part.sheet, len(r), tuple(sorted(r))[:MAX_LISTED]) for c, r in rows.items() if r]
    notes += [Note(code, part.file, part.sheet, len(said), (), said) for code, said in items.items() if said]
    return notes + _numeric_ids(part, result.kept, contract)


def _numeric_ids(part: FilePart, kept: pl.DataFrame, contract: Contract) -> list[Note]:
    """Ids that arrived in E-notation: their digits are lost in the source."""
    names = [c.name for c in contract.columns if c.kind in ID_KINDS and c.name in part.headers]
    counts = kept.select(pl.col(name).str.contains(_E_NOTATION).sum() for name in names).row(0) if names else ()
    pairs = zip(names, counts, strict=True)
    return [Note("id.numeric_cell", part.file, part.sheet, int(n), (), (name,)) for name, n in pairs if n]


def _gathered(contract: Contract, parts: Sequence[_Part], notes: Sequence[Note]) -> tuple[Dataset, Rejects]:
    frame = pl.concat([part.sorted.kept for part in parts])
    rejects = pl.concat([part.sorted.rejects for part in parts] or [pl.DataFrame(schema=REJECT_SCHEMA)])
    if frame.height > contract.row_count_max:
        raise SourceError(
            f"{contract.id}: {frame.height:,} rows are more than the contract's {contract.row_count_max:,}."
        )
    said = [
        *notes,
        *(note for part in parts for note in part.notes),
        *_expectations(frame, contract, parts[0].part.file),
    ]
    return Dataset(contract, frame, tuple(part.part for part in parts), tuple(said)), Rejects(rejects)


def _expectations(frame: pl.DataFrame, contract: Contract, file: str) -> list[Note]:
    """Whole rows delivered twice, too few rows, columns filled less than expected: noted, nothing is dropped."""
    notes = []
    if contract.key and (repeated := _repeated_rows(frame, contract)):
        notes.append(Note("row.duplicate", file, count=repeated))
    if frame.height < contract.row_count_min:
        notes.append(Note("row_count.low", file, count=frame.height))
    filled = frame.select(pl.col(name).count() for name in contract.fill_rates).row(0) if contract.fill_rates else ()
    for (name, least), count in zip(contract.fill_rates.items(), filled, strict=True):
        if count < least * frame.height:
            notes.append(Note("fill_rate.low", file, count=int(count), items=(name,)))
    return notes


def _repeated_rows(frame: pl.DataFrame, contract: Contract) -> int:
    """Rows equal in every column to an earlier one; a repeated key alone is no duplicate."""
    suspects = frame.filter(pl.struct(contract.key).is_duplicated()).select(contract.names)
    return suspects.height - suspects.n_unique() if suspects.height else 0
