"""How the command line speaks: one sentence, a table, JSON for machines, a progress bar for the rest."""

import contextlib
import json
import sys
from collections.abc import Iterator
from typing import Any, NoReturn

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from casebook.batch.night import Report
from casebook.batch.outcome import Outcome


def wrong_call(sentence: str) -> NoReturn:
    """Tell what was wrong with the call and leave with 2."""
    typer.echo(f"casebook: {sentence}", err=True)
    raise typer.Exit(2)


def as_json(value: Any) -> None:  # noqa: ANN401
    """The answer for a machine, on standard output."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True, default=str))


@contextlib.contextmanager
def progress() -> Iterator[Report]:
    """A progress bar on standard error; silent when that is no terminal, where each finished step is one line instead."""
    console = Console(stderr=True)
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, disable=not console.is_terminal) as bar:
        lines: dict[str, Any] = {}

        def report(stage: str, what: str, done: int, total: int) -> None:
            key = "intake" if stage == "intake" else "notebooks"
            label = what if stage == "intake" else stage
            if key not in lines:
                lines[key] = bar.add_task(key, total=total)
            bar.update(lines[key], completed=done, total=total, description=f"{key} {label}".strip())
            if not console.is_terminal and label:
                sys.stderr.write(f"{key} {done}/{total} {label}\n")

        yield report


def outcomes(found: list[Outcome]) -> None:
    """One line a scenario: rows, bins, amount, or why there is no report."""
    table = Table(
        "scenario", "status", "rows", "lead", "flagged", "excluded", "unmatched", "over (yuan)", "under (yuan)"
    )
    for o in found:
        if o.is_complete:
            counts = [str(o.leads.get(b, 0)) for b in ("lead", "flagged", "excluded", "unmatched")]
            amounts = [f"{o.amounts_fen.get(d, 0) / 100:,.2f}" for d in ("over", "under")]
            table.add_row(o.scenario, "complete", f"{o.rows_total:,}", *counts, *amounts)
        else:
            table.add_row(o.scenario, "failed", *[""] * 7)
    Console(width=120 if not sys.stdout.isatty() else None).print(table)
    for o in found:
        if not o.is_complete:
            typer.echo(f"{o.scenario} failed: {o.error}", err=True)
