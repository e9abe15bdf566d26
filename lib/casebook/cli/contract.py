"""`casebook contract`: data contracts, drafted from a new file for an analyst to finish."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from casebook.case.job import project_root
from casebook.cli import say
from casebook.cli.batch import Json
from casebook.errors import ContractError
from casebook.intake import contract as contracts
from casebook.intake.drafting import draft as drafts

app = typer.Typer(help="Data contracts: draft one from a new file.", no_args_is_help=True, rich_markup_mode=None)


@app.callback()
def root() -> None:
    """Data contracts."""


@app.command()
def draft(
    file: Annotated[Path, typer.Argument(help="A file of the new table, as delivered.", metavar="FILE")],
    contract_id: Annotated[
        str | None, typer.Option("--id", help="Id of the contract (default: the file's name).")
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", help="Where to write it (default: standard output).")] = None,
    json: Json = False,
) -> None:
    """Write a first contract for a file that none knows: headers, kinds, how full each column is; no cell of the table.

    Example: casebook contract draft 低保名单.xlsx --id civil_minimum_living --out data_contracts/civil_minimum_living.odcs.yaml
    """
    if not file.is_file():
        say.wrong_call(f"{file} does not exist; give the path of a delivered file")
    if out is not None and out.exists():
        say.wrong_call(f"{out.name} exists already and is not overwritten; name another file")
    try:
        asked = contract_id or drafts.id_of(file)
    except ContractError as caught:
        say.wrong_call(str(caught))
    known = contracts.load_all(project_root(Path.cwd()) / "data_contracts")
    text = drafts.draft(file, asked, known)
    if out is not None:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(text, encoding="utf-8")
    if json:
        say.as_json({"id": asked, "out": str(out) if out else None, "text": text})
    elif out is None:
        sys.stdout.write(text)
    else:
        say.line(f"{out}: draft of the contract {asked}; finish what its comments ask for, then run casebook check")
