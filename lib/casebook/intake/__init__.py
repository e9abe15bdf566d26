"""The channel layer: agency files become a Dataset (text as delivered, every row addressed) and Rejects."""

from casebook.intake.dataset import Dataset, FilePart, Note, Rejects
from casebook.intake.read import read
from casebook.intake.store import load, write

__all__ = ["Dataset", "FilePart", "Note", "Rejects", "load", "read", "write"]
