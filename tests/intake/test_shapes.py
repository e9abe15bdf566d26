import io
import os
import pickle
import zipfile

import polars as pl
import pytest
import xlsxwriter
import xlwt

from casebook.errors import SourceError
from casebook.intake import shapes


def packed(*names):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return target.getvalue()


def workbook(version):
    target = io.BytesIO()
    if version == "xls":
        book = xlwt.Workbook()
        book.add_sheet("表").write(0, 0, "姓名")
        book.save(target)
    else:
        with xlsxwriter.Workbook(target) as book:
            book.add_worksheet()
    return target.getvalue()


def container(stream):
    """An OLE container whose directory holds one stream: a workbook's, with the name written over."""
    data = bytearray(workbook("xls"))
    at = data.index("Workbook".encode("utf-16-le"))
    data[at : at + 66] = stream.encode("utf-16-le").ljust(64, b"\x00") + (2 * len(stream) + 2).to_bytes(2, "little")
    return bytes(data)


def frame(written):
    target = io.BytesIO()
    written(pl.DataFrame({"姓名": ["李明"]}), target)
    return target.getvalue()


def dbf():
    head = (
        bytes([0x03, 126, 3, 31]) + (1).to_bytes(4, "little") + (65).to_bytes(2, "little") + (9).to_bytes(2, "little")
    )
    return head.ljust(32, b"\x00") + b"NAME\0\0\0\0\0\0\0C".ljust(32, b"\x00") + b"\r limingX"


@pytest.fixture
def told(tmp_path):
    def shape(content):
        copy = tmp_path / "copy"
        copy.write_bytes(content)
        return shapes.shape(copy, "表.xls")

    return shape


@pytest.mark.parametrize(
    ("content", "shape"),
    [
        ("姓名\t金额\n".encode("gb18030"), "text"),
        ("\ufeff姓名,金额\n".encode("utf-16"), "text"),
        (b"<5,<table>\n", "text"),
        (b"BM,MM,BZh\n", "text"),
        (b"PK,name\n", "text"),
        ("[备注],{x}\n".encode(), "text"),
        (b"From: here,to\n", "text"),
        (workbook("xls"), "workbook"),
        (workbook("xlsx"), "workbook"),
        (packed("content.xml", "META-INF/manifest.xml"), "workbook"),
        (packed("xl/workbook.bin"), "workbook"),
        (b"\xef\xbb\xbf \r\n<TABLE border=1>", "markup"),
        (b"<!-- a --><html>", "markup"),
        ("<?xml version='1.0' encoding='utf-16'?>".encode("utf-16"), "markup"),
        (frame(pl.DataFrame.write_parquet), "parquet"),
        (packed("a.csv"), "archive"),
        (packed(), "archive"),
    ],
)
def test_the_content_tells_the_shape(told, content, shape):
    assert told(content) == shape


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"%PDF-1.7", "kind.pdf"),
        (packed("OFD.xml"), "kind.pdf"),
        (b"{\\rtf1", "kind.word"),
        (packed("word/document.xml"), "kind.word"),
        (container("WordDocument"), "kind.word"),
        (packed("ppt/presentation.xml"), "kind.slides"),
        (container("PowerPoint Document"), "kind.slides"),
        (container("__substg1.0_0037001F"), "kind.mail"),
        (container("EncryptedPackage"), "workbook.encrypted"),
        (container("Contents"), "kind.unknown"),
        (b"\x89PNG\r\n", "kind.image"),
        (b"\xff\xd8\xff\xe0", "kind.image"),
        (b"BM\x36\x00\x0c\x00\x00\x00\x00\x00", "kind.image"),
        (b"Rar!\x1a\x07\x00", "kind.packed"),
        (b"7z\xbc\xaf\x27\x1c", "kind.packed"),
        (b"\x1f\x8b\x08", "kind.packed"),
        (frame(pl.DataFrame.write_ipc), "kind.frame"),
        (frame(pl.DataFrame.write_ipc_stream), "kind.frame"),
        (pickle.dumps({"姓名": ["李明"]}), "kind.pickle"),
        (b"SQLite format 3\x00", "kind.database"),
        (b"\x00\x01\x00\x00Standard ACE DB\x00", "kind.database"),
        (dbf(), "kind.dbf"),
        (b"Received: from a\r\nSubject: b\r\n\r\n", "kind.mail"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n", "kind.web_archive"),
        (b'[\n {"name": 1}]', "kind.json"),
        (b'{"rows": []}', "kind.json"),
        (b"PAR1" + bytes(40), "parquet.damaged"),
        (b"PAR1PAR1", "parquet.damaged"),
        (b"PARE" + bytes(40) + b"PARE", "parquet.encrypted"),
        (packed("a.csv")[:-8], "zip.damaged"),
        (bytes(4096), "kind.unknown"),
    ],
)  # fmt: skip
def test_other_kinds_are_refused_by_name(told, content, code):
    with pytest.raises(SourceError) as caught:
        told(content)
    assert (caught.value.code, caught.value.file) == (code, "表.xls")
    assert caught.value.en.startswith("表.xls ")
    assert caught.value.zh.startswith("表.xls")


def test_a_pickle_is_never_run(told, tmp_path):
    class Hostile:
        def __reduce__(self):
            return os.mkdir, (str(tmp_path / "run"),)

    with pytest.raises(SourceError, match="may run code"):
        told(pickle.dumps(Hostile()))
    assert not (tmp_path / "run").exists()


def test_a_text_document_of_open_office_is_no_workbook(told):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", "x")
    with pytest.raises(SourceError, match="ODT document"):
        told(target.getvalue())


def test_a_cut_container_is_left_to_the_reader_of_workbooks(told):
    assert told(workbook("xls")[:600]) == "workbook"


@pytest.mark.parametrize(
    ("name", "shape", "is_other"),
    [
        ("a.xls", "text", True),
        ("a.xls", "workbook", False),
        ("a.csv", "archive", True),
        ("a.dat", "text", False),
        ("外.zip/内.CSV", "text", False),
    ],
)
def test_a_name_that_says_another_kind(name, shape, is_other):
    assert shapes.contradicts(name, shape) is is_other
