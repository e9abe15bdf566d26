"""The channel layer: agency files become a Dataset (text as delivered, every row addressed) and Rejects."""

from casebook.intake.dataset import Dataset, FilePart, Note, Rejects
from casebook.intake.read import read
from casebook.intake.store import load
from casebook.intake.take import take

__all__ = ["Dataset", "FilePart", "Note", "Rejects", "load", "read", "take"]
