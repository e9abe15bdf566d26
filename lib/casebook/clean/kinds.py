"""The cleaners of `casebook.intake.kinds`, under the name that cleaning knows them by."""

from casebook.intake.kinds import FACTS, KINDS, TABLE, Cleaner, Kind

__all__ = ["FACTS", "KINDS", "TABLE", "Cleaner", "Kind"]
