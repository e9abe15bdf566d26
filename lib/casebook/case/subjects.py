"""What may be shown of a lead's subject: firms by name and code, persons masked, minors not at all.

Personal information of minors under 14 is sensitive (个人信息保护法 art. 28) and a report never names a minor (未成年人保护法 art. 4, 103).
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from casebook.case.masking import mask_citizen_id, mask_name
from casebook.case.scenario import Scenario
from casebook.measure.calendar import add_years

ADULT = 18
ID_LENGTH = 18
MINOR = "未成年人 (minor)"


def is_person(row: Mapping[str, Any], scenario: Scenario) -> bool:
    """Whether the row's subject is a natural person."""
    return (row.get("key_type") or scenario.subject) in {"person", "citizen_id"}


def is_minor(row: Mapping[str, Any], scenario: Scenario) -> bool:
    """Whether the subject is a person under 18 at the end of the row's period, by the birth date inside the id (False: none)."""
    key = row["entity"] or ""
    if not is_person(row, scenario) or len(key) != ID_LENGTH:
        return False
    try:
        born = date.fromisoformat(f"{key[6:10]}-{key[10:12]}-{key[12:14]}")
    except ValueError:
        return False
    return bool(add_years(born, ADULT) > row["period_end"])


def subject(row: Mapping[str, Any], scenario: Scenario) -> str:
    """A person masked, a minor as such, a firm by name and code."""
    name, key = row["subject_name"] or "", row["entity"] or ""
    if is_minor(row, scenario):
        return MINOR
    if is_person(row, scenario):
        return f"{mask_name(name)} {mask_citizen_id(key)}".strip()
    return f"{name} {row.get('subject_code') or key}".strip()


def privacy(row: Mapping[str, Any], scenario: Scenario) -> str:
    """How far evidence is masked beyond the contracts: `minor`, `person` or `firm`."""
    if is_minor(row, scenario):
        return "minor"
    return "person" if is_person(row, scenario) else "firm"
