"""The schema of the Open Data Contract Standard, version 3: every fault of a document, in words.

A module of its own, imported when a contract is loaded: beside JupyterLab's packages `jsonschema` takes a CPU second to import,
and cleaning or matching a table needs no contract.
"""

import json
from collections.abc import Iterator
from functools import cache
from importlib import resources

from jsonschema import Draft201909Validator
from jsonschema.exceptions import ValidationError, best_match


def faults(document: object) -> list[tuple[str, str]]:
    """Place and words of each fault, the worst first; none where the document fits the schema."""
    worst = best_match(_schema().iter_errors(document))
    if worst is None:
        return []
    found = [worst, *(inner for each in _schema().iter_errors(document) for inner in _innermost(each))]
    return list(dict.fromkeys((_place(each), _said(each)) for each in found))


def _innermost(fault: ValidationError) -> Iterator[ValidationError]:
    """The faults of each place a schema of alternatives was tried on; best_match tells the one that came closest."""
    closest = best_match(iter([fault]))
    if closest is not None:
        yield closest


def _place(fault: ValidationError) -> str:
    return "/".join(str(step) for step in fault.absolute_path) or "the top level"


@cache
def _schema() -> Draft201909Validator:
    text = resources.files("open_data_contract_standard").joinpath("schema.json").read_text(encoding="utf-8")
    return Draft201909Validator(json.loads(text))


def _said(worst: ValidationError) -> str:
    """The schema's own words, except where they mislead: a column without logicalType is taken for every type at once."""
    at = worst.instance
    is_untyped = isinstance(at, dict) and "physicalName" in at and "logicalType" not in at
    return "logicalType: string is missing" if is_untyped else worst.message[:200]
