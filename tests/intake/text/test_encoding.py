import pytest

from casebook.errors import SourceError
from casebook.intake.text import pieces as textpieces
from casebook.intake.text.encoding import by_level_1_share, transcode

SENTENCE = "姓名,地址\r\n王小明,台北市中山區\r\n"
SIMPLE = "姓名,地址\r\n王小明,云州市青禾区\r\n"


@pytest.fixture
def decode(tmp_path):
    def run(content):
        (tmp_path / "in").write_bytes(content)
        decoded = transcode(tmp_path / "in", tmp_path / "out", "a.csv")
        return decoded, decoded.path.read_bytes().decode("utf-8", "replace").removeprefix("\ufeff")

    return run


@pytest.mark.parametrize(
    ("text", "codec", "encoding"),
    [
        (SIMPLE, "utf-8", "utf-8"),
        (SIMPLE, "utf-8-sig", "utf-8"),
        (SIMPLE, "gb18030", "gb18030"),
        (SENTENCE, "big5", "big5"),
        (SIMPLE, "utf-16", "utf-16-le"),
        ("id,n\r\n1,2\r\n", "ascii", "utf-8"),
        ("𬭎,㙍\r\n", "gb18030", "gb18030"),
    ],
)
def test_the_encoding_is_told_by_content(decode, text, codec, encoding):
    decoded, out = decode(text.encode(codec))
    assert (decoded.encoding, decoded.line_end, out) == (encoding, "crlf", text)


def test_everyday_characters_decide_between_gb18030_and_big5():
    assert by_level_1_share(SIMPLE.encode("gb18030"))[0] == "gb18030"
    assert by_level_1_share(SENTENCE.encode("big5"))[0] == "big5"


def test_blocks_may_cut_a_character_or_a_line_end(decode, monkeypatch):
    monkeypatch.setattr("casebook.intake.text.blocks.read.__defaults__", (3,))
    decoded, out = decode(SIMPLE.encode("gb18030"))
    assert out == SIMPLE
    assert decoded.line_end == "crlf"


@pytest.mark.parametrize(
    ("content", "kind", "lines"),
    [(b"a\rb\rc", "cr", 3), (b"a\r\nb\nc", "mixed", 3), (b"a\rb\nc", "lf", 2), (b"a", "lf", 1)],
)
def test_a_lone_carriage_return_ends_lines_only_without_line_feeds(decode, content, kind, lines):
    decoded, _ = decode(content)
    pieces = textpieces.of_file(decoded.path, "a.csv")
    assert (decoded.line_end, decoded.rows, sum(piece.lines.count for piece in pieces)) == (kind, lines, lines)


def test_bad_lines_are_named_and_many_bad_lines_refuse_the_file(decode):
    good = "好\n".encode("gb18030")
    decoded, out = decode(good * 200 + b"\xff\xff\n" + good)
    assert (decoded.bad_lines, decoded.lost) == ([201], 2)
    assert out.splitlines()[200] == "\ufffd\ufffd"
    with pytest.raises(SourceError, match="no known encoding"):
        decode(good * 10 + b"\xff\xff\n" * 5)


def test_utf_16_cut_in_the_middle_is_refused(decode):
    with pytest.raises(SourceError, match="UTF-16"):
        decode("姓名".encode("utf-16")[:-1])


def test_nul_and_quotes_are_reported(decode):
    decoded, _ = decode(b'a\x00,"b"\n')
    assert (decoded.has_nul, decoded.has_quote) == (True, True)


LINE = "王小明,台北市中山區\n"
FILLER = "1234567,abc\n"


@pytest.mark.parametrize("codec", ["gb18030", "big5"])
@pytest.mark.parametrize(("before", "after"), [(60_000, 0), (30_000, 30_000), (0, 60_000), (10_000, 50_000)])
def test_the_whole_file_is_looked_at_and_not_only_its_head(decode, codec, before, after):
    line = LINE if codec == "big5" else "王小明,云州市青禾区\n"
    text = FILLER * before + line * 5_000 + FILLER * after
    decoded, out = decode(text.encode(codec))
    assert (decoded.encoding, decoded.bad_lines, out) == (codec, [], text)


@pytest.mark.parametrize("at", [0, 7_000, 19_999])
def test_utf_8_with_a_bad_line_is_no_gb18030(decode, at):
    lines = ["王小明,云州市青禾区".encode()] * 20_000
    lines[at] = "王小明".encode("gb18030")
    decoded, _ = decode(b"\n".join(lines))
    assert (decoded.encoding, decoded.bad_lines) == ("utf-8", [at + 1])


def test_a_bad_line_of_gb18030_is_not_read_as_big5(decode):
    decoded, _ = decode(("云州市青禾区\n" * 200).encode("gb18030") + b"\xff\n")
    assert (decoded.encoding, decoded.bad_lines) == ("gb18030", [201])


def test_what_a_reader_should_know_is_counted(decode):
    decoded, _ = decode("a\n\ufeffb\n\ue000\n\x1a".encode())
    assert (decoded.rows, decoded.marks, decoded.private, decoded.has_dos_end) == (3, [2], [3], True)
