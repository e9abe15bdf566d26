"""Every code that intake can note, flag or refuse has its sentence in both languages."""

import ast
import re
from pathlib import Path

import pytest

import casebook
from casebook.intake import sentences

ROOMS = [Path(casebook.__file__).parent / room for room in ("intake", "clean")]
SOURCES = sorted(path for room in ROOMS for path in room.rglob("*.py"))
MAKERS = {"Note", "add_rows", "add_items", "_of_rows"}
CODE = re.compile(r"[a-z_0-9]+(\.[a-z_0-9]+)?")
OF_ROWS = {"blank_rows", "repeated_header", "footnote_rows"}


def called(node):
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def constants(tree):
    """Module-level names of texts: how a code is called that several places use."""
    found = {}
    for node in tree.body:
        target = (
            node.target
            if isinstance(node, ast.AnnAssign)
            else node.targets[0]
            if isinstance(node, ast.Assign)
            else None
        )
        if isinstance(target, ast.Name) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            found[target.id] = node.value.value
    return found


NAMES = {name: text for path in SOURCES for name, text in constants(ast.parse(path.read_text("utf8"))).items()}


def noted(path):
    """Codes given to a maker of notes: written out, by a constant's name, or as `group.name` texts of a function that notes many."""
    tree = ast.parse(path.read_text("utf8"))
    found = set()
    for function in (n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)):
        firsts = [n.args[0] for n in ast.walk(function) if isinstance(n, ast.Call) and called(n) in MAKERS and n.args]
        found |= {a.value for a in firsts if isinstance(a, ast.Constant)}
        found |= {NAMES[a.id] for a in firsts if isinstance(a, ast.Name) and a.id in NAMES}
        if "notes" in function.name or any(isinstance(a, ast.Name) and a.id not in NAMES for a in firsts):
            texts = {n.value for n in ast.walk(function) if isinstance(n, ast.Constant) and isinstance(n.value, str)}
            found |= {text for text in texts if CODE.fullmatch(text) and "." in text}
    return found


def test_every_code_of_a_note_has_its_sentence():
    found = set().union(*map(noted, SOURCES)) | OF_ROWS
    assert {"title_rows", "columns_extra", "key.repeated", "rows.filtered", "workbook.macros", "row.duplicate"} <= found
    assert sorted(found - set(sentences.of("refusal")) - set(sentences.of("note"))) == []


@pytest.mark.parametrize("use", ["refusal", "reject", "flag", "note"])
def test_sentences_are_in_both_languages(use):
    for code, (zh, en) in sentences.of(use).items():
        assert re.search("[\u4e00-\u9fff]", zh), code
        assert not re.search("[\u4e00-\u9fff]", en), code
        assert zh.endswith(("。", "）")), code
        assert en.endswith("."), code


def test_every_refusal_that_is_raised_has_its_sentence():
    raised = set()
    for path in SOURCES:
        calls = [n for n in ast.walk(ast.parse(path.read_text("utf8"))) if isinstance(n, ast.Call) and n.args]
        raised |= {n.args[0].value for n in calls if called(n) == "refusal" and isinstance(n.args[0], ast.Constant)}
    assert "file.absent" in raised
    assert sorted(raised - set(sentences.of("refusal"))) == []
