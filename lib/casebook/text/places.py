"""Divisions found by the shape of their names (X省, X市, X区, X镇), for text whose division no list may know.

Words that only look like divisions (超市, 市场, 小区, 古镇 …) are shielded first. A list of names may be given besides.
Source of the suffixes: 行政区划管理条例 (2019) and GB/T 10114-2003.
"""

import re
from typing import Final

import polars as pl

from casebook.text import heads

PROVINCES: Final = (
    "北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|台湾"
    "|内蒙古|广西|西藏|宁夏|新疆|香港|澳门"
)
_LOOKALIKES: Final = re.findall(
    "..",
    "超市都市城市夜市门市集市上市股市花市早市市场市政市民市郊闹市小区社区园区景区校区片区库区矿区牧区林区区域区块区间"
    "县域县城古镇小镇城镇乡镇镇江故乡水乡老乡家乡他乡梦乡乡村乡里乡亲省钱省心省油",
)
_SHIELD: Final = 0xF1000
_NAME: Final = r"[^省市区县旗盟乡镇路街道巷村号0-9A-Za-z()·\s]"
_COUNTY: Final = (
    rf"市[中南北辖郊]区|{_NAME}{{1,7}}?(?:自治县|自治旗)|{_NAME}{{1,6}}?(?:区|县|市)|{_NAME}{{1,6}}?[左右前后中翼]旗"
)
_ZONE: Final = r"(?:经济技术|经济|高新技术产业|高新技术|高新|技术|综合保税|临港)?(?:开发区|产业园区|工业园区|高新区|新区|示范区|工业园)"
_PARK: Final = chr(_SHIELD + _LOOKALIKES.index("园区"))
_STEPS: Final = (
    rf"(?P<province>{_NAME}{{2,3}}省)?",
    rf"(?P<prefecture>{_NAME}{{2,6}}?(?:市|地区|盟|自治州))?",
    rf"(?P<county>{_COUNTY})?",
    rf"(?P<township>{_NAME}{{0,6}}?(?:{_ZONE}|(?:科技|工业|产业|软件|物流){_PARK})|{_NAME}{{1,6}}?(?:街道办事处|街道|镇|乡|苏木))?",
)
_TOWNSHIP_SIGN: Final = "[镇乡区园]|街道|苏木"
_TOWNSHIP: Final = rf"(?P<township>{_NAME}{{0,6}}?{_ZONE}|{_NAME}{{1,6}}?(?:街道办事处|街道|镇|乡|苏木))?"
_REAL_PROVINCE: Final = (
    rf"(?P<province>(?:{PROVINCES})(?:省|市|壮族自治区|回族自治区|维吾尔自治区|自治区)"
    rf"|{_NAME}{{2,3}}省|(?:{PROVINCES}))?"
)
_REST: Final = r"(?P<rest>.*)$"
_PATTERN: Final = "^" + _REAL_PROVINCE + "".join(_STEPS[1:3]) + _TOWNSHIP + _REST
_STREET: Final = "^(?:路|大道|大街|街|巷|胡同)"
PARTS: Final = ("province", "prefecture", "county", "township", "rest")


def split(series: pl.Series, places: tuple[str, ...] = ()) -> pl.DataFrame:
    """Columns `province`, `prefecture`, `county`, `township` (null where not written) and `rest`.

    `places` are names without a telling suffix that may begin the text (云州 for 云州市).

    >>> split(pl.Series(["云州市青禾区柳湾镇人民路12号", "山东张记超市"])).rows()
    [(None, '云州市', '青禾区', '柳湾镇', '人民路12号'), ('山东', None, None, None, '张记超市')]
    """
    found = _groups(series.cast(pl.String), _PATTERN).with_columns(pl.col("rest").fill_null(""))
    return found if not places else with_known(found, places)


def below(series: pl.Series, level: int | None) -> pl.DataFrame:
    """Columns of `PARTS` for texts that follow a division of the level (0 province, 1 prefecture, 2 county, None: nothing).

    Only lower divisions are looked for. A name that a road goes on from is no division (陵县路 is a road).

    >>> below(pl.Series(["柳湾镇人民路12号", "糜镇"]), 2).select("township", "rest").rows()
    [('柳湾镇', '人民路12号'), ('糜镇', '')]
    """
    if level is not None and level >= len(_STEPS) - 2:
        return _townships(series)
    steps = _STEPS if level is None else _STEPS[level + 1 :]
    found = _groups(series, "^" + "".join(steps) + _REST)
    is_street = found["rest"].str.contains(_STREET).fill_null(value=False)
    if not is_street.any():
        return found
    nothing = pl.DataFrame({name: series if name == "rest" else None for name in PARTS}, schema=found.schema)
    return found.with_columns(nothing[name].zip_with(is_street, found[name]) for name in PARTS)


def _townships(series: pl.Series) -> pl.DataFrame:
    """`below` for what follows a county, the great majority: only texts that hold a word for a township are looked at."""
    rows = series.str.contains(_TOWNSHIP_SIGN).fill_null(value=False).arg_true()
    marks = [chr(_SHIELD + place) for place in range(len(_LOOKALIKES))]
    some = series.gather(rows).str.replace_many(_LOOKALIKES, marks, leftmost=True)
    name, rest = heads.cut(some, _STEPS[-1])
    is_street = rest.str.contains(_STREET).fill_null(value=False)
    shown = [
        part.str.replace_many(marks, _LOOKALIKES)
        for part in (name.set(is_street, None), some.zip_with(is_street, rest))
    ]
    nothing = pl.Series([None], dtype=pl.String).new_from_index(0, len(series))
    return pl.DataFrame(
        dict.fromkeys(PARTS[:3], nothing)
        | {"township": nothing.clone().scatter(rows, shown[0]), "rest": series.clone().scatter(rows, shown[1])}
    )


def _groups(text: pl.Series, pattern: str) -> pl.DataFrame:
    """The named groups of the pattern as columns of `PARTS`; null where not written, `rest` empty where nothing is left."""
    marks = [chr(_SHIELD + place) for place in range(len(_LOOKALIKES))]
    shielded = text.str.replace_many(_LOOKALIKES, marks, leftmost=True)
    has_marks = bool(shielded.str.contains(rf"[\x{{{_SHIELD:x}}}-\x{{{_SHIELD + len(marks):x}}}]").any())
    found = shielded.str.extract_groups(pattern).struct.unnest()
    if has_marks:
        found = found.with_columns(pl.all().str.replace_many(marks, _LOOKALIKES))
    named = [
        pl.col(name).replace("", None) if name in found.columns and name != "rest" else _lacking(name) for name in PARTS
    ]
    return found.select(named)


def _lacking(name: str) -> pl.Expr:
    return pl.col(name) if name == "rest" else pl.lit(None, pl.String).alias(name)


def with_known(found: pl.DataFrame, places: tuple[str, ...]) -> pl.DataFrame:
    """Given names taken off the head of the rest where no prefecture or county was found."""
    names = "|".join(re.escape(name) for name in sorted(places, key=len, reverse=True))
    groups = found["rest"].str.extract_groups(rf"^({names})(.+)$").struct.unnest()
    is_free = found["prefecture"].is_null() & found["county"].is_null()
    return found.with_columns(
        pl.when(is_free).then(groups["1"]).otherwise("prefecture").alias("prefecture"),
        pl.when(is_free).then(groups["2"].fill_null(found["rest"])).otherwise("rest").alias("rest"),
    )
