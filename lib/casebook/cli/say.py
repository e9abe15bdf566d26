"""How the command line speaks: one sentence, a table, JSON for machines, a progress bar for the rest."""

import contextlib
import json
import sys
from collections.abc import Iterator
from datetime import date
from typing import Any, NoReturn

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table

from casebook.batch.outcome import Outcome
from casebook.batch.pool import Report
from casebook.errors import plain

LISTED = ("lead", "flagged", "excluded", "unmatched")


def wrong_call(sentence: str) -> NoReturn:
    """Tell what was wrong with the call and leave with 2."""
    line(f"casebook: {sentence}", err=True)
    raise typer.Exit(2)


def line(text: str, *, err: bool = False) -> None:
    """One line for people; what files and headers say in it cannot steer a terminal."""
    typer.echo(plain(text), err=err)


def day(option: str, text: str) -> date | None:
    """The day an option names; None where it names none."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        wrong_call(f"{option} {text}: give a day like 2026-03-31")


def as_json(value: Any) -> None:  # noqa: ANN401
    """The answer for a machine, on standard output."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True, default=str))


@contextlib.contextmanager
def progress() -> Iterator[Report]:
    """Bars on standard error: one for the files, one for the notebooks, one for the cells of each running notebook.

    Where standard error is no terminal, each finished step of the first two is one line instead.
    """
    console = Console(stderr=True)
    if not console.is_terminal:
        yield _line
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as bar:
        yield _Bars(bar)


class _Bars:
    """A report that moves bars; the bar of a stage is found by the first word of what is told."""

    def __init__(self, bar: Progress) -> None:
        self._bar = bar
        self._lines: dict[str, TaskID] = {}

    def __call__(self, what: str, done: int, total: int) -> None:
        stage = what.split(maxsplit=1)[0]
        if stage not in self._lines:
            self._lines[stage] = self._bar.add_task(what)
        self._bar.update(self._lines[stage], completed=done, total=total, description=what)


def _line(what: str, done: int, total: int) -> None:
    if what.split(maxsplit=1)[0] in {"synth", "intake", "notebooks"}:
        sys.stderr.write(f"{plain(what)}: {done} of {total}\n")


def outcomes(found: list[Outcome]) -> None:
    """One line a scenario: rows, leads by bin, amounts; then why there is no report where there is none."""
    table = Table("scenario", "status", box=None, pad_edge=False)
    for name in ("rows", *LISTED, "over (yuan)", "under (yuan)"):
        table.add_column(name, justify="right", no_wrap=True)
    for o in found:
        table.add_row(o.scenario, "complete" if o.is_complete else "failed", *(_figures(o) if o.is_complete else []))
    Console(width=None if sys.stdout.isatty() else 120).print(table)
    for o in found:
        if not o.is_complete:
            line(f"{o.scenario} failed: {o.error}", err=True)


def _figures(o: Outcome) -> list[str]:
    amounts = [o.amounts_fen.get(direction, 0) for direction in ("over", "under")]
    yuan = [f"{fen // 100:,}.{fen % 100:02}" for fen in amounts]
    return [f"{o.rows_total:,}", *(f"{o.leads.get(b, 0):,}" for b in LISTED), *yuan]
