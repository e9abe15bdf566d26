from datetime import date

import pytest

from casebook.errors import SourceError
from casebook.intake.sources import Database, inside, load

WHOLE = """
set: qinghe
as_of: 2026-03-31
division: '900001'
synthetic: true
sources:
  payments:
    files: [civil/p_1.xls, civil/p_2.xls]
    obtained: 2026-03-20
    by: 调取证据通知书
"""
ENTRY = "{obtained: 2026-03-20, by: x, "
DATABASE = f"set: s\nas_of: 2026-03-31\nsources:\n  a: {ENTRY}database: {{url_env: CASE_DB, table: pay}}}}\n"


@pytest.fixture
def written(tmp_path):
    def write(text):
        path = tmp_path / "sources.yml"
        path.write_text(text, encoding="utf-8")
        return load(path)

    return write


def test_a_set_says_what_when_and_by_which_instrument(written, tmp_path):
    chosen = written(WHOLE)
    assert (chosen.set, chosen.as_of, chosen.division, chosen.synthetic) == (
        "qinghe", date(2026, 3, 31), "900001", True,
    )  # fmt: skip
    assert chosen.files("payments") == [tmp_path / "civil/p_1.xls", tmp_path / "civil/p_2.xls"]
    assert (chosen.sources["payments"].obtained, chosen.sources["payments"].by) == (date(2026, 3, 20), "调取证据通知书")


def test_a_database_is_kept_in_the_set_by_the_name_of_its_address_and_has_no_files(written):
    chosen = written(DATABASE)
    assert chosen.sources["a"].database == Database("CASE_DB", "pay")
    assert chosen.files("a") == []


def test_the_address_of_a_database_may_be_in_a_file_beside_the_set(written, tmp_path):
    chosen = written(DATABASE.replace("url_env: CASE_DB", "url_file: secret/db.url"))
    database = chosen.sources["a"].database
    assert database == Database("", "pay", tmp_path / "secret/db.url")
    assert (database.kept_in, Database("CASE_DB", "pay").kept_in) == ("url_file db.url", "url_env CASE_DB")


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("url_env: 'postgresql://u:geheim@h/d'", "database.url_here"),
        ("url_file: 'mysql://u:geheim@h/d'", "database.url_here"),
        ("url: geheim", "database.url_here"),
        ("'postgresql://u:geheim@h/d': 1, url_env: A", "database.url_here"),
        ("url_env: A, url_file: b", "database.one_address"),
        ("", "database.one_address"),
        ("url_env: geheim geheim", "database.variable"),
        ("url_env: u:geheim@h", "database.variable"),
    ],
)
def test_an_address_in_the_set_itself_is_refused_and_not_repeated(written, said, code):
    with pytest.raises(SourceError, match=r"^sources\.yml: a\.database") as caught:
        written(DATABASE.replace("url_env: CASE_DB, table", f"{said}, table" if said else "table"))
    assert caught.value.code == code
    assert "geheim" not in caught.value.zh + caught.value.en


def test_the_file_of_an_address_stays_in_the_project(written):
    with pytest.raises(SourceError, match="leads out of the project"):
        written(DATABASE.replace("url_env: CASE_DB", "url_file: ../db.url"))


def test_a_contract_without_source_is_named(written):
    with pytest.raises(SourceError, match="no source for deaths; it has payments"):
        written(WHOLE).files("deaths")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("set: qinghe", "sett: qinghe", "unknown keys sett"),
        ("set: qinghe", "set: ''", "needs set"),
        ("as_of: 2026-03-31", "as_of: 31.3.2026", "as_of must be a day"),
        ("synthetic: true", "synthetic: yes", "true or false"),
        ("files: [civil/p_1.xls, civil/p_2.xls]", "files: []", "at least one"),
        ("files: [civil/p_1.xls, civil/p_2.xls]", "files: civil", "a list of paths"),
        ("    files: [civil/p_1.xls, civil/p_2.xls]\n", "", "either files or database"),
        ("    by: 调取证据通知书\n", "", "payments needs by"),
        ("  payments:", "  payments: 1\n  x:", "payments must hold keys"),
    ],
)
def test_what_is_wrong_in_a_set_is_said(written, old, new, said):
    with pytest.raises(SourceError, match=said):
        written(WHOLE.replace(old, new))


@pytest.mark.parametrize(
    "name", ["/etc/passwd", "C:\\x", "c:x", "a\\b", "a\x00b", "../x", "a/../../x", "．．/x", "a／b", "", "link/x"]
)
def test_a_path_that_leads_out_is_refused(tmp_path, name):
    (tmp_path / "set").mkdir()
    (tmp_path / "set" / "link").symlink_to(tmp_path)
    with pytest.raises(SourceError, match=r"must be relative|leads out"):
        inside(tmp_path / "set", name)


def test_inside_a_project_a_path_may_climb_to_its_root_and_no_further(tmp_path):
    folder = tmp_path / "project" / "parameters" / "sources"
    folder.mkdir(parents=True)
    (tmp_path / "project" / "data_contracts").mkdir()
    assert inside(folder, "../../tests/a.csv").resolve() == tmp_path / "project/tests/a.csv"
    with pytest.raises(SourceError, match="leads out of the project"):
        inside(folder, "../../../a.csv")
