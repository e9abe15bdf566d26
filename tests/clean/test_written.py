from datetime import date
from pathlib import Path

import polars as pl
import pytest

from casebook.clean import written
from casebook.clean.kinds import TABLE
from casebook.errors import ParameterError, SourceError

VECTORS = Path(__file__).parents[1] / "vectors"


def cells(*raw, fault=None):
    faults = [fault] * len(raw)
    return pl.DataFrame({"raw": list(raw), "fault": faults}, schema={"raw": pl.String, "fault": pl.String})


@pytest.mark.parametrize(
    ("raw", "told"),
    [("0", "0.00"), ("-0.01", "-0.01"), ("1234567.8", "1234567.80"), ("-150", "-150.00"), ("90亿", "9000000000.00")],
)
def test_money_is_exact_text(raw, told):
    frame = written.answers(cells(raw), "money", {})
    assert frame.row(0) == (raw, told, None, told)


@pytest.mark.parametrize(("raw", "told"), [("0", "0"), ("0.50", "0.5"), ("1200", "1200"), ("-3.0", "-3"), ("x", None)])
def test_numbers_have_no_idle_zeros(raw, told):
    assert written.answers(cells(raw), "number", {})["value"].item() == told


def test_a_month_stays_a_month():
    frame = written.answers(cells("2025.3", "x"), "date", {"form": "month"})
    assert frame["value"].to_list() == ["2025-03", None]


def test_a_range_has_its_end():
    frame = written.answers(cells("2025.3"), "date", {"form": "range"})
    assert frame.row(0) == ("2025.3", date(2025, 3, 1), None, date(2025, 3, 31))


@pytest.mark.parametrize("kind", TABLE)
def test_a_row_with_a_fault_has_neither_value_nor_parts(kind):
    frame = written.answers(cells("11010519491231002X", fault="row.long"), kind, {})
    assert frame.select("raw", "problem").row(0) == ("11010519491231002X", "row.long")
    assert set(frame.drop("raw", "problem").row(0)) == {None}


@pytest.mark.parametrize("kind", TABLE)
def test_every_kind_has_its_fixed_columns_and_all_further_ones(kind):
    also = written.further(kind, {})
    frame = written.answers(cells("无", None), kind, {}, also)
    assert frame.columns == ["raw", "value", "problem", *TABLE[kind].parts, *also]
    assert "repair" in also


FURTHER = {
    "organisation_code": "id_type",
    "food_licence": "form,division,certificate",
    "disability_certificate": "reissue",
    "parcel": "parcel,county,county_known",
    "division": "current",
    "person_name": "former_name,related",
    "firm_name": "core,branch,head_office,legal_unit,former_name,owner",
    "address": (
        "township,code_as_written,status,successor,village,road,number,group,building,unit,room,crossing,former_road,position"
    ),
    "date": "open_ended",
    "document_number": "year,issuer,type,number",
}


@pytest.mark.parametrize("kind", TABLE)
def test_further_columns_stand_behind_the_fixed_ones_by_name(kind):
    asked = ["repair", *filter(None, FURTHER.get(kind, "").split(","))]
    assert list(written.further(kind, {})) == asked
    vectors = VECTORS / f"{kind}.csv"
    raw = pl.read_csv(vectors, infer_schema=False)["input"].to_list() if vectors.exists() else ["无"]
    frame = written.answers(cells(*raw), kind, {}, asked)
    assert frame.write_csv().splitlines()[0].endswith(",".join(asked))


def test_an_unknown_further_column_is_refused():
    with pytest.raises(ParameterError, match="text has no column sex; beside the fixed ones it has repair"):
        written.answers(cells("x"), "text", {}, ("sex",))


@pytest.mark.parametrize(
    ("kind", "cell"), [("date", "2020年1月2日"), ("citizen_id", "11010519491231002X"), ("money", "3万元")]
)
def test_a_good_value_is_no_header(kind, cell):
    with pytest.raises(SourceError, match="first row looks like data") as caught:
        written.check_header(cell, kind)
    assert cell not in str(caught.value)


@pytest.mark.parametrize(
    ("kind", "header"), [("date", "日期"), ("money", "金额（万元）"), ("person_name", "姓名"), ("area", "面积(亩)")]
)
def test_a_header_is_no_good_value(kind, header):
    written.check_header(header, kind)
