import csv
import io
import stat

import pytest

from casebook.intake.database import snapshot


@pytest.mark.parametrize("fields", [["张三", "a,b", 'x"y"', "l\nm", "r\rs", ""], ["\\.", "\x00", " ", "\t"], ["", ""]])
def test_a_line_is_read_back_by_any_csv_reader(fields):
    assert next(csv.reader(io.StringIO(snapshot.line(fields), newline=""))) == fields


def test_no_value_and_an_empty_text_differ():
    assert snapshot.line([None, "", None]) == ',"",\n'


def test_names_of_files_are_plain_short_and_differ_as_the_tables_do():
    tables = ["civil.pay", "../../etc/passwd", "a/b", "a%2Fb", "x\ny", "表" * 60, "表" * 61, ".", "a" * 300]
    names = [snapshot.name(table) for table in tables]
    assert len(set(names)) == len(names)
    assert all(len(name.encode()) < 255 and "/" not in name and name.endswith(".csv") for name in names)


def test_a_file_that_cannot_be_finished_does_not_appear_and_the_older_stays(tmp_path):
    def broken():
        yield b"half"
        raise OSError

    path = snapshot.write(tmp_path / "a" / "pay.csv", [b"whole"])
    with pytest.raises(OSError):  # noqa: PT011
        snapshot.write(path, broken())
    assert [(found.name, found.read_bytes()) for found in path.parent.iterdir()] == [("pay.csv", b"whole")]
    assert (stat.S_IMODE(path.stat().st_mode), stat.S_IMODE(path.parent.stat().st_mode)) == (0o600, 0o700)
