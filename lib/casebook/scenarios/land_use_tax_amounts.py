"""What a holder-year is worth in fen, its surcharge, and the line that shows how."""

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import narwhals as nw

from casebook.measure import area, money
from casebook.measure.calendar import month_text

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

    The year's shortfall is spread evenly over its liable months (`n_parts`); each month's part runs from the day after its
    instalment's due date. Exact where nothing was paid at one rate, an average of days where some instalments were.
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
    said = WORDS[p.language]
    if row["open_fen"] is None:
        return f"{row['year']} {said['unknown']}"
    basis = row["gross_fen"] if row["is_excused"] else row["due_fen"]
    total = row["gross_short_fen"] if row["is_excused"] else row["short_fen"]
    due = said["due_without_relief"] if row["is_excused"] else said["due"]
    line = (
        f"{row['year']} {due} {money.show(basis)} − {said['paid']} {money.show(row['paid_fen'])} = {money.show(total)}"
    )
    if row["direction"] == "under" or row["is_excused"] or total <= 0:
        return line
    return line + _halved(row, total, said) + _late(row, total, p)


def detail(row: Mapping[str, Any], p: "Parameters") -> str:
    """One right in one stretch of the year: area × rate × months / 12, before the year is rounded."""
    said = WORDS[p.language]
    size = f"{row['year']} {row['parcel'] or '—'}{said['colon']}{area.show(row['area_dm2'] or 0)} m²"
    months = row["gross_months"] if row["is_excused"] else row["due_months"]
    if row["rate_fen"] is None or months is None:
        return f"{size} {said['unknown']}"
    free = row["exempt_as"] or ("farmland_first_year" if row["gross_months"] != row["due_months"] else "")
    is_taxed = row["is_excused"] or not row["exempt_as"]
    number = row["area_dm2"] * row["rate_fen"] * months if is_taxed else 0
    facts = [f"{said['grade']} {row['grade']} [{row['grade_source']}]", f"{said['rate']} [{row['rate_source']}]"]
    facts += [f"{said['since']} {month_text(row['gross_first'])} [{row['start_on']}]"]
    facts += [said["won"]] if row["is_won_farmland"] else []
    facts += [f"{said['free']} {free}"] if free else []
    return f"{size} × {money.show(row['rate_fen'])} × {months}/12 = {money.show((2 * number + 1200) // 2400)} ({said['comma'].join(facts)})"


WORDS = {
    "zh": {
        "unknown": "应缴未知", "due": "应缴", "due_without_relief": "不计减免应缴", "paid": "已缴", "small": "；若属小微",
        "surcharge": "；滞纳金", "days": "日", "capped": "（不超过本金 {}）", "colon": "：", "comma": "，", "grade": "等级",
        "rate": "税额", "since": "自", "free": "免税事由", "average": "平均",
        "won": "招标、拍卖、挂牌取得，不适用征收耕地满一年（条例第九条、公告2014年第74号）",
    },
    "en": {
        "unknown": "due unknown", "due": "due", "due_without_relief": "due without relief", "paid": "paid",
        "small": "; if a small entity", "surcharge": "; surcharge", "days": "days", "capped": " (capped at the tax: {})",
        "colon": ": ", "comma": ", ", "grade": "grade", "rate": "rate", "since": "from", "free": "not taxed:", "average": "on average",
        "won": "won at auction, no farmland year (regulation art. 9, announcement 2014/74)",
    },
}  # fmt: skip


def _halved(row: Mapping[str, Any], total: int, said: Mapping[str, str]) -> str:
    kept = total * (100 - row["small_pct"])
    return f"{said['small']} {money.show((2 * kept + 100) // 200)}" if row["small_pct"] else ""


def _late(row: Mapping[str, Any], total: int, p: "Parameters") -> str:
    """Both figures: surcharge in full and held to the tax."""
    if not row["n_parts"]:
        return ""
    said = WORDS[p.language]
    number, parts = total * row["late_days"] * daily(p), row["n_parts"] * MILLION
    full = (2 * number + parts) // (2 * parts)
    days = Decimal(row["late_days"]) / row["n_parts"]
    held = f"{said['average']} {days:.2f} {said['days']}"
    line = f"{said['surcharge']} {money.show(total)} × {p.surcharge_rate_daily:f} × {held} = {money.show(full)}"
    return line if full <= total else line + said["capped"].format(money.show(total))
