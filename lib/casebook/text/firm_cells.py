"""What a cell says besides the name of a firm: its status, a former name, the owner; and why it holds no single name."""

from typing import Final

import polars as pl

from casebook.text import gazetteer, places
from casebook.text.person_problems import PRIVATE
from casebook.text.trades import SHOPS, TRADES

_BRACKETS: Final = dict(zip("〔〕[]【】「」『』", "()()()()()", strict=True))
_QUOTES: Final = ('"', "“", "”")
_STATUS: Final = r"\((?:已)?(?:注销|吊销|撤销|迁出|停业|歇业|非正常户?|清算中?|破产)[^()]*\)"
_FORMER: Final = r"\((?:原名称?|原|曾用名称?|曾名|更名前|前身)(?:为|是)?[:：]?([^()]*)\)"
_OWNER: Final = r"\((?:经营者|业主|负责人|法人代表|法定代表人|户主|店主)(?:为|是)?[:：]?(\p{Han}[\p{Han}·]{1,14})\)"
_END: Final = "(?:公司|合作社|厂|店|部|社)"
_TWO: Final = rf"({_END}) +(\p{{Han}}[\p{{Han}}()]{{3,}}[^分支]{_END})$"
_JOINED: Final = "有限(?:责任)?公司.+有限(?:责任)?公司$|公司(?:和|与|及|暨).{2,}(?:公司|厂|社)$"
_FORMER_ONLY: Final = "^原(.*[省市区县旗镇乡].+(?:厂|社|站|所|局|处|公司|店|部|校|队))$"
_MASK: Final = r"[*×□?�]|某"
_SHORTEST: Final = 2
_NO_SHOP: Final = "(?:个体工商户|个体户)"
_MAY_BE_PLACE: Final = f"(?:[省市区县旗盟州镇乡]|街道){_NO_SHOP}?$|^.{{2,3}}{_NO_SHOP}?$"


def taken_apart(text: pl.Series) -> pl.DataFrame:
    """Columns `name`, `former_name`, `owner`, and what was altered: `former`, `remark`, `separator`.

    >>> taken_apart(pl.Series(["恒达机械有限公司(原云州机械厂)", "张记面馆(经营者:张明)"])).select("name", "former_name", "owner").rows()
    [('恒达机械有限公司', '云州机械厂', None), ('张记面馆', None, '张明')]
    """
    bracketed = text.str.replace_many(list(_BRACKETS), list(_BRACKETS.values()))
    apart = bracketed.str.replace(_TWO, "${1}、${2}")
    tight = _tight(apart)
    stated = tight.str.replace_all(_STATUS, "")
    named = stated.str.replace_all(_FORMER, "").str.replace_all(_OWNER, "").str.replace_all(r"\(\)", "")
    former = stated.str.extract(_FORMER, 1).replace("", None)
    return pl.DataFrame(
        {
            "name": named,
            "former_name": former.fill_null(named.str.extract(_FORMER_ONLY, 1)),
            "owner": stated.str.extract(_OWNER, 1),
            "former": former.is_not_null(),
            "remark": stated != tight,
            "separator": apart != bracketed,
        }
    )


def _tight(text: pl.Series) -> pl.Series:
    """Upper case, no blanks beside Chinese characters or brackets, no closing punctuation."""
    closed = text.str.to_uppercase().str.replace_many(list(_QUOTES), [""] * len(_QUOTES))
    if closed.str.contains(" ", literal=True).any():
        closed = closed.str.replace_all(r" *([^\x00-\x27\x2a-\x7f]) *", "${1}").str.replace_all(" +", " ")
    return closed.str.strip_chars_end("。.,;、 ").str.strip_chars(" ")


def problem() -> pl.Expr:
    """`problem` of a frame with `value` and `nothing` (what `width` says of the cell); the first that holds."""
    value = pl.col("value")
    reasons = (
        ("not_a_name", ~value.str.contains(r"\p{Alphabetic}")),
        ("several_names", value.str.contains(rf"[、;/|]|{_JOINED}")),
        ("private_glyph", value.str.contains(PRIVATE)),
        ("masked", value.str.contains(_MASK) & value.str.contains(r"\p{Han}")),
        ("former_only", value.str.contains(_FORMER_ONLY)),
        ("too_short", value.str.len_chars() < _SHORTEST),
    )
    answer: pl.Expr = pl.lit(None, pl.String)
    for code, holds in reversed(reasons):
        answer = pl.when(holds).then(pl.lit(code)).otherwise(answer)
    return pl.coalesce("nothing", answer).alias("problem")


def placed(value: pl.Series) -> pl.Series:
    """`only_place` where the cell names a division and no firm, `no_brand` where 个体户 follows it; null elsewhere.

    >>> placed(pl.Series(["北京市朝阳区", "朝阳区个体户", "北京", "恒丰超市"])).to_list()
    ['only_place', 'no_brand', 'only_place', None]
    """
    rows = value.str.contains(_MAY_BE_PLACE).fill_null(value=False).arg_true()
    some = value.gather(rows)
    bare = some.str.replace(f"{_NO_SHOP}$", "")
    divisions = places.split(bare)
    is_place = ((divisions["rest"] == "") & (bare != "")) | bare.is_in(list(gazetteer.names("省级", "地级")))
    told = pl.DataFrame({"is_place": is_place, "is_bare": bare == some}).select(
        pl.when("is_place").then(pl.when("is_bare").then(pl.lit("only_place")).otherwise(pl.lit("no_brand")))
    )
    return pl.Series([None], dtype=pl.String).new_from_index(0, len(value)).scatter(rows, told.to_series())


def owner_in_name() -> pl.Expr:
    """The person whose name a 个体工商户 bears instead of a shop's (个体户李明, 李明(个体工商户)); null elsewhere."""
    told = pl.col("value").str.extract(r"^(?:个体工商户|个体户)(\p{Han}{2,4})$", 1)
    told = pl.coalesce(told, pl.col("value").str.extract(r"^(\p{Han}{2,4})\((?:个体工商户|个体户|个体)\)$", 1))
    return pl.when(~told.str.contains(f"(?:{TRADES}|{SHOPS})$")).then(told)
