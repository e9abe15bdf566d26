"""Why two subjects were linked, and why a row has the key it has, as sentences in Chinese and English.

Values are not part of a sentence unless asked for, and are shown as they come: the caller masks them first.
"""

from collections.abc import Mapping
from typing import Final

import polars as pl

from casebook.errors import LinkError
from casebook.link import wording
from casebook.link.reasons import REASONS

Language = wording.Language

_ENTITY: Final[dict[str, tuple[str, str]]] = {
    "id_valid": ("本行身份号码有效。", "The row's own citizen id is valid."),
    "id_repaired": ("本行身份号码经有记录的修复。", "The row's own citizen id was repaired in a documented way."),
    "id_in_certificate": (
        "本行身份号码缺失或无效，取残疾人证号内含的身份号码。",
        "The row's own id is missing or broken; the one inside the disability certificate is used.",
    ),
    "id_missing": ("没有身份号码，无法比对。", "No citizen id: the row cannot be compared."),
    "id_broken": (
        "身份号码无效且无从恢复，无法比对。",
        "The citizen id is broken beyond repair: the row cannot be compared.",
    ),
    "unified_code": ("统一社会信用代码有效。", "The unified social credit code is valid."),
    "code_repaired": (
        "统一社会信用代码经有记录的修复。",
        "The unified social credit code was repaired in a documented way.",
    ),
    "organisation_bridge": (
        "取旧税号、单独填写的组织机构代码，或校验不通过的代码中自身校验通过的组织机构代码。",
        "The organisation code is used: of an old tax number, written alone, or passing its own check inside a code that fails.",
    ),
    "citizen_id_as_tax_number": ("以经营者身份号码作税号。", "The owner's citizen id serves as tax number."),
    "code_missing": ("没有代码，无法比对。", "No code: the row cannot be compared."),
    "code_broken": ("代码无效且无从恢复，无法比对。", "The code is broken beyond repair: the row cannot be compared."),
    "no_organisation_inside": (
        "旧注册号不含组织机构代码，无法据此比对。",
        "An old registration number holds no organisation code: the row cannot be compared by it.",
    ),
}
CONFLICT: Final = (
    "号码相同而姓名(名称)不一致，或出生日期、性别与号码矛盾：疑为数据错误或借用他人号码，须先核实。",
    "Same key, but the names do not agree, or birth date or sex contradicts it: a likely data error or another's key; settle it first.",
)
_VALUES: Final = ("比对值：{left} / {right}。", "Values compared: {left} / {right}.")


def sentence(reason: str, language: Language) -> str:
    """The sentence of a link's reason.

    >>> sentence("id_equal", "en")
    'Both tables hold the same valid citizen id.'

    Raises:
        LinkError: no link has this reason.
    """
    if reason not in REASONS:
        message = f"Expected a reason of a link, one of {', '.join(REASONS)}; got {reason}."
        raise LinkError(message)
    return REASONS[reason].zh if language == "zh" else REASONS[reason].en


def entity_sentence(reason: str, language: Language) -> str:
    """The sentence of an `entity_reason`.

    >>> entity_sentence("id_missing", "zh")
    '没有身份号码，无法比对。'

    Raises:
        LinkError: no key has this reason.
    """
    if reason not in _ENTITY:
        message = f"Expected a reason of a key, one of {', '.join(_ENTITY)}; got {reason}."
        raise LinkError(message)
    return _ENTITY[reason][language == "en"]


def sentences(reasons: pl.Series, language: Language) -> pl.Series:
    """The sentence of each reason of a column; null stays null."""
    said = {code: sentence(code, language) for code in REASONS}
    return reasons.replace_strict(said, return_dtype=pl.String)


def told(links: pl.DataFrame, language: Language) -> pl.Series:
    """The sentence of each link of `Links.frame`, for weighed ones with how far each attribute agrees."""
    levels = links["levels"].drop_nulls().unique()
    said = [wording.levels(text, language) for text in levels]
    spoken = links["levels"].replace_strict(levels, said, return_dtype=pl.String) if said else links["levels"]
    both = pl.DataFrame({"reason": sentences(links["reason"], language), "levels": spoken.cast(pl.String)})
    return both.select(
        pl.concat_str("reason", "levels", separator=" " if language == "en" else "", ignore_nulls=True)
    ).to_series()


def explained(link: Mapping[str, object], language: Language) -> str:
    """One row of `Links.frame` in words: tier, reason, levels, the values as given, and a conflict of names.

    Args:
        link: the row; its values already masked where the reader may not see them.
        language: `zh` or `en`.
    """
    place = language == "en"
    said = [f"{link['tier']}: " + sentence(str(link["reason"]), language)]
    if link.get("levels"):
        said.append(wording.levels(str(link["levels"]), language))
    said.append(_VALUES[place].format(left=link["left_value"], right=link["right_value"]))
    if link["name_conflict"]:
        said.append(CONFLICT[place])
    return " ".join(said)
