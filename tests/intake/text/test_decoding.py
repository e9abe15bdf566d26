import pytest

from casebook.intake.text import decoding
from casebook.intake.text.decoding import Text


@pytest.mark.parametrize(
    ("block", "encoding", "told"),
    [
        ("张\n三\n".encode(), "utf-8", Text("张\n三\n".encode())),
        ("张\n三".encode("gb18030"), "gb18030", Text("张\n三".encode())),
        ("恒裏粧".encode("cp950"), "big5", Text("恒裏粧".encode())),
        (b"a\n\xff\xffb\n", "gb18030", Text("a\n��b\n".encode(), bad=(1,), lost=2)),
        (b"a\n\xe5\x9b\nb", "utf-8", Text("a\n�\nb".encode(), bad=(1,), lost=2)),
        (b"\xef\xbb\xbfa\nb\n\xef\xbb\xbfc\n", "utf-8", Text(b"a\nb\nc\n", marks=(0, 2))),
        ("a\ufeff\n".encode(), "utf-8", Text("a\ufeff\n".encode())),
        (b"\xfe\x59\n", "gb18030", Text("龴\n".encode(), settled=1)),
    ],
)
def test_lines_become_utf_8_and_what_is_no_text_is_told(block, encoding, told):
    assert decoding.text(block, encoding) == told


def test_only_a_strict_reading_is_text():
    assert decoding.is_text("张三".encode("gb18030"), "gb18030")
    assert not decoding.is_text("张三".encode("gb18030")[:-1], "gb18030")
    assert decoding.strict(b"\xff", "gb18030") is None
    assert decoding.lost_places(b"\xff,\xff", "utf-8") == 2


@pytest.mark.parametrize(
    ("text", "lines"),
    [("张\n\ue000\n三\uefff", (1, 2)), ("\uf000\n\uf8ff\n", (0, 1)), ("，\n\ufeff\n\uf900\n\ufffd", ()), ("", ())],
)
def test_lines_with_private_use_characters_are_told(text, lines):
    assert decoding.private_lines(text.encode()) == lines
