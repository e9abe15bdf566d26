"""Rows of figures against limits: one plain table for people, JSON for machines."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from rich.console import Console
from rich.table import Table

from benches.cost import Cost

WIDTH = 140
HEADS = ("bench", "name", "CPU s", "wall s", "peak MiB", "ratio", "limit", "verdict")
RIGHT = HEADS[2:6]


@dataclass(frozen=True)
class Limit:
    """A figure that must stay at most, or reach at least, a bound."""

    figure: float
    sense: Literal["at most", "at least"]
    bound: float
    unit: str

    @property
    def is_kept(self) -> bool:
        """Whether the figure is on the right side."""
        return self.figure <= self.bound if self.sense == "at most" else self.figure >= self.bound

    def __str__(self) -> str:
        sign = "≤" if self.sense == "at most" else "≥"
        return f"{self.figure:,.4g} {sign} {self.bound:,.4g} {self.unit}"


@dataclass(frozen=True)
class Row:
    """One line: what was done, its cost, the ratio (told in words by `name` or the bench), the limits it is held to.

    A row with `error` could not be measured; that counts as a limit passed.
    """

    name: str
    cost: Cost | None = None
    ratio: float | None = None
    limits: tuple[Limit, ...] = ()
    error: str = ""

    @property
    def verdict(self) -> str:
        """`ok`, `over`, `failed`, or nothing where there is no limit."""
        if self.error:
            return "failed"
        if not self.limits:
            return ""
        return "ok" if all(limit.is_kept for limit in self.limits) else "over"

    @property
    def is_bad(self) -> bool:
        """Whether the benches must end with 1."""
        return self.verdict in ("over", "failed")


def show(found: Sequence[tuple[str, Row]], console: Console | None = None) -> None:
    """Print (bench, row) pairs as a table, and below it why a row failed."""
    table = Table(title="Casebook benches", title_justify="left")
    for head in HEADS:
        table.add_column(head, justify="right" if head in RIGHT else "left", no_wrap=head != "limit")
    for bench, row in found:
        table.add_row(bench, *_cells(row))
    out = console or Console(width=WIDTH)
    out.print(table)
    for bench, row in found:
        if row.error:
            out.print(f"{bench}, {row.name}: {row.error}", markup=False)


def _cells(row: Row) -> list[str]:
    times = [f"{row.cost.cpu_s:,.2f}", f"{row.cost.wall_s:,.2f}", f"{row.cost.peak_mib:,.0f}"] if row.cost else [""] * 3
    ratio = "" if row.ratio is None else f"{row.ratio:,.1f}×"
    return [row.name, *times, ratio, "\n".join(str(limit) for limit in row.limits), row.verdict]


def write(found: Sequence[tuple[str, Row]], path: Path) -> None:
    """The same figures as JSON: a list of rows, each with its bench and verdict."""
    plain = [{"bench": bench, **asdict(row), "verdict": row.verdict} for bench, row in found]
    path.write_text(json.dumps(plain, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
