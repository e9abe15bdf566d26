"""Every shape can be read back, row for row, at the address the writer gave."""

import polars as pl
import pytest
from python_calamine import CalamineWorkbook

from casebook.synth.table import NUMBER, Csv, Table, Xls, Xlsx
from casebook.synth.writers import write_table

ID = "900001198211270047"
FRAME = pl.DataFrame(
    {
        "姓名": ["甲一", "欧阳二", None, "𬭎四", "王五"],
        "身份证号": [ID, NUMBER + ID, "90000119891220001X", None, "x"],
        "发放金额": ["150", "-120.50", None, "12", "无"],
    }
)


def write(tmp_path, shape, frame=FRAME):
    return write_table(Table("civil_subsidy_payments", "list", frame, shape), tmp_path)


def physical(path, sheet=0):
    return CalamineWorkbook.from_path(path).get_sheet_by_index(sheet).to_python(skip_empty_area=False)


@pytest.mark.parametrize("shape", [Csv(), Csv("utf-8-sig"), Csv(delimiter="\t"), Csv(titles=("表", "制表日期：x"))])
def test_text_rows_stand_at_their_addresses(tmp_path, shape):
    places = write(tmp_path, shape)
    lines = (tmp_path / "list.csv").read_bytes().decode(shape.encoding).split("\r\n")
    first_cells = [lines[row - 1].split(shape.delimiter)[0] for row in places["row"]]
    assert first_cells == ["甲一", "欧阳二", "", "𬭎四", "王五"]
    assert places["sheet"].unique().to_list() == [""]


def test_header_repeated_inside_text_moves_the_later_rows(tmp_path):
    places = write(tmp_path, Csv(sections=(2, 4)))
    lines = (tmp_path / "list.csv").read_bytes().decode("gb18030").split("\r\n")
    assert places["row"].to_list() == [2, 3, 5, 6, 8]
    assert lines[3] == lines[6] == lines[0]


def test_numbers_in_text_are_as_excel_saves_them(tmp_path):
    write(tmp_path, Csv())
    assert b",9.00001E+17," in (tmp_path / "list.csv").read_bytes()


def test_character_outside_the_encoding_is_an_error(tmp_path):
    with pytest.raises(UnicodeEncodeError):
        write(tmp_path, Csv("gb2312"))


def test_xls_is_split_and_each_part_starts_anew(tmp_path):
    places = write(tmp_path, Xls(rows_per_file=2))
    assert places["file"].to_list() == ["list_1.xls", "list_1.xls", "list_2.xls", "list_2.xls", "list_3.xls"]
    assert places["row"].to_list() == [2, 3, 2, 3, 2]
    read = [physical(tmp_path / file)[row - 1][0] for _, file, _, row in places.iter_rows()]
    assert read == ["甲一", "欧阳二", "", "𬭎四", "王五"]


def test_xls_keeps_ids_as_text_and_planted_numbers_as_numbers(tmp_path):
    write(tmp_path, Xls(numeric=("发放金额",)))
    rows = physical(tmp_path / "list_1.xls")
    assert rows[1] == ["甲一", ID, 150]
    assert rows[2][1:] == [float(ID[:15] + "000"), -120.5]
    assert rows[5][2] == "无"


def test_empty_list_still_has_its_header(tmp_path):
    assert write(tmp_path, Xls(), FRAME.head(0)).height == 0
    assert physical(tmp_path / "list_1.xls") == [FRAME.columns]


def test_xlsx_with_titles_groups_totals_and_notes(tmp_path):
    shape = Xlsx(
        ("单位：元", "制表日期"), {"发放": ("身份证号", "发放金额")}, ("发放金额",), ("制表人：",), ("发放金额",)
    )
    places = write(tmp_path, shape)
    rows = physical(tmp_path / "list.xlsx")
    assert places["row"].to_list() == [5, 6, 7, 8, 9]
    assert [rows[row - 1][0] for row in places["row"]] == ["甲一", "欧阳二", "", "𬭎四", "王五"]
    assert rows[2] == ["姓名", "发放", "发放"]
    assert rows[3] == ["", "身份证号", "发放金额"]
    assert rows[9] == ["合计", "", 41.5]
    assert rows[10][0] == "制表人："


def test_xlsx_header_cells_are_really_merged(tmp_path):
    write(tmp_path, Xlsx(groups={"发放": ("身份证号", "发放金额")}))
    sheet = CalamineWorkbook.from_path(tmp_path / "list.xlsx").get_sheet_by_index(0)
    assert ((0, 0), (1, 0)) in sheet.merged_cell_ranges
    assert ((0, 1), (0, 2)) in sheet.merged_cell_ranges


def test_text_that_looks_like_a_formula_stays_text(tmp_path):
    write(tmp_path, Xlsx(), FRAME.with_columns(pl.lit("=1+1").alias("姓名")))
    assert physical(tmp_path / "list.xlsx")[1][0] == "=1+1"


@pytest.mark.parametrize("shape", [Csv(), Xls(), Xlsx(titles=("表",), totals=("发放金额",))])
def test_same_rows_same_bytes(tmp_path, shape):
    for folder in ("a", "b"):
        write(tmp_path / folder, shape)
    names = [path.name for path in (tmp_path / "a").iterdir()]
    assert all((tmp_path / "a" / n).read_bytes() == (tmp_path / "b" / n).read_bytes() for n in names)


def test_long_xls_is_whole_after_its_rows_were_flushed(tmp_path):
    frame = pl.DataFrame({"编号": [str(n) for n in range(2_500)]})
    places = write(tmp_path, Xls(), frame)
    rows = physical(tmp_path / "list_1.xls")
    assert [rows[row - 1][0] for row in places["row"]] == frame["编号"].to_list()
