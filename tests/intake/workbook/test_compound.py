import io

import pytest
from xlwt.CompoundDoc import XlsDoc

from casebook.intake.workbook.compound import Container
from casebook.intake.workbook.facts import DamagedError


def container(stream):
    buffer = io.BytesIO()
    XlsDoc().save(buffer, stream)
    return buffer.getvalue()


@pytest.mark.parametrize("size", [4_096, 5_000, 8_000_000], ids=["small", "padded", "own-table"])
def test_a_stream_comes_back_byte_for_byte(size):
    stream = bytes(range(256)) * (size // 256) + b"x" * (size % 256)
    found = Container(container(stream))
    assert found.stream("Workbook", "Book")[:size] == stream
    assert "Workbook" in found.names


def test_a_stream_that_is_not_there_is_damage():
    with pytest.raises(DamagedError, match="no stream of a workbook"):
        Container(container(b"x" * 5_000)).stream("Book")


@pytest.mark.parametrize("length", [0, 511, 512, 600, 3_000, 5_000])
def test_a_cut_container_is_damage(length):
    with pytest.raises(DamagedError):
        Container(container(b"x" * 50_000)[:length]).stream("Workbook")


def test_a_chain_in_a_circle_is_damage():
    data = bytearray(container(b"x" * 5_000))
    table = (int.from_bytes(data[76:80], "little") + 1) * 512
    data[table : table + 4] = (0).to_bytes(4, "little")
    with pytest.raises(DamagedError, match="leads nowhere"):
        Container(bytes(data)).stream("Workbook")
