import hashlib
import os

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


def test_c2_a_link_or_pipe_has_its_code_and_never_makes_us_wait(tmp_path, store):
    (tmp_path / "link.csv").symlink_to("/etc/hostname")
    os.mkfifo(tmp_path / "pipe.csv")
    for name, code in (("link.csv", "file.link"), ("pipe.csv", "file.not_regular"), ("none.csv", "file.unopened")):
        with pytest.raises(SourceError) as caught:
            admit(tmp_path / name, store)
        assert (caught.value.code, caught.value.file) == (code, name)
    assert list(store.iterdir()) == []


def test_the_copy_is_for_its_owner_only(tmp_path, store):
    (tmp_path / "a.csv").write_bytes(b"a,b\n1,2\n")
    assert admit(tmp_path / "a.csv", store).copy.stat().st_mode & 0o777 == 0o600
