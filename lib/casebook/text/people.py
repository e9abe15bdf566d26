"""Kind `person_name`: names of people.

The eight signs typed between the parts of a minority name become `·`, blanks inside a Chinese name go, characters become
simplified (save those that live in names only), what stands beside the name in the cell goes and is reported. A twin of a
rare character (喆, 哲) is never put in its place: `variants.comparison_form` compares them, and so does `same_name`.
"""

from typing import Final

import numpy as np
import polars as pl

from casebook.text import (
    distinct,
    homophones,
    passes,
    person_cells,
    person_problems,
    person_words,
    stand_ins,
    variants,
    width,
)
from casebook.text.agreement import AGREEMENTS, same_name
from casebook.text.codepoints import Characters, Flags

__all__ = ["AGREEMENTS", "clean", "compact", "is_valid", "parts", "same_name"]

_DOTS: Final = r"[·•・‧∙.⋅･᛫⸱●˙]"
_HAN: Final = r"[〇\p{Han}]"
_COLUMNS: Final = ("value", "problem", "repair", "former_name", "related")
# Characters of words that are no names, or that hide or join them: a name with one of them takes the longer way.
_MARKED: Final = (
    "某氏之的先士同姐师太夫监亲儿妻丈偶属无没缺空不未待暂备司市店校院心团行厂府社会部局所商医银学政厅站队办室残妇区县委"
    "计本人户姓婴弃测试示例已领代名父母女兄弟死亡故去迁销停退服失作废删重婚出外入如上见佚匿童老查经制审签盖序编集体村困贫流等妹改原更签者"
)
_MARKED_ENDS: Final = "子家"  # of names of four characters: 张三长子, 张三全家
_BLANKS: Final = r"[ \t\x{a0}\x{3000}]"
_PLAIN_LENGTHS: Final = (2, 4)


def clean(series: pl.Series) -> pl.DataFrame:
    """Columns `value`, `problem`, `repair`, `homophone_key`, `pinyin`, `former_name`, `related`.

    `former_name`: another name of the same person that the cell gives (曾用名, 原名, 又名). `related`: the other person it
    names (监护人李强, 李强之子).
    Problems (no value beside the first six): `blank`, `placeholder`, `same_as_above` (同上), `proxy` (张三代领), `former_only` (原名张三),
    `not_a_name` (合计, 本人, 新生儿; with a value: digits in it, a place), `described_glyph` (刘{龙天}), `masked` (李*明, 李某, 李·明),
    `several_names`, `organisation`, `kin` (李小明之父: the person has no name of their own here), `surname_only` (王氏, 李先生),
    `private_glyph` (a private-use character without a known successor), `mixed_script`, `too_short` (one character),
    `too_long` (more than 40).
    Repairs: `full_width`, `private_use` (a glyph of GB 18030-2005 replaced by its character), `traditional`, `separator`,
    `inner_blank`, `punctuation`, `label` (户主：), `title` (先生), `remark`, `doubled` (张三张三), `former_name`.

    >>> clean(pl.Series(["李　明", "劉乾（已故）", "阿里•买买提"])).select("value", "repair", "homophone_key").rows()
    [('李明', 'inner_blank', 'li-ming'), ('刘乾', 'traditional,remark', 'liu-qian'), ('阿里·买买提', 'separator', 'a-li-mai-mai-ti')]
    >>> clean(pl.Series(["王刚(曾用名王钢)", "李小明(监护人李强)"])).select("value", "former_name", "related").rows()
    [('王刚', '王钢', None), ('李小明', None, '李强')]
    """
    return distinct.once(series, _clean_distinct)


def _clean_distinct(text: pl.Series) -> pl.DataFrame:
    frame = _as_plain(text)
    odd = np.flatnonzero(~_is_plain(frame))
    frame = frame.select(_COLUMNS)
    if len(odd):
        frame = passes.put(frame, odd, passes.settled(text.gather(odd), _clean_odd))
    spoken, key = homophones.spelled(frame["value"])
    sounds = [key.alias("homophone_key"), spoken.alias("pinyin")]
    return frame.select(*_COLUMNS[:3], *sounds, *_COLUMNS[3:])


def _as_plain(text: pl.Series) -> pl.DataFrame:
    """The answers for names that are plain but for blanks, and `is_spaced`: whether a blank stood inside."""
    nothing = pl.lit(None, pl.String)
    frame = text.alias("value").to_frame().with_columns(nothing.alias(name) for name in _COLUMNS[1:])
    if not text.str.contains(_BLANKS).any():
        return frame.with_columns(is_spaced=pl.lit(value=False))
    frame = frame.with_columns(is_spaced=pl.col("value").str.contains(rf"[^{_BLANKS[1:]}{_BLANKS}+[^{_BLANKS[1:]}"))
    return frame.with_columns(
        value=pl.col("value").str.replace_all(_BLANKS, ""),
        repair=pl.when("is_spaced").then(pl.lit("inner_blank")),
    )


def _is_plain(frame: pl.DataFrame) -> Flags:
    """True for two to four everyday simplified characters none of which could say something else.

    Of four characters with a blank between them two may be another person's: they are not plain.
    """
    characters = Characters.of(frame["value"])
    shortest, longest = _PLAIN_LENGTHS
    is_spaced = frame["is_spaced"].fill_null(value=False).to_numpy()
    fits = (characters.lengths >= shortest) & (characters.lengths <= longest - is_spaced)
    return fits & characters.all_in(person_problems.everyday(_MARKED)) & ~_is_long_and_odd(characters)


def _is_long_and_odd(characters: Characters) -> Flags:
    """True for four characters that are two and the same two, or end in a word for kin."""
    rows = np.flatnonzero(characters.lengths == _PLAIN_LENGTHS[1])
    first = characters.starts[rows]
    one, two, three, four = (characters.codes[first + place] for place in range(_PLAIN_LENGTHS[1]))
    answer = np.zeros(len(characters.lengths), np.bool_)
    answer[rows] = ((one == three) & (two == four)) | np.isin(four, [ord(sign) for sign in _MARKED_ENDS])
    return answer


def _clean_odd(series: pl.Series) -> pl.DataFrame:
    text = width.trim(series)
    nothing = width.problem_of_trimmed(text)
    cell = person_cells.taken_apart(text)
    ended = cell["bare"].str.strip_chars_end("。.,;、:!，；： ").str.strip_chars(f"{person_words.ORNAMENTS} ")
    dotted = _dotted(ended)
    joined = _joined(dotted)
    simple = variants.simplify(joined, variants.KEPT_IN_NAMES)
    value = width.trim(simple.str.to_uppercase())
    value = value.set(value == "", None)
    had_private = series.str.contains(person_problems.PRIVATE)
    repair = width.repair_codes(
        {
            "full_width": width.is_widened(series.str.replace_all("[（）．，：；！]", "")),
            "private_use": had_private & ~value.str.contains(person_problems.PRIVATE),
            "traditional": simple != joined,
            "hidden_characters": width.is_hiding(series),
            "separator": dotted != ended,
            "inner_blank": joined != dotted,
            "punctuation": ended != cell["bare"],
            **{flag: cell[flag] for flag in ("label", "title", "remark", "doubled")},
            "former_name": cell["former_name"].is_not_null(),
        }
    )
    nothing = nothing.fill_null(width.problem_of_trimmed(value)).fill_null(person_problems.nothing(value))
    frame = pl.DataFrame({"value": value, "nothing": nothing, "repair": repair})
    said = width.said(frame.with_columns(person_problems.problem()))
    only = value.str.extract(person_words.FORMER_ONLY, 1)
    beside = (
        cell["former_name"].fill_null(only),
        cell["related"].set(stand_ins.of_people(cell["related"]).is_not_null(), None),
    )
    others = (variants.simplify(_joined(_dotted(names)), variants.KEPT_IN_NAMES) for names in beside)
    return said.hstack([names.alias(column) for names, column in zip(others, _COLUMNS[3:], strict=True)])


def _dotted(text: pl.Series) -> pl.Series:
    """Chinese names with `·` for every sign between their parts, or for the blanks in a long name."""
    is_chinese = text.str.contains(_HAN)
    dotted = text.str.replace_all(rf" *{_DOTS}+ *", "·").str.strip_chars("·")
    dotted = dotted.zip_with(is_chinese & ~text.str.contains("[A-Za-z]"), text)
    is_parted = dotted.str.contains(rf"^{_HAN}{{2,}}(?: +{_HAN}{{2,}})+$") & ~person_problems.are_two_people(dotted)
    head = dotted.str.extract(rf"^({_HAN}{{2,}}) ", 1)
    is_long = (dotted.str.len_chars() > 5) & ~head.is_in(list(homophones.COMPOUND_SURNAMES))
    return dotted.str.replace_all(" +", "·").zip_with(is_parted & is_long.fill_null(value=False), dotted)


def _joined(text: pl.Series) -> pl.Series:
    """Blanks gone between Chinese characters, single between words of letters and between two people."""
    single = text.str.replace_all(" +", " ")
    keeps_blank = ~text.str.contains(_HAN) | person_problems.are_two_people(single)
    return single.zip_with(keeps_blank, single.str.replace_all(" ", ""))


def compact(text: str) -> str:
    """One name as `clean` hands it back; empty when there is none.

    >>> compact("李　明")
    '李明'
    """
    value: str | None = clean(pl.Series([text], dtype=pl.String))["value"].item()
    return value or ""


def is_valid(text: str) -> bool:
    """True when the cell holds one whole name of a person.

    >>> is_valid("李明"), is_valid("李*明"), is_valid("李明、王芳")
    (True, False, False)
    """
    return clean(pl.Series([text], dtype=pl.String))["problem"].item() is None


def parts(text: str) -> dict[str, str | None]:
    """The sound of one name, and the other names that its cell gives.

    >>> parts("解珍(曾用名解小珍)")
    {'homophone_key': 'xie-zhen', 'pinyin': 'xie zhen', 'former_name': '解小珍', 'related': None}
    """
    cleaned = clean(pl.Series([text], dtype=pl.String))
    return cleaned.select("homophone_key", "pinyin", "former_name", "related").row(0, named=True)
