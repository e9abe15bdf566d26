"""Casebook: reproducible investigation notebooks for big-data legal supervision."""

__version__ = "0.1.0"
