"""The headers of a delivery that its contracts do not know, each with the nearest column and the line of YAML that would add it.

Only headers are read: this is asked before a run, of files of any size.
"""

import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from rapidfuzz import fuzz, process

from casebook.errors import CasebookError
from casebook.intake import archive, demanded, files, headers, readers
from casebook.intake.contract import SUFFIX, Column, Contract
from casebook.intake.files import Admitted
from casebook.intake.grid import Grid
from casebook.intake.sources import SourceSet

LEAST: Final = 75
MOST_SHOWN: Final = 3


@dataclass(frozen=True)
class Near:
    """A column an unknown header may mean.

    Attributes:
        known: the header of the column that is most like it.
        line: the line of the contract, under `headers` of the column, with the unknown header added.
    """

    column: str
    known: str
    line: str


@dataclass(frozen=True)
class Gap:
    """A header of a file that its contract does not know; nearest first."""

    contract: str
    file: str
    sheet: str
    header: str
    nearest: tuple[Near, ...]

    def __str__(self) -> str:
        place = self.file + (f", sheet {self.sheet!r}" if self.sheet else "")
        if not self.nearest:
            return f"{place}: {self.contract} does not know the header {self.header!r}; it is not read"
        best = self.nearest[0]
        return (
            f"{place}: {self.contract} does not know the header {self.header!r}; nearest is {best.known!r} ({best.column}). "
            f"If it means the same, set in {self.contract}{SUFFIX}, column {best.column}, headers: {best.line}"
        )


def of(chosen: SourceSet, contracts: Mapping[str, Contract]) -> Iterator[Gap | str]:
    """The gaps of every file of the set that can be opened; a sentence for each that cannot be read as its contract demands."""
    for contract_id in sorted(chosen.sources):
        contract, source = contracts.get(contract_id), chosen.sources[contract_id]
        if contract is None or source.database is not None:
            continue
        for path in _there(chosen, contract_id):
            with tempfile.TemporaryDirectory(prefix="casebook-") as folder:
                yield from _file(path, Path(folder), contract)


def _there(chosen: SourceSet, contract_id: str) -> list[Path]:
    try:
        return [path for path in chosen.files(contract_id) if path.is_file()]
    except CasebookError:
        return []


def _file(path: Path, folder: Path, contract: Contract) -> Iterator[Gap | str]:
    try:
        for admitted in _inside(files.admit(path, folder), folder):
            grids = [grid for grid in readers.read(admitted, contract).grids if grid.first_rows]
            for grid in grids:
                if grid.header is not None or len(grids) == 1:
                    demanded.of(admitted.name, grid, contract)
                    yield from _grid(admitted, grid, contract)
    except CasebookError as caught:
        yield f"{contract.id}: {caught}"


def _inside(admitted: Admitted, folder: Path) -> list[Admitted]:
    return archive.members(admitted, folder)[0] if admitted.shape == "archive" else [admitted]


def _grid(admitted: Admitted, grid: Grid, contract: Contract) -> Iterator[Gap]:
    if grid.header is None:
        return
    used = {*grid.header.positions.values(), *grid.header.spare}
    for at, text in enumerate(grid.header.texts):
        if at not in used and text.strip():
            yield Gap(contract.id, admitted.name, grid.sheet, text.strip(), nearest(text, contract))


def nearest(header: str, contract: Contract) -> tuple[Near, ...]:
    """The columns whose headers are most like it, at most three."""
    known = {(column.name, text): headers.normalise(text) for column in contract.columns for text in column.headers}
    found = process.extract(headers.normalise(header), known, scorer=fuzz.WRatio, score_cutoff=LEAST, limit=None)
    best: dict[str, str] = {}
    for _, _, (name, text) in found:
        best.setdefault(name, text)
    return tuple(
        Near(name, text, synonym_line(contract.column(name), header.strip()))
        for name, text in list(best.items())[:MOST_SHOWN]
    )


def synonym_line(column: Column, header: str) -> str:
    """The `value` of the column's `headers` with one more."""
    said = (f"'{text.replace(chr(39), chr(39) * 2)}'" for text in (*column.headers[1:], header))
    return f"value: [{', '.join(said)}]"
