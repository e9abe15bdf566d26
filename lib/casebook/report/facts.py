"""Facts as people write them, in one language: the suffix of a column tells its unit (fen, dm², month number)."""

import json
from typing import Any

from casebook.case.readable import OPEN, TRUTH, UNITS
from casebook.report.words import Words, month_name, yuan

FIRST_MONTH = 1900 * 12
MONTHS = ("month", "_month", "_from")
SAID = {TRUTH[True]: "word.yes", TRUTH[False]: "word.no", OPEN: "word.open_end"}


def quantity(name: str, value: Any, words: Words) -> str:  # noqa: ANN401
    """A fact of the rule; a null stands for what no record tells.

    >>> quantity("gross_fen", 15000, Words("en")), quantity("death_month", 24304, Words("zh")), quantity("grade", 3, Words("zh"))
    ('150.00 yuan', '2025-05', '3')
    """
    if value is None:
        return words.say("word.not_recorded")
    if isinstance(value, bool):
        return words.say("word.yes" if value else "word.no")
    if isinstance(value, int):
        return _whole(name, value, words)
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    return words.known(f"value.{name}", str(value)) or "–"


def _whole(name: str, value: int, words: Words) -> str:
    if name.endswith("_fen"):
        return words.yuan(value)
    if name.endswith("_dm2"):
        return words.say("unit.area", area=yuan(value))
    if name.endswith(MONTHS) and value > FIRST_MONTH:
        return month_name(value)
    return str(value)


def readable_in(column: str, text: str, words: Words) -> str:
    """A cleaned value of the evidence, which is written for both languages, in one.

    >>> readable_in("amount_fen", "150.00 元", Words("en")), readable_in("is_open", "是 yes", Words("en"))
    ('150.00 yuan', 'yes')
    """
    if text in SAID:
        return words.say(SAID[text])
    if column.endswith("_fen") and text.endswith(UNITS["_fen"]):
        return words.say("unit.yuan", amount=text.removesuffix(UNITS["_fen"]))
    return text
