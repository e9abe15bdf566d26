"""A first contract for a file nobody has described yet."""
