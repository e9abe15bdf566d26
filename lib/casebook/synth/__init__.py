"""Synthetic agencies of a fictional district: dirty files with planted, written-down truth."""
