"""The manifest lists every file with size and hash; the marker comes last."""

import hashlib
import json
import os

import pytest

from casebook.bundle import manifest
from casebook.errors import BundleError


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "work"
    made.mkdir()
    (made / "run.json").write_text('{"scenario": "甲", "files": "forged", "casebook": "forged"}', encoding="utf-8")
    (made / "ledger.json").write_text('{"bins": {"lead": 1}}')
    (made / "leads.xlsx").write_bytes(b"\x00\xff")
    return made


def test_every_file_is_listed_with_size_and_hash(folder):
    manifest.write(folder, {})
    listed = {f["path"]: (f["size"], f["sha256"]) for f in json.loads((folder / "manifest.json").read_text())["files"]}
    contents = {name: (folder / name).read_bytes() for name in ("run.json", "ledger.json", "leads.xlsx")}
    assert listed == {name: (len(c), hashlib.sha256(c).hexdigest()) for name, c in contents.items()}


def test_facts_of_the_run_cannot_forge_the_manifests_own(folder):
    manifest.write(folder, {"notebook_sha256": "ab"})
    said = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert (said["scenario"], said["notebook_sha256"], said["bins"]) == ("甲", "ab", {"lead": 1})
    assert "forged" not in (said["casebook"], said["files"])


def test_same_files_give_the_same_manifest(folder):
    manifest.write(folder, {})
    first = (folder / "manifest.json").read_bytes()
    manifest.write(folder, {})
    assert (folder / "manifest.json").read_bytes() == first


def test_marker_is_written_after_all_else(folder, monkeypatch):
    there = []
    monkeypatch.setattr(manifest, "force", lambda path: there.append((path.name, (folder / "COMPLETE").exists())))
    manifest.write(folder, {})
    before = {name for name, is_marked in there if not is_marked}
    assert before == {"run.json", "ledger.json", "leads.xlsx", "manifest.json", "work"}
    assert there[-2:] == [("COMPLETE", True), ("work", True)]


@pytest.mark.parametrize("odd", ["link", "folder", "fifo"])
def test_anything_but_a_plain_file_is_refused(folder, odd):
    {
        "link": lambda: (folder / "x").symlink_to(folder / "run.json"),
        "folder": (folder / "x").mkdir,
        "fifo": lambda: os.mkfifo(folder / "x"),
    }[odd]()
    with pytest.raises(BundleError, match="a bundle holds plain files only"):
        manifest.write(folder, {})
    assert not (folder / "COMPLETE").exists()
