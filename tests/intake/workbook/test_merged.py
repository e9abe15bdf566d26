import polars as pl
import pytest

from casebook.intake.workbook.merged import Downwards


def filled(cells, merges, start, batch):
    """Texts of one column after filling, cut into batches of so many rows."""
    down, found = Downwards(merges, start), []
    for first in range(0, len(cells), batch):
        frame = pl.DataFrame({"f0": cells[first : first + batch]}, schema={"f0": pl.String})
        found += down.fill(frame, first)["f0"].to_list()
    return found


@pytest.mark.parametrize("batch", [1, 2, 3, 4, 100])
def test_a_merge_repeats_its_value_whatever_the_batches(batch):
    cells = ["乡镇", "甲", None, None, "x", "乙", "盖住", None, None, "y"]
    merges = [(1, 0, 3, 0), (5, 0, 7, 0)]
    assert filled(cells, merges, 1, batch) == ["乡镇", "甲", "甲", "甲", "x", "乙", "乙", "乙", None, "y"]


@pytest.mark.parametrize("batch", [1, 2, 100])
def test_a_blank_merge_and_merges_of_headers_or_columns_repeat_nothing(batch):
    cells = ["乡镇", None, None, "甲", None, "乙", None]
    merges = [(0, 0, 1, 0), (2, 0, 2, 0), (3, 0, 4, 1), (5, 0, 6, 0)]
    assert filled(cells, merges, 2, batch) == ["乡镇", None, None, "甲", None, "乙", "乙"]
    assert filled([None, None, "x"], [(0, 0, 1, 0)], 0, batch) == [None, None, "x"]


def test_a_merge_that_reaches_below_the_sheet_ends_with_it():
    assert filled(["甲", None], [(0, 0, 1_048_575, 0)], 0, 100) == ["甲", "甲"]
