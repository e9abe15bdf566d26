"""Text of one width: full-width forms, odd blanks, invisible characters, blanks and placeholders.

Every cleaner begins here. `fold` is NFKC kept to what agencies' systems really produce (full-width forms, vertical
punctuation, compatibility ideographs, radicals standing for characters, private-use glyphs of GB 18030); it leaves
`²`, `½`, `①` and `℃` alone, because `10²` folded to `102` would be another number.
Source: Unicode UAX #15; GB 18030-2022 annex D for the private-use code points.
"""

import unicodedata
from functools import cache
from typing import Final

import polars as pl

from casebook.text import variants

_BLOCKS: Final = (
    (0x2E80, 0x2EF4),  # radicals typed in place of the character
    (0x2F00, 0x2FD6),
    (0x3000, 0x3001),  # ideographic space
    (0xF900, 0xFB00),  # compatibility ideographs
    (0xFE10, 0xFE1A),  # vertical punctuation
    (0xFE30, 0xFE70),
    (0xFF01, 0xFF5F),  # full-width ASCII
    (0xFFE0, 0xFFE7),
)
# GB 18030-2000 put these glyphs of the code rows A6, A8 and FE into the private use area; Unicode encodes them since.
_PRIVATE_FE_START: Final = 0xE815
_PRIVATE_FE: Final = (
    "⺁𠂇𠂉𠃌⺄㑳㑇⺈⺋龴㖞㘚㘎⺌⺗㥮㤘龵㧏㧟㩳㧐龶龷㭎㱮㳠⺧𡗗龸⺪䁖䅟⺮䌷⺳⺶⺷𢦏䎱䎬⺻䏝䓖䙡䙌龹"
    "䜣䜩䝼䞍⻊䥇䥺䥽䦂䦃䦅䦆䦟䦛䦷䦶龺𤇾䲣䲟䲠䲡䱷䲢䴓䴔䴕䴖䴗䴘䴙䶮龻"
)
_PRIVATE_OTHER: Final = {0xE7C7: "ḿ", 0xE7C8: "ǹ"} | dict(
    zip(range(0xE78D, 0xE797), [",", "。", "、", ":", ";", "!", "?", "〖", "〗", "…"], strict=True)
)
_BLANKS: Final = r"[\t-\r\x{85}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}]"
_INVISIBLE: Final = (
    r"[\x00-\x08\x0e-\x1f\x7f-\x{84}\x{86}-\x{9f}\x{ad}\x{180e}\x{200b}-\x{200f}\x{202a}-\x{202e}"
    r"\x{2060}-\x{206f}\x{fe00}-\x{fe0f}\x{feff}\x{e0000}-\x{e007f}\x{e0100}-\x{e01ef}]"
)
# What no export leaves behind by itself: marks that turn the direction of writing, soft hyphen, NEL, tags.
_HIDDEN: Final = r"[\x{85}\x{ad}\x{200e}\x{200f}\x{202a}-\x{202e}\x{2066}-\x{2069}\x{e0000}-\x{e007f}]"
# One cheap look decides whether a column needs folding at all: anything but ASCII print, 〇 and everyday ideographs.
_ODD: Final = r"[^\x20-\x7e\x{3007}\x{4e00}-\x{9fa5}]"
_APOSTROPHES: Final = "'`’‘"
_PLACEHOLDER: Final = (
    r"(?i)^(?:[-—–―_/\\.。*~=|、,]+|无|暂无|没有|无数据|暂缺|缺|缺失|空|空白|不详|不明|未知|未填|未填写|未提供|未登记|未采集"
    r"|待补|待补充|待核|待定|n/a|#?na|#n/a|nan|nat|null|\(null\)|\[null\]|<null>|nil|none|undefined|\(空\)|\\+n"
    r"|#ref!|#value!|#name\?|#div/0!)$"
)


@cache
def _table() -> tuple[list[str], list[str]]:
    """The characters that `fold` replaces, and what stands in their place."""
    pairs: dict[str, str] = {}
    for start, stop in _BLOCKS:
        for code in range(start, stop):
            folded = unicodedata.normalize("NFKC", chr(code))
            if (folded != chr(code) and not folded.startswith(" ")) or code == 0x3000:
                pairs[chr(code)] = folded
    pairs |= {chr(_PRIVATE_FE_START + place): glyph for place, glyph in enumerate(_PRIVATE_FE)}
    pairs |= {chr(code): glyph for code, glyph in _PRIVATE_OTHER.items()}
    return list(pairs), list(pairs.values())


def fold(series: pl.Series) -> pl.Series:
    r"""The same text in half-width forms, plain blanks and no invisible characters; null stays null.

    >>> fold(pl.Series(["ＪＹ１２（３）", "李　明", "a\u200bb", "10²"])).to_list()
    ['JY12(3)', '李 明', 'ab', '10²']
    """
    text = series.cast(pl.String)
    if not text.str.contains(_ODD).any():
        return text
    old, new = _table()
    text = text.str.replace_many(old, new)
    return text.str.replace_all(_BLANKS, " ").str.replace_all(_INVISIBLE, "")


def trim(series: pl.Series) -> pl.Series:
    r"""Folded text without blanks at either end and without Excel's leading text mark (`'`); null stays null.

    >>> trim(pl.Series(["'0012 ", "\u3000无\xa0", None])).to_list()
    ['0012', '无', None]
    """
    return fold(series).str.strip_chars(" ").str.strip_chars_start(_APOSTROPHES).str.strip_chars(" ")


def blank_problem(series: pl.Series) -> pl.Series:
    r"""`blank` for null and empty cells, `placeholder` for words and rules that stand for nothing, else null.

    >>> blank_problem(pl.Series([None, "　", "暂无", r"\N", "---", "李明"])).to_list()
    ['blank', 'blank', 'placeholder', 'placeholder', 'placeholder', None]
    """
    return problem_of_trimmed(trim(series))


def problem_of_trimmed(text: pl.Series) -> pl.Series:
    """`blank_problem` of a column that went through `trim` already.

    >>> problem_of_trimmed(pl.Series(["NULL", "王"])).to_list()
    ['placeholder', None]
    """
    is_placeholder = text.str.contains(_PLACEHOLDER)
    frame = pl.DataFrame({"text": text, "is_placeholder": is_placeholder})
    return frame.select(
        pl.when(pl.col("text").is_null() | (pl.col("text") == ""))
        .then(pl.lit("blank"))
        .when(pl.col("is_placeholder"))
        .then(pl.lit("placeholder"))
        .alias("problem")
    ).to_series()


def repair_codes(flags: dict[str, pl.Series]) -> pl.Series:
    """The names of the flags that are true in each row, joined by `,`; null where none is.

    >>> repair_codes({"full_width": pl.Series([True, False]), "traditional": pl.Series([True, None])}).to_list()
    ['full_width,traditional', None]
    """
    said = [pl.when(pl.col(name)).then(pl.lit(name)) for name in flags]
    joined = pl.DataFrame(flags).select(pl.concat_str(said, separator=",", ignore_nulls=True).alias("repair"))
    return joined.to_series().replace("", None)


def said(frame: pl.DataFrame) -> pl.DataFrame:
    """Columns `value`, `problem`, `repair` of a frame that also has `nothing`: no value where the cell says nothing.

    >>> frame = pl.DataFrame({"value": ["", "王"], "nothing": ["blank", None], "problem": ["blank", None], "repair": ["x", "y"]})
    >>> said(frame).rows()
    [(None, 'blank', None), ('王', None, 'y')]
    """
    has_value = pl.col("nothing").is_null()
    return frame.select(
        pl.when(has_value).then("value").alias("value"), "problem", pl.when(has_value).then("repair").alias("repair")
    )


def is_widened(raw: pl.Series) -> pl.Series:
    """True where a cell held full-width letters, digits or brackets.

    >>> is_widened(pl.Series(["１２", "12", None])).to_list()
    [True, False, None]
    """
    return raw.cast(pl.String).str.contains(r"[\x{ff01}-\x{ff5e}\x{ffe0}-\x{ffe6}]")


def is_hiding(series: pl.Series) -> pl.Series:
    r"""True where a cell holds characters that nobody sees and that make it look like another (not blanks and byte-order marks).

    >>> is_hiding(pl.Series(["12\u202e34", "1\u200b2\ufeff", None])).to_list()
    [True, False, None]
    """
    return series.cast(pl.String).str.contains(_HIDDEN)


def clean(series: pl.Series) -> pl.DataFrame:
    """Kind `text`: NFKC, simplified characters, single inner blanks.

    Columns `value`, `problem`, `repair` (`full_width`, `traditional`).

    >>> clean(pl.Series(["Ａ座  ３樓", "无"])).rows()
    [('A座 3楼', None, 'full_width,traditional'), (None, 'placeholder', None)]
    """
    text = trim(series)
    problem = problem_of_trimmed(text)
    composed = text.str.normalize("NFKC").str.replace_all(r"\s+", " ").str.strip_chars(" ")
    value = variants.simplify(composed)
    repair = repair_codes({"full_width": is_widened(series), "traditional": value != composed})
    problem = problem.fill_null(problem_of_trimmed(value))
    return pl.DataFrame({"value": value, "problem": problem, "repair": repair}).with_columns(
        pl.when(pl.col("problem").is_null()).then("value").alias("value"),
        pl.when(pl.col("problem").is_null()).then("repair").alias("repair"),
    )


def compact(text: str) -> str:
    """One string as `clean` hands it back; empty when there is nothing in it.

    >>> compact(" Ａ１ ")
    'A1'
    """
    value: str | None = clean(pl.Series([text], dtype=pl.String))["value"].item()
    return value or ""


def is_valid(text: str) -> bool:
    """True when the cell says something.

    >>> is_valid("---"), is_valid("云州市")
    (False, True)
    """
    return compact(text) != ""


def parts(text: str) -> dict[str, str | None]:
    """What `clean` says of one string beside its value.

    >>> parts("３楼")
    {'problem': None, 'repair': 'full_width'}
    """
    return clean(pl.Series([text], dtype=pl.String)).select("problem", "repair").row(0, named=True)
