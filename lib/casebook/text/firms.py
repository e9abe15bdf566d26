"""Kind `firm_name`: names of firms, taken apart into place, brand, trade and form.

The value keeps the whole name, because suffixes decide (分公司 is not the head office in person, though one legal entity for
tax). `core` is for finding candidates: place, legal form and group mark are gone, so that 有限责任公司 meets 有限公司 and
鲁能(集团) meets 鲁能集团. Equal cores are a hint, never an identity.
Source: 企业名称登记管理规定 (2021) art. 6: 行政区划 + 字号 + 行业 + 组织形式.
"""

from typing import Final

import polars as pl

from casebook.text import distinct, places, variants, width
from casebook.text.trades import TRADES

_BRACKETS: Final = {
    "〔": "(",
    "〕": ")",
    "[": "(",
    "]": ")",
    "【": "(",
    "】": ")",
    "「": "(",
    "」": ")",
    "『": "(",
    "』": ")",
}
_FORM: Final = (
    r"(?:股份有限公司|有限责任公司|有限公司|有限责任|股份公司|总公司|责任公司|公司|专业合作社联合社|农民专业合作社|专业合作社|合作社"
    r"|\((?:有限合伙|普通合伙|特殊普通合伙|个人独资|个体工商户)\)|有限合伙|普通合伙|个体工商户)"
)
_BRANCH: Final = r"(?:分公司|支公司|分店|门市部|经营部|营业部|营业厅|分厂|分行|支行|办事处|项目部|分社|连锁店|专卖店|直营店|服务部|加油站)"
_SHOP: Final = r"(?:事务所|家庭农场|农场|商行|商店|超市|饭店|餐馆|饭馆|面馆|酒楼|店|馆|铺|坊|厂|部|中心|社)$"
_STATUS: Final = r"\((?:已)?(?:注销|吊销|撤销|迁出|停业|歇业|非正常户?|清算中?|破产)[^()]*\)"
_FORMER: Final = r"\((?:原名?|曾用名?|曾名|更名前|前身)[:：]?[^()]*\)"
_GROUP: Final = r"\(?(?:集团|控股集团|企业集团)\)?"
_SIGNS: Final = "[-—·•.,，。;；:：'\"“”‘’()&+ ]"


def clean(series: pl.Series, known_places: tuple[str, ...] = ()) -> pl.DataFrame:
    """Columns `value`, `problem`, `repair`, `place`, `brand`, `trade`, `form`, `core`.

    `known_places`: place names without a telling suffix that may stand before a brand.
    Problems: `blank`, `placeholder`, `several_names` (value kept; see `split_holders`), `too_short`, `not_a_name`.
    Repairs: `full_width` (letters, digits), `traditional`, `remark` (a status in brackets), `former_name`.

    >>> clean(pl.Series(["德州市陵城区恒丰食品（集团）有限责任公司"])).select("place", "brand", "trade", "form", "core").row(0)
    ('德州市陵城区', '恒丰', '食品', '集团有限责任公司', '恒丰食品')
    """
    return distinct.once(series, lambda texts: _clean_distinct(texts, known_places))


def _clean_distinct(series: pl.Series, known_places: tuple[str, ...]) -> pl.DataFrame:
    text = width.trim(series)
    nothing = width.problem_of_trimmed(text)
    bracketed = text.str.replace_many(list(_BRACKETS), list(_BRACKETS.values()))
    tight = _tight(bracketed)
    stated = tight.str.replace_all(_STATUS, "")
    named = stated.str.replace_all(_FORMER, "").str.replace_all(r"\(\)", "")
    value = variants.simplify(named, variants.KEPT_IN_NAMES)
    repair = width.repair_codes(
        {
            "full_width": series.cast(pl.String).str.contains(r"[\x{ff10}-\x{ff19}\x{ff21}-\x{ff3a}\x{ff41}-\x{ff5a}]"),
            "traditional": value != named,
            "remark": stated != tight,
            "former_name": named != stated,
        }
    )
    frame = pl.DataFrame(
        {"value": value, "nothing": nothing.fill_null(width.problem_of_trimmed(value)), "repair": repair}
    ).with_columns(_problem())
    frame = width.said(frame)
    return frame.hstack(_taken_apart(frame["value"], known_places))


def _tight(text: pl.Series) -> pl.Series:
    """Upper case, no blanks beside Chinese characters or brackets, no closing punctuation."""
    closed = text.str.to_uppercase().str.replace_many(['"', "“", "”"], ["", "", ""])
    if closed.str.contains(" ", literal=True).any():
        closed = closed.str.replace_all(r" *([^\x00-\x27\x2a-\x7f]) *", "${1}").str.replace_all(" +", " ")
    return closed.str.strip_chars_end("。.,;、 ").str.strip_chars(" ")


def _problem() -> pl.Expr:
    value = pl.col("value")
    return (
        pl.when(pl.col("nothing").is_not_null())
        .then("nothing")
        .when(~value.str.contains(r"\p{Alphabetic}"))
        .then(pl.lit("not_a_name"))
        .when(value.str.contains(r"[、;/]"))
        .then(pl.lit("several_names"))
        .when(value.str.len_chars() < 2)
        .then(pl.lit("too_short"))
        .alias("problem")
    )


def _taken_apart(value: pl.Series, known_places: tuple[str, ...]) -> pl.DataFrame:
    """Columns `place`, `brand`, `trade`, `form`, `core` of normalised names."""
    branch = value.str.extract_groups(rf"^(.+?(?:公司|合作社|银行))(.{{0,20}}?{_BRANCH})$").struct.unnest()
    head = branch["1"].fill_null(value)
    suffix = branch["2"].str.extract(f"({_BRANCH})$", 1)
    form = head.str.extract(rf"((?:{_GROUP})?{_FORM})$", 1)
    ends = pl.DataFrame({"head": head, "form": form.fill_null("")})
    stem = ends.select(pl.col("head").str.strip_suffix(pl.col("form"))).to_series().str.replace(rf"{_GROUP}$", "")
    located = _located(stem, known_places)
    named = located["rest"].str.replace(r"\([^()]*店\)$", "").str.replace(_GROUP, "")
    shop = named.set(form.is_not_null(), None).str.extract(f"({_SHOP})", 1)
    core = named.str.replace_all(_SIGNS, "")
    trade = core.str.extract(rf"^.*?((?:{TRADES})+)(?:{_SHOP})?$", 1)
    brand = core.str.extract(rf"^(.*?)(?:{TRADES})*(?:{_SHOP})?$", 1)
    frame = pl.DataFrame({"place": located["place"], "brand": brand, "trade": trade, "core": core})
    plain_form = form.str.replace_all("[()]", "")
    whole_form = suffix.fill_null(plain_form).fill_null(shop)
    return frame.select(
        pl.col("place").replace("", None),
        pl.when(pl.col("brand") != "").then("brand").alias("brand"),
        "trade",
        whole_form.alias("form"),
        pl.when(pl.col("core") != "").then("core").otherwise(value).alias("core"),
    )


def _located(stem: pl.Series, known_places: tuple[str, ...]) -> pl.DataFrame:
    """Columns `place` and `rest`: the divisions before the brand, or a place in brackets inside the name."""
    found = places.split(stem, known_places)
    inner = found["rest"].str.extract(r"\(([^()]{2,5})\)", 1)
    is_place = ~inner.str.contains("店$|集团|合伙|独资|个体|有限")
    inner = inner.set(~is_place.fill_null(value=False), None)
    outer = pl.concat_str("province", "prefecture", "county", "township", ignore_nulls=True)
    is_whole = pl.col("rest") == ""
    return found.with_columns(inner.alias("inner"), outer.alias("outer")).select(
        pl.when(is_whole)
        .then(pl.lit(""))
        .when(pl.col("outer") != "")
        .then("outer")
        .otherwise(pl.col("inner").fill_null(""))
        .alias("place"),
        pl.when(is_whole)
        .then(stem)
        .when(pl.col("inner").is_not_null())
        .then(pl.col("rest").str.replace(r"\([^()]{2,5}\)", ""))
        .otherwise("rest")
        .alias("rest"),
    )


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
    """Place, brand, trade, form and core of one name.

    >>> parts("山东恒丰食品有限公司")
    {'place': '山东', 'brand': '恒丰', 'trade': '食品', 'form': '有限公司', 'core': '恒丰食品'}
    """
    return (
        clean(pl.Series([text], dtype=pl.String)).select("place", "brand", "trade", "form", "core").row(0, named=True)
    )
