"""Layers import only downward; the failure names the offending line."""

import ast
from pathlib import Path

import pytest

LIB = Path(__file__).parents[1] / "lib" / "casebook"
ORDER = (
    "errors", "text", "measure", "ids", "lawtable", "intake", "clean", "link", "case", "scenarios", "report", "bundle", "batch", "cli",
)  # fmt: skip
SYNTH_MAY = {"errors", "text", "ids", "synth"}
SCENARIO_MAY = {"case", "lawtable", "measure", "ids", "errors"}
MODELS = ("disabled_two_subsidies", "land_use_tax", "online_catering")
SYNTH_USERS = {"batch", "cli", "synth"}


def room_of(path: Path) -> str:
    return path.relative_to(LIB).parts[0].removesuffix(".py")


def model_of(path: Path) -> str:
    """The model a scenario file belongs to: parts of a model stand beside it under its own name."""
    return next((m for m in MODELS if path.stem.startswith(m)), path.stem)


def imports(path: Path) -> list[tuple[int, str]]:
    """Line and dotted name of each import of casebook in the file."""
    found = []
    for node in ast.walk(ast.parse(path.read_text("utf8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "casebook":
            found += [(node.lineno, f"{node.module}.{a.name}") for a in node.names]
        elif isinstance(node, ast.Import):
            found += [(node.lineno, a.name) for a in node.names if a.name.startswith("casebook.")]
    return found


def is_allowed(room: str, path: Path, target: str) -> bool:
    parts = target.split(".")
    into = parts[1]
    if room == "scenarios":
        return into in SCENARIO_MAY or target.startswith(f"casebook.scenarios.{model_of(path)}")
    if room == "synth":
        return into in SYNTH_MAY
    if into == "synth":
        return room in SYNTH_USERS
    return into not in ORDER or ORDER.index(into) <= ORDER.index(room)


FILES = sorted(p for p in LIB.rglob("*.py") if room_of(p) != "__init__")


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(LIB)))
def test_imports_go_downward(path):
    room = room_of(path)
    wrong = [
        f"{path.relative_to(LIB)}:{line} imports {name}"
        for line, name in imports(path)
        if not is_allowed(room, path, name)
    ]
    assert wrong == []


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(LIB)))
def test_file_has_at_most_300_lines(path):
    assert len(path.read_text("utf8").splitlines()) <= 300


def test_no_room_without_a_purpose():
    rooms = {p.stem.rstrip("s") for p in LIB.rglob("*.py")}
    assert rooms.isdisjoint({"util", "helper", "common", "misc", "manager"})


def test_upward_import_is_caught(tmp_path):
    assert not is_allowed("text", LIB / "text" / "x.py", "casebook.case.run")
    assert not is_allowed("scenarios", LIB / "scenarios" / "a.py", "casebook.scenarios.b")
    assert not is_allowed("synth", LIB / "synth" / "x.py", "casebook.scenarios.land_use_tax")
    assert is_allowed("case", LIB / "case" / "x.py", "casebook.link")
