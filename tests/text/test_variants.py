import polars as pl
import pytest

from casebook.text import variants
from casebook.text.twins import twins


@pytest.mark.parametrize(
    ("traditional", "simplified"),
    [
        ("劉明", "刘明"),
        ("張後", "张后"),
        ("鍾離", "钟离"),
        ("徵收", "征收"),
        ("餅乾", "饼干"),
        ("乾隆", "乾隆"),
        ("瞭望", "瞭望"),
        ("已是简体", "已是简体"),
    ],
)
def test_traditional_becomes_simplified(traditional, simplified):
    assert variants.simplify(pl.Series([traditional])).to_list() == [simplified]


@pytest.mark.parametrize(("name", "kept"), [("乾安縣", "乾安县"), ("乾縣", "乾县"), ("乾坤灣", "乾坤湾")])
def test_place_names_with_qian_keep_it(name, kept):
    assert variants.simplify(pl.Series([name])).to_list() == [kept]


@pytest.mark.parametrize(("name", "kept"), [("劉乾", "刘乾"), ("李昇", "李昇"), ("王龢", "王龢"), ("張堃", "张堃")])
def test_characters_of_names_are_kept(name, kept):
    assert variants.simplify(pl.Series([name]), variants.KEPT_IN_NAMES).to_list() == [kept]


def test_null_stays_null_and_order_is_kept():
    assert variants.simplify(pl.Series(["劉", None, "王", "劉"])).to_list() == ["刘", None, "王", "刘"]


def test_text_with_line_breaks_is_converted_whole():
    assert variants.simplify(pl.Series(["劉\n張", "趙"])).to_list() == ["刘\n张", "赵"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("王喆", "王哲"),
        ("张堃", "张坤"),
        ("李镕", "李熔"),
        ("乾峯", "干峰"),
        ("付明", "傅明"),
        ("閆明", "阎明"),
        ("闫明", "閆明"),
    ],
)
def test_twins_compare_equal(one, other):
    forms = variants.comparison_form(pl.Series([one, other]))
    assert forms[0] == forms[1]


def test_different_characters_do_not_compare_equal():
    forms = variants.comparison_form(pl.Series(["王淼", "王水"]))
    assert forms[0] != forms[1]


def test_no_twin_leads_on_to_another():
    assert not set(twins()) & set(twins().values())
    assert all(len(old) == len(new) == 1 for old, new in twins().items())


@pytest.mark.parametrize("name", ["王喆", "付明", "李镕", "張堃"])
def test_comparing_twice_changes_nothing(name):
    once = variants.comparison_form(pl.Series([name]))
    assert variants.comparison_form(once).to_list() == once.to_list()
