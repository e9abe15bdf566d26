"""Files that would harm the machine, the folder or the reading: the exact refusal or reject, and nothing left behind."""

import getpass
import io
import socket
import subprocess
import sys
import zipfile
from contextlib import suppress
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from casebook import intake
from casebook.errors import SourceError
from casebook.intake import files, sources

HEADER = "姓名,身份证号,乡镇,金额"
GOOD = "张三,1,柳湾镇,10"
FOUR = ["data.parquet", "flags.parquet", "intake.json", "rejects.parquet"]
XML = (
    '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
    'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="表"><Table>{}</Table></Worksheet></Workbook>'
)


def text(*lines):
    return "\n".join([HEADER, *lines]) + "\n"


def xlsx(draw, **options):
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, options)
    draw(book)
    book.close()
    return buffer.getvalue()


def fill(sheet, rows):
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            sheet.write(row, column, cell)


def rows_of(*lines):
    return [line.split(",") for line in (HEADER, *lines)]


def longer(content, old, new):
    """The workbook with a shared text written over by a longer one."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as found, zipfile.ZipFile(buffer, "w") as made:
        for name in found.namelist():
            part = found.read(name)
            made.writestr(name, part.replace(old.encode(), new.encode()) if name == "xl/sharedStrings.xml" else part)
    return buffer.getvalue()


def tagged(rows, row, cell):
    return "".join(row.format("".join(cell.format(text) for text in cells)) for cells in rows)


def parquet(rows):
    buffer = io.BytesIO()
    pl.DataFrame(rows[1:], schema=rows[0], orient="row").write_parquet(buffer)
    return buffer.getvalue()


@pytest.fixture
def refused(deliver):
    """Code, sheet and row of the refusal; its sentences hold neither values nor folders."""

    def run(content, name="a.csv"):
        with pytest.raises(SourceError) as caught:
            deliver(content, name)
        said = caught.value
        assert not [value for value in ("张三", "110101199003074514", "/tmp") if value in said.zh + said.en]
        return said.code, said.sheet, said.row

    return run


# B5, D8: cells that no office writes, whatever the format

LONG = "三" * 400_000


def odd_rows(long, odd):
    return [HEADER.split(","), [long, "1", "镇", "1"], [odd, "2", "镇", "1"], ["张三", "3", "镇", "1"]]


def odd_xlsx(long, odd):
    content = xlsx(lambda book: fill(book.add_worksheet(), odd_rows("长", "空")))
    return longer(longer(content, "长", long), "空", odd.replace("\x00", "_x0000_"))


def odd_html(long, odd):
    return f"<table>{tagged(odd_rows(long, odd), '<tr>{}</tr>', '<td>{}</td>')}</table>".encode()


@pytest.mark.parametrize(
    ("name", "made"),
    [("a.csv", lambda *odd: "\n".join(map(",".join, odd_rows(*odd)))), ("a.xlsx", odd_xlsx), ("a.xls", odd_html),
     ("a.parquet", lambda *odd: parquet(odd_rows(*odd)))],
    ids=["B5 D8 csv", "B5 D8 xlsx", "B5 D8 html", "B5 D8 parquet"],
)  # fmt: skip
def test_a_cell_of_megabytes_and_one_with_a_nul_cost_their_rows_only(deliver, name, made):
    dataset, rejects = deliver(made(LONG, "李\x00四"), name)
    assert dataset.frame["citizen_id"].to_list() == ["3"]
    assert rejects.frame.select("row", "code").rows() == [(2, "field.long"), (3, "char.nul")]


def test_b5_a_cell_of_megabytes_in_an_xml_spreadsheet_costs_its_row_only(deliver):
    rows = tagged(odd_rows(LONG, "李四"), "<Row>{}</Row>", '<Cell><Data ss:Type="String">{}</Data></Cell>')
    dataset, rejects = deliver(XML.format(rows).encode(), "a.xls")
    assert dataset.frame["citizen_id"].to_list() == ["2", "3"]
    assert rejects.frame.select("row", "code").rows() == [(2, "field.long")]


@pytest.mark.parametrize("kind", ["xlsx", "html", "xml", "parquet"])
def test_b5_more_columns_than_are_read_are_refused(refused, kind):
    rows = [[f"c{number}" for number in range(2_001)]] * 2
    content, name, code = {
        "xlsx": (lambda: xlsx(lambda book: fill(book.add_worksheet(), rows)), "a.xlsx", "sheet.size"),
        "html": (lambda: f"<table>{tagged(rows, '<tr>{}</tr>', '<td>{}</td>')}</table>", "a.xls", "table.wide"),
        "xml": (
            lambda: XML.format(tagged(rows, "<Row>{}</Row>", '<Cell><Data ss:Type="String">{}</Data></Cell>')),
            "a.xls",
            "table.wide",
        ),
        "parquet": (lambda: parquet(rows), "a.parquet", "table.wide"),
    }[kind]
    assert refused(content(), name)[0] == code


# B8, C2: the folder of the answer

TAKE = """
import resource, signal, sys
from pathlib import Path
from casebook import intake
from casebook.intake.contract import Column, Contract
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
columns = (Column("name", ("姓名",)), Column("note", ("备注",)))
contract = Contract("full", "表", "局", "局", "1", "", columns)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), resource.RLIM_INFINITY))
try:
    intake.take(contract, [Path(sys.argv[1])], Path(sys.argv[2]))
except OSError as bad:
    print(type(bad).__name__)
"""


NAMES = "姓名,备注\n" + "张三,备注备注\n" * 20_000
ROOMS = [
    ("B8 copy", NAMES.encode("gb18030"), 10_000, False),
    ("B8 text in UTF-8", NAMES.encode("gb18030"), 300_000, False),
    ("B8 table", parquet([["姓名", "备注"], *[["张三", "备注"]] * 200_000]), 60_000, False),
    ("B8 room enough", NAMES.encode("gb18030"), 3_000_000, True),
]


@pytest.mark.parametrize(("content", "room", "is_enough"), [row[1:] for row in ROOMS], ids=[row[0] for row in ROOMS])
def test_a_disk_that_is_full_leaves_nothing_half_written(tmp_path, content, room, is_enough):
    (tmp_path / "a").write_bytes(content)
    words = [sys.executable, "-c", TAKE, str(tmp_path / "a"), str(tmp_path / "out"), str(room)]
    said = subprocess.run(words, capture_output=True, text=True, check=False)
    assert (said.stdout, said.stderr) == ("" if is_enough else "OSError\n", "")
    assert sorted(path.name for path in tmp_path.iterdir()) == (["a", "out"] if is_enough else ["a"])


def test_c2_links_that_lie_where_the_answer_goes_are_replaced_not_followed(contract, tmp_path):
    (tmp_path / "a.csv").write_text(text(GOOD))
    (tmp_path / "sentinel").write_text("untouched")
    (tmp_path / "out").mkdir()
    for name in FOUR:
        (tmp_path / "out" / name).symlink_to(tmp_path / "sentinel")
    intake.take(contract, [tmp_path / "a.csv"], tmp_path / "out")
    assert (tmp_path / "sentinel").read_text() == "untouched"
    assert [path.name for path in sorted((tmp_path / "out").iterdir()) if not path.is_symlink()] == FOUR


def test_c2_a_device_is_refused_at_once(contract, tmp_path):
    with pytest.raises(SourceError) as caught:
        intake.take(contract, [Path("/dev/zero")], tmp_path / "out")
    assert (caught.value.code, list(tmp_path.iterdir())) == ("file.not_regular", [])


def test_c3_a_file_that_grows_while_it_is_copied_is_refused(contract, tmp_path, monkeypatch):
    path = tmp_path / "a.csv"
    path.write_text(text(GOOD))
    state = files._state

    def state_then_write(descriptor):
        found = state(descriptor)
        with path.open("a") as file:
            file.write(f"{GOOD}\n")
        return found

    monkeypatch.setattr(files, "_state", state_then_write)
    with pytest.raises(SourceError) as caught:
        intake.take(contract, [path], tmp_path / "out")
    assert (caught.value.code, caught.value.file) == ("file.changing", "a.csv")
    assert [found.name for found in tmp_path.iterdir()] == ["a.csv"]


def test_c5_what_is_written_names_neither_folder_nor_machine_nor_person(contract, tmp_path):
    (tmp_path / "a.csv").write_text(text(GOOD, "短", f"{GOOD},多", "李四,3.7E+17,镇,1"))
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as pack:
        pack.writestr("甲/c.xlsx", xlsx(lambda book: fill(book.add_worksheet(), rows_of(GOOD))))
    intake.take(contract, [tmp_path / "a.csv", tmp_path / "b.zip"], tmp_path / "out")
    written = b"".join((tmp_path / "out" / name).read_bytes() for name in FOUR)
    shown = written + b"".join(
        str(pl.read_parquet(tmp_path / "out" / name).rows()).encode() for name in FOUR if name.endswith(".parquet")
    )
    told = {str(tmp_path), str(Path.cwd()), str(Path.home()), socket.gethostname(), f"{getpass.getuser()}/"}
    assert not [word for word in told if len(word) > 3 and word.encode() in shown]


# C1: names of paths


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.sampled_from(["..", "．．", ".", "a", "/", "\\", "C:", "\x00", "link", "／", "‥", " ", "a.csv"]), max_size=6
    )
)
def test_c1_a_path_of_a_source_set_leads_inside_or_is_refused(tmp_path_factory, pieces):
    folder = tmp_path_factory.mktemp("set")
    (folder / "link").symlink_to("/etc")
    for name in ("/".join(pieces), "".join(pieces)):
        with suppress(SourceError):
            assert sources.inside(folder, name).resolve().is_relative_to(folder.resolve())


# A7 and names


def test_a7_sheets_of_charts_are_passed_over(deliver):
    def draw(book):
        fill(book.add_worksheet("表"), rows_of(GOOD))
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=表!$D$2:$D$2"})
        book.add_chartsheet("图").set_chart(chart)

    dataset, _ = deliver(xlsx(draw), "a.xlsx")
    assert [(part.sheet, part.rows_kept) for part in dataset.parts] == [("表", 1)]


def test_names_of_sheets_steer_no_terminal_and_fill_no_screen(refused, deliver):
    content = xlsx(lambda book: fill(book.add_worksheet("S"), [HEADER.split(",")]))
    name = "甲&#10;../乙\u202e" + "长" * 50_000
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as found, zipfile.ZipFile(buffer, "w") as made:
        for part in found.namelist():
            made.writestr(part, found.read(part).replace(b'name="S"', f'name="{name}"'.encode()))
    with pytest.raises(SourceError) as caught:
        deliver(buffer.getvalue(), "a.xlsx")
    assert caught.value.code == "table.no_rows"
    assert len(str(caught.value)) < 300
    assert not {"\n", "\u202e"} & set(str(caught.value) + caught.value.zh + caught.value.en)


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED], ids=["stored", "deflated"])
def test_nothing_is_left_where_temporary_files_are(deliver, tmp_path, monkeypatch, method):
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    with zipfile.ZipFile(tmp_path / "made.zip", "w", method) as pack:
        pack.writestr("表/a.xlsx", xlsx(lambda book: fill(book.add_worksheet(), rows_of(GOOD))))
        pack.writestr("表/b.csv", text(GOOD))
    dataset, _ = deliver((tmp_path / "made.zip").read_bytes(), "a.zip")
    assert [part.file for part in dataset.parts] == ["a.zip/表/a.xlsx", "a.zip/表/b.csv"]
    assert list((tmp_path / "temporary").iterdir()) == []
