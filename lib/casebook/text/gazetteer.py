"""The table of administrative divisions of GB/T 2260 and its history since 1981: codes, names, years, successors.

Source of `division_codes_history.csv`: repository yescallop/areacodes, dedicated to the public domain (CC0). Its columns
are code, province, prefecture, name, level, state, first year, year of change or abolition, successors. A record is in
force from its first year up to, but without, the year of its change. The file is read at first use, never at import.

>>> current("371421"), "陵城区" in full_names("县级"), "德州" in names("地级")
(('371403',), True, True)
"""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

_FILE: Final = "division_codes_history.csv"
_COLUMNS: Final = ("code", "province", "prefecture", "name", "level", "state", "since", "until", "heirs")
LEVELS: Final = ("省级", "地级", "县级")
SPAN: Final = 10_000
"""Years fit below it, so code * SPAN + year sorts by code, then by year."""
_PEOPLES: Final = (
    "(?:蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|高山|拉祜|水|东乡|纳西|景颇|柯尔克孜"
    "|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|乌孜别克|俄罗斯|鄂温克|德昂|保安|裕固|京|塔塔尔|独龙|鄂伦春"
    "|赫哲|门巴|珞巴|基诺|各)族|蒙古|维吾尔|哈萨克|柯尔克孜|锡伯|塔吉克"
)
_AUTONOMOUS: Final = re.compile(rf"^(..+?)(?:{_PEOPLES})*族?自治[州县旗区]$")
_PLAIN: Final = re.compile(r"^(..+?)(?:特别行政区|地区|林区|特区|新区|[省市盟区县旗])$")


@dataclass(frozen=True)
class History:
    """The division table, sorted by code and first year; `key` = code × 10,000 + first year."""

    frame: pl.DataFrame
    key: NDArray[np.int64]

    def rows_as_of(self, code: NDArray[np.int64], year: NDArray[np.int64]) -> NDArray[np.int64]:
        """Row of `frame` for each code as of each year, −1 where the code never existed.

        The latest record that had begun by then; before the first record (the table begins in 1981, people do not), the first.
        """
        at = np.searchsorted(self.key, code * SPAN + year, side="right") - 1
        own = self.key // SPAN
        before_first = (at < 0) | (own[np.maximum(at, 0)] != code)
        at = np.where(before_first, at + 1, at)
        inside = np.minimum(at, len(own) - 1)
        return np.where(own[inside] == code, inside, -1)

    def take(self, column: str, rows: NDArray[np.int64]) -> pl.Series:
        """The values of `column` at `rows`; null at −1."""
        index = pl.Series(rows)
        return self.frame[column].gather(index.set(index < 0, None))


@cache
def history() -> History:
    """The division table, read once."""
    source = files("casebook.text").joinpath(_FILE).read_bytes()
    frame = pl.read_csv(source, infer_schema=False, has_header=True, new_columns=list(_COLUMNS))
    frame = frame.with_columns(pl.col("since", "until").cast(pl.Int64)).sort("code", "since")
    frame = frame.with_columns(
        pl.col("prefecture").replace("直辖", None),
        pl.col("heirs").str.replace_all(r"\[[0-9]+\]", ""),
        last_heirs=pl.col("heirs").str.replace_all(r"[0-9]{6}\[[0-9]+\];?", ""),
        county=pl.when(pl.col("level") == "县级").then("name"),
        status=pl.col("state").replace_strict({"在用": "in_force", "弃用": "abolished", "变更": "changed"}),
    )
    key = frame.select(pl.col("code").cast(pl.Int64) * SPAN + pl.col("since")).to_series().to_numpy()
    return History(frame, key)


@cache
def current(code: str) -> tuple[str, ...]:
    """Codes in force today that the code's territory went to, itself if it is still in force; sorted.

    >>> current("999999")
    ()
    """
    return _followed(code, SPAN, "heirs")


@cache
def successors(code: str, year: int = SPAN) -> tuple[str, ...]:
    """Codes in force today that took the code's place when it ended, itself if it is in force; sorted.

    The code as it stood in `year`, by default its newest record: 419001 was 义马市 until 1990 and is 济源市 today.
    Unlike `current` it leaves out the parts ceded earlier, while the code still stood: a county that loses a village stays
    that county. So 372421, 371421 and 371403 are one place.

    >>> successors("372421"), successors("130421"), successors("419001", 1988)
    (('371403',), ('130402', '130403'), ('411281',))
    """
    return _followed(code, year, "last_heirs")


def _followed(code: str, year: int, kind: str) -> tuple[str, ...]:
    """Codes of the records in force that the record of the code in the year leads to; codes are given out anew, so years count."""
    found, seen = set[str](), [(code, year)]
    for at, when in seen:
        record = _record(at, when)
        if record is None:
            continue
        if record["until"] is None:
            found.add(at)
            continue
        heirs = [heir for heir in (record[kind] or "").split(";") if heir]
        renamed = _record(at, record["until"])
        if not heirs and renamed is not None and renamed["since"] > record["since"]:
            heirs = [at]
        seen += [step for heir in heirs if (step := (heir, record["until"])) not in seen]
    return tuple(sorted(found))


def _record(code: str, year: int) -> dict[str, Any] | None:
    """The latest record of the code that had begun by the year; the first where none had."""
    records = _records().get(code, [])
    begun = [record for record in records if record["since"] <= year]
    return begun[-1] if begun else next(iter(records), None)


@cache
def _records() -> dict[str, list[dict[str, Any]]]:
    """The records of each code, the oldest first."""
    found: dict[str, list[dict[str, Any]]] = {}
    for record in history().frame.select("code", "since", "until", "heirs", "last_heirs").iter_rows(named=True):
        found.setdefault(record["code"], []).append(record)
    return found


def short(name: str) -> str | None:
    """The name without the word for its kind and without its peoples; None where nothing usable is left (陵县, 郊区).

    >>> short("德州市"), short("黔东南苗族侗族自治州"), short("东乡族自治县"), short("陵县")
    ('德州', '黔东南', '东乡', None)
    """
    found = _AUTONOMOUS.match(name) or _PLAIN.match(name)
    return found[1] if found else None


@cache
def full_names(*levels: str) -> tuple[str, ...]:
    """Every name the table ever had at the levels (省级, 地级, 县级; all when none is given), as written in full; sorted."""
    chosen = history().frame.filter(pl.col("level").is_in(levels or LEVELS))
    return tuple(chosen["name"].unique().sort())


@cache
def names(*levels: str) -> tuple[str, ...]:
    """Names without the word for their kind (德州, 陵城, 黔东南), of two characters or more; sorted.

    Many counties are called like everyday words (平安, 东方, 和平): ask for the levels that the text can bear.
    """
    shortened = {short(name) for name in full_names(*levels)}
    return tuple(sorted(name for name in shortened if name is not None))
