"""Every sentence of a report in both languages: looked up in one catalogue, numbers filled in.

The catalogue is `templates/messages.json` (sentences) and `templates/labels.json` (short names of conditions, facts, models and codes):
key → `{"zh": …, "en": …}`. Whole numbers get thousands separators here and nowhere else.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from casebook.case.scenario import Condition

FOLDER = Path(__file__).parent / "templates"
LANGUAGES = ("zh", "en")
MONTHS = 12
CATALOGUES = ("messages.json", "labels.json")
BETWEEN = re.compile(r"\s*\|\s*")
LINE_NAMES = {
    "刑事": "criminal",
    "民事": "civil",
    "行政": "administrative",
    "公益": "public_interest",
    "未检": "minors",
}


@cache
def catalogue() -> Mapping[str, Mapping[str, str]]:
    """The whole catalogue, read once."""
    found: dict[str, dict[str, str]] = {}
    for name in CATALOGUES:
        found |= json.loads((FOLDER / name).read_text(encoding="utf-8"))
    return found


@dataclass(frozen=True)
class Words:
    """The catalogue in one language (`zh` or `en`)."""

    language: str

    def say(self, key: str, **facts: object) -> str:
        """The sentence `key` with its facts; whole numbers with thousands separators. KeyError for an unknown key."""
        return catalogue()[key][self.language].format(**{name: _fact(value) for name, value in facts.items()})

    def known(self, prefix: str, name: str) -> str:
        """The word for `name` under `prefix` (`answer.unknown`); the name itself where the catalogue has none."""
        entry = catalogue().get(f"{prefix}.{name}")
        return entry[self.language] if entry else name

    def both(self, zh: str, en: str) -> str:
        """The one of two texts that is in this language."""
        return zh if self.language == "zh" else en

    def half(self, text: str) -> str:
        """The half of a text written `中文 | English` that is in this language; the whole where there is one half only.

        >>> Words("en").half("死亡日期 | date of death"), Words("zh").half("年度")
        ('date of death', '年度')
        """
        zh, *en = BETWEEN.split(text, maxsplit=1)
        return self.both(zh, en[0] if en else "") or text

    def yuan(self, fen: int) -> str:
        """Exact amount with unit: 1,234.50 元."""
        return self.say("unit.yuan", amount=yuan(fen))


def yuan(fen: int) -> str:
    """Fen as yuan with thousands separators and exactly two places.

    >>> yuan(123450), yuan(-5), yuan(0)
    ('1,234.50', '-0.05', '0.00')
    """
    whole, rest = divmod(abs(fen), 100)
    return f"{'-' if fen < 0 else ''}{whole:,}.{rest:02d}"


def count(number: int) -> str:
    """Whole number with thousands separators."""
    return f"{number:,}"


def month_name(month: int) -> str:
    """ISO month of `year * 12 + month - 1`.

    >>> month_name(2025 * 12 + 2)
    '2025-03'
    """
    return f"{month // MONTHS}-{month % MONTHS + 1:02d}"


def span(start: date | None, end: date | None) -> str:
    """A period in ISO dates, one date when it is a single day."""
    if start is None or end is None:
        return ""
    return str(start) if start == end else f"{start} – {end}"


def line_key(line: str) -> str:
    """The business line by its key: 公益 and public_interest are the same."""
    return LINE_NAMES.get(line, line)


def brief(title: str) -> str:
    """The first sentence of a title, without its full stop.

    >>> brief("死亡次月起仍发放。死亡当月应发。"), brief("Paid after death. The month of death is due.")
    ('死亡次月起仍发放', 'Paid after death')
    """
    ends = [at for at in (title.find("。"), title.find(". ")) if at > 0]
    return (title[: min(ends)] if ends else title).rstrip("。.")


@lru_cache(maxsize=1024)
def title_of(condition: Condition, language: str) -> str:
    """First sentence of a condition's title; its docstring is read once, not once a lead."""
    return brief(condition.title(language))


def label_of(condition: Condition, language: str) -> str:
    """The short name of a kind or exemption (`kind.after_death`); a draft's own condition goes by the first sentence of its title."""
    entry = catalogue().get(f"{condition.part}.{condition.name}")
    return entry[language] if entry else title_of(condition, language)


def _fact(value: Any) -> str:  # noqa: ANN401
    return count(value) if isinstance(value, int) and not isinstance(value, bool) else str(value)
