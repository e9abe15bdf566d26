import polars as pl
import pytest

from casebook.case.delivery import Table as Delivered
from casebook.case.scenario import Input
from casebook.intake.contract import Column, Contract
from casebook.intake.dataset import Dataset, FilePart
from casebook.report import misplaced
from casebook.report.words import Words, catalogue

ID, DAY, PAID = "11010519491231002X", "2021-03-01", "80.00"
COLUMNS = (
    Column("citizen_id", ("身份证号",), kind="citizen_id"),
    Column("paid_on", ("发放日期",), kind="date"),
    Column("paid_fen", ("金额",), kind="money", unit="元"),
    Column("note", ("备注",)),
)
LAND = (
    Column("area_dm2", ("面积",), kind="area", unit="公顷"),
    Column("price_fen", ("成交价",), kind="money", unit="元"),
)
GOOD, MOVED, SWAPPED = (ID, DAY, PAID, None), (None, ID, DAY, PAID), (ID, PAID, DAY, None)


def delivered(title, columns, rows, files=1):
    """A table whose rows are spread over its files in equal runs, each file with its header in row 1."""
    names = [column.name for column in columns]
    each = len(rows) // files or 1
    frame = pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String), orient="row").with_columns(
        pl.Series("part", [n // each for n in range(len(rows))], pl.UInt32),
        pl.Series("row", [n % each + 2 for n in range(len(rows))], pl.UInt32),
    )
    headers = {column.name: column.headers[0] for column in columns}
    parts = tuple(FilePart(f"{title}_{n}.csv", str(n), "", 1, "utf-8", headers, {}, 0, 0, 0) for n in range(files))
    contract = Contract(title, title, "局", "局", "1", "", columns)
    return Delivered(contract, Input(title, {}), Dataset(contract, frame, parts), {}, 1)


def told(tables, language="zh"):
    said, *table = misplaced.blocks(tables, Words(language))
    return said.lines[0], list(table[0].rows) if table else []


@pytest.mark.parametrize("rows", [[GOOD] * 3, []])
def test_tables_in_order_are_one_sentence(rows):
    tables = [delivered("甲", COLUMNS, rows), delivered("乙", COLUMNS, [GOOD])]
    assert told(tables) == ("2 张数据表中，2 张没有看似错位、换列或面积单位有疑的行。", [])


def test_a_table_the_set_does_not_have_is_not_counted():
    given = delivered("甲", COLUMNS, [GOOD])
    absent = Delivered(given.contract, given.needs, None, {}, 2)
    assert told([given, absent], "en")[0].startswith("1 of 1 tables")


def test_rows_are_counted_by_file_and_named_by_their_number():
    rows = [GOOD, MOVED, SWAPPED, *[GOOD] * 3, *[MOVED] * 6]
    said, lines = told([delivered("甲", COLUMNS, rows, files=2), delivered("乙", COLUMNS, [GOOD])])
    assert said.startswith("2 张数据表中，1 张没有")
    assert lines == [
        ("甲", "甲_0.csv", "整行各格疑似右移一列", "1", "3"),
        ("甲", "甲_0.csv", "“发放日期”与“金额”疑似互换", "1", "4"),
        ("甲", "甲_1.csv", "整行各格疑似右移一列", "6", "2、3、4、5、6 等，另 1 行"),
    ]


def test_an_area_in_another_unit_is_named_by_its_price():
    lines = told([delivered("地", LAND, [("2", "6000000"), ("20000", "6000000"), ("2", "")])], "en")[1]
    assert lines == [("地", "地_0.csv", "area counted in m², by the price", "1", "3")]


def test_no_value_is_ever_shown():
    blocks = misplaced.blocks([delivered("甲", COLUMNS, [MOVED, SWAPPED])], Words("zh"))
    assert not any(value in str(blocks) for value in (ID, DAY, PAID))


WORDS = ("shifted_left", "shifted_right", "swapped", "looks_like_m2", "looks_like_mu", "looks_like_hectare")


@pytest.mark.parametrize("word", [*WORDS, "unit_unclear", "implausible"])
def test_every_way_to_look_misplaced_has_words(word):
    entry = catalogue()[f"looks.{word}"]
    assert entry["zh"]
    assert entry["en"].isascii() or "m²" in entry["en"]
