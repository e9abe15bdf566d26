"""What the names of two firms with one core tell besides: another place, or another branch.

北京红星 and 上海红星 have one core, and so have two branches of one bank: neither pair agrees in name. The parts are read off the
whole names, for the few pairs that have the same core and not the same name.
"""

from typing import Final

import polars as pl

from casebook.text import firms
from casebook.text.distinct import once

OTHER_PLACE: Final = "other_place"
_DIVISIONS: Final = "省|市|区|县|自治州"
_OUTLETS: Final = (
    "分公司|分店|门店|分行|支行|分社|分部|营业[部所厅]|门市部|经营部|服务部|项目部|办事处|分理处|储蓄所|总店|店$"
)
_IN_BRACKETS: Final = r"\(([^()]*(?:店|部|站|所|铺|馆|点|处|支行|分行))\)$"


def with_wholes(pairs: pl.DataFrame, grades: pl.Series) -> pl.Series:
    """The grades of the cores, `different` where both names tell a branch and not the same, `other_place` where both tell a place.

    A place or branch that contains the other, or stands in one name only, says nothing.

    Args:
        pairs: `name` and `name_right`, the whole names.
        grades: of the cores; those that do not agree stay.
    """
    asked = pairs.select(pl.col("name") != pl.col("name_right")).to_series().fill_null(value=False)
    at = (asked & grades.is_in(["exact", "variant", "one_character"])).arg_true()
    if not len(at):
        return grades
    sides = {end: _parts(pairs[f"name{end}"].gather(at)) for end in ("", "_right")}
    told = pl.concat([side.select(pl.all().name.suffix(end)) for end, side in sides.items()], how="horizontal")
    again = told.select(
        pl.when(_differ("branch"))
        .then(pl.lit("different"))
        .when(_differ("place"))
        .then(pl.lit(OTHER_PLACE))
        .otherwise(grades.gather(at))
        .alias("grade")
    ).to_series()
    return grades.scatter(at, again)


def _parts(names: pl.Series) -> pl.DataFrame:
    said = once(names, firms.clean).select("value", "place", "branch")
    branch = pl.coalesce("branch", pl.col("value").str.extract(_IN_BRACKETS, 1))
    return said.select(
        place=pl.col("place").str.replace_all(_DIVISIONS, ""), branch=branch.str.replace_all(_OUTLETS, "")
    )


def _differ(part: str) -> pl.Expr:
    one, two = pl.col(part), pl.col(f"{part}_right")
    contains = one.str.contains(two, literal=True) | two.str.contains(one, literal=True)
    return (~contains).fill_null(value=False)
