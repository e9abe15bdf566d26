import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casebook.link import role_cells

CLEANERS = [role_cells.birth_date, role_cells.phone, role_cells.account, role_cells.address, role_cells.place]


def one(clean, cell):
    return clean(pl.Series([cell], dtype=pl.String)).item()


@pytest.mark.parametrize(
    "cell",
    [
        *("13800000000", "13800138000", "13900000000", "13812345678", "12345678", "12345", "123456", "87654321"),
        *("11111111111", "00000000", "+86 13800138000", "无", "", None),
    ],
)
def test_telephones_that_reach_nobody(cell):
    assert one(role_cells.phone, cell) is None


@pytest.mark.parametrize(
    ("cell", "digits"),
    [("010-65001234", "01065001234"), ("8613912340007", "13912340007"), ("6500123", "6500123"), ("13800001111",) * 2],
)
def test_telephones_that_do(cell, digits):
    assert one(role_cells.phone, cell) == digits


@pytest.mark.parametrize(
    "cell",
    [
        *("6.22848E+18", "6.22848e18", "6228000000000000000", "6228480010012340000", "6217000", "1234567890"),
        *("9999999999999999", "XXXXXXXX", "暂无", None),
    ],
)
def test_accounts_that_are_none_or_have_lost_digits(cell):
    assert one(role_cells.account, cell) is None


@pytest.mark.parametrize("cell", ["6217000012345678", "9000020012211024854", "62284800100123400"])
def test_accounts_that_stand(cell):
    assert one(role_cells.account, cell) == cell


@pytest.mark.parametrize(
    "cell",
    [
        *("1900-01-01", "19000101", "1900年1月1日", "9999-12-31", "99991231", "30230101", "40110505", "3023-01-01"),
        *("00000000", "18000101", "不详", None),
    ],
)
def test_birth_dates_of_nobody(cell):
    assert one(role_cells.birth_date, cell) is None


@pytest.mark.parametrize(("cell", "told"), [("19850303", "1985-03-03"), ("19850230", "19850230"), ("1900-01-02",) * 2])
def test_birth_dates_with_or_without_a_slip(cell, told):
    assert one(role_cells.birth_date, cell) == told


@pytest.mark.parametrize(
    "cell",
    [*("同上", "见上", "本村", "本村3组", "柳湾镇", "云州市青禾区", "德州市陵城区", "山东省", "北京市", "无"), None],
)
def test_addresses_that_name_no_home(cell):
    assert one(role_cells.address, cell) is None


@pytest.mark.parametrize(
    "cell",
    ["青禾区柳湾镇三里村", "柳湾镇三里村3号", "幸福小区", "老孙庙", "北京市朝阳区幸福家园", "柳湾镇政府", "本溪路3号"],
)
def test_addresses_that_name_one(cell):
    assert one(role_cells.address, cell) == cell


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("同上", None),
        ("本村", None),
        ("本社区", None),
        ("本溪村", "本溪村"),
        ("上同村", "上同村"),
        ("柳湾鎮", "柳湾镇"),
    ],
)
def test_places_that_only_point(cell, told):
    assert one(role_cells.place, cell) == told


@pytest.mark.parametrize("clean", CLEANERS)
@settings(max_examples=60, deadline=None)
@given(cells=st.lists(st.one_of(st.none(), st.text(max_size=30)), max_size=6))
def test_whatever_comes_in_as_many_cells_come_out_and_stay(clean, cells):
    once = clean(pl.Series(cells, dtype=pl.String))
    assert len(once) == len(cells)
    assert clean(once).to_list() == once.to_list()
