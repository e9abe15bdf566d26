"""Values as people read them, told by the column's suffix: fen as yuan, dm² as m², month numbers as months."""

from datetime import date
from typing import Any

from casebook.measure.calendar import OPEN_END, month_text
from casebook.measure.money import show

UNITS = {"_fen": " 元", "_dm2": " m²"}
TRUTH = {True: "是 yes", False: "否 no"}
OPEN = "9999-12-31（长期 open）"


def readable(column: str, value: Any) -> str:  # noqa: ANN401
    """The value of a column as text; unknown (null) is an empty string.

    >>> readable("amount_fen", 15000), readable("area_dm2", 2000000), readable("death_month", 24302), readable("name", None)
    ('150.00 元', '20,000.00 m²', '2025-03', '')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return TRUTH[value]
    if isinstance(value, date):
        return OPEN if value == OPEN_END else value.isoformat()
    if isinstance(value, int):
        return _number(column, value)
    return str(value)


def _number(column: str, value: int) -> str:
    """Fen and dm² are both hundredths of what people read."""
    for suffix, unit in UNITS.items():
        if column.endswith(suffix) or column.startswith(f"{suffix[1:]}_"):
            return show(value) + unit
    return month_text(value) if column == "month" or column.endswith("_month") else str(value)
