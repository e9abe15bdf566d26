import io
import struct
import zipfile
import zlib

import pytest

from casebook.errors import SourceError
from casebook.intake import zipped


def packed(parts, method=zipfile.ZIP_DEFLATED):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def forged(content, size):
    """The archive with another size of its first part in both headers."""
    data = bytearray(content)
    directory = data.index(b"PK\x01\x02")
    data[22:26] = data[directory + 24 : directory + 28] = struct.pack("<I", size)
    return bytes(data)


def overlapping():
    """Two names in the directory for one and the same place."""
    data = packed({"a": "x" * 100})
    directory, end = data.index(b"PK\x01\x02"), data.index(b"PK\x05\x06")
    entry = data[directory:end]
    other = entry.replace(b"a", b"b")
    tail = bytearray(data[end:])
    tail[8:12] = struct.pack("<HH", 2, 2)
    tail[12:16] = struct.pack("<I", 2 * len(entry))
    return data[:end] + other + bytes(tail)


def flagged(content, bit):
    data = bytearray(content)
    directory = data.index(b"PK\x01\x02")
    data[6] |= bit
    data[directory + 8] |= bit
    return bytes(data)


@pytest.fixture
def walked(tmp_path):
    def run(content):
        (tmp_path / "a.xlsx").write_bytes(content)
        seen = []
        names = zipped.walk(tmp_path / "a.xlsx", "a.xlsx", lambda name: seen.append if name == "a" else None)
        return names, b"".join(seen)

    return run


def code_of(walked, content):
    with pytest.raises(SourceError) as caught:
        walked(content)
    assert caught.value.file == "a.xlsx"
    return caught.value.code


def test_every_part_is_counted_and_the_watched_one_is_seen(walked):
    assert walked(packed({"a": "x" * 3_000_000, "b": "y"})) == (["a", "b"], b"x" * 3_000_000)


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED], ids=["stored", "deflated"])
def test_any_flipped_byte_of_a_part_is_a_refusal_or_changes_nothing(walked, method):
    text = "张三,371421199001011234\n" * 40
    sound = packed({"a": text}, method)
    start, end = 31, sound.index(b"PK\x01\x02")
    codes = []
    for at in range(start, end):
        try:
            assert walked(sound[:at] + bytes([sound[at] ^ 0x20]) + sound[at + 1 :]) == (["a"], text.encode())
        except SourceError as bad:
            codes.append(bad.code)
    assert set(codes) == {"zip.damaged"}
    assert len(codes) > (end - start) * 0.9


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (packed({"a": b"\0" * 80_000_000}), "zip.bomb"),
        (forged(packed({"a": b"\0" * 80_000_000}), 100), "zip.damaged"),
        (forged(packed({"a": "x" * 1000}), 5000), "zip.damaged"),
        (overlapping(), "zip.overlap"),
        (flagged(packed({"a": "x"}), 1), "workbook.encrypted"),
        (packed({"../a": "x"}), "zip.name"),
        (packed({"/a": "x"}), "zip.name"),
        (packed({"xl\\..\\a": "x"}), "zip.name"),
        (packed({"c:/a": "x"}), "zip.name"),
        (packed({f"p{n}": "" for n in range(2_001)}), "zip.bomb"),
        (packed({"a": "x" * 1000}, zipfile.ZIP_LZMA), "zip.method"),
        (packed({"a": "x"})[:-30], "zip.damaged"),
        (packed({"a": "x"}) + packed({"a": "y"}), "zip.overlap"),
        (b"MZ" + packed({"a": "x"}), "zip.overlap"),
    ],
    ids=[
        "ratio", "forged-smaller", "forged-larger", "overlap", "encrypted", "parent", "absolute", "parent-backslash", "drive",
        "parts", "lzma", "cut", "two-directories", "prefixed",
    ],
)  # fmt: skip
def test_what_is_no_honest_archive_is_refused(walked, content, code):
    assert code_of(walked, content) == code


def test_a_bomb_is_counted_and_not_believed(walked, monkeypatch):
    monkeypatch.setattr(zipped, "MAX_ENTRY_BYTES", 1_000_000)
    noise = zlib.compress(bytes(range(256)) * 20_000, 0)
    assert code_of(walked, packed({"a": noise}, zipfile.ZIP_STORED)) == "zip.bomb"
    monkeypatch.setattr(zipped, "MAX_ENTRY_BYTES", 10_000_000)
    monkeypatch.setattr(zipped, "MAX_TOTAL_BYTES", 7_000_000)
    assert code_of(walked, packed({"a": noise, "b": noise}, zipfile.ZIP_STORED)) == "zip.bomb"
    assert walked(packed({"a": noise}, zipfile.ZIP_STORED))[0] == ["a"]


def test_two_parts_of_one_name_are_refused(walked):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a", "x")
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("a", "y")
    assert code_of(walked, buffer.getvalue()) == "zip.overlap"
