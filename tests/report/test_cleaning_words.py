"""Every problem and repair a cleaner can give has words in both languages, and no words are left of codes that are gone.

Codes are gathered twice: by running every cleaner, asked everything it can be asked, over all shared vectors; and by reading the
literals of the cleaners' modules that stand where codes stand. A literal there that is no code is named in `NO_CODES`.
"""

import ast
import re
from datetime import date
from pathlib import Path

import polars as pl
import pytest

import casebook
from casebook.clean.kinds import KINDS, TABLE
from casebook.report.words import catalogue

LIB = Path(casebook.__file__).parent
SIDE_MODULES = ("unit_conflict.py",)  # it judges pairs, not cells
MODULES = [p for part in ("ids", "text", "measure") for p in (LIB / part).glob("*.py") if p.name not in SIDE_MODULES]
ASKED = {
    "date": [{"form": form} for form in ("day", "month", "range", "serial", "roc", "lunar")],
    "citizen_id": [{}, {"as_of": date(1980, 1, 1)}],
}
LONGEST = "长" * 60
NO_CODES = {
    *("abolished", "in_force", "not_yet", "unknown"),  # status of a division
    *("branch", "business", "foreign_permit"),  # other parts
    *("different", "exact", "house", "road", "zone"),  # of addresses
    *("nothing", "problem", "repair", "value"),  # columns
}
CODE = re.compile(r"[a-z][a-z0-9_]*")


def _given(kind):
    """The codes all cleaners give on all vectors."""
    cells = [pl.read_csv(path, infer_schema=False)["input"] for path in _vectors()]
    texts = pl.concat([*cells, pl.Series("input", [LONGEST])])
    found = (KINDS[name](texts, **options)[kind] for name in TABLE for options in ASKED.get(name, [{}]))
    return set(pl.concat(found).drop_nulls().str.split(",").explode())


def _vectors():
    return sorted((Path(__file__).parents[1] / "vectors").glob("*.csv"))


def _texts(nodes):
    held = (n.value for node in nodes for n in ast.walk(node) if isinstance(n, ast.Constant))
    return {text for text in held if isinstance(text, str) and CODE.fullmatch(text)}


def _name(call):
    return getattr(call.func, "attr", getattr(call.func, "id", ""))


def _of_call(call):
    """The arguments that are codes, by the verb."""
    plain = [a for a in call.args if isinstance(a, ast.Constant)]
    last = {"lit": plain, "refuse": plain, "flag": plain, "set": plain[1:] or plain, "replace": plain[1:]}
    return last.get(_name(call), [])


def _problems(tree):
    """Texts that stand where a problem stands: after `then`, in a list of tests, in a table of problems."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield from _texts(_of_call(node))
        elif isinstance(node, ast.Tuple) and len(node.elts) == 2 and not isinstance(node.elts[1], ast.Constant):
            yield from _texts(e for e in node.elts[:1] if isinstance(e, ast.Constant))
        elif isinstance(node, ast.AnnAssign) and "PROBLEM" in getattr(node.target, "id", ""):
            yield from _texts(node.value.values if isinstance(node.value, ast.Dict) else [node.value])


def _repairs(tree):
    """Texts that stand where a repair stands: flags of `repair_codes` and `all_repairs`, and what `amend` adds."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and ("repair_codes" in ast.unparse(node) or node.name == "_spelling"):
            dicts = [d for d in ast.walk(node) if isinstance(d, ast.Dict)]
            yield from _texts(key for d in dicts for key in d.keys if key and isinstance(key, ast.Constant))
            yield from _texts(d.generators[0].iter for d in ast.walk(node) if isinstance(d, ast.DictComp))
        elif isinstance(node, ast.Call) and _name(node) in {"amend", "all_repairs"}:
            yield from _texts(a for a in node.args if isinstance(a, ast.Constant))


def _worded(kind):
    """The codes of a kind that have words."""
    return {key.removeprefix(f"{kind}.") for key in catalogue() if key.startswith(f"{kind}.")}


@pytest.fixture(scope="module")
def written():
    """Every literal that stands where a code stands."""
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in MODULES]
    return {code for tree in trees for read in (_problems, _repairs) for code in read(tree)}


@pytest.mark.parametrize(("kind", "seen"), [("problem", "birth_in_future"), ("repair", "lunar")])
def test_every_code_given_has_words_and_no_words_are_left_over(kind, seen, written):
    given = _given(kind)
    assert seen in given
    assert given - _worded(kind) == set()
    assert _worded(kind) - given - written == set()


def test_every_literal_where_codes_stand_has_words_or_is_named_as_none(written):
    assert {"too_fine", "check_digit", "county_of", "counting_word"} <= written | _given("repair")
    assert written - _worded("problem") - _worded("repair") == NO_CODES


@pytest.mark.parametrize("kind", ["problem", "repair"])
def test_words_are_there_in_both_languages(kind):
    entries = [catalogue()[f"{kind}.{code}"] for code in _worded(kind)]
    assert all(set(entry) == {"zh", "en"} and all(entry.values()) for entry in entries)
    assert all(len({entry[language] for entry in entries}) == len(entries) for language in ("zh", "en"))
