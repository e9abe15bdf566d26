"""What a bench run was asked, and where it keeps its files: `.casebook/bench/` of the checkout."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from casebook.synth import make
from casebook.synth.world import Scale

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / ".casebook" / "bench"
SEED = 1
PARTS_OF_A_PROJECT = ("data_contracts", "notebooks", "parameters")


@dataclass(frozen=True)
class Settings:
    """The scale of the synthetic files (`sample`, `seed`, or a number of payment rows) and the models to run."""

    scale: str
    scenarios: tuple[str, ...]


def delivered(scale: str) -> Path:
    """The sources.yml of synthetic files of that scale, made once and kept."""
    folder = FOLDER / f"data-{scale}-{SEED}"
    if not (folder / "sources.yml").is_file():
        making = folder.with_suffix(".part")
        shutil.rmtree(making, ignore_errors=True)
        make.make(making, SEED, Scale.of(scale))
        making.rename(folder)
    return folder / "sources.yml"


def project() -> Path:
    """A project folder beside the checkout's own: same contracts, notebooks and parameters, an empty store, no runs."""
    folder = FOLDER / "project"
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "reports").mkdir(parents=True)
    for name in PARTS_OF_A_PROJECT:
        (folder / name).symlink_to(ROOT / name, target_is_directory=True)
    return folder
