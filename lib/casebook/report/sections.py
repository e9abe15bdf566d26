"""The sections of a notebook, under one name: `from casebook.report import show`.

Each call gives one `Fragment`: HTML for the page, the same facts as plain text for terminals and nbval.
"""

from casebook.report.browser import browse
from casebook.report.section_centre import attention, holdings, refused, retention
from casebook.report.section_centre_change import changes, drift
from casebook.report.section_centre_quality import fill_rates, id_quality
from casebook.report.section_centre_source import source_closely
from casebook.report.section_counts import amounts, bins, ledger
from casebook.report.section_leads import evidence, law, leads, trace
from casebook.report.section_patterns import figure, months, places, years
from casebook.report.section_rule import exemptions, limits, mindmap, names, rule
from casebook.report.section_sources import fields, quality, sources
from casebook.report.section_tables import tables

__all__ = [
    "amounts",
    "attention",
    "bins",
    "browse",
    "changes",
    "drift",
    "evidence",
    "exemptions",
    "fields",
    "figure",
    "fill_rates",
    "holdings",
    "id_quality",
    "law",
    "leads",
    "ledger",
    "limits",
    "mindmap",
    "months",
    "names",
    "places",
    "quality",
    "refused",
    "retention",
    "rule",
    "source_closely",
    "sources",
    "tables",
    "trace",
    "years",
]
