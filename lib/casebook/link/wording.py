"""How far each attribute of a weighed link agrees, in words: `name=homophone;birth_date=exact` → 姓名同音；出生日期一致."""

from typing import Final, Literal

from casebook.errors import LinkError

Language = Literal["zh", "en"]

_COMPARISONS: Final[dict[str, tuple[str, str]]] = {
    "name": ("姓名", "name"),
    "given_name": ("名", "given name"),
    "family_name": ("姓", "family name"),
    "firm_name": ("名称", "name of the firm"),
    "id": ("证件号码", "number of the person"),
    "code": ("代码", "code"),
    "birth_date": ("出生日期", "birth date"),
    "sex": ("性别", "sex"),
    "place": ("村(社区)", "place"),
    "address": ("地址", "address"),
    "phone": ("电话", "telephone"),
    "account": ("账号", "account"),
    "representative": ("法定代表人(负责人)", "representative"),
    "household": ("同住址、电话或账号的人数", "others who share address, telephone or account"),
    "prior": ("起点：随机两行为同一主体", "start: two rows at random"),
    "probability": ("可能性(经实测校准)", "probability (measured)"),
}
_LEVELS: Final[dict[str, tuple[str, str]]] = {
    "exact": ("一致", "the same"),
    "variant": ("为异体字写法", "spelled with a twin character"),
    "homophone": ("同音", "sounds the same"),
    "one_character": ("差一字", "differs by one character"),
    "near": ("拼写相近", "nearly the same"),
    "similar": ("拼写相似", "similar"),
    "swapped": ("前后互换", "exchanged"),
    "one_digit": ("差一位", "differs by one digit"),
    "transposed": ("相邻两位颠倒", "two neighbours exchanged"),
    "year_month": ("同年同月", "same month of the same year"),
    "year": ("同年", "same year"),
    "house": ("同路(村)同号", "same road and number"),
    "road": ("同路(村)", "same road"),
    "ending": ("一方为另一方的结尾部分", "one ends the other"),
    "different": ("不同", "different"),
}


def comparison(name: str, language: Language) -> str:
    """The name of a comparison, or of a line of a waterfall.

    >>> comparison("birth_date", "zh"), comparison("prior", "en")
    ('出生日期', 'start: two rows at random')

    Raises:
        LinkError: nothing is compared under this name.
    """
    if name not in _COMPARISONS:
        raise LinkError(f"Expected a comparison, one of {', '.join(_COMPARISONS)}; got {name}.")
    return _COMPARISONS[name][language == "en"]


def level(name: str, language: Language) -> str:
    """The name of a level of agreement.

    >>> level("one_character", "zh"), level("year", "en")
    ('差一字', 'same year')

    Raises:
        LinkError: there is no such level.
    """
    if name not in _LEVELS:
        raise LinkError(f"Expected a level of agreement, one of {', '.join(_LEVELS)}; got {name}.")
    return _LEVELS[name][language == "en"]


# Equal numbers that are not of one person alone; see `link.households`.
_OF_SEVERAL: Final[dict[tuple[str, str], tuple[str, str]]] = {
    ("phone", "exact"): ("一致(可能为家庭或单位共用)", "the same (a family or an office may share it)"),
    ("account", "exact"): ("一致(可能为家庭共用)", "the same (a family may share it)"),
}


def levels(text: str, language: Language) -> str:
    """The column `levels` of a link as a sentence.

    >>> levels("name=homophone;birth_date=exact", "zh")
    '姓名同音；出生日期一致。'
    >>> levels("name=homophone;birth_date=exact", "en")
    'Name: sounds the same; birth date: the same.'
    """
    pairs = [part.split("=", 1) for part in text.split(";")]
    sign, between, end = (": ", "; ", ".") if language == "en" else ("", "；", "。")
    told = between.join(comparison(one, language) + sign + _said(one, how, language) for one, how in pairs) + end
    return told[0].upper() + told[1:]


def _said(name: str, how: str, language: Language) -> str:
    shared = _OF_SEVERAL.get((name, how))
    return level(how, language) if shared is None else shared[language == "en"]
