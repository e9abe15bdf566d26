"""A ledger that does not balance cannot be made."""

import narwhals as nw
import polars as pl
import pytest

from casebook.case import ledger
from casebook.case.assess import assess
from casebook.case.ledger import SourceCount
from casebook.errors import BundleError

COUNT = SourceCount("payments", 5, 4, 1, {"row.short": 1})


@pytest.fixture
def made(small, parameters, rows):
    changes = [{}, {"has_death": True, "death_month": 24299}, {"entity": None}, {"paid_fen": 0}]
    assessed = assess(nw.from_native(rows(*changes).lazy()), small, parameters).collect().to_native()
    leads = pl.DataFrame({"bin": ["lead", "unmatched"], "direction": ["over", "over"], "amount_fen": [15000, 0]})
    return ledger.build(small, assessed, leads, [COUNT])


def test_bins_add_up_to_rows_judged(made):
    assert made.bins == {"lead": 1, "flagged": 0, "excluded": 0, "unmatched": 1, "clear": 2}
    assert sum(made.bins.values()) == made.judged == 4


def test_waterfall_runs_from_rows_received_to_leads(made):
    assert [(s.name, s.before, s.after) for s in made.steps] == [
        ("kept", 5, 4), ("judged", 4, 4), ("comparable", 4, 3), ("scope_paid", 3, 2), ("rule_met", 2, 1),
        ("not_excluded", 1, 1), ("lead", 1, 1),
    ]  # fmt: skip


def test_conditions_count_true_false_unknown(made):
    assert made.conditions["kind_after_death"] == {"true": 1, "false": 3, "unknown": 0}


def test_amounts_stand_by_direction(made):
    assert made.amounts_fen == {"over": 15000, "under": 0}


def test_lost_source_row_is_refused(small):
    with pytest.raises(BundleError, match="payments read 5 rows but kept 3"):
        ledger.Ledger("small", (SourceCount("payments", 5, 3, 1, {}),), 0, (), {}, {}, {}, {})


def test_lost_judged_row_is_refused():
    with pytest.raises(BundleError, match="the bins hold 1 rows, 2 were judged"):
        ledger.Ledger("small", (), 2, (), {"clear": 1}, {}, {}, {})
