"""`casebook run`, `casebook batch`, `casebook index`."""

from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Literal

import typer

from casebook import scenarios
from casebook.batch import night, outcome, plan
from casebook.batch.outcome import Outcome
from casebook.batch.plan import Plan, Request
from casebook.case.job import project_root
from casebook.cli import say
from casebook.errors import ParameterError

Json = Annotated[bool, typer.Option("--json", help="Answer in JSON.")]
Sources = Annotated[Path, typer.Option("--sources", help="The sources.yml: which file answers which contract.")]
Out = Annotated[Path | None, typer.Option("--out", help="Run folder (default: reports/run-<time>).")]
Language = Annotated[Literal["zh", "en"] | None, typer.Option("--language", help="Language of the reports.")]
Jobs = Annotated[int, typer.Option("--jobs", min=1, help="Notebooks side by side.")]
INTERRUPTED = 130


def run(
    scenario: Annotated[str, typer.Argument(help="Scenario id, land_use_tax for example.")],
    sources: Sources,
    parameters: Annotated[Path, typer.Option("--parameters", help="The parameter file of this scenario.")],
    out: Out = None,
    language: Language = None,
    json: Json = False,
) -> None:
    """One notebook → one bundle.

    Example: casebook run land_use_tax --sources demo-data/sources.yml --parameters parameters/land_use_tax/900001_2025.yml
    """
    asked = plan.plan(_request(sources, out, (scenario,), parameters, language))
    if asked.refused:
        raise ParameterError(asked.refused[0].error)
    answer(execute(asked, 1), asked.out, json)


def batch(
    scenario: Annotated[list[str] | None, typer.Argument(help="Scenario ids (default: all).")] = None,
    sources: Sources = Path("parameters/sources/sample.yml"),
    parameters: Annotated[
        Path | None,
        typer.Option(
            "--parameters",
            help="Folder of parameter files, or of one folder a scenario (default: the committed ones for the set's division).",
        ),
    ] = None,
    out: Out = None,
    jobs: Jobs = night.default_jobs(),
    language: Language = None,
    json: Json = False,
) -> None:
    """Many notebooks → bundles and the index page; one failure does not stop the rest.

    An older bundle of a scenario in the run folder moves to superseded/ when it is replaced or when the scenario fails.

    Example: casebook batch --sources demo-data/sources.yml --jobs 2
    """
    asked = plan.plan(_request(sources, out, tuple(scenario or ()), parameters, language))
    answer(execute(asked, jobs), asked.out, json)


def index(
    run_folder: Annotated[Path, typer.Argument(help="A run folder below reports/.")],
    language: Language = None,
    json: Json = False,
) -> None:
    """Rebuild the index page of a run.

    Example: casebook index reports/demo
    """
    if not (run_folder / outcome.RESULTS).is_file():
        say.wrong_call(f"{run_folder} is no run folder: it holds no {outcome.RESULTS}")
    path = outcome.write_index(run_folder.resolve(), language or outcome.language(run_folder))
    say.as_json({"index": str(path)}) if json else typer.echo(path)


def execute(asked: Plan, jobs: int) -> list[Outcome]:
    """Run a plan with progress bars; on Ctrl-C what was whole stays, nothing else."""
    try:
        with say.progress() as report:
            return night.run(asked, jobs, report)
    except KeyboardInterrupt:
        typer.echo("casebook: interrupted; bundles that were whole stay, nothing half-made was left", err=True)
        raise typer.Exit(INTERRUPTED) from None


def _request(
    sources: Path, out: Path | None, asked: tuple[str, ...], parameters: Path | None, language: str | None
) -> Request:
    if unknown := sorted(set(asked) - set(scenarios.known())):
        say.wrong_call(f"scenario {', '.join(unknown)}: not known; there are {', '.join(scenarios.known())}")
    for path in (sources, parameters):
        if path is not None and not path.exists():
            say.wrong_call(f"{path} does not exist; give the path of an existing file")
    root = project_root(Path.cwd())
    folder = out or root / "reports" / f"run-{datetime.now(UTC):%Y%m%d-%H%M%S}"
    return Request(root, sources, folder, asked, parameters, language)


def answer(found: list[Outcome], folder: Path, json: bool) -> None:
    """Show the outcomes and where the index is; leave with 1 when any failed."""
    if json:
        say.as_json({"run": str(folder), "index": str(folder / "index.html"), "outcomes": [asdict(o) for o in found]})
    else:
        say.outcomes(found)
        typer.echo(f"index: {folder / 'index.html'}")
    if not all(o.is_complete for o in found):
        raise typer.Exit(1)
