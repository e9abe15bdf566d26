"""The commands, in the order of the work."""

import typer

from casebook import __version__
from casebook.cli import batch, check, clean, contract, data, match, purge

app = typer.Typer(
    name="casebook",
    help="Reproducible investigation notebooks: from agencies' tables to evidence reports a reviewer can refute.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    rich_markup_mode=None,
)


@app.callback(invoke_without_command=True)
def root(version: bool = typer.Option(False, "--version", help="Print the version.")) -> None:
    """Casebook."""
    if version:
        typer.echo(f"casebook {__version__}")
        raise typer.Exit


app.command()(data.demo)
app.command()(data.synth)
app.command()(data.intake)
app.command()(purge.purge)
app.command()(check.check)
app.add_typer(contract.app, name="contract")
app.command()(clean.clean)
app.command()(match.match)
app.command()(batch.run)
app.command()(batch.batch)
app.command()(batch.index)
