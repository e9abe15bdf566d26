"""`casebook check`: everything that can be wrong before a run, all at once."""

from dataclasses import asdict
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

    Headers of the delivered files that a contract does not know are told with the nearest known ones; they are no problem.

    Example: casebook check demo-data/sources.yml
    """
    if sources is not None and not sources.is_file():
        say.wrong_call(f"{sources} does not exist; give the path of a sources.yml, or nothing to check the project")
    found = inspection.inspect(project_root(Path.cwd()), sources)
    if json:
        headers = [asdict(gap) for gap in found.headers]
        say.as_json({"problems": list(found.problems), "headers": headers, "models": list(found.models)})
    else:
        for gap in found.headers:
            say.line(f"note: {gap}")
        if sources is not None:
            say.line(f"note: the set has the tables of {', '.join(found.models) or 'no model'}")
        for sentence in found.problems:
            say.line(sentence)
        say.line(f"{len(found.problems)} problem(s)" if found.problems else "no problem found")
    if found.problems:
        raise typer.Exit(1)
