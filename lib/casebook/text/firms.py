"""Kind `firm_name`: names of firms, taken apart into place, brand, trade, form, branch and legal unit.

The value keeps the whole name, because suffixes decide (分公司 is not the head office in person, though one legal entity for
tax). `core` is for finding candidates: place, legal form and group mark are gone, so that 有限责任公司 meets 有限公司 and
鲁能(集团) meets 鲁能集团. Equal cores are a hint, never an identity.
Source: 企业名称登记管理规定 (2021) art. 6: 行政区划 + 字号 + 行业 + 组织形式.
"""

from functools import cache
from typing import Final

import numpy as np
import polars as pl

from casebook.text import distinct, firm_cells, firm_parts, passes, stand_ins, variants, width
from casebook.text.codepoints import LIMIT, Characters, Flags
from casebook.text.person_problems import PRIVATE, everyday

_WIDE: Final = r"[\x{ff10}-\x{ff19}\x{ff21}-\x{ff3a}\x{ff41}-\x{ff5a}]"
# Names with one of these may say more than a name, those of the second row in brackets only.
_MARKED: Final = "某原无"
_MARKED_IN_BRACKETS: Final = "曾更身注吊撤迁停歇非清破责者主人称"
_PLAIN_LENGTHS: Final = (5, 60)
_NO_FIRM: Final = ["several_names", "not_a_name", "only_place", "no_brand"]
_FOUND: Final = ("former_name", "owner")


def clean(series: pl.Series, known_places: tuple[str, ...] = ()) -> pl.DataFrame:
    """Columns `value`, `problem`, `repair`, `place`, `brand`, `trade`, `form`, `core`, `branch`, `head_office`, `legal_unit`,
    `former_name`, `owner`.

    `known_places`: place names without a telling suffix that may stand before a brand, besides provinces and prefectures.
    `branch` and `head_office`: 陵城分公司 and the company before it. `legal_unit`: `branch`, `company`, `cooperative`,
    `partnership`, `sole_owner`, `individual`, `village`, `public_body`; null where the name does not tell.
    `former_name`: 原云州机械厂 in brackets. `owner`: the person named in brackets or as 个体户.
    Problems: `blank`, `placeholder`, `several_names` (value kept; see `split_holders`), `former_only` (原云州机械厂),
    `masked`, `private_glyph`, `too_short`, `not_a_name`, `same_as_above` (同上; no value), `only_place` (北京市朝阳区), `no_brand`
    (便利店, 有限公司: trade and form only; 无字号: no value). The last two have no `core`.
    Repairs: `full_width` (letters, digits), `private_use`, `traditional`, `remark` (a status in brackets), `former_name`,
    `owner`, `separator` (two firms joined by a blank).

    >>> clean(pl.Series(["德州市陵城区恒丰食品（集团）有限责任公司"])).select("place", "brand", "trade", "form", "core").row(0)
    ('德州市陵城区', '恒丰', '食品', '集团有限责任公司', '恒丰食品')
    >>> clean(pl.Series(["恒丰食品有限公司陵城分公司"])).select("form", "branch", "head_office", "legal_unit").row(0)
    ('分公司', '陵城分公司', '恒丰食品有限公司', 'branch')
    """
    return distinct.once(series, lambda texts: _clean_distinct(texts, known_places))


def _clean_distinct(text: pl.Series, known_places: tuple[str, ...]) -> pl.DataFrame:
    odd = np.flatnonzero(~_is_plain(text))
    nothing = pl.lit(None, pl.String)
    value = text.str.replace_many(["（", "）"], ["(", ")"]).alias("value")
    frame = value.to_frame().with_columns(nothing.alias(name) for name in ("problem", "repair", *_FOUND))
    if len(odd):
        frame = passes.put(frame, odd, passes.settled(text.gather(odd), _clean_odd))
    frame = frame.with_columns(pl.col("problem").fill_null(firm_cells.placed(frame["value"])))
    apart = firm_parts.taken_apart(frame.select(_one_name()).to_series(), known_places)
    frame = frame.with_columns(problem=_unbranded(apart["core"]))
    owner = pl.coalesce("owner", firm_cells.owner_in_name())
    return frame.hstack(apart).select("value", "problem", "repair", *apart.columns, "former_name", owner.alias("owner"))


def _unbranded(core: pl.Series) -> pl.Expr:
    """`no_brand` beside the problems known already, where a name has no core to be looked for by."""
    is_unbranded = core.is_null() & pl.col("value").is_not_null()
    return pl.coalesce("problem", pl.when(is_unbranded).then(pl.lit("no_brand")))


def _one_name() -> pl.Expr:
    """What can be taken apart: a single name, the former one where the cell gives no other."""
    problem = pl.col("problem")
    named = pl.when(problem == "former_only").then("former_name").otherwise("value")
    return (
        pl.when(~problem.is_in(["several_names", "not_a_name", "only_place", "no_brand"]).fill_null(value=False))
        .then(named)
        .alias("value")
    )


def _is_plain(text: pl.Series) -> Flags:
    """True for names of everyday simplified characters and brackets that say nothing besides the name."""
    characters = Characters.of(text)
    shortest, longest = _PLAIN_LENGTHS
    fits = (characters.lengths >= shortest) & (characters.lengths <= longest) & characters.all_in(_plain_signs())
    limited = np.searchsorted(characters.ends, np.flatnonzero(characters.codes == ord("限")))
    is_double = np.bincount(limited, minlength=len(text)) > 1
    return fits & ~is_double & ~_says_more(characters)


def _says_more(characters: Characters) -> Flags:
    """True where brackets are empty, or stand in a name with a word that may say more than the name."""
    is_bracket = _flags("()（）")[characters.codes]
    is_empty = is_bracket[:-1] & is_bracket[1:]
    answer = ~characters.all_in(~_flags("()（）")) & ~characters.all_in(~_flags(_MARKED_IN_BRACKETS))
    answer[characters.rows_of(np.flatnonzero(is_empty))] = True
    return answer


@cache
def _flags(signs: str) -> Flags:
    flags = np.zeros(LIMIT + 1, np.bool_)
    flags[[ord(sign) for sign in signs]] = True
    return flags


@cache
def _plain_signs() -> Flags:
    return everyday(_MARKED) | _flags("()（）")


def _clean_odd(series: pl.Series) -> pl.DataFrame:
    text = width.trim(series)
    cell = firm_cells.taken_apart(text)
    named = cell["name"]
    value = variants.simplify(named, variants.KEPT_IN_NAMES)
    repair = width.repair_codes(
        {
            "full_width": series.str.contains(_WIDE),
            "private_use": series.str.contains(PRIVATE) & ~value.str.contains(PRIVATE),
            "hidden_characters": width.is_hiding(series),
            "traditional": value != named,
            **{flag: cell[flag] for flag in ("remark", "separator")},
            "former_name": cell["former"],
            "owner": cell["owner"].is_not_null(),
        }
    )
    nothing = width.problem_of_trimmed(text).fill_null(width.problem_of_trimmed(value))
    nothing = nothing.fill_null(stand_ins.of_firms(value))
    frame = pl.DataFrame({"value": value, "nothing": nothing, "repair": repair})
    said = width.said(frame.with_columns(firm_cells.problem()))
    return said.hstack([variants.simplify(cell[name], variants.KEPT_IN_NAMES) for name in _FOUND])


def split_holders(series: pl.Series) -> pl.Series:
    """The names in a cell that joins several by 、 ; / or a line break, as a list; what stands in brackets is not cut.

    >>> split_holders(pl.Series(["李明、王芳", "甲公司(乙、丙);丁厂", "戊公司", None])).to_list()
    [['李明', '王芳'], ['甲公司(乙、丙)', '丁厂'], ['戊公司'], None]
    """
    lined = series.cast(pl.String).str.replace_all(r"[\r\n]+", ";")
    text = width.trim(lined).str.replace_all(r"等[0-9二三四五六七八九十]*(?:人|户|家)?$", "")
    for _ in range(3):
        text = text.str.replace_all(r"(\([^()]*)[、]([^()]*\))", "${1}\u001f${2}")
    pieces = text.str.replace_all(r" *[、;/|] *|,|，", "\u001e").str.split("\u001e").alias("names")
    tidy = pl.element().str.replace_all("\u001f", "、").str.strip_chars(" ")
    kept = pl.col("names").list.eval(tidy).list.eval(pl.element().filter(pl.element() != ""))
    return pieces.to_frame().select(kept).to_series().alias(series.name)


def compact(text: str) -> str:
    """One name as `clean` hands it back; empty when there is none.

    >>> compact("恒丰食品（集团）有限公司。")
    '恒丰食品(集团)有限公司'
    """
    value: str | None = clean(pl.Series([text], dtype=pl.String))["value"].item()
    return value or ""


def is_valid(text: str) -> bool:
    """True when the cell holds one name of a firm.

    >>> is_valid("恒丰食品有限公司"), is_valid("甲厂、乙厂")
    (True, False)
    """
    return clean(pl.Series([text], dtype=pl.String))["problem"].item() is None


def parts(text: str) -> dict[str, str | None]:
    """What one name is made of.

    >>> found = parts("山东恒丰食品有限公司")
    >>> found["place"], found["brand"], found["trade"], found["form"], found["legal_unit"]
    ('山东', '恒丰', '食品', '有限公司', 'company')
    """
    return clean(pl.Series([text], dtype=pl.String)).drop("value", "problem", "repair").row(0, named=True)
