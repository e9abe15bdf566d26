import hashlib
import os
import zipfile

import pytest

from casebook.errors import SourceError
from casebook.intake.files import admit


@pytest.fixture
def store(tmp_path):
    folder = tmp_path / "store"
    folder.mkdir()
    return folder


def test_the_digest_is_of_the_copy_that_is_parsed(tmp_path, store):
    path = tmp_path / "a.csv"
    path.write_bytes(b"a,b\n1,2\n")
    admitted = admit(path, store)
    path.write_bytes(b"changed")
    assert admitted.sha256 == hashlib.sha256(admitted.copy.read_bytes()).hexdigest()
    assert (admitted.name, admitted.size, admitted.shape) == ("a.csv", 8, "text")


def test_links_pipes_folders_and_missing_files_are_refused(tmp_path, store):
    (tmp_path / "real.csv").write_bytes(b"x")
    (tmp_path / "link.csv").symlink_to(tmp_path / "real.csv")
    os.mkfifo(tmp_path / "pipe.csv")
    for name, said in (
        ("link.csv", "symbolic link"), ("pipe.csv", "no regular file"), ("store", "no regular file"), ("none", "cannot be opened"),
    ):  # fmt: skip
        with pytest.raises(SourceError, match=said):
            admit(tmp_path / name, store)


def archive(path, parts):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, content in parts.items():
            zipped.writestr(name, content)


def test_an_archive_that_is_no_workbook_is_refused(tmp_path, store):
    archive(tmp_path / "a.xlsx", {"readme.txt": "x"})
    with pytest.raises(SourceError, match="an archive, not a workbook"):
        admit(tmp_path / "a.xlsx", store)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PAR1....", "Parquet"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"  \n<TABLE>", "HTML"),
        (b"\xef\xbb\xbf<?xml", "HTML or XML"),
    ],
)
def test_other_kinds_are_named(tmp_path, store, content, said):
    (tmp_path / "a.xls").write_bytes(content)
    with pytest.raises(SourceError, match=said):
        admit(tmp_path / "a.xls", store)
