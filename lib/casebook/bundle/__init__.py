"""Bundles: evidence that stands."""
