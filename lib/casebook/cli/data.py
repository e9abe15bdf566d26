"""`casebook demo`, `casebook synth`, `casebook intake`."""

from pathlib import Path
from typing import Annotated, Any

import typer

from casebook import scenarios
from casebook.batch import night, plan
from casebook.batch.plan import Request
from casebook.case.job import project_root
from casebook.clean import judges
from casebook.cli import batch as batches
from casebook.cli import say
from casebook.cli.batch import Json
from casebook.errors import SourceError
from casebook.intake import contract as contracts
from casebook.intake import store, take
from casebook.intake.account import DATA, FLAGS, REJECTS, SUMMARY
from casebook.intake.wanted import Wanted
from casebook.synth import make
from casebook.synth.world import Scale

ScaleOption = Annotated[
    str, typer.Option("--scale", help="sample (about 20,000 rows), seed (400,000 payments) or a number of payments.")
]
Seed = Annotated[int, typer.Option("--seed", help="Same seed, same bytes.")]


def demo(
    scale: ScaleOption = "sample",
    out: Annotated[
        Path | None, typer.Option("--out", help="Where to put data and reports (default: reports/demo).")
    ] = None,
    seed: Seed = 1,
    jobs: Annotated[int, typer.Option("--jobs", min=1, help="Notebooks side by side.")] = night.default_jobs(),
    json: Json = False,
) -> None:
    """Make the synthetic agencies' files, run every model on them, print where the index page is.

    Example: casebook demo --scale seed --out demo
    """
    root = project_root(Path.cwd())
    base = out or root / "reports" / "demo"
    sources = _make(base / "data", seed, _scale(scale))
    asked = plan.plan(Request(root, sources, base if out is None else base / "reports"))
    batches.answer(batches.execute(asked, jobs), asked.out, json)


def synth(
    out: Annotated[Path, typer.Option("--out", help="Folder for the files, sources.yml and truth/.")],
    scale: ScaleOption = "sample",
    seed: Seed = 1,
    json: Json = False,
) -> None:
    """Make the synthetic agencies' files: dirty, deterministic, with the planted truth beside them.

    Example: casebook synth --scale sample --seed 1 --out demo-data
    """
    path = _make(out, seed, _scale(scale))
    say.as_json({"sources": str(path)}) if json else typer.echo(path)


def intake(
    contract: Annotated[str, typer.Argument(help="Contract id, civil_subsidy_payments for example.")],
    files: Annotated[list[Path], typer.Argument(help="The delivered file or files.")],
    out: Annotated[
        Path, typer.Option("--out", help="Folder for data.parquet, rejects.parquet, flags.parquet, intake.json.")
    ] = Path(),
    obtained: Annotated[
        str, typer.Option("--obtained", help="The day it was obtained: tells how old the rows are.")
    ] = "",
    json: Json = False,
) -> None:
    """Read delivered files by their contract: rows in = rows kept + rows rejected with a reason.

    Columns that no model reads are checked and then dropped; of a contract that no model reads, all are kept.

    A file that is refused as a whole leaves none of the files, those of an earlier intake in the folder included.

    Example: casebook intake police_deaths deaths.xlsx --out taken-in
    """
    folder = project_root(Path.cwd()) / "data_contracts"
    known = plan.contracts_of(project_root(Path.cwd()))
    if contract not in known:
        say.wrong_call(plan.unknown_contract(contract, known))
    written = [out / name for name in (SUMMARY, DATA, REJECTS, FLAGS)]
    for file in files:
        if not file.is_file():
            say.wrong_call(f"{file} does not exist or is no file")
        if file.resolve() in {path.resolve() for path in written}:
            say.wrong_call(f"--out would overwrite the delivered file {file}; name another folder")
    if (out / DATA).exists() and not store.is_ours(out):
        say.wrong_call(f"{out} holds a {DATA} that is not of an intake; name another folder with --out")
    for path in written:
        path.unlink(missing_ok=True)
    asked = contracts.load(folder / f"{contract}{contracts.SUFFIX}")
    columns = scenarios.columns_read(contract) or None
    try:
        take(asked, files, out, Wanted(columns, judges.of(asked), say.day("--obtained", obtained)))
    except SourceError as caught:
        if json:
            say.as_json(
                {"refused": {name: getattr(caught, name) for name in ("code", "file", "sheet", "row", "zh", "en")}}
            )
        raise
    told = store.account(out)
    say.as_json(told) if json else _say(contract, told)


def _say(contract: str, told: dict[str, Any]) -> None:
    """Rows read, kept, rejected by reason and in question by code."""
    counts = f"{told['rows_read']:,} rows read = {told['rows_kept']:,} kept + {told['rows_rejected']:,} rejected"
    reasons = "".join(f"\n  {number:>9,}  {reason}" for reason, number in sorted(told["rejects"].items()))
    flags = "".join(f"\n  {number:>9,}  {code} (kept, in question)" for code, number in sorted(told["flags"].items()))
    typer.echo(f"{contract}: {counts}{reasons}{flags}")


def _make(out: Path, seed: int, scale: Scale) -> Path:
    with say.progress() as report:
        report(f"synth {scale.name}", 0, 1)
        path = make.make(out, seed, scale)
        report(f"synth {scale.name}", 1, 1)
    return path


def _scale(text: str) -> Scale:
    try:
        return Scale.of(text)
    except ValueError as caught:
        say.wrong_call(str(caught))
