import hashlib
import io
import stat
import struct
import zipfile

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casebook import intake
from casebook.errors import SourceError
from casebook.intake import archive, files

TABLE = "姓名,身份证号,金额\n张三,1,2\n".encode()


def packed(parts, method=zipfile.ZIP_DEFLATED):
    """A zip of name (or ZipInfo) → content."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as pack:
        for name, content in parts.items():
            pack.writestr(name, content)
    return target.getvalue()


def renamed(content, raw):
    """The archive with the name 'NNNN…' written over by other bytes, and no flag that it is UTF-8."""
    return content.replace(b"N" * len(raw), raw)


@pytest.fixture
def members(tmp_path):
    """The files in an archive delivered as 外层.zip."""

    def run(content):
        path = tmp_path / "外层.zip"
        path.write_bytes(content)
        store = tmp_path / "store"
        store.mkdir(exist_ok=True)
        return archive.members(files.admit(path, store), store)

    return run


def test_each_file_is_admitted_under_its_own_digest(members):
    content = packed({"甲/b.csv": TABLE})
    (member,), notes = members(content)
    assert (member.name, member.size, member.shape) == ("外层.zip/甲/b.csv", len(TABLE), "text")
    assert member.sha256 == hashlib.sha256(TABLE).hexdigest() == member.copy.name
    assert member.copy.read_bytes() == TABLE
    assert stat.S_IMODE(member.copy.stat().st_mode) == 0o600
    assert [(note.code, note.file, note.items) for note in notes] == [
        ("archive.member", "外层.zip/甲/b.csv", (hashlib.sha256(content).hexdigest(),))
    ]


def test_files_come_by_name_2_before_10(members):
    found, _ = members(packed({f"表{number}.csv": TABLE + bytes([48 + number % 10]) for number in (10, 9, 2, 1)}))
    assert [member.name for member in found] == [f"外层.zip/表{number}.csv" for number in (1, 2, 9, 10)]


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("发放表.csv".encode("gbk"), "发放表.csv"),
        ("发放表.csv".encode(), "发放表.csv"),
        ("联通.csv".encode("gbk"), "联通.csv"),
        (b"\xff\xff.csv", "\xa0\xa0.csv"),
    ],
)
def test_names_without_the_flag_are_utf_8_or_gbk(members, raw, name):
    (member,), _ = members(renamed(packed({"N" * len(raw): TABLE}), raw))
    assert member.name == f"外层.zip/{name}"


def test_what_is_no_table_is_noted_and_litter_left_out(members):
    litter = ["__MACOSX/._a.csv", ".DS_Store", "甲/Thumbs.db", "~$a.xlsx"]
    others = {"公函.pdf": b"%PDF-1.7", "扫描.jpg": b"\xff\xd8\xff\xe0", "说明.docx": packed({"word/document.xml": "x"})}
    found, notes = members(packed({"a.csv": TABLE, "甲/": "", **dict.fromkeys(litter, "x"), **others}))
    assert [member.name for member in found] == ["外层.zip/a.csv"]
    assert {note.code: note.items for note in notes if note.code != "archive.member"} == {
        "archive.other_file": ("公函.pdf", "扫描.jpg", "说明.docx"),
        "archive.litter": tuple(sorted(litter)),
    }


def test_only_our_copies_of_the_tables_are_left(members, tmp_path):
    content = packed({"a.csv": TABLE, "公函.pdf": b"%PDF-1.7", ".DS_Store": "x"})
    members(content)
    digests = {hashlib.sha256(kept).hexdigest() for kept in (content, TABLE)}
    assert {path.name for path in (tmp_path / "store").iterdir()} == digests


def linked():
    info = zipfile.ZipInfo("a.csv")
    info.create_system, info.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    return info


@pytest.mark.parametrize(
    ("parts", "code", "file"),
    [
        ({"a.csv": TABLE, "b.zip": packed({"a.csv": TABLE})}, "archive.nested", "外层.zip/b.zip"),
        ({"a.csv": TABLE, "b.csv": ""}, "file.empty", "外层.zip/b.csv"),
        ({"a.csv": TABLE, "b.pkl": b"\x80\x04\x95"}, "kind.pickle", "外层.zip/b.pkl"),
        ({"a.csv": TABLE, "b.rar": b"Rar!\x1a\x07\x00"}, "kind.packed", "外层.zip/b.rar"),
        ({"公函.pdf": b"%PDF-1.7"}, "archive.empty", "外层.zip"),
        ({}, "archive.empty", "外层.zip"),
        ({linked(): "/etc/passwd"}, "archive.link", "外层.zip"),
    ],
)
def test_one_file_that_is_refused_refuses_the_archive(members, parts, code, file):
    with pytest.raises(SourceError) as caught:
        members(packed(parts))
    assert (caught.value.code, caught.value.file) == (code, file)


@pytest.mark.parametrize(
    "name",
    [
        "../a.csv",
        "甲/../../a.csv",
        "/a.csv",
        "C:a.csv",
        "Ｃ:/a.csv",
        "．．/a.csv",
        "甲／a.csv",
        "a\\b.csv",
        "a\u202ecsv.exe",
        "a\n.csv",
        "甲//a.csv",
        " /a",
    ],
)
def test_names_that_lead_out_or_mislead_are_refused(members, name):
    with pytest.raises(SourceError) as caught:
        members(packed({name: TABLE}))
    assert caught.value.code in {"archive.name", "zip.name"}
    assert name not in caught.value.en


@pytest.mark.parametrize("name", ["甲：乙．csv", "a…b.csv", "（1）.csv", "..a.csv", "C盘/a.csv"])
def test_odd_names_that_lead_nowhere_are_names(members, name):
    assert [member.name for member in members(packed({name: TABLE}))[0]] == [f"外层.zip/{name}"]


def test_a_bomb_leaves_nothing_behind(members, tmp_path, monkeypatch):
    monkeypatch.setattr("casebook.intake.zipped.RATIO_FREE_BYTES", 1024)
    with pytest.raises(SourceError) as caught:
        members(packed({"a.csv": TABLE, "b.csv": "0" * 5_000_000}))
    assert caught.value.code == "zip.bomb"
    assert len(list((tmp_path / "store").iterdir())) == 1


def test_an_encrypted_entry_is_refused(members):
    content = bytearray(packed({"a.csv": TABLE}, zipfile.ZIP_STORED))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.index(mark) + offset
        content[at : at + 2] = struct.pack("<H", 1)
    with pytest.raises(SourceError, match="password"):
        members(bytes(content))


def test_tables_of_every_shape_become_parts_of_one_dataset(tmp_path, contract):
    parquet = io.BytesIO()
    pl.DataFrame({"姓名": ["李四"], "身份证号": ["2"], "金额": ["3"]}).write_parquet(parquet)
    page = "<table><tr><td>姓名<td>身份证号<td>金额<tr><td>王五<td>3<td>4</table>".encode("gb18030")
    path = tmp_path / "外层.zip"
    path.write_bytes(packed({"1.csv": TABLE, "2.parquet": parquet.getvalue(), "3.xls": page}))
    dataset, _ = intake.read(contract, [path])
    assert dataset.frame.select("name", "part", "row").rows() == [("张三", 0, 2), ("李四", 1, 2), ("王五", 2, 2)]
    assert [part.file for part in dataset.parts] == [f"外层.zip/{name}" for name in ("1.csv", "2.parquet", "3.xls")]


WHOLE = packed({"a.csv": TABLE * 20, "b.csv": TABLE})


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    places=st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 255)), min_size=1, max_size=3),
    end=st.one_of(st.none(), st.integers(1, len(WHOLE))),
)
def test_mutated_bytes_are_refused_or_lose_and_change_no_table(members, places, end):
    content = bytearray(WHOLE)
    for at, byte in places:
        content[at] = byte
    try:
        found, _ = members(bytes(content[:end]))
    except SourceError:
        return
    assert {member.copy.read_bytes() for member in found} == {TABLE * 20, TABLE}


def test_a_directory_that_hides_a_file_is_damaged(members):
    """The comment of the first entry is said to be as long as the second entry, which then is no entry any more."""
    content = bytearray(packed({"a.csv": TABLE, "b.csv": TABLE + b"x"}))
    first = content.index(b"PK\x01\x02")
    second = content.index(b"PK\x01\x02", first + 1)
    length = content.index(b"PK\x05\x06") - second
    content[first + 32 : first + 34] = struct.pack("<H", length)
    with pytest.raises(SourceError) as caught:
        members(bytes(content))
    assert caught.value.code == "zip.damaged"
