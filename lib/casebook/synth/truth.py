"""What was planted, written from the facts themselves, so that a model's leads can be compared with it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import polars as pl

COLUMNS: Final = ("case_id", "kind", "bin", "exemption", "amount_fen", "file", "sheet", "row")
BINS: Final = frozenset({"lead", "flagged", "excluded", "unmatched", "clear"})


@dataclass(frozen=True)
class Planted:
    """One planted case: what it is, the bin it belongs in, the money it moves (fen, 0 when none)."""

    case_id: str
    kind: str
    bin: str
    exemption: str = ""
    amount_fen: int = 0

    def __post_init__(self) -> None:
        if self.bin not in BINS:
            raise ValueError(f"{self.case_id}: bin must be one of {sorted(BINS)}, not {self.bin!r}")


@dataclass
class Truth:
    """The planted cases of one scenario with the source rows they rest on (one line per case and row).

    `details` holds, by file stem, finer truths of single rows (`table, row_index` and facts): what each dish really is.
    """

    scenario: str
    lines: list[tuple[Planted, str, int]] = field(default_factory=list)
    details: dict[str, pl.DataFrame] = field(default_factory=dict)

    def add(self, case: Planted, table: str, rows: Iterable[int]) -> None:
        """Records a case on the given rows (index into the table's frame, from 0) of the table of that name."""
        self.lines.extend((case, table, int(row)) for row in rows)

    def write(self, folder: Path, addresses: Mapping[str, pl.DataFrame]) -> Path:
        """Writes `<folder>/<scenario>.csv` and a CSV per detail; `addresses`: per table name, row_index → file, sheet, row."""
        rows = []
        for case, table, index in self.lines:
            place = addresses[table].row(index, named=True)
            facts = (case.case_id, case.kind, case.bin, case.exemption, case.amount_fen)
            rows.append((*facts, place["file"], place["sheet"], place["row"]))
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{self.scenario}.csv"
        schema = {name: pl.Int64 if name in ("amount_fen", "row") else pl.String for name in COLUMNS}
        pl.DataFrame(rows, schema=schema, orient="row").with_columns(pl.col(pl.String).replace("", None)).write_csv(
            path
        )
        for stem, said in self.details.items():
            _addressed(said, addresses).write_csv(folder / f"{stem}.csv")
        return path


def _addressed(facts: pl.DataFrame, addresses: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """The facts with `file, sheet, row` for `table, row_index`."""
    names = facts["table"].unique(maintain_order=True)
    places = pl.concat(addresses[name].with_columns(pl.lit(name).alias("table")) for name in names)
    joined = facts.join(places, on=["table", "row_index"], how="left", maintain_order="left", validate="1:1")
    said = [name for name in facts.columns if name not in ("table", "row_index")]
    return joined.select("file", "sheet", "row", *said).with_columns(pl.col(pl.String).replace("", None))
