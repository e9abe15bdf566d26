"""Parameter tables are typed by their column names."""

from datetime import date

import pytest

from casebook.case import standards
from casebook.errors import ParameterError

HEAD = "subsidy,yuan_per_month,valid_from,valid_to,weight\n"


def write(tmp_path, text):
    path = tmp_path / "standards.csv"
    path.write_text(HEAD + text, encoding="utf-8")
    return path


def test_yuan_become_fen_and_open_end_is_far(tmp_path):
    row = standards.load(write(tmp_path, "护理,150.5,2024-01-01,,0.9\n")).row(0, named=True)
    assert row == {"subsidy": "护理", "fen_per_month": 15050, "valid_from": date(2024, 1, 1),
                   "valid_to": date(9999, 12, 31), "weight": 0.9}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("护理,abc,2024-01-01,,1\n", "row 2: yuan_per_month must be an amount"),
        ("护理,1.001,2024-01-01,,1\n", "finer than a fen"),
        ("护理,1,2024-13-01,,1\n", "row 2: valid_from must be a date"),
        ("护理,1,,,1\n", "valid_from must be a date"),
    ],
)
def test_wrong_cell_names_file_row_and_column(tmp_path, text, sentence):
    with pytest.raises(ParameterError, match=sentence):
        standards.load(write(tmp_path, text))


def test_folder_without_tables_is_empty(tmp_path):
    assert standards.load_all(tmp_path) == {}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("护理,-1,2024-01-01,,1\n", "plain amount of 0 yuan or more"),
        ("护理,1e3,2024-01-01,,1\n", "plain amount"),
        ("护理,1,2025-01-01,2024-12-31,1\n", "row 2: valid_to lies before valid_from"),
        ("护理,1,2024-01-01,,1\n护理,2,2025-01-01,,1\n", "row 3: overlaps another row of the same key"),
        ("", "holds no row"),
    ],
)
def test_table_that_cannot_be_right_is_refused(tmp_path, text, sentence):
    with pytest.raises(ParameterError, match=sentence):
        standards.load(write(tmp_path, text))


def test_intervals_that_follow_each_other_stand(tmp_path):
    rows = "护理,1,2024-01-01,2024-12-31,1\n护理,2,2025-01-01,,1\n"
    assert standards.load(write(tmp_path, rows)).height == 2
