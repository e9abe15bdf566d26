"""Two tables of the same district's firms that are hard to link, and the truth about them.

The left table is the market register, the right one a tax list: old tax numbers, organisation codes alone, owners' citizen ids
as tax numbers, former names, branches under their head office's code, and the same brand in several townships. All codes and
ids are of the unassigned area 900001.
"""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np
import polars as pl

from casebook.synth import words_people, words_places
from casebook.synth.world import DISTRICT, Scale
from casebook.synth.world import World as District

ROLES: Final = ("ref", "code", "name", "former_name", "address", "representative", "representative_id")
COMPANY, SHOP, BRANCH = "company", "shop", "branch"
CLASSES: Final = MappingProxyType({COMPANY: 0.58, SHOP: 0.32, BRANCH: 0.10})
IN_ONE_ONLY: Final = 0.2
CODE_SLIPS: Final = MappingProxyType(
    {
        "old_tax_number": 0.08,
        "organisation_only": 0.02,
        "owner_id": 0.06,
        "lower_case": 0.01,
        "full_width": 0.01,
        "code_empty": 0.03,
        "code_placeholder": 0.01,
        "code_masked": 0.01,
        "code_wrong_sign": 0.01,
        "head_office_code": 0.005,
    }
)
"""Shares of the tax list's rows; `owner_id` of shops, `head_office_code` of branches."""
RENAMED: Final = 0.03
FORMER_NAME_KEPT: Final = 0.7
NAME_WITHOUT_PLACE: Final = 0.1
OWNER_FOR_SHOP: Final = 0.2
MOVED: Final = 0.04
REPRESENTATIVE_CHANGED: Final = 0.05
_BRANDS: Final = "恒丰润江沃海金瑞宏泰盛达鑫源华兴永利嘉禾顺通远德福安康美佳天成立信东方新中信明"
_TRADES: Final = (
    *(
        "机械",
        "电气设备",
        "食品",
        "纺织",
        "建材",
        "化工",
        "环保科技",
        "商贸",
        "物流",
        "房地产开发",
        "农业科技",
        "包装",
        "家具",
    ),
    *("餐饮管理", "信息技术", "建筑工程", "医疗器械", "汽车销售", "印刷", "玻璃制品"),
)
_SHOPS: Final = ("面馆", "超市", "理发店", "烧烤店", "五金店", "服装店", "药店", "粮油店", "小吃店", "汽修厂")
_HIDDEN: Final = slice(4, 12)


@dataclass(frozen=True)
class World:
    """Two tables as delivered (columns `ROLES`), the pairs of rows that are one firm, and who each row is.

    `truth`: `left_ref`, `right_ref`, `kind` (what happened to the code, else `renamed`, else `plain`).
    `who`: per `ref` (they differ between the tables) `firm`, `kind_of_firm`, `head` (the firm whose branch it is, else itself).
    """

    left: pl.DataFrame
    right: pl.DataFrame
    truth: pl.DataFrame
    who: pl.DataFrame


def world(seed: int, firms: int = 100_000) -> World:
    """Two tables of about `firms` rows each; the same seed and number give the same tables."""
    district = District(seed, Scale.of("sample"))
    total = round(firms / (1 - IN_ONE_ONLY))
    everyone = _everyone(district.rng("firms/all"), total)
    draw = district.rng("firms/tables").random(total)
    rng = district.rng("firms/left")
    left = _mixed(rng, everyone.filter(pl.Series(draw < 1 - IN_ONE_ONLY)), first=0)
    rng = district.rng("firms/right")
    right = _mixed(rng, everyone.filter(pl.Series(draw >= IN_ONE_ONLY)), first=10 * total)
    right = _listed(rng, right)
    truth = left.select("ref", "firm").join(right.select("ref", "firm", "kind"), on="firm", how="inner")
    truth = truth.select(left_ref="ref", right_ref="ref_right", kind="kind").sort("left_ref")
    who = pl.concat([side.select("ref", "firm", "kind_of_firm", "head") for side in (left, right)])
    return World(_registered(rng, left), right.select(ROLES), truth, who)


def _everyone(rng: np.random.Generator, count: int) -> pl.DataFrame:
    """All firms: code, name, place, head of the firm with id."""
    kind = pl.Series("kind_of_firm", list(CLASSES)).gather(rng.choice(3, count, p=list(CLASSES.values())))
    is_male = rng.random(count) < 0.7
    born = words_people.birth_dates(rng, count, "1945-01-01", "2000-12-31")
    companies, shops = (words_places.unified_codes(rng, count, head, block) for head, block in (("91", 0), ("92", 1)))
    frame = pl.DataFrame(
        {
            "firm": np.arange(count),
            "kind_of_firm": kind,
            "code": companies.zip_with(kind != SHOP, shops),
            "township": words_places.townships(rng, count),
            "representative": words_people.names(rng, is_male),
            "representative_id": words_people.citizen_ids(born, is_male),
        }
    )
    frame = frame.with_columns(
        words_places.addresses(rng, frame["township"]), brand=_brand(rng, count), new_brand=_brand(rng, count)
    )
    return _named(rng, frame)


def _brand(rng: np.random.Generator, count: int) -> pl.Series:
    signs = pl.Series(list(_BRANDS))
    one, two = (signs.gather(rng.integers(len(_BRANDS), size=count)) for _ in range(2))
    return pl.select(pl.lit(one) + two).to_series()


def _named(rng: np.random.Generator, firms: pl.DataFrame) -> pl.DataFrame:
    """Adds `name` and, for branches, the head office in `head` with its code; a branch's name is its head's with a place."""
    count = firms.height
    trade = pl.Series("trade", _TRADES).gather(rng.integers(len(_TRADES), size=count))
    shop = pl.Series("shop", _SHOPS).gather(rng.integers(len(_SHOPS), size=count))
    form = pl.Series("form", ["有限公司", "有限责任公司", "股份有限公司"]).gather(
        rng.choice(3, count, p=[0.7, 0.25, 0.05])
    )
    firms = firms.with_columns(trade, shop, form)
    company, place = pl.concat_str(pl.lit(DISTRICT), "brand", "trade", "form"), pl.col("township").str.slice(0, 2)
    firms = firms.with_columns(
        name=pl.when(pl.col("kind_of_firm") == SHOP)
        .then(pl.concat_str(pl.lit(DISTRICT[3:]), "brand", "shop"))
        .otherwise(company),
        new_name=pl.concat_str(pl.lit(DISTRICT), "new_brand", "trade", "form"),
    )
    companies = (firms["kind_of_firm"] == COMPANY).arg_true()
    head = pl.select(pl.lit(companies.gather(rng.integers(len(companies), size=count))).cast(pl.Int64)).to_series()
    is_branch = firms["kind_of_firm"] == BRANCH
    heads = firms.select(head_name="name", head_code="code")[head]
    firms = firms.hstack(heads.get_columns()).with_columns(
        head=firms["firm"].zip_with(~is_branch, head.cast(firms["firm"].dtype))
    )
    name = pl.concat_str("head_name", place, pl.lit("分公司"))
    return firms.with_columns(name=pl.when(pl.col("kind_of_firm") == BRANCH).then(name).otherwise("name"))


def _mixed(rng: np.random.Generator, rows: pl.DataFrame, first: int) -> pl.DataFrame:
    rows = rows[rng.permutation(rows.height)]
    return rows.with_columns(
        ref=pl.int_range(first, first + rows.height, dtype=pl.Int64), former_name=pl.lit(None, pl.String)
    )


def _registered(rng: np.random.Generator, left: pl.DataFrame) -> pl.DataFrame:
    """The register as it stands: renamed firms under their new name, most with the former one beside it."""
    draw = pl.Series("draw", rng.random(left.height))
    renamed = (pl.col("firm") * 7_919 % 1_000 < RENAMED * 1_000) & (pl.col("kind_of_firm") == COMPANY)
    return (
        left.with_columns(draw)
        .with_columns(
            former_name=pl.when(renamed & (pl.col("draw") < FORMER_NAME_KEPT)).then("name"),
            name=pl.when(renamed).then("new_name").otherwise("name"),
        )
        .select(ROLES)
    )


def _listed(rng: np.random.Generator, right: pl.DataFrame) -> pl.DataFrame:
    """The tax list: at most one slip of the code a row, names and places as the tax office has them."""
    limits = np.cumsum(list(CODE_SLIPS.values()))
    drawn = np.searchsorted(limits, rng.random(right.height), side="right")
    slip = pl.Series("slip", [*CODE_SLIPS, "plain"]).gather(drawn)
    draws = pl.DataFrame(rng.random((right.height, 4)), schema=["bare", "owned", "moving", "heading"])
    others = right.select(other_address="address", other_head="representative")[rng.permutation(right.height)]
    right = right.with_columns(slip, *draws.get_columns(), *others.get_columns())
    code = right.select(_code()).to_series()
    renamed = (pl.col("firm") * 7_919 % 1_000 < RENAMED * 1_000) & (pl.col("kind_of_firm") == COMPANY)
    hit = pl.when(code.eq_missing(right["code"])).then(pl.lit("plain")).otherwise("slip")
    kind = pl.when(hit != "plain").then(hit).when(renamed).then(pl.lit("renamed")).otherwise(pl.lit("plain"))
    bare = (
        pl.when(pl.col("bare") < NAME_WITHOUT_PLACE).then(pl.col("name").str.strip_prefix(DISTRICT)).otherwise("name")
    )
    owned = (pl.col("kind_of_firm") == SHOP) & (pl.col("owned") < OWNER_FOR_SHOP)
    return right.with_columns(
        kind=kind,
        code=code,
        name=pl.when(owned).then("representative").otherwise(bare),
        address=pl.when(pl.col("moving") < MOVED).then("other_address").otherwise("address"),
        representative=pl.when(pl.col("heading") < REPRESENTATIVE_CHANGED)
        .then("other_head")
        .otherwise("representative"),
        representative_id=pl.lit(None, pl.String),
    )


def _code() -> pl.Expr:
    """The code after its slip."""
    code, inside = pl.col("code"), pl.col("code").str.slice(8, 9)
    wide = code.str.replace_many(list("0123456789"), list("０１２３４５６７８９"))
    wrong = pl.concat_str(
        code.str.slice(0, 17), pl.when(code.str.slice(17, 1) == "0").then(pl.lit("1")).otherwise(pl.lit("0"))
    )
    masked = pl.concat_str(code.str.slice(0, _HIDDEN.start), pl.lit("******"), code.str.slice(_HIDDEN.stop))
    said = {
        "old_tax_number": code.str.slice(2, 6) + inside,
        "organisation_only": inside.str.slice(0, 8) + "-" + inside.str.slice(8, 1),
        "owner_id": pl.when(pl.col("kind_of_firm") == SHOP).then("representative_id").otherwise("code"),
        "lower_case": code.str.to_lowercase(),
        "full_width": wide,
        "code_empty": pl.lit(None, pl.String),
        "code_placeholder": pl.lit("无"),
        "code_masked": masked,
        "code_wrong_sign": wrong,
        "head_office_code": pl.when(pl.col("kind_of_firm") == BRANCH).then("head_code").otherwise("code"),
    }
    answer = code
    for slip, text in said.items():
        answer = pl.when(pl.col("slip") == slip).then(text).otherwise(answer)
    return answer.alias("code")
