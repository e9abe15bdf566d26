"""`casebook check`: everything that can be wrong before a run, all at once."""

from pathlib import Path
from typing import Annotated

import typer

from casebook.batch import inspection
from casebook.case.job import project_root
from casebook.cli import say
from casebook.cli.batch import Json


def check(
    sources: Annotated[Path | None, typer.Argument(help="A sources.yml to check as well.")] = None,
    json: Json = False,
) -> None:
    """Contracts, parameters, law tables, notebooks' shape, sources: all problems at once, before any run.

    Example: casebook check demo-data/sources.yml
    """
    if sources is not None and not sources.is_file():
        say.wrong_call(f"{sources} does not exist; give the path of a sources.yml")
    found = inspection.inspect(project_root(Path.cwd()), sources)
    if json:
        say.as_json({"problems": found})
    else:
        for sentence in found:
            typer.echo(sentence)
        typer.echo(f"{len(found)} problem(s)" if found else "no problem found")
    if found:
        raise typer.Exit(1)
