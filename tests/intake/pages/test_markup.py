"""Pages and XML Spreadsheets from the file to the dataset: encodings, and mutated bytes."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casebook.errors import SourceError
from casebook.intake import files, readers

HEAD = "<tr><th>姓名<th>身份证号<th>乡镇<th>金额</tr>"
PAGE = f"<html>{{meta}}<body><table>{HEAD}<tr><td>张三<td>1<td>柳湾镇<td>2</table></body></html>"
WORKBOOK = """<?xml version="1.0"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Worksheet ss:Name="a"><Table>{rows}</Table></Worksheet></Workbook>"""
ANY_FOLDER = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def opened(tmp_path, contract):
    """Opens bytes as a file of the name."""

    def run(content, name="a.xls"):
        path = tmp_path / name
        path.write_bytes(content)
        store = tmp_path / "store"
        store.mkdir(exist_ok=True)
        return readers.read(files.admit(path, store), contract)

    return run


def names(opened_file):
    return [row for grid in opened_file.grids for batch in grid.batches for row in batch.frame["f0"]]


def meta(charset):
    return PAGE.format(meta=f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">')


TRADITIONAL = meta("big5").translate(str.maketrans("张镇证号湾乡额", "張鎮證號灣鄉額"))


@pytest.mark.parametrize(
    ("content", "encoding", "is_noted"),
    [
        (meta("gb2312").encode("gb18030"), "gb18030", False),
        (meta("GBK").encode("gbk"), "gb18030", False),
        (meta("utf-8").encode(), "utf-8", False),
        (meta("utf-8").encode("gb18030"), "gb18030", True),
        (meta("gb2312").encode(), "utf-8", True),
        (TRADITIONAL.encode("big5"), "big5", False),
        (meta("gb2312").encode("utf-8-sig"), "utf-8", False),
        ("\ufeff".encode("utf-16-le") + meta("utf-8").encode("utf-16-le"), "utf-16-le", False),
        (PAGE.format(meta="").encode("gb18030"), "gb18030", False),
        (b"\xef\xbb\xbf" + PAGE.format(meta="").encode(), "utf-8", False),
    ],
)  # fmt: skip
def test_the_encoding_is_the_declared_one_where_it_holds(opened, content, encoding, is_noted):
    found = opened(content)
    assert found.encoding == encoding
    assert [note.code for note in found.notes if note.code.startswith("encoding")] == ["encoding.declared"] * is_noted
    assert names(found) == (["張三"] if encoding == "big5" else ["张三"])


def test_characters_read_as_private_use_are_those_meant(opened):
    found = opened(meta("gbk").replace("张三", "张\ue81e").encode("gb18030"))
    assert names(found) == ["张龴"]


def test_a_row_with_bytes_that_are_no_text_is_at_fault(opened):
    lines = "\n".join(f"<tr><td>李四{number}<td>1<td>镇<td>2</tr>" for number in range(300))
    content = PAGE.format(meta="").replace("</table>", f"{lines}</table>").encode("gb18030")
    found = opened(content.replace("李四7<".encode("gb18030"), b"\xff\xff7<"))
    (grid,) = found.grids
    faults = [row for batch in grid.batches for row in batch.frame.filter(batch.frame["fault"].is_not_null()).rows()]
    assert [(row[0], row[5]) for row in faults] == [(10, "char.encoding")]


def test_a_page_becomes_a_dataset(deliver, rows_of):
    rows = "<tr><td>张三<td>371421199001011234<td rowspan=2>柳湾镇<td>1,234.50<tr><td>李四<td>2<td>8"
    page = f"<p>单位：万元</p><table>{HEAD}{rows}<tr><td>王五<td>3<tr><td>合计<td><td><td>9</tr><tr><td colspan=4>制表人：某</table>"
    dataset, rejects = deliver(page, name="a.xls", encoding="gb18030")
    kept, refused, noted = rows_of(dataset, rejects)
    assert (kept, refused, noted) == ([2, 3], {4: "row.short", 5: "row.total"}, {"footnote_rows": [6]})
    assert dataset.frame.select("township", "amount_fen").rows() == [("柳湾镇", "1,234.50"), ("柳湾镇", "8")]
    part = dataset.parts[0]
    assert (part.sheet, part.header_row, part.encoding, part.units["amount_fen"]) == ("", 1, "gb18030", "万元")


def test_xhtml_is_a_page(opened):
    page = f'<?xml version="1.0" encoding="utf-8"?><!-- x --><html xmlns="http://www.w3.org/1999/xhtml">{PAGE.format(meta="")}</html>'
    assert names(opened(page.encode())) == ["张三"]


def test_our_own_copy_in_utf_8_is_removed(opened, tmp_path):
    opened(meta("utf-8").encode("gb18030"))
    assert [path.suffix for path in (tmp_path / "store").iterdir()] == [""]


def page_of(rows):
    cells = "".join(
        f"<tr><td>甲{number}</td><td>{number}</td><td>镇</td><td>{number}</td></tr>" for number in range(rows)
    )
    return f"<html><body><table>{HEAD}{cells}</table></body></html>".encode("gb18030")


def workbook_of(rows):
    def row(*cells):
        return "<Row>" + "".join(f'<Cell><Data ss:Type="String">{cell}</Data></Cell>' for cell in cells) + "</Row>"

    cells = "".join(row(f"甲{number}", number, "镇", number) for number in range(rows))
    return WORKBOOK.format(rows=row("姓名", "身份证号", "乡镇", "金额") + cells).encode()


@st.composite
def mutations(draw, size):
    """Bytes to be put over others, and where the file is cut."""
    places = draw(st.lists(st.tuples(st.integers(0, size - 1), st.integers(0, 255)), min_size=1, max_size=4))
    return places, draw(st.one_of(st.none(), st.integers(1, size)))


def mutated(content, mutation):
    places, end = mutation
    found = bytearray(content)
    for at, byte in places:
        found[at] = byte
    return bytes(found[:end])


def told(opened_file):
    """Every text of the rows, faulty ones as they lay, and of the rows above them; no row twice."""
    texts = []
    for grid in opened_file.grids:
        numbers = []
        texts += [cell for row in grid.first_rows for cell in row]
        for batch in grid.batches:
            numbers += [*batch.frame["row"].to_list(), *batch.blank_rows]
            texts += [cell or "" for row in batch.frame.rows() for cell in row[1:]]
        assert len(numbers) == len(set(numbers))
    return "\n".join(texts)


def assert_kept(found, content, encoding):
    """Each name that the mutation left whole is in some row, or text outside of the tables is noted; or no header is found at all."""
    if all(grid.header is None for grid in found.grids):
        return
    intact = [name.decode(encoding) for name in re.findall(">(甲[0-9]+)<".encode(encoding), content)]
    texts = told(found)
    is_noted = any(note.code == "text.outside" for note in found.notes)
    assert is_noted or [name for name in intact if name not in texts] == []


@ANY_FOLDER
@given(mutation=mutations(len(page_of(30))))
def test_a_mutated_page_is_refused_or_keeps_its_rows(opened, mutation):
    content = mutated(page_of(30), mutation)
    try:
        found = opened(content)
    except SourceError:
        return
    assert_kept(found, content, "gb18030")


@ANY_FOLDER
@given(mutation=mutations(len(workbook_of(30))))
def test_a_mutated_xml_spreadsheet_is_refused_or_keeps_its_rows(opened, mutation):
    content = mutated(workbook_of(30), mutation)
    try:
        found = opened(content)
    except SourceError:
        return
    assert_kept(found, content, "utf-8")
