"""Divisions found by the shape of their names (X省, X市, X区, X镇), for text whose division no list may know.

Words that only look like divisions (超市, 市场, 小区, 古镇 …) are shielded first. A list of names may be given besides.
Source of the suffixes: 行政区划管理条例 (2019) and GB/T 10114-2003.
"""

import re
from typing import Final

import polars as pl

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
_PATTERN: Final = (
    rf"^(?P<province>(?:{PROVINCES})(?:省|市|壮族自治区|回族自治区|维吾尔自治区|自治区)|{_NAME}{{2,3}}省|(?:{PROVINCES}))?"
    rf"(?P<prefecture>{_NAME}{{2,6}}?(?:市|地区|盟|自治州))?"
    rf"(?P<county>{_COUNTY})?"
    rf"(?P<township>{_NAME}{{0,6}}?{_ZONE}|{_NAME}{{1,6}}?(?:街道办事处|街道|镇|乡|苏木))?"
    r"(?P<rest>.*)$"
)
PARTS: Final = ("province", "prefecture", "county", "township", "rest")


def split(series: pl.Series, places: tuple[str, ...] = ()) -> pl.DataFrame:
    """Columns `province`, `prefecture`, `county`, `township` (null where not written) and `rest`.

    `places` are names without a telling suffix that may begin the text (云州 for 云州市).

    >>> split(pl.Series(["云州市青禾区柳湾镇人民路12号", "山东张记超市"])).rows()
    [(None, '云州市', '青禾区', '柳湾镇', '人民路12号'), ('山东', None, None, None, '张记超市')]
    """
    marks = [chr(_SHIELD + place) for place in range(len(_LOOKALIKES))]
    shielded = series.cast(pl.String).str.replace_many(_LOOKALIKES, marks, leftmost=True)
    found = shielded.str.extract_groups(_PATTERN).struct.unnest().select(PARTS)
    found = found.with_columns(pl.all().str.replace_many(marks, _LOOKALIKES).replace("", None)).with_columns(
        pl.col("rest").fill_null("")
    )
    return found if not places else _with_known(found, places)


def _with_known(found: pl.DataFrame, places: tuple[str, ...]) -> pl.DataFrame:
    """Given names taken off the head of the rest where no prefecture or county was found."""
    names = "|".join(re.escape(name) for name in sorted(places, key=len, reverse=True))
    groups = found["rest"].str.extract_groups(rf"^({names})(.+)$").struct.unnest()
    is_free = found["prefecture"].is_null() & found["county"].is_null()
    return found.with_columns(
        pl.when(is_free).then(groups["1"]).otherwise("prefecture").alias("prefecture"),
        pl.when(is_free).then(groups["2"].fill_null(found["rest"])).otherwise("rest").alias("rest"),
    )
