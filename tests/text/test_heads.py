import polars as pl

from casebook.text import heads


def test_head_is_cut_off():
    head, rest = heads.cut(pl.Series(["柳湾镇人民路", "人民路", "", None]), "[^路]{1,3}镇")
    assert head.to_list() == ["柳湾镇", None, None, None]
    assert rest.to_list() == ["人民路", "人民路", "", None]


def test_only_the_head_is_cut():
    assert heads.cut(pl.Series(["在柳镇"]), "柳镇")[0].to_list() == [None]


def test_alternatives_are_all_anchored():
    assert heads.cut(pl.Series(["人民路一街"]), "二街|一街")[0].to_list() == [None]


def test_extract_looks_only_where_the_sign_shows():
    text = pl.Series(["3栋", "3幢", "3号", None])
    assert heads.extract(text, "([0-9]+)(?:栋|幢)", "栋").to_list() == ["3", None, None, None]


def test_inputs_are_left_as_they_were():
    text = pl.Series(["3栋", "4栋"])
    heads.extract(text, "([0-9]+)栋", "栋")
    assert text.to_list() == ["3栋", "4栋"]
