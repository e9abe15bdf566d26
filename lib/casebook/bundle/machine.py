"""Nothing published says on which machine it was made: an executed notebook without clocks and paths, and a last look at every file."""

import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from casebook.errors import BundleError

TEXTS = {".ipynb", ".html", ".json"}
WIDGET = "application/vnd.jupyter.widget-view+json"
INJECTED = "injected-parameters"


def without_machine(notebook: Any) -> Any:  # noqa: ANN401
    """The notebook without run metadata, standard error (warnings quote paths), widgets' state and random ids.

    Equal runs then give equal bytes. A widget shows nothing without its kernel, and its state may hold values nobody masked.
    """
    for key in ("papermill", "widgets"):
        notebook.metadata.pop(key, None)
    for cell in notebook.cells:
        for key in ("papermill", "execution"):
            cell.metadata.pop(key, None)
        if INJECTED in cell.metadata.get("tags", []):
            cell["id"] = INJECTED
        if cell.cell_type == "code":
            cell.outputs = [o for o in cell.outputs if o.get("name") != "stderr"]
            for output in cell.outputs:
                output.get("data", {}).pop(WIDGET, None)
    return notebook


def paths_of_machine(*more: Path) -> tuple[str, ...]:
    """Beginnings of paths that must not be published: home, temporary and program folders, and those given."""
    known = (Path.home(), Path(tempfile.gettempdir()), Path(sys.prefix), *more)
    return tuple(sorted({f"{p}/" for path in known for p in (path, path.resolve()) if len(p.parts) > 1}))


def refuse_paths(folder: Path, beginnings: Iterable[str]) -> None:
    """Pass a folder none of whose texts holds a path of this machine.

    Raises:
        BundleError: one does; the sentence names the file and not the path.
    """
    wanted = [b.encode() for b in beginnings]
    for path in sorted(p for p in folder.iterdir() if p.suffix in TEXTS):
        content = path.read_bytes()
        if any(beginning in content for beginning in wanted):
            raise BundleError(f"{path.name} would publish a folder of this machine; remove the cell that shows a path")
