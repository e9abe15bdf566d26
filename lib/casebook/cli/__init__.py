"""Command line: `casebook COMMAND`; exit 0 all well, 1 something wrong in the input, 2 a wrong call."""

import sys

from casebook.errors import CasebookError


def main() -> None:
    """Run the command line; every refusal of ours is one sentence on standard error."""
    from casebook.cli.app import app  # noqa: PLC0415  (`casebook --help` should not wait for the libraries)

    try:
        app()
    except CasebookError as caught:
        sys.stderr.write(f"casebook: {caught}\n")
        sys.exit(1)
