"""Where an address may be kept, and what a table may be called."""

import os

import pytest

from casebook.errors import SourceError
from casebook.intake.database import access
from casebook.intake.sources import Database

URL = "postgresql://u:geheim@h/d"


@pytest.fixture
def kept(tmp_path):
    """A file of mode 0600 that holds the text."""

    def keep(text=URL, mode=0o600):
        path = tmp_path / "db.url"
        path.write_text(text, encoding="utf-8")
        path.chmod(mode)
        return Database("", "pay", path)

    return keep


def refused(database):
    with pytest.raises(SourceError) as caught:
        access.ask(database)
    assert "geheim" not in str(caught.value)
    return caught.value.code


def test_an_address_comes_from_the_environment_by_name(monkeypatch):
    monkeypatch.setenv("CASE_DB", URL)
    asked = access.ask(Database("CASE_DB", "civil.pay"))
    assert (asked.engine, asked.url, asked.names, asked.kept_in) == (
        "postgresql",
        URL,
        ("civil", "pay"),
        "url_env CASE_DB",
    )
    assert asked.place == "postgresql/civil.pay"


@pytest.mark.parametrize("text", [URL, f"{URL}\n", f" {URL} \n\n"])
def test_an_address_comes_from_a_file_of_ours(kept, text):
    assert access.ask(kept(text)).url == URL


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644, 0o610])
def test_a_file_that_others_may_touch_is_refused_with_its_mode(kept, mode):
    with pytest.raises(
        SourceError, match=f"^pay: url_file db.url has mode {mode:04o} or belongs to someone else"
    ) as caught:
        access.ask(kept(mode=mode))
    assert caught.value.code == "database.open_secret"


def test_a_file_that_only_we_may_read_is_enough(kept):
    assert access.ask(kept(mode=0o400)).url == URL


def test_a_file_of_somebody_else_is_refused(kept, monkeypatch):
    database = kept()
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    assert refused(database) == "database.open_secret"


def test_a_link_a_pipe_a_folder_and_nothing_are_no_file(kept, tmp_path):
    real = kept().url_file
    (tmp_path / "link").symlink_to(real)
    os.mkfifo(tmp_path / "pipe", 0o600)
    (tmp_path / "folder").mkdir(mode=0o700)
    codes = {refused(Database("", "pay", tmp_path / name)) for name in ("link", "pipe", "folder", "absent")}
    assert codes == {"database.no_address"}


@pytest.mark.parametrize("value", [None, "", "  "])
def test_a_variable_that_is_not_set_is_refused(monkeypatch, value):
    monkeypatch.delenv("CASE_DB", raising=False)
    if value is not None:
        monkeypatch.setenv("CASE_DB", value)
    assert refused(Database("CASE_DB", "pay")) == "database.no_address"


@pytest.mark.parametrize(
    "text",
    ["geheim", "sqlite:///geheim", "postgresql://", "mysql://u:geh eim@h", "mysql://u:geheim@h\nx"],
)
def test_what_is_no_address_is_refused_and_not_repeated(kept, text):
    assert refused(kept(text)) == "database.address"


@pytest.mark.parametrize("table", ["a.b.c", ".b", "a.", " . ", "a\x00b"])
def test_what_is_no_name_of_a_table_is_refused(kept, table):
    assert refused(Database("", table, kept().url_file)) == "database.table_name"
