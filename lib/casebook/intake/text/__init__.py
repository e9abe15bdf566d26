"""Delimited text: bytes → lines → rows, whatever the encoding, the delimiter and the quotes."""
