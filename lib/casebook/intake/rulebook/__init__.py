"""The rules of a contract: read from ODCS, checked when loaded, compiled to expressions."""
