"""Whether the first row of a table is data, so that nothing of it may be shown as if it were headers."""

import re
from collections.abc import Sequence
from typing import Final

from casebook.errors import SourceError, short
from casebook.intake import headers
from casebook.text.surnames import COMMON, COMPOUND_SURNAMES

SHOWN: Final = 40
LONGEST: Final = 1_000
_NUMBER: Final = re.compile(r"[0-9]{5}|^[-+¥]?[0-9][0-9,./-]*$")
_PERSON: Final = re.compile(rf"^(?:{'|'.join(COMPOUND_SURNAMES)}|[{COMMON}])[一-龥]{{1,2}}$")
_DOTTED: Final = re.compile(r"^[一-龥]{2,}·[一-龥]{2,}$")
# Characters that end or fill headers and hardly a given name.
_OF_HEADERS: Final = re.compile("[名号码额位址话期别型量数级率式况间本化证价费税款项类者人地程等]")
_SEX: Final = frozenset("男女")


def is_data(texts: Sequence[str]) -> bool:
    """A cell is a number or has five digits, is 男 or 女, or every cell is a person's name.

    >>> is_data(["李明", "张三"]), is_data(["张三", "男", "云州市"]), is_data(["李明", "11010519491231002X"])
    (True, True, True)
    >>> is_data(["姓名", "性别"]), is_data(["金额", "单位"]), is_data([""])
    (False, False, False)
    """
    filled = [headers.normalise(text) for text in texts if text.strip()]
    if any(_NUMBER.search(text) or text in _SEX for text in filled):
        return True
    return bool(filled) and all(_is_person(text) for text in filled)


def _is_person(text: str) -> bool:
    return bool(_PERSON.match(text) and not _OF_HEADERS.search(text[1:])) or bool(_DOTTED.match(text))


def shown(name: str, texts: Sequence[str]) -> str:
    """The headers as a message may list them: forty at most, long ones cut.

    >>> shown("t.csv", ["姓名", "身份证号"])
    '姓名、身份证号'

    Raises:
        SourceError: the row is no header but data, of which nothing is shown.
    """
    if is_data(texts):
        raise refused(name)
    listed = [short(text) for text in texts if text.strip()]
    further = f" and {len(listed) - SHOWN:,} more" if len(listed) > SHOWN else ""
    return "、".join(listed[:SHOWN]) + further


def refused(name: str) -> SourceError:
    """The refusal of a table whose headers are missing."""
    return SourceError(
        f"{name}: the first row looks like data, not like a header; add a row with the headers above it."
    )
