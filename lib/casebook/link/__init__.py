"""Links between the subjects of two tables: keys, tiers, reasons."""

from casebook.link.exact import exact
from casebook.link.firms import firms
from casebook.link.licences import licences
from casebook.link.links import MAX_PAIRS, Links
from casebook.link.persons import persons

__all__ = ["MAX_PAIRS", "Links", "exact", "firms", "licences", "persons"]
