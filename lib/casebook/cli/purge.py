"""`casebook purge`: copies of sources past their retention date are destroyed and that is kept on record."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from casebook.case.job import project_root
from casebook.cli import say
from casebook.cli.batch import Json
from casebook.intake import retention


def purge(
    store: Annotated[
        Path | None, typer.Option("--store", help="The data centre's store (default: .casebook/store of the project).")
    ] = None,
    on: Annotated[str, typer.Option("--on", help="Judge retention dates as of this day (default: today).")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only tell what would be destroyed.")] = False,
    json: Json = False,
) -> None:
    """Destroy our copies of sources past their retention date, and keep on record that they were.

    The date is `retain_until` of a source in sources.yml. Files where the agencies' deliveries lie, and reports, are not touched.

    Example: casebook purge --dry-run
    """
    folder = store or project_root(Path.cwd()) / ".casebook" / "store"
    if store is not None and not store.is_dir():
        say.wrong_call(f"{store} does not exist or is no folder")
    today = say.day("--on", on) or date.today()
    if dry_run:
        found = [(d.contract, d.key, d.retain_until) for d in retention.expired(folder, today)]
    else:
        found = [(d.contract, d.key, d.retain_until) for d in retention.purge(folder, today)]
    if json:
        say.as_json({"destroyed": [] if dry_run else _plain(found), "expired": _plain(found) if dry_run else []})
        return
    for contract, key, until in found:
        say.line(f"{contract}/{key}: retained until {until}, {'to be destroyed' if dry_run else 'destroyed'}")
    say.line(f"{len(found)} table(s) {'past their retention date' if dry_run else 'destroyed'}")


def _plain(found: list[tuple[str, str, date | None]]) -> list[dict[str, str]]:
    return [{"contract": contract, "key": key, "retain_until": str(until)} for contract, key, until in found]
