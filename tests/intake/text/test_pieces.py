import io

import pytest

from casebook.errors import SourceError
from casebook.intake.text import blocks as textblocks
from casebook.intake.text import pieces as textpieces


@pytest.fixture
def lines(monkeypatch):
    """All lines of a text, read in blocks of so many bytes, and the encoding told last."""

    def read(content, block=1 << 20):
        monkeypatch.setattr(textpieces, "STREAM_BLOCK", block)
        found = list(textpieces.of_stream(io.BytesIO(content), "t.csv"))
        told = [line for piece in found for line in textpieces.numbered(piece.lines, 10_000)]
        return told, found[-1].encoding

    return read


@pytest.mark.parametrize("block", [7, 64, 1 << 20])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le", "utf-16-be"])
def test_lines_are_the_same_however_blocks_fall(lines, encoding, block):
    text = "姓名,村\r\n" + "李明,柳湾镇小王庄村\n" * 40 + "王芳,\n"
    mark = "\ufeff" if encoding.startswith("utf-16") else ""
    read, _ = lines((mark + text).encode(encoding), block)
    assert read == list(enumerate(text.splitlines(), 1))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"a\nb\n", "ascii"),
        ("a\n李明\n".encode(), "utf-8"),
        ("\ufeffa\n".encode(), "utf-8"),
        ("a\n李明在柳湾镇\n".encode("gb18030"), "gb18030"),
        ("a\n李明的國家與學校\n".encode("big5"), "big5"),
    ],
)
def test_the_encoding_is_told(lines, content, said):
    assert lines(content)[1] == said


def test_the_bytes_read_add_up():
    content = ("姓名\r\n" + "李明\n" * 10).encode()
    assert sum(piece.size for piece in textpieces.of_stream(io.BytesIO(content), "t")) == len(content)


def test_the_encoding_is_decided_by_the_first_piece_beyond_ascii(lines):
    read, said = lines(b"id\n" + b"1234567\n" * 50 + "中文的名字\n".encode("gb18030"), 64)
    assert (read[-1], said) == ((52, "中文的名字"), "gb18030")


@pytest.mark.parametrize(
    ("content", "read"),
    [
        (b"a\rb\rc\r", ["a", "b", "c"]),
        (b"a\n\n\nb", ["a", "", "", "b"]),
        (b"a\nx\ry\n", ["a", "x\ry"]),
        (b"a\nxxxxxxxx\x00y\n", ["a", "xxxxxxxx\x00y"]),
        (b"a\n\n", ["a", ""]),
    ],
)
def test_ends_of_lines(lines, content, read):
    assert [line for _, line in lines(content)[0]] == read


def test_a_line_that_is_no_text_is_named():
    (piece,) = textpieces.of_stream(io.BytesIO("名\n".encode() + b"\xff\n" + b"a\n" * 200), "t.csv")
    assert (piece.lines.bad, textpieces.numbered(piece.lines, 2)[1]) == ((2,), (2, "�"))


def test_a_cut_character_at_the_end_makes_no_other_encoding():
    whole, last = textpieces.of_stream(io.BytesIO("姓名\n张三\n李四".encode()[:-1]), "t.csv")
    assert (whole.encoding, textpieces.numbered(whole.lines, 9)) == ("utf-8", [(1, "姓名"), (2, "张三")])
    assert (last.lines.bad, textpieces.numbered(last.lines, 9)) == ((3,), [(3, "李�")])


def test_another_encoding_further_on_is_refused_with_its_row(lines):
    with pytest.raises(SourceError, match="from row 21 on is not the utf-8 text it began as"):
        lines(("李明\n" * 20).encode() + ("王芳\n" * 100).encode("gb18030"), 70)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "t.csv is empty"),
        (b"PK\x03\x04\x00\x00\x00\x00\x00\x00", "t.csv is binary data"),
        ("\ufeff李明".encode("utf-16-le")[:-1], "begins as UTF-16"),
    ],
)
def test_no_text_is_refused(lines, content, told):
    with pytest.raises(SourceError, match=told):
        lines(content)


def test_a_line_without_end_is_refused(lines, monkeypatch):
    monkeypatch.setattr(textblocks, "LONGEST_LINE", 100)
    with pytest.raises(SourceError, match="a line of more than"):
        lines(b"a" * 1000, 64)
