from datetime import date, datetime, time, timedelta

import pytest

from casebook.intake.workbook.cell_text import cell_text, columns


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (371421199001011.0, "371421199001011"),
        (999999999999999, "999999999999999"),
        (3.71421199003074496e17, "3.71421199003074E+17"),
        (371421199003074518, "3.71421199003074E+17"),
        (-12.0, "-12"),
        (42538.29, "42538.29"),
        (0.1 + 0.2, "0.3"),
        (0.00001234, "0.00001234"),
        (date(2026, 3, 31), "2026-03-31"),
        (datetime(2026, 3, 31, 0, 0), "2026-03-31"),
        (datetime(2026, 3, 31, 8, 5), "2026-03-31 08:05:00"),
        (datetime(2026, 3, 31, 8, 5, 0, 250_000), "2026-03-31 08:05:00.250000"),
        (time(8, 5), "08:05:00"),
        (timedelta(days=1, hours=12, minutes=5), "36:05:00"),
        (-timedelta(hours=1), "-1:00:00"),
        (-0.0, "0"),
        (123456.789012345678, "123456.789012346"),
        (1e-7, "0.0000001"),
        (True, "TRUE"),
        (None, ""),
        ("007", "007"),
    ],
)
def test_a_cell_is_the_text_a_reader_sees(cell, text):
    assert cell_text(cell) == text


def test_a_column_of_many_kinds_is_text_cell_by_cell():
    rows = [("姓名", 1.0), ("", True), (date(2026, 3, 31), 1.0), (" ", 0.5)]
    assert [series.to_list() for series in columns(rows, 2, ["f0", "f1"])] == [
        ["姓名", None, "2026-03-31", None],
        ["1", "TRUE", "1", "0.5"],
    ]
