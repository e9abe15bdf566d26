"""Benchmarks of Casebook: `make bench`, or `python -m benches [--only NAME] [--scale SCALE] [--json FILE]`.

Each bench is a module with `run(settings) -> Iterator[Row]`. Work is timed in a fresh process, in CPU seconds of all its threads;
ratios are taken within one run, so that they can be compared between machines. Needs Linux (`/proc`) and the extra `bench`.
"""
