"""Files of one contract → Dataset and Rejects in memory: the way of tests and notebooks; runs take in by the store."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

from casebook.intake import store
from casebook.intake.contract import Contract
from casebook.intake.dataset import Dataset, Rejects
from casebook.intake.take import take


def read(contract: Contract, paths: Sequence[Path]) -> tuple[Dataset, Rejects]:
    """The rows of all files, sheets and pieces of one contract.

    Raises:
        SourceError: when a file as a whole cannot be read as the contract demands; then nothing is handed on.
    """
    with tempfile.TemporaryDirectory(prefix="casebook-") as folder:
        taken = Path(folder) / "taken"
        take(contract, paths, taken)
        dataset = store.load(taken, contract)
        return dataset, store.rejects(taken, dataset)
