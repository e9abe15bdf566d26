import contextlib
import io
import re

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casebook.clean import cells
from casebook.errors import ColumnError, SourceError
from casebook.intake.text import pieces as textpieces


@pytest.fixture
def read(monkeypatch):
    """Cells and faults of a text, read in blocks of so many bytes."""

    def run(content, column=None, block=1 << 20):
        monkeypatch.setattr(textpieces, "STREAM_BLOCK", block)
        return pl.concat([b.frame for b in cells.batches(io.BytesIO(content), "t.csv", column)]).rows()

    return run


def test_one_row_for_each_record_blank_lines_included(read):
    assert read("金额\n1\n\n  \n2\n".encode()) == [("1", None), (None, None), ("  ", None), ("2", None)]


def test_titles_above_the_named_header_are_passed_over(read):
    content = "残疾人名单;;\n\n序号;姓名;村\n1;李明;东村\n"
    assert read(content.encode(), "姓名") == [("李明", None)]


@pytest.mark.parametrize("column", ["村(社区)", "村（社区）", " 村（社区） "])
def test_a_header_is_found_in_any_width(read, column):
    assert read("姓名,村（社区）\n李明,东村\n".encode(), column) == [("东村", None)]


def test_the_exact_header_is_taken_before_one_alike(read):
    assert read(b"id,ID\n1,2\n", "ID") == [("2", None)]


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_delimiters(read, delimiter):
    assert read(f"a{delimiter}b\n1{delimiter}2\n".encode(), "b") == [("2", None)]


def test_faults_of_rows(read):
    content = b'a,b\n1\n1,2,3\n"1,2\n1,2,,\n1,\x00\n'
    assert read(content, "a") == [
        ("1", "row.short"),
        ("1", "row.long"),
        ('"1', "quote.open"),
        ("1", None),
        ("1", "char.nul"),
    ]


def test_undecodable_rows_are_faulty(read):
    assert read("名\n李明\n".encode() + b"\xff\n")[1][1] == "char.encoding"


@pytest.mark.parametrize("block", [41, 300, 5000])
def test_quoted_line_feeds_across_blocks(read, block):
    lines = [f'{n},"x\ny{n}"' if n % 3 else f"{n},z" for n in range(1200)]
    content = "\n".join(["n,b", *lines]).encode()
    assert read(content, "b", block) == [(f"x\ny{n}" if n % 3 else "z", None) for n in range(1200)]


@given(st.lists(st.text(alphabet='a,"\n\r ;李', max_size=6), min_size=1, max_size=30), st.integers(20, 200))
@settings(max_examples=150, deadline=None)
def test_whatever_is_written_as_csv_comes_back(texts, block):
    frame = pl.DataFrame({"n": range(len(texts)), "raw": texts})
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(textpieces, "STREAM_BLOCK", block)
        found = list(cells.batches(io.BytesIO(frame.write_csv(quote_style="always").encode()), "t", "raw"))
    told = pl.concat([batch.frame for batch in found])
    assert told["raw"].fill_null("").to_list() == [re.sub(r"\r{1,2}\n", "\n", text) for text in texts]
    assert told["fault"].null_count() == len(texts)


@given(st.binary(max_size=300))
@settings(max_examples=150, deadline=None)
def test_whatever_comes_is_read_or_refused(content):
    heights = []
    with contextlib.suppress(SourceError):
        heights = [batch.frame.height for batch in cells.batches(io.BytesIO(b"x\n" + content), "t")]
    assert sum(heights) <= content.count(b"\n") + content.count(b"\r") + 1


def test_wrong_columns_are_told_with_the_headers_there_are(read):
    with pytest.raises(ColumnError, match="has 2 columns; name one: 姓名、村"):
        read("姓名,村\n李明,东村\n".encode())
    with pytest.raises(ColumnError, match="no column 名; it has 姓名、村"):
        read("姓名,村\n李明,东村\n".encode(), "名")


def test_a_header_twice_is_refused(read):
    with pytest.raises(SourceError, match="the column a more than once"):
        read(b"a,a\n1,2\n", "a")


@pytest.mark.parametrize("first", ["11010519491231002X", "2025-01-02", "1,234.5", "张三,13800001111"])
def test_data_in_place_of_a_header_is_never_shown(read, first):
    with pytest.raises(SourceError, match="looks like data") as caught:
        read(f"{first}\n{first}\n".encode())
    assert first[:4] not in str(caught.value)
