import polars as pl
import pytest

from casebook.case.delivery import Table as Delivered
from casebook.case.scenario import Input
from casebook.clean import judges
from casebook.intake.contract import Column, Contract
from casebook.intake.dataset import FLAG_SCHEMA, PART, Dataset, FilePart
from casebook.report import in_question
from casebook.report.words import Words

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


def flags_of(contract, frame, parts):
    """What the judges of an intake say of each part, as flags.parquet is loaded."""
    found = [
        judge(frame.filter(pl.col(PART) == number), part).with_columns(pl.lit(number, pl.UInt32).alias(PART))
        for number, part in enumerate(parts)
        for judge in judges.of(contract)
    ]
    said = pl.concat(found).with_columns(pl.lit("").alias(name) for name in ("cell", "message_zh", "message_en"))
    return said.select(list(FLAG_SCHEMA))


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
    return Delivered(
        contract, Input(title, {}), Dataset(contract, frame, parts), {}, 1, flags_of(contract, frame, parts)
    )


def told(tables, language="zh"):
    said, *table = in_question.blocks(tables, Words(language))
    return said.lines[0], list(table[0].rows) if table else []


@pytest.mark.parametrize("rows", [[GOOD] * 3, []])
def test_tables_in_order_are_one_sentence(rows):
    tables = [delivered("甲", COLUMNS, rows), delivered("乙", COLUMNS, [GOOD])]
    assert told(tables) == ("2 张数据表中，2 张没有带疑点的单元格（错位、换列、面积单位、以数值存放的证件号等）。", [])


def test_a_table_the_set_does_not_have_is_not_counted():
    given = delivered("甲", COLUMNS, [GOOD])
    absent = Delivered(given.contract, given.needs, None, {}, 2, pl.DataFrame(schema=FLAG_SCHEMA))
    assert told([given, absent], "en")[0].startswith("1 of 1 tables")


def test_rows_are_counted_by_file_and_named_by_their_number():
    rows = [GOOD, MOVED, SWAPPED, *[GOOD] * 3, *[MOVED] * 6]
    said, lines = told([delivered("甲", COLUMNS, rows, files=2), delivered("乙", COLUMNS, [GOOD])])
    right = "整行数据疑似右移一列；未作移动，请人工核对。"
    swapped = "两列的值疑似互换；未作移动，请人工核对。"
    assert said.startswith("2 张数据表中，1 张没有")
    assert lines == [
        ("甲", "甲_0.csv", "–", right, "1", "3"),
        ("甲", "甲_0.csv", "金额", swapped, "1", "4"),
        ("甲", "甲_0.csv", "发放日期", swapped, "1", "4"),
        ("甲", "甲_1.csv", "–", right, "6", "2、3、4、5、6 等，另 1 行"),
    ]


def test_an_area_in_another_unit_is_named_by_its_price():
    lines = told([delivered("地", LAND, [("2", "6000000"), ("20000", "6000000"), ("2", "")])], "en")[1]
    doubt = "By its price the area seems to be in square metres, not in the header's unit; nothing was converted."
    assert lines == [("地", "地_0.csv", "面积", doubt, "1", "3")]


def test_no_value_is_ever_shown():
    blocks = in_question.blocks([delivered("甲", COLUMNS, [MOVED, SWAPPED])], Words("zh"))
    assert not any(value in str(blocks) for value in (ID, DAY, PAID))
