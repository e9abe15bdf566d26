"""Numbers of official documents 文号 and of court cases 案号, written one way.

A document number is issuer + 〔year〕 + number + 号 (GB/T 9704-2012: hexagonal brackets, no 第, no leading zero). A court case number is
(year) + court code + case type + number + 号 (法〔2015〕137号), half-width brackets here; before 2016 the court stood there by its
short name and the number after 字第. The text as delivered stays beside it.

>>> compact("青国资〔２０１９〕第036号"), compact("（2022）豫0724执恢54号")
('青国资〔2019〕36号', '(2022)豫0724执恢54号')
>>> parts("(2022)豫0724执恢54号")
{'year': 2022, 'issuer': '豫0724', 'type': '执恢', 'number': 54}
"""

from typing import Any, Final

import polars as pl

from casebook.ids import base

_OPEN, _CLOSE = r"[(（\[［【〔〈《<＜﹝{｛「]", r"[)）\]］】〕〉》>＞﹞}｝」]"
# Numbers of the People's Republic: 1949 to 2100.
_YEAR: Final = rf"{_OPEN}(?P<year>19(?:49|[5-9][0-9])|20[0-9]{{2}}|2100)年?度?{_CLOSE}"
_WORD: Final = r"[\p{Han}--第]"  # no letters: an l or O there is a misread digit
_SERIAL: Final = r"(?:字?第)?0*(?P<number>[1-9][0-9]{0,8})号?(?P<tail>之[一二三四五六七八九十0-9]+)?$"
# What case types begin with: criminal, civil, administrative, enforcement, compensation, review, bankruptcy, preservation …
_HEADS: Final = "[刑民行执赔商知破立申监督保海清请认强国非诉财调复司委他辖救]"
_COURT: Final = rf"(?P<issuer>最高法知?|{_WORD}[0-9]{{2,4}}|{_WORD}{{1,6}}?)(?P<type>{_HEADS}{_WORD}{{0,7}}?)"
_OTHER_COURT: Final = rf"(?P<issuer>{_WORD}?[0-9]{{0,4}})(?P<type>{_WORD}{{1,8}}?)"
_ISSUER: Final = r"(?P<issuer>[^0-9《》]*?[^(（\[［【〔〈《<＜﹝{｛「》、,，;；号]*?)"
_FORMS: Final = (
    f"^{_YEAR}{_COURT}{_SERIAL}",
    rf"^{_ISSUER}{_YEAR}(?:字?第)?0*(?P<number>[1-9][0-9]{{0,8}})(?P<tail>-[0-9]+)?号?$",
    f"^{_YEAR}{_OTHER_COURT}{_SERIAL}",
)
_BEFORE: Final = r"^(?:(?:参见|详见|见|依据|根据|按照|依照|参照|遵照|按|据|(?:发?文|案|编)号[:：]?|《[^《》]*[^《》0-9年度][^《》]*》)+)"
_ANY_YEAR: Final = rf"{_OPEN}[0-9]{{4}}年?度?{_CLOSE}"
_PLAIN_YEAR: Final = _YEAR.replace("?P<year>", "?:")
_JOINED: Final = r"[0-9]号?(?:[、,，;；/至到~～—–-]|和|及|与)[^0-9]*[0-9]+号?|号之.+至"
_PARTS: Final = ("year", "issuer", "type", "number")
_READ: Final = (*_PARTS, "tail")


def clean(series: pl.Series) -> pl.DataFrame:
    """Number with uniform brackets, problem, repair; year, issuer (for a case: the court), type (of a case), number.

    Problems: blank, placeholder, digits_lost, and, with the text kept: several (5、6号 or 5-8号; but 12-3号 is part 3 of number 12),
    implausible_year (before 1949, after 2100), unreadable (no year in brackets and number, or a letter in it). Repair: words_dropped
    (根据, 见, 文号:, a title in 《》). Writing brackets, 第 and 号 one way is none. The issuer is null where the number stands without one,
    the type where it is no case.
    """
    frame = base.stage(series)
    bare = frame["text"].str.replace(_BEFORE, "")
    said = _read(bare)
    is_read = said["year"].is_not_null()
    frame = _judged(frame, bare, said).hstack(said)
    return frame.select(
        _written().alias("value"),
        "problem",
        pl.when(pl.lit(is_read & (bare != frame["text"]))).then(pl.lit("words_dropped")).alias("repair"),
        pl.col("year").cast(pl.Int32),
        pl.col("issuer").replace("", None),
        "type",
        pl.col("number").cast(pl.Int64),
    )


def _judged(frame: pl.DataFrame, bare: pl.Series, said: pl.DataFrame) -> pl.DataFrame:
    """Problems of the texts in which no form was found."""
    strange = (said["year"].is_null() & bare.is_not_null()).fill_null(value=False)
    years = bare.str.count_matches(_ANY_YEAR)
    joined = (
        (years > 1)
        | bare.str.contains(rf"[0-9]号.*{_ANY_YEAR}")
        | ((years == 1) & bare.str.replace(rf"^.*?{_ANY_YEAR}", "").str.contains(_JOINED))
    )
    frame = base.flag(frame, (strange & joined).fill_null(value=False), "several")
    frame = base.flag(
        frame, (strange & (years == 1) & ~bare.str.contains(_PLAIN_YEAR)).fill_null(value=False), "implausible_year"
    )
    return base.flag(frame, strange, "unreadable")


def _read(text: pl.Series) -> pl.DataFrame:
    """The parts and the tail (之一, -3) of each number, as the first form that fits has them; null where none does."""
    none = pl.repeat(None, len(text), dtype=pl.String, eager=True)
    found = pl.DataFrame(dict.fromkeys(_READ, none))
    left = text.is_not_null().arg_true()
    for form in _FORMS:
        if left.is_empty():
            break
        groups = text.gather(left).str.extract_groups(form).struct.unnest()
        fits = groups["year"].is_not_null() & ~_is_range(groups)
        at, groups = left.filter(fits), groups.filter(fits)
        found = found.with_columns(found[name].scatter(at, groups[name]) for name in groups.columns)
        left = left.filter(~fits)
    return found


def _is_range(groups: pl.DataFrame) -> pl.Series:
    """Whether a tail counts on from the number (5-8) rather than into it (12-3)."""
    last = groups["tail"].str.extract("^-([0-9]{1,18})$", 1).cast(pl.Int64)
    return (last > groups["number"].cast(pl.Int64)).fill_null(value=False)


def _written() -> pl.Expr:
    tail = pl.col("tail").fill_null("")
    case = pl.concat_str(pl.lit("("), "year", pl.lit(")"), "issuer", "type", "number", pl.lit("号"), tail)
    document = pl.concat_str("issuer", pl.lit("〔"), "year", pl.lit("〕"), "number", tail, pl.lit("号"))
    return (
        pl.when(pl.col("type").is_not_null())
        .then(case)
        .when(pl.col("year").is_not_null())
        .then(document)
        .otherwise("text")
    )


def compact(text: str) -> str:
    """The number written one way; the trimmed text when it is no such number."""
    return base.only(clean(pl.Series([text])))["value"] or ""


def is_valid(text: str) -> bool:
    """Whether the text is a document or case number with year and number.

    >>> is_valid("[2019]36号"), is_valid("德税通字123")
    (True, False)
    """
    return base.only(clean(pl.Series([text])))["problem"] is None


def parts(text: str) -> dict[str, Any]:
    """Year, issuer (for a case: the court), type of case, number; all None for a text that is no such number."""
    row = base.only(clean(pl.Series([text])))
    return {name: row[name] for name in _PARTS}
