import polars as pl
import pytest

from casebook import clean
from casebook.case.co_owners import apart

ROLES = {"name": "holder", "code": "holder_id", "share": "share"}
FIRST, SECOND = "91350100M000100Y43", "91110000101623741K"


def table(*rows):
    raw = pl.DataFrame(rows, schema=["holder", "holder_id", "share"], orient="row").cast(pl.String)
    columns = [pl.Series("ref", range(1, raw.height + 1))]
    for name, kind in (("holder", "firm_name"), ("holder_id", "organisation_code"), ("share", "text")):
        facts = clean.KINDS[kind](raw[name])
        named = {c: f"{name}_{c}" for c in facts.columns if c != "value"}
        columns += [raw[name].alias(f"{name}_raw"), *facts.rename({"value": name, **named}).get_columns()]
    return pl.DataFrame(columns)


def shares(text, count):
    names = "、".join(f"{letter}公司" for letter in "甲乙丙"[:count])
    found = apart(table((names, None, text)), ROLES)
    return list(zip(found["share_num"], found["share_den"], strict=True))


def test_sole_holder_keeps_row_and_whole_share():
    row = table(("甲公司", FIRST, "单独所有"))
    assert apart(row, ROLES).drop("share_num", "share_den").equals(row)


def test_each_co_owner_gets_its_own_code_and_the_row_keeps_its_ref():
    found = apart(table(("甲公司、乙公司", f"{FIRST}、{SECOND}\t", "共同共有")), ROLES)
    assert found["holder"].to_list() == ["甲公司", "乙公司"]
    assert found["holder_id"].to_list() == [FIRST, SECOND]
    assert found["holder_id_problem"].to_list() == [None, None]
    assert found["ref"].to_list() == [1, 1]


@pytest.mark.parametrize(
    ("text", "count", "expected"),
    [
        ("共同共有", 2, [(1, 2), (1, 2)]),
        (None, 3, [(1, 3)] * 3),
        ("按份共有(60%、40%)", 2, [(6000, 10000), (4000, 10000)]),
        ("按份共有(33.33%、66.67%)", 2, [(3333, 10000), (6667, 10000)]),
        ("按份共有：1/3、2/3", 2, [(1, 3), (2, 3)]),
        ("按份共有(60%、40%)", 3, [(None, None)] * 3),
        ("按份共有", 2, [(None, None)] * 2),
    ],
)
def test_share_by_statement(text, count, expected):
    assert shares(text, count) == expected


def test_names_without_as_many_codes_keep_no_code():
    found = apart(table(("甲公司、乙公司", FIRST, "共同共有")), ROLES)
    assert found["holder_id"].to_list() == [None, None]
    assert found["holder_id_problem"].to_list() == ["blank", "blank"]


def test_order_of_rows_is_kept():
    found = apart(table(("甲公司、乙公司", None, None), ("丙公司", None, None)), ROLES)
    assert found["holder"].to_list() == ["甲公司", "乙公司", "丙公司"]


def test_empty_table_gets_the_share_columns():
    assert apart(table(("甲公司", None, None)).clear(), ROLES).columns[-2:] == ["share_num", "share_den"]
