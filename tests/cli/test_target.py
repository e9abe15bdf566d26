"""Where a command may write, and that it writes whole or not at all."""

import os
import stat

import pytest
import typer

from casebook.cli import target

FULL = "no space"


def test_a_new_file_is_written_for_its_owner_only(tmp_path):
    out = tmp_path / "pairs.csv"
    assert target.check(out, ()) is False
    target.write(out, lambda file: file.write(b"a"))
    assert out.read_bytes() == b"a"
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [out]


def test_an_older_file_is_replaced_and_told(tmp_path):
    out = tmp_path / "pairs.csv"
    out.write_bytes(b"old")
    assert target.check(out, ()) is True
    target.write(out, lambda file: file.write(b"new"))
    assert out.read_bytes() == b"new"


def test_a_failure_leaves_the_older_file_and_nothing_else(tmp_path):
    out = tmp_path / "pairs.csv"
    out.write_bytes(b"old")

    def fail(file):
        file.write(b"half")
        raise OSError(FULL)

    with pytest.raises(OSError, match=FULL):
        target.write(out, fail)
    assert out.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [out]


@pytest.fixture
def refused(tmp_path, capsys):
    """The sentence with which a target is refused."""
    source = tmp_path / "left.csv"
    source.write_bytes(b"a\n1\n")

    def said(out):
        with pytest.raises(typer.Exit) as caught:
            target.check(out, (source,))
        assert caught.value.exit_code == 2
        assert source.read_bytes() == b"a\n1\n"
        return capsys.readouterr().err

    return said


def test_no_folder_pipe_or_missing_parent(refused, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    assert "no regular file" in refused(tmp_path / "pipe")
    assert "no regular file" in refused(tmp_path)
    assert "does not exist" in refused(tmp_path / "none" / "pairs.csv")


@pytest.mark.parametrize("lead_to", ["left.csv", "nowhere", "pipe"])
def test_no_link(refused, tmp_path, lead_to):
    (tmp_path / "out").symlink_to(tmp_path / lead_to)
    assert "is a link" in refused(tmp_path / "out")


def test_no_input_under_another_name(refused, tmp_path):
    (tmp_path / "again.csv").hardlink_to(tmp_path / "left.csv")
    assert "would overwrite" in refused(tmp_path / "again.csv")
    assert "would overwrite" in refused(tmp_path / "left.csv")
