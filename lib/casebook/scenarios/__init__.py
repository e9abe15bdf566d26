"""Scenarios: one module per model; nothing here is imported by another scenario."""
