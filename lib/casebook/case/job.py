"""Where a run finds its things: a `job.json` in the work folder (batch) or the project around it (JupyterLab).

Paths live here and nowhere else, so that no notebook, parameter or report carries one.
"""

import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import casebook
from casebook.errors import ParameterError

JOB_FILE = "job.json"


def project_root(start: Path) -> Path:
    """Nearest folder at or above `start` with `data_contracts/`; else the checkout that the library itself lies in.

    Raises:
        ParameterError: there is neither.
    """
    library = Path(casebook.__file__).resolve().parents[2]
    for folder in (start.resolve(), *start.resolve().parents, library):
        if (folder / "data_contracts").is_dir():
            return folder
    raise ParameterError("no folder data_contracts/ here or above; run casebook inside a project folder")


@dataclass(frozen=True)
class Job:
    """Folders and files of one run; `out` is where its files go.

    `sources` is a sources.yml, or the folder of committed sets from which the parameter `source_set` picks one.
    """

    sources: Path
    contracts: Path
    law: Path
    parameters: Path
    store: Path
    key_file: Path
    out: Path

    def sources_file(self, source_set: str) -> Path:
        """The sources.yml of the set."""
        return self.sources if self.sources.is_file() else self.sources / f"{source_set}.yml"

    def write(self, folder: Path) -> None:
        """Leave the job in a work folder for the kernel started there."""
        plain = {name: str(path) for name, path in asdict(replace(self, out=folder)).items()}
        (folder / JOB_FILE).write_text(json.dumps(plain, ensure_ascii=False))

    @classmethod
    def of_project(cls, root: Path, scenario: str) -> "Job":
        """The job of a project folder with its committed source sets and parameters."""
        return cls(
            sources=root / "parameters" / "sources",
            contracts=root / "data_contracts",
            law=root / "parameters" / "law",
            parameters=root / "parameters" / scenario,
            store=root / ".casebook" / "store",
            key_file=root / ".casebook" / "case.key",
            out=root / "reports" / "lab" / scenario,
        )

    @classmethod
    def find(cls, scenario: str, folder: Path | None = None) -> "Job":
        """The job left in `folder` (default: the current one), else that of the project around it."""
        here = folder or Path.cwd()
        if (here / JOB_FILE).is_file():
            plain = json.loads((here / JOB_FILE).read_text())
            return cls(**{name: Path(path) for name, path in plain.items()})
        return cls.of_project(project_root(here), scenario)
