"""One small contract and one way to read a file of it."""

import pytest

from casebook import intake
from casebook.intake.contract import Column, Contract

ASIDE = {"title_rows", "blank_rows", "repeated_header", "footnote_rows"}
HEADER = "姓名,身份证号,乡镇,金额"


@pytest.fixture
def contract():
    return Contract(
        id="payments",
        title="发放表",
        agency="民政局",
        owner="民政局",
        version="1.0.0",
        line="public_interest",
        key=("name", "citizen_id"),
        columns=(
            Column("name", ("姓名", "成员姓名"), header_required=True, kind="person_name"),
            Column("citizen_id", ("身份证号", "公民身份号码"), header_required=True, kind="citizen_id"),
            Column("township", ("乡镇", "乡镇(街道)"), kind="text"),
            Column("amount_fen", ("金额", "发放金额"), required=True, header_required=True, kind="money", unit="元"),
            Column("area_dm2", ("面积",), kind="area", unit="平方米", unit_by_header={"面积(亩)": "亩"}),
        ),
    )


@pytest.fixture
def deliver(tmp_path, contract):
    """Writes text (or bytes) as a file and reads it: (Dataset, Rejects)."""

    def read(content, name="a.csv", encoding="utf-8"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return intake.read(contract, [path])

    return read


@pytest.fixture
def rows_of():
    """Physical rows kept, rejected by code, and noted by code as no records; what is noted of kept rows is left out."""

    def tell(dataset, rejects):
        refused = dict(rejects.frame.select("row", "code").iter_rows())
        noted = {note.code: list(note.rows) for note in dataset.notes if note.rows and note.code in ASIDE}
        return dataset.frame["row"].to_list(), refused, noted

    return tell
