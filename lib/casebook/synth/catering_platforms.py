"""The facts of all shops as the platforms supplied them: one shop file and one dish file per platform."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from casebook.synth.catering_facts import Page, Shop
from casebook.synth.catering_menus import decorated
from casebook.synth.catering_words import PLATFORM_CODES, PLATFORMS
from casebook.synth.table import Csv, Table, Xlsx

_SHOP_HEADERS: Final = (
    *("平台", "店铺ID", "店铺名称", "公示主体名称", "公示许可证号", "公示有效期", "公示地址"),
    *("公示量化等级", "营业状态", "店铺类型", "采集时间", "截图文件"),
)
_SHOP_VARIANT: Final = (
    *("平台名称", "商家ID", "商家名称", "公示经营者名称", "公示许可证编号", "公示有效期至", "公示经营场所"),
    *("公示等级", "店铺状态", "店铺类别", "采集日期", "截图"),
)
_DISH_HEADERS: Final = ("平台", "店铺ID", "店铺名称", "菜品分类", "菜品名称", "采集时间", "截图文件")
_DISH_VARIANT: Final = ("平台名称", "商家ID", "商家名称", "菜品类别", "商品名称", "采集日期", "截图")
_FIRST_ID: Final = (10_020_001, 700_301, 88_000_017)
_TITLES: Final = ("云外卖平台入网餐饮服务提供者信息公示采集表", "采集人：青禾区人民检察院技术部门")


@dataclass(frozen=True)
class Listed:
    """One page with its shop, as row `row` of its platform's shop table."""

    page: Page
    shop: Shop
    shop_id: str
    row: int

    @property
    def table(self) -> str:
        """Name of the shop table the page stands in."""
        return shop_table(self.page.platform)


def shop_table(platform: int) -> str:
    """Name of a platform's shop table."""
    return f"店铺公示_{PLATFORMS[platform]}"


def dish_table(platform: int) -> str:
    """Name of a platform's dish table."""
    return f"菜品_{PLATFORMS[platform]}"


def listed(shops: Iterable[Shop]) -> list[Listed]:
    """All pages in the order of the shops, with their ids and rows."""
    counts = [0] * len(PLATFORMS)
    pages = []
    for shop in shops:
        for page in (shop.page, *shop.twins):
            row = counts[page.platform]
            counts[page.platform] += 1
            pages.append(Listed(page, shop, str(_FIRST_ID[page.platform] + 37 * row), row))
    return pages


def shop_tables(pages: Sequence[Listed]) -> list[Table]:
    """Three shop tables: text in GB18030 with tabs, a sheet with titles, text with a byte-order mark."""
    shapes: tuple[Csv | Xlsx, ...] = (Csv(delimiter="\t"), Xlsx(titles=_TITLES), Csv("utf-8-sig"))
    tables = []
    for platform, shape in enumerate(shapes):
        headers = _SHOP_VARIANT if platform == 1 else _SHOP_HEADERS
        rows = [_shop_row(one) for one in pages if one.page.platform == platform]
        frame = pl.DataFrame(rows, schema=dict.fromkeys(headers, pl.String), orient="row")
        tables.append(Table("platform_shops", shop_table(platform), frame, shape))
    return tables


def _shop_row(one: Listed) -> tuple[str | None, ...]:
    page = one.page
    shown = (page.operator, page.number, page.until, page.address, page.grade)
    return (
        *(PLATFORMS[page.platform], one.shop_id, page.name, *(text or None for text in shown)),
        *(page.state, page.kind, f"{page.captured:%Y-%m-%d %H:%M:%S}", screenshot(one)),
    )


def screenshot(one: Listed) -> str:
    """Name of the picture taken of the page: platform, shop, moment."""
    return f"{PLATFORM_CODES[one.page.platform]}_{one.shop_id}_{one.page.captured:%Y%m%d%H%M%S}.png"


def dish_tables(rng: np.random.Generator, pages: Sequence[Listed]) -> tuple[list[Table], pl.DataFrame]:
    """Three dish tables, and what each dish really is: `table, row_index, item, lookalike, held_out`."""
    shapes = (Csv(), Csv("utf-8-sig", titles=("云外卖菜品采集结果",)), Csv("gb18030", delimiter="\t"))
    tables, marks = [], []
    for platform, shape in enumerate(shapes):
        rows = [row for one in pages if one.page.platform == platform for row in _dish_rows(one)]
        facts = pl.DataFrame(rows, schema=_FACTS, orient="row")
        headers = _DISH_VARIANT if platform == 1 else _DISH_HEADERS
        shown = facts.with_columns(decorated(rng, facts).alias("word")).select(*list(_FACTS)[:7])
        name = dish_table(platform)
        tables.append(
            Table("platform_dishes", name, shown.rename(dict(zip(shown.columns, headers, strict=True))), shape)
        )
        place = pl.int_range(pl.len(), dtype=pl.Int64).alias("row_index")
        marks.append(facts.select(pl.lit(name).alias("table"), place, "item", "lookalike", "held_out"))
    return tables, pl.concat(marks)


_FACTS: Final = {
    **dict.fromkeys(
        ("platform", "shop_id", "shop_name", "category", "word", "captured", "screenshot", "item"), pl.String
    ),
    **dict.fromkeys(("lookalike", "held_out"), pl.Boolean),
}


def _dish_rows(one: Listed) -> Iterable[tuple[str | bool, ...]]:
    head = (PLATFORMS[one.page.platform], one.shop_id, one.page.name)
    tail = (f"{one.page.captured:%Y-%m-%d %H:%M:%S}", screenshot(one))
    for dish in one.shop.menu:
        yield (*head, dish.category, dish.word, *tail, dish.item, dish.is_lookalike, dish.is_held_out)
