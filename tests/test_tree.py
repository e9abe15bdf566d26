"""What must stand nowhere in the tree: machine paths, registry hosts, banned calls, real ids, rooms without a purpose."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TEXT = {".py", ".md", ".toml", ".yml", ".yaml", ".lock", ".ipynb", ".csv", ".json", ".html", ".css", ".js", ".cfg", ""}
HOSTS = re.compile("|".join(["python" + "hosted", r"pypi\." + "org", r"registry\." + "npmjs", r"deb\." + "debian"]))
PATHS = re.compile(r"(?<![\w.])/(?:" + "|".join(["wo" + "rk", "fa" + "rm", "ro" + "ot"]) + r")/")
OUTSIDE = re.compile(r"\.\./" + "shared")
BANNED_NAMES = {"eval", "exec"}
BANNED_MODULES = {"pickle", "itables", "cloudpickle"}
BANNED_ATTRIBUTES = {"query", "Styler", "style", "sql_expr", "SQLContext"}
PUBLIC_VECTORS = {"11010519491231002X"}


def tracked():
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.decode()
    return [
        ROOT / name for name in listed.split("\0") if name and (ROOT / name).suffix in TEXT and (ROOT / name).is_file()
    ]


FILES = tracked()
CODE = [p for p in FILES if p.suffix == ".py"]
LIBRARY = [p for p in CODE if p.is_relative_to(ROOT / "lib")]


def named(path):
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize(
    "pattern", [HOSTS, PATHS, OUTSIDE], ids=["registry host", "machine path", "outside the project"]
)
def test_no_file_names(pattern):
    found = [named(p) for p in FILES if pattern.search(p.read_text("utf8", "ignore"))]
    assert found == []


@pytest.mark.parametrize("path", LIBRARY, ids=named)
def test_library_calls_nothing_banned(path):
    tree = ast.parse(path.read_text("utf8"))
    names = {n.func.id for n in ast.walk(tree) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)}
    attributes = {n.attr for n in ast.walk(tree) if isinstance(n, ast.Attribute)}
    modules = {a.name.split(".")[0] for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
    assert not names & BANNED_NAMES
    assert not attributes & BANNED_ATTRIBUTES
    assert not modules & BANNED_MODULES


def test_no_room_without_a_purpose():
    rooms = {p.stem.rstrip("s") for p in CODE}
    assert rooms.isdisjoint({"util", "helper", "common", "misc", "manager", "handler"})


def test_no_citizen_id_outside_the_unassigned_area():
    shape = re.compile(
        r"(?<![0-9A-Za-z])(?!900001)[1-8][0-9]{5}(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9X](?![0-9A-Za-z])"
    )
    data = [p for p in FILES if not p.is_relative_to(ROOT / "tests") or p.is_relative_to(ROOT / "tests" / "samples")]
    found = {(named(p), hit) for p in data for hit in shape.findall(p.read_text("utf8", "ignore")) if is_valid(hit)}
    assert {hit for _, hit in found} <= PUBLIC_VECTORS


def is_valid(number):
    weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    total = sum(w * int(d) for w, d in zip(weights, number, strict=False))
    return "10X98765432"[total % 11] == number[17]
