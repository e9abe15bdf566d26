"""What may be shown of a personal value; everything else becomes `*`.

Names keep the surname, citizen ids the area and the last two characters, phones three and four digits, accounts the last four,
addresses the part above the house number. Firms' names and codes are public register facts and stay.
"""

import re
from collections.abc import Callable

COMPOUND = (
    "欧阳",
    "司马",
    "上官",
    "诸葛",
    "东方",
    "尉迟",
    "皇甫",
    "令狐",
    "慕容",
    "公孙",
    "司徒",
    "夏侯",
    "长孙",
    "宇文",
    "轩辕",
)
ID_LENGTH, SHORTEST_ID = 18, 15
SHORT_NAME = 4
HOLDERS = re.compile(r"[^、，,;；/（）()\s]+")
# Up to the last road or village, else the last division, before any number of a house.
STREET = re.compile(r"^[^0-9０-９]*[村路街道庄巷镇乡区]")
DIVISION = re.compile(r"^[^0-9０-９]*[省市县旗盟州]")
# One division after the other, none of them a housing estate (小区) or a neighbourhood (社区).
DIVISIONS = re.compile(
    r"^(?:[一-龥]{1,10}?(?:自治区|自治州|自治县|自治旗|街道|(?<![小社园校])区|[省市县旗盟州镇乡](?![路街道巷村])))+"
)
NOTHING_SHOWN = "***"
BORN = re.compile(r"(?:1[89]|20)[0-9]{2}(-?)(?:0[1-9]|1[0-2])\1(?:0[1-9]|[12][0-9]|3[01])")
BIRTHDAY = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
CITIZEN_SHAPE = re.compile(
    rf"[0-9]{{6}}(?:(?:19|20)[0-9]{{2}}{BIRTHDAY}[0-9]{{3}}[0-9X]|[0-9]{{2}}{BIRTHDAY}[0-9]{{3}})(?:[0-9]{{2}})?"
)
_D = "[0-9０-９]"
_GAP = r"[\s\-–—]?"
_YEAR, _MONTH, _DAY = (
    "(?:19|20|１９|２０)",
    "(?:[0０][1-9１-９]|[1１][0-2０-２])",
    "(?:[0０][1-9１-９]|[12１２][0-9０-９]|[3３][01０１])",
)
_BIRTHDAY = rf"{_GAP}{_MONTH}{_GAP}{_DAY}{_GAP}{_D}{{3}}"
ID_ANYWHERE = re.compile(
    rf"(?<![0-9０-９A-Za-z])[1-9１-９]{_D}{{5}}{_GAP}"
    rf"(?:{_YEAR}{_D}{{2}}{_BIRTHDAY}[0-9０-９XxＸｘ]?|{_D}{{2}}{_BIRTHDAY})(?![0-9０-９A-Za-z])"
)
LONG_NUMBER = re.compile(r"[0-9０-９]{6,}[0-9０-９XxＸ]?|[0-9.]+[Ee]\+[0-9]+")


def mask_name(text: str) -> str:
    """`张三丰` → `张**`, `欧阳修` → `欧阳*`; one character stays one star.

    >>> mask_name("欧阳修"), mask_name("李明"), mask_name("")
    ('欧阳*', '李*', '')
    """
    kept = 2 if text.startswith(COMPOUND) and len(text) > 2 else 1
    return text if not text else text[:kept] + "*" * max(1, len(text) - kept)


def mask_citizen_id(text: str) -> str:
    """First six and last two characters of an id, stars between; anything shorter than eight is all stars.

    >>> mask_citizen_id("11010519491231002X")
    '110105**********2X'
    """
    return text[:6] + "*" * (len(text) - 8) + text[-2:] if len(text) > 8 else "*" * len(text)


def mask_certificate(text: str) -> str:
    """Disability certificate: masked like the id it contains, category and grade shown.

    >>> mask_certificate("11010519491231002X42")
    '110105**********2X42'
    """
    return mask_citizen_id(text[:ID_LENGTH]) + text[ID_LENGTH:]


def mask_account(text: str) -> str:
    """Last four characters only."""
    return "*" * max(0, len(text) - 4) + text[-4:]


def mask_phone(text: str) -> str:
    """First three and last four digits."""
    return text[:3] + "****" + text[-4:] if len(text) > 7 else "*" * len(text)


def mask_address(text: str) -> str:
    """Up to the last village, road, township or, without any, division before the first digit; what follows becomes one star.

    An address that names none of these shows nothing.

    >>> mask_address("云州市青禾区柳湾镇小王庄村12号"), mask_address("青年公寓三栋"), mask_address("12 Stanley Street")
    ('云州市青禾区柳湾镇小王庄村*', '***', '***')
    """
    found = STREET.match(text) or DIVISION.match(text)
    if found is None:
        return NOTHING_SHOWN if text.strip() else text
    return text if found.end() == len(text) else found.group() + "*"


def mask_to_division(text: str) -> str:
    """The divisions an address begins with, down to the township; what follows, and an address without them, is hidden.

    >>> mask_to_division("云州市青禾区柳湾镇小王庄村12号"), mask_to_division("小王庄村"), mask_to_division("winston hills")
    ('云州市青禾区柳湾镇*', '***', '***')
    """
    found = DIVISIONS.match(text)
    if found is None:
        return NOTHING_SHOWN if text.strip() else text
    return text if found.end() == len(text) else found.group() + "*"


def mask_birth_date(text: str) -> str:
    """The year of a date that is read surely (year, month, day); of any other writing nothing.

    >>> mask_birth_date("1990-03-07"), mask_birth_date("19900307"), mask_birth_date("07031990"), mask_birth_date("07/03/1990")
    ('1990******', '1990****', '***', '***')
    """
    return text[:4] + "*" * (len(text) - 4) if BORN.fullmatch(text) else NOTHING_SHOWN


def mask_numbers(text: str) -> str:
    """Any text with runs of six and more digits hidden: for cells that should hold no personal value but may."""
    return LONG_NUMBER.sub(lambda found: "*" * len(found.group()), text)


def mask_holder(text: str) -> str:
    """A cell that holds firms or persons, several joined by a stop: each short name is taken for a person's.

    >>> mask_holder("王小明、李四"), mask_holder("张三（户主）"), mask_holder("青禾机械有限公司")
    ('王**、李*', '张*（户*）', '青禾机械有限公司')
    """
    return HOLDERS.sub(
        lambda found: mask_name(found.group()) if len(found.group()) <= SHORT_NAME else found.group(), text
    )


def hide_ids(text: str) -> str:
    """The text with every id-shaped run hidden but its area and last two characters, wherever it stands and however it is written.

    >>> hide_ids("柳湾镇 900001196011260024 村"), hide_ids("９０００01-19601126-0024"), hide_ids("91110000101623741K")
    ('柳湾镇 900001**********24 村', '９０００01**********24', '91110000101623741K')
    """
    if len(text) < SHORTEST_ID:
        return text
    return ID_ANYWHERE.sub(lambda found: found.group()[:6] + "*" * 10 + found.group()[-2:], text)


def _plain(text: str) -> str:
    return text


def mask_code(text: str) -> str:
    """A code of a firm stays; a citizen id in its place (an owner's, used as tax number) is masked.

    >>> mask_code("91110000101623741K"), mask_code("11010519491231002X"), mask_code("110105491231002")
    ('91110000101623741K', '110105**********2X', '110105*******02')
    """
    plain = text.strip().upper()
    return mask_citizen_id(plain) if CITIZEN_SHAPE.fullmatch(plain) or "E+" in plain else text


def mask_parcel(text: str) -> str:
    """Cadastral district and subdistrict of a parcel or unit code; what follows is hidden."""
    return text[:12] + "*" * max(0, len(text) - 12)


def _hidden(text: str) -> str:
    return "*" * len(text)


MASKS: dict[str, Callable[[str], str]] = {
    "name": mask_name,
    "citizen_id": mask_citizen_id,
    "certificate": mask_certificate,
    "code": mask_code,
    "parcel": mask_parcel,
    "hidden": _hidden,
    "account": mask_account,
    "phone": mask_phone,
    "address": mask_address,
    "division": mask_to_division,
    "birth_date": mask_birth_date,
    "holder": mask_holder,
    "none": _plain,
}


def mask(text: str, kind: str) -> str:
    """The value as it may be shown; an unknown mask kind hides everything, and no kind shows an id that strayed into its column."""
    return hide_ids(MASKS.get(kind, _hidden)(text))
