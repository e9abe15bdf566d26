"""The formula of a month speaks the language of the run, and only that."""

from types import SimpleNamespace

import pytest

from casebook.scenarios.disabled_two_subsidies_amounts import computation

ROW = {
    "month": 2025 * 12, "subsidy": "living", "amount_fen": 15000, "n_paid": 1, "direction": "over", "gross_fen": 15000,
    "refund_fen": 0, "pooled_fen": 0, "standard_fen": 15000,
}  # fmt: skip
EXCESS = {**ROW, "gross_fen": 20000, "amount_fen": 5000}
UNPAID = {**ROW, "direction": "under", "n_paid": 0, "gross_fen": 0, "last_paid_month": None}
ENDED = {**UNPAID, "last_paid_month": 2024 * 12 + 10}
SHORT = {**ROW, "direction": "under", "gross_fen": 12000, "amount_fen": 3000, "subsidy": "nursing"}


@pytest.mark.parametrize(
    ("row", "zh", "en"),
    [
        (ROW, "2025-01 生活补贴：已发 150.00 − 退回 0.00 = 150.00", "2025-01 living subsidy: paid 150.00 − refunded 0.00 = 150.00"),
        (EXCESS, "2025-01 生活补贴：已发 200.00 − 退回 0.00 − 应发 150.00 = 50.00",
         "2025-01 living subsidy: paid 200.00 − refunded 0.00 − due 150.00 = 50.00"),
        (UNPAID, "2025-01 生活补贴：标准 150.00 − 已发 0.00 = 150.00", "2025-01 living subsidy: standard 150.00 − paid 0.00 = 150.00"),
        (ENDED, "2025-01 生活补贴：标准 150.00 − 已发 0.00 = 150.00（此前最后发放 2024-11，本月未见发放，原因待核）",
         "2025-01 living subsidy: standard 150.00 − paid 0.00 = 150.00 (last paid for 2024-11; why nothing is seen now is open)"),
        (SHORT, "2025-01 护理补贴：标准 150.00 − 已发 120.00 = 30.00",
         "2025-01 nursing subsidy: standard 150.00 − paid 120.00 = 30.00"),
    ],
)  # fmt: skip
def test_the_formula_is_told_in_the_language_of_the_run(row, zh, en):
    assert computation(row, SimpleNamespace(language="zh")) == zh
    assert computation(row, SimpleNamespace(language="en")) == en
