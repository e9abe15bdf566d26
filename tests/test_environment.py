"""pyproject.toml is the one list; the locks and environment.yml must follow it."""

import importlib.util
import re
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]
spec = importlib.util.spec_from_file_location("lock", ROOT / ".ci" / "lock.py")
lock_tool = importlib.util.module_from_spec(spec)
spec.loader.exec_module(lock_tool)
LOCK = (ROOT / "requirements.lock").read_text()
BATCH = (ROOT / "requirements-batch.lock").read_text()
PEERS = (ROOT / "requirements-peers.lock").read_text()
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


def canonical(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def versions(lock):
    pinned = [Requirement(pin) for pin in lock_tool.pins(lock)]
    found = {}
    for requirement in pinned:
        found.setdefault(canonical(requirement.name), []).append(next(iter(requirement.specifier)).version)
    return found


def missing(requirements, lock):
    pinned = versions(lock)
    wanted = [Requirement(r) for r in requirements]
    return [str(w) for w in wanted if not all(w.specifier.contains(v) for v in pinned.get(canonical(w.name), ["0"]))]


def test_every_dependency_is_locked_within_its_range():
    extras = [r for name in lock_tool.EVERYONE for r in PROJECT["optional-dependencies"][name]]
    assert missing(PROJECT["dependencies"] + extras, LOCK) == []


def test_peers_are_locked_for_benches_alone_with_the_same_versions_of_all_else():
    peers = PROJECT["optional-dependencies"]["peers"]
    assert missing(peers, PEERS) == []
    assert all(set(v) <= set(versions(PEERS)[name]) for name, v in versions(LOCK).items())
    assert not {"jionlp", "cpca", "cn2an", "recordlinkage", "splink"} & set(versions(LOCK))


def test_batch_lock_is_the_base_with_the_same_versions():
    assert missing(PROJECT["dependencies"], BATCH) == []
    assert all(set(v) <= set(versions(LOCK)[name]) for name, v in versions(BATCH).items())
    assert "jupyterlab" not in versions(BATCH)


def test_environment_file_installs_the_lock_and_the_project():
    assert (ROOT / "environment.yml").read_text() == lock_tool.environment(LOCK)
    assert yaml.safe_load(lock_tool.environment(LOCK))["dependencies"][-1]["pip"][-1] == "-e ."


@pytest.mark.parametrize(
    "name", ["requirements.lock", "requirements-batch.lock", "requirements-peers.lock", "environment.yml"]
)
def test_locks_name_no_host(name):
    assert not re.search(r"https?://|--index-url|--find-links", (ROOT / name).read_text())


def test_every_pin_carries_a_hash():
    blocks = re.split(r"\n(?=[A-Za-z0-9])", LOCK.strip())
    assert [b.split()[0] for b in blocks if "--hash=sha256:" not in b] == []
