"""Bundles appear and disappear by rename, and nothing that was whole is lost."""

import os
import signal
import subprocess
import sys

import pytest

from casebook.bundle import run_folder
from casebook.errors import BundleError


@pytest.fixture
def make_bundle(tmp_path):
    """A work folder that holds what a whole bundle needs, told apart by its text."""

    def make(text, is_complete=True):
        work = run_folder.work_folder(tmp_path, "model")
        (work / "manifest.json").write_text(text)
        if is_complete:
            (work / "COMPLETE").touch()
        return work

    return make


def superseded(tmp_path):
    return sorted(p.read_text() for p in tmp_path.glob("superseded/*/manifest.json"))


def test_bundle_takes_its_name_and_is_private(make_bundle, tmp_path):
    run_folder.publish(make_bundle("a"), tmp_path / "model")
    assert [p.name for p in tmp_path.iterdir()] == ["model"]
    assert (tmp_path / "model").stat().st_mode & 0o077 == 0


def test_folder_without_marker_is_never_published(make_bundle, tmp_path):
    with pytest.raises(BundleError, match="not whole, it has no COMPLETE"):
        run_folder.publish(make_bundle("a", is_complete=False), tmp_path / "model")
    assert not (tmp_path / "model").exists()


def test_replaced_bundles_are_set_aside_once_each(make_bundle, tmp_path):
    for text in ("a", "b", "a", "a", "c"):
        run_folder.publish(make_bundle(text), tmp_path / "model")
    assert (tmp_path / "model" / "manifest.json").read_text() == "c"
    assert superseded(tmp_path) == ["a", "b"]


def test_nothing_to_set_aside(tmp_path):
    assert run_folder.set_aside(tmp_path / "model") is None
    assert list(tmp_path.iterdir()) == []


def test_link_in_a_bundles_place_is_not_followed(tmp_path, make_bundle):
    other = tmp_path / "other"
    other.mkdir()
    (tmp_path / "model").symlink_to(other)
    assert run_folder.set_aside(tmp_path / "model") is None
    assert other.is_dir()


def test_left_overs_go_and_others_stay(tmp_path):
    for name in (".work-model-x", "model", ".git"):
        (tmp_path / name).mkdir()
    with run_folder.alone(tmp_path):
        assert sorted(p.name for p in tmp_path.iterdir()) == [".git", "model"]


def test_second_batch_is_refused_and_takes_nothing(tmp_path, make_bundle):
    with run_folder.alone(tmp_path):
        work = make_bundle("a")
        with pytest.raises(BundleError, match="another batch is running"), run_folder.alone(tmp_path):
            pass
        assert work.is_dir()
    with run_folder.alone(tmp_path):
        assert not work.exists()


HOLD = """
import sys, time
from pathlib import Path
from casebook.bundle import run_folder
with run_folder.alone(Path(sys.argv[1])):
    run_folder.work_folder(Path(sys.argv[1]), "model")
    print("held", flush=True)
    time.sleep(60)
"""


def test_killed_batch_leaves_the_folder_free(tmp_path):
    with subprocess.Popen([sys.executable, "-c", HOLD, str(tmp_path)], stdout=subprocess.PIPE) as holder:
        assert holder.stdout.readline() == b"held\n"
        os.kill(holder.pid, signal.SIGKILL)
    assert len(list(tmp_path.glob(".work-*"))) == 1
    with run_folder.alone(tmp_path):
        assert list(tmp_path.iterdir()) == []
