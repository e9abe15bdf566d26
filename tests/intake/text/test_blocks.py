import io

import pytest

from casebook.errors import SourceError
from casebook.intake.text import blocks as textblocks


def blocks(content, size=1 << 20):
    return list(textblocks.read(io.BytesIO(content), "t.csv", size))


@pytest.mark.parametrize("size", [1, 3, 7, 1 << 20])
@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_blocks_are_cut_at_line_ends_and_add_up(size, end):
    content = end.join([b"ab", b"", b"cdefgh", b"i"])
    found = blocks(content, size)
    assert b"".join(block.data for block in found) == content
    assert all(block.data.endswith(b"\n") for block in found[:-1])
    assert sum(block.size for block in found) == len(content)


@pytest.mark.parametrize("size", [8, 9, 10, 11, 12, 1 << 20])
def test_carriage_returns_end_lines_where_they_outnumber_line_feeds(size):
    content = b'a\rb\rc\r"d\ne"\rf\r\ng\rh\r'
    assert b"".join(block.data for block in blocks(content, size)) == b'a\nb\nc\n"d\ne"\nf\ng\nh\n'
    assert {block.ends_by_cr for block in blocks(content, size)} == {True}


@pytest.mark.parametrize("content", [b"a\rb\nc\n", b'"a\rb\rc\rd"\ne\n', b'"a\r\rb\r', b"a\r"])
def test_carriage_returns_in_cells_end_no_line(content):
    assert b"".join(block.data for block in blocks(content)) == content


def test_line_ends_converted_twice_are_turned_back():
    assert [(block.data, block.size) for block in blocks(b"a\r\r\nb\r\r\n")] == [(b"a\r\nb\r\n", 8)]


@pytest.mark.parametrize(
    ("content", "data", "is_told"),
    [
        (b"a\nb\x1a", b"a\nb", True),
        (b"a\nb\n\x1a", b"a\nb\n", True),
        (b"a\nb\n\x1a\x1a\x00\x00\r\n", b"a\nb\n", True),
        (b"a\x1ab\n", b"a\x1ab\n", False),
    ],
)
@pytest.mark.parametrize("size", [1 << 20])
def test_the_mark_of_end_of_dos_programs_is_taken_off(content, data, is_told, size):
    found = blocks(content, size)
    assert b"".join(block.data for block in found) == data
    assert found[-1].has_dos_end == is_told


@pytest.mark.parametrize(
    ("start", "told"),
    [
        (b"\xef\xbb\xbfa", ("utf-8", 3)),
        (b"\xff\xfea\x00", ("utf-16-le", 2)),
        (b"\xfe\xff\x00a", ("utf-16-be", 2)),
        (b"a", ("", 0)),
    ],
)
def test_a_byte_order_mark_tells_the_encoding(start, told):
    assert textblocks.mark_of(start, "t") == told


def test_utf_32_is_refused_by_name():
    with pytest.raises(SourceError, match="UTF-32"):
        textblocks.mark_of("\ufeffa".encode("utf-32-le"), "t.csv")
