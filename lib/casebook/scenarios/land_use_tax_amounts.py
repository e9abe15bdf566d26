"""What a holder-year is worth in fen, its surcharge, and the line that shows how."""

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import narwhals as nw

from casebook.measure import area, money

if TYPE_CHECKING:
    from casebook.scenarios.land_use_tax import Parameters

MILLION = 1_000_000


def amount(p: "Parameters") -> nw.Expr:
    """Fen due and not paid for the year (negative where the year sets off another); for `overpaid` what was paid beyond it."""
    return nw.when(nw.col("direction") == "under").then(-nw.col("open_fen")).otherwise(nw.col("open_fen")).fill_null(0)


def daily(p: "Parameters") -> int:
    """The surcharge of a day in millionths of the tax."""
    return int(p.surcharge_rate_daily * MILLION)


def surcharge(p: "Parameters") -> nw.Expr:
    """Fen of surcharge to `as_of_date`, rounded half up once for the year.

    The year's shortfall is spread evenly over the instalments of its liable months; each runs from the day after its due date.
    Source: 税收征收管理法 art. 32. Held to the tax itself when `surcharge_cap_at_principal`.
    """
    number = nw.col("open_fen") * nw.col("late_days") * daily(p)
    parts = nw.col("n_parts") * MILLION
    full = (2 * number + parts) // (2 * parts)
    owes = (nw.col("direction") == "over") & (nw.col("open_fen") > 0) & ~nw.col("is_excused")
    held = nw.min_horizontal(full, nw.col("open_fen")) if p.surcharge_cap_at_principal else full
    return nw.when(owes).then(held).otherwise(nw.lit(0)).fill_null(0)


def computation(row: Mapping[str, Any], p: "Parameters") -> str:
    """The year's formula with its numbers, the halved figure of small entities and the surcharge beside it."""
    if row["open_fen"] is None:
        return f"{row['year']}：应缴未知 due unknown"
    basis = row["gross_fen"] if row["is_excused"] else row["due_fen"]
    total = row["gross_short_fen"] if row["is_excused"] else row["short_fen"]
    line = f"{row['year']}：{_due(row)} = {money.show(basis)} − 已缴 paid {money.show(row['paid_fen'])} = {money.show(total)}"
    if row["direction"] == "under" or row["is_excused"] or total <= 0:
        return line
    return line + _halved(row, total) + _late(row, total, p)


def _due(row: Mapping[str, Any]) -> str:
    if row["is_excused"] or not row["n_liable"]:
        return "不计减免应缴 due without relief" if row["is_excused"] else "应缴 due"
    rates = _range(row["min_rate_fen"], row["max_rate_fen"], money.show)
    months = _range(row["min_months"], row["max_months"], str)
    size = f"{area.show(row['taxed_dm2'])} m² × {rates} × {months}/12"
    is_plain = row["min_rate_fen"] == row["max_rate_fen"] and row["min_months"] == row["max_months"]
    return f"应缴 due {size}" if is_plain else f"应缴 due Σ {row['n_liable']} 宗 rights（{size}）"


def _range(low: int, high: int, show: Any) -> str:  # noqa: ANN401
    return str(show(low)) if low == high else f"{show(low)}~{show(high)}"


def _halved(row: Mapping[str, Any], total: int) -> str:
    kept = total * (100 - row["small_pct"])
    return f"；若属小微 if a small entity {money.show((2 * kept + 100) // 200)}" if row["small_pct"] else ""


def _late(row: Mapping[str, Any], total: int, p: "Parameters") -> str:
    """Both figures: surcharge in full and held to the tax."""
    if not row["n_parts"]:
        return ""
    number, parts = total * row["late_days"] * daily(p), row["n_parts"] * MILLION
    full = (2 * number + parts) // (2 * parts)
    days = Decimal(row["late_days"]) / row["n_parts"]
    rate = f"{p.surcharge_rate_daily:f}"
    line = f"；滞纳金 surcharge {money.show(total)} × {rate} × {days:.2f} 日 days = {money.show(full)}"
    return line if full <= total else f"{line}（不超过本金 capped {money.show(total)}）"
