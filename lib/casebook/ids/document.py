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
_YEAR: Final = rf"{_OPEN}((?:19|20)[0-9]{{2}})年?度?{_CLOSE}"
_WORD: Final = r"[^0-9()\[\]〔〕第]"
_SERIAL: Final = r"(?:字?第)?0*([1-9][0-9]{0,8})号?(之[一二三四五六七八九十0-9]+)?$"
# What case types begin with: criminal, civil, administrative, enforcement, compensation, review, bankruptcy, preservation …
_HEADS: Final = "[刑民行执赔商知破立申监督保海清请认强国非诉财调复司委他辖救]"
_COURT: Final = rf"^{_YEAR}(最高法知?|{_WORD}[0-9]{{2,4}}|{_WORD}{{1,6}}?)({_HEADS}{_WORD}{{0,7}}?){_SERIAL}"
_OTHER_COURT: Final = rf"^{_YEAR}({_WORD}?[0-9]{{0,4}})({_WORD}{{1,8}}?){_SERIAL}"
_DOCUMENT: Final = (
    rf"^([^0-9]*?[^(（\[［【〔〈《<＜﹝{{｛「]*?){_YEAR}(?:字?第)?0*([1-9][0-9]{{0,8}})(?:-([0-9]+))?号?$"
)
_FORMS: Final = {"court": _COURT, "document": _DOCUMENT, "other": _OTHER_COURT}
# Which group of which form is which part.
_GROUPS: Final = {
    "year": {"court": 1, "other": 1, "document": 2},
    "issuer": {"court": 2, "other": 2, "document": 1},
    "type": {"court": 3, "other": 3},
    "number": {"court": 4, "other": 4, "document": 3},
}
_WHOLE: Final = {"year": pl.Int32(), "number": pl.Int64()}
_PARTS: Final = tuple(_GROUPS)


def clean(series: pl.Series) -> pl.DataFrame:
    """Number with uniform brackets, problem, repair; year, issuer (for a case: the court), type (of a case), number.

    Problems: blank, placeholder, digits_lost, and unreadable (no year in brackets and number), which keeps the text. Writing
    brackets, 第 and 号 one way is no repair. The issuer is null where the number stands without one, the type where it is no case.
    """
    frame = base.stage(series).with_columns(form=pl.lit(None, pl.String))
    for name, form in _FORMS.items():
        fits = pl.col("form").is_null() & pl.col("text").str.contains(form)
        frame = frame.with_columns(form=pl.when(fits).then(pl.lit(name)).otherwise("form"))
    said = frame.select(_part(name) for name in _PARTS)
    frame = frame.with_columns(_written().alias("text"))
    strange = frame["form"].is_null() & frame["text"].is_not_null()
    frame = base.flag(frame, strange, "unreadable")
    facts = frame.select(pl.col("text").alias("value"), "problem", pl.lit(None, pl.String).alias("repair"))
    return facts.hstack(said)


def _part(name: str) -> pl.Expr:
    """A part from its group in the form the text has; an empty one is null."""
    found = pl.coalesce(
        *(
            pl.when(pl.col("form") == form).then(pl.col("text").str.extract(_FORMS[form], group))
            for form, group in _GROUPS[name].items()
        )
    ).replace("", None)
    return (found.cast(_WHOLE[name]) if name in _WHOLE else found).alias(name)


def _written() -> pl.Expr:
    text, form = pl.col("text").str, pl.col("form")
    case = "($1)$2${3}${4}号$5"
    return (
        pl.when(form == "court")
        .then(text.replace(_COURT, case))
        .when(form == "other")
        .then(text.replace(_OTHER_COURT, case))
        .when(form == "document")
        .then(text.replace(_DOCUMENT, "${1}〔$2〕${3}-${4}号").str.replace("-号", "号", literal=True))
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
