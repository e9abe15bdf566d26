"""Batch: many notebooks, one run folder."""
