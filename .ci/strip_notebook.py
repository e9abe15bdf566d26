"""Run a notebook on the committed sample and keep outputs in cells tagged `nbval-check-output` only.

.venv/bin/python .ci/strip_notebook.py notebooks/NAME.ipynb …
"""

import html
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient


def _kept(kind: str, data: dict[str, str]) -> str:
    """The plain text, which nbval compares; other forms of it stand in short (tests/notebooks/nbval.cfg blanks them out)."""
    if kind == "text/plain":
        return data[kind]
    return f"<pre>{html.escape(data['text/plain'])}</pre>" if kind == "text/html" else "<svg/>"


def refresh(path: Path) -> None:
    """Execute and strip one notebook in place; only plain text and errors of checked outputs stay."""
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(
        notebook, resources={"metadata": {"path": str(path.parent)}}, extra_arguments=["--log-level=40"]
    ).execute()
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        cell.metadata.pop("execution", None)
        if "nbval-check-output" not in cell.metadata.get("tags", []):
            cell.outputs, cell.execution_count = [], None
        for output in cell.outputs:
            output["data"] = {kind: _kept(kind, output["data"]) for kind in sorted(output["data"])}
            output["metadata"] = {}
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    nbformat.write(notebook, path)


if __name__ == "__main__":
    for name in sys.argv[1:]:
        refresh(Path(name))
