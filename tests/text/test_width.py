import polars as pl
import pytest

from casebook.text import width


def one(function, text):
    return function(pl.Series([text], dtype=pl.String)).item()


@pytest.mark.parametrize(
    ("raw", "folded"),
    [
        ("ＪＹ１２３", "JY123"),
        ("（集团）", "(集团)"),
        ("李\u3000明", "李 明"),
        ("a\u200bb\ufeff", "ab"),
        ("x\xa0y", "x y"),
        ("\u2f00", "一"),
        ("\ufe10", ","),
        ("豈", "豈"),
    ],
)
def test_full_width_and_odd_blanks_become_plain(raw, folded):
    assert one(width.fold, raw) == folded


@pytest.mark.parametrize("text", ["10²", "3½", "①号", "36℃", "㎡"])
def test_signs_that_would_become_other_numbers_stay(text):
    assert one(width.fold, text) == text


@pytest.mark.parametrize(
    ("code", "glyph"),
    [
        *((0xE81E, "龴"), (0xE816, "𠂇"), (0xE7C7, "ḿ"), (0xE78D, ","), (0xE78E, "。")),
        *((0xE78F, "、"), (0xE864, "龻"), (0xE831, "𡗗"), (0xE855, "𤇾")),
    ],
)
def test_private_use_glyphs_of_gb18030_become_characters(code, glyph):
    assert one(width.fold, chr(code)) == glyph


@pytest.mark.parametrize("raw", ["'0012", "\t0012\t", "　0012　", "\u200b0012", "’0012", " ' 0012"])
def test_trimming_takes_padding_and_text_mark(raw):
    assert one(width.trim, raw) == "0012"


@pytest.mark.parametrize(
    "raw",
    [
        "无",
        "暂无",
        "不详",
        "未知",
        "/",
        "//",
        "-",
        "--",
        "---",
        "——",
        r"\N",
        "NULL",
        "null",
        "N/A",
        "nan",
        "NaN",
        "空",
        "（空）",
        " 无 ",
        "#N/A",
        "***",
    ],
)
def test_words_for_nothing_are_placeholders(raw):
    assert one(width.blank_problem, raw) == "placeholder"


@pytest.mark.parametrize("raw", [None, "", "  ", "\t", "\u3000\xa0", "\u200b", "'"])
def test_empty_cells_are_blank(raw):
    assert one(width.blank_problem, raw) == "blank"


@pytest.mark.parametrize("raw", ["0", "无锡市", "李无", "空军医院", "A-1", "未知数"])
def test_real_content_is_no_placeholder(raw):
    assert one(width.blank_problem, raw) is None


def test_text_is_nfkc_simplified_and_single_spaced():
    cleaned = width.clean(pl.Series(["Ａ座  ３樓", "①", "乾安縣", None]))
    assert cleaned["value"].to_list() == ["A座 3楼", "1", "乾安县", None]


def test_trimming_is_no_repair():
    assert width.clean(pl.Series(["\t云州市 "])).row(0) == ("云州市", None, None)


def test_repairs_are_joined_in_order():
    flags = {"a": pl.Series([True, True, False]), "b": pl.Series([True, None, False])}
    assert width.repair_codes(flags).to_list() == ["a,b", "a", None]


def test_columns_of_numbers_are_read_as_text():
    assert width.trim(pl.Series([1, None])).to_list() == ["1", None]


def test_column_of_nulls_is_blank():
    assert width.blank_problem(pl.Series([None, None])).to_list() == ["blank", "blank"]


@pytest.mark.parametrize(
    "sign", ["\u202a", "\u202e", "\u2066", "\u2069", "\u200e", "\u00ad", "\x85", "\U000e0041", "\U000e007f"]
)
def test_signs_that_hide_are_noticed_and_folded_away(sign):
    cell = pl.Series([f"王{sign}明", "王明", None])
    assert width.is_hiding(cell).to_list() == [True, False, None]
    assert width.fold(cell)[0].replace(" ", "") == "王明"
