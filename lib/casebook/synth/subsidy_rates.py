"""What the two subsidies pay in the fictional district, and the period its files cover."""

from collections.abc import Mapping
from typing import Final

LIVING: Final = "困难残疾人生活补贴"
NURSING: Final = "重度残疾人护理补贴"
YEAR: Final = 2025

STANDARDS: Final[Mapping[str, Mapping[int, int]]] = {
    LIVING: {1: 150, 2: 150, 3: 120, 4: 120},
    NURSING: {1: 150, 2: 120},
}
"""Yuan a month by subsidy and disability grade, 2025-01 to 2025-12. Illustrative, of no real place."""

CATEGORIES: Final = ("视力", "听力", "言语", "肢体", "智力", "精神", "多重")
"""Disability categories in the order of their digit (1-7) in the certificate number."""
GRADES: Final = ("一级", "二级", "三级", "四级")


def month_text(month: int) -> str:
    """The month 1..12 of the year as the payment list writes it: 2025-04."""
    return f"{YEAR}-{month:02d}"
