"""Exact quantities: numbers, money in fen, area in dm², dates, and months."""
