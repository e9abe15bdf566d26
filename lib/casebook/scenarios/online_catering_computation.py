"""The line that tells how one shop was judged: the days, papers and counts compared, in the language of the run."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from casebook.scenarios.online_catering import Parameters

DIRECTION_ZH = {"shown_better": "公示高于评定", "shown_worse": "公示低于评定"}
DIRECTION_EN = {"shown_better": "shown better than given", "shown_worse": "shown worse than given"}


def computation(row: Mapping[str, Any], p: "Parameters") -> str:
    """The days and counts compared; what a shop has no paper or grade for is left out."""
    if p.language == "zh":
        parts = (
            f"采集 {row['captured_on'] or '—'}",
            _licence_zh(row),
            _certificate_zh(row),
            _dishes_zh(row, p),
            _grade_zh(row),
        )
        return "；".join((*(part for part in parts if part), "不涉金额"))
    parts = (
        f"captured {row['captured_on'] or '—'}",
        _licence_en(row),
        _certificate_en(row),
        _dishes_en(row, p),
        _grade_en(row),
    )
    return "; ".join((*(part for part in parts if part), "no amount"))


def _licence_zh(row: Mapping[str, Any]) -> str:
    if not row["has_licence"]:
        return "名单许可证 —"
    said = f"名单许可证 {row['listed_no']}，有效期至 {row['listed_until'] or '未载明'}"
    if not row["is_cancelled"]:
        return said
    if row["cancelled_on"]:
        return f"{said}，{row['listed_state'] or '注销'}于 {row['cancelled_on']}"
    return f"{said}，{row['listed_state']}，日期未载明，以名单日 {row['list_date']} 的状态为准"


def _licence_en(row: Mapping[str, Any]) -> str:
    if not row["has_licence"]:
        return "listed licence —"
    said = f"listed licence {row['listed_no']}, until {row['listed_until'] or 'not told'}"
    if not row["is_cancelled"]:
        return said
    if row["cancelled_on"]:
        return f"{said}, cancelled on {row['cancelled_on']}"
    return f"{said}, cancelled, day not told: its state on the list's day, {row['list_date']}, stands"


def _certificate_zh(row: Mapping[str, Any]) -> str:
    if not row["has_certificate"]:
        return ""
    if row["is_certificate_ended"]:
        return "小餐饮登记证已注销"
    until = row["certificate_until"]
    return f"小餐饮登记证已于 {until} 到期" if _has_run_out(row) else f"小餐饮登记证有效期至 {until or '未载明'}"


def _certificate_en(row: Mapping[str, Any]) -> str:
    if not row["has_certificate"]:
        return ""
    if row["is_certificate_ended"]:
        return "small-catering registration cancelled"
    return f"small-catering registration {'ended on' if _has_run_out(row) else 'until'} {row['certificate_until'] or 'not told'}"


def _has_run_out(row: Mapping[str, Any]) -> bool:
    until, captured = row["certificate_until"], row["captured_on"]
    return bool(until and captured and until < captured)


def _open(row: Mapping[str, Any]) -> int:
    """Dishes that a restricted item or other words may cover."""
    return int(row["n_restricted"]) + int(row["n_other_words"])


def _dishes_zh(row: Mapping[str, Any], p: "Parameters") -> str:
    if not row["n_uncovered"] and not _open(row):
        return ""
    rules = f"，按发证日适用{row['licensing_rules']}的用语" if row["licensing_rules"] else ""
    return f"未涵盖 {row['n_uncovered']}，待核 {_open(row)}（合计 ≥ {p.min_strong_dishes}）{rules}"


def _dishes_en(row: Mapping[str, Any], p: "Parameters") -> str:
    if not row["n_uncovered"] and not _open(row):
        return ""
    rules = f", read in the words of {row['licensing_rules']}, by its issue date" if row["licensing_rules"] else ""
    return f"not covered {row['n_uncovered']}, open {_open(row)} (together ≥ {p.min_strong_dishes}){rules}"


def _grade_zh(row: Mapping[str, Any]) -> str:
    if not row["has_grade_row"]:
        return ""
    direction = DIRECTION_ZH.get(row["grade_direction"] or "")
    return f"评定日期 {row['graded_on'] or '未载明'}" + (f"，{direction}" if direction else "")


def _grade_en(row: Mapping[str, Any]) -> str:
    if not row["has_grade_row"]:
        return ""
    direction = DIRECTION_EN.get(row["grade_direction"] or "")
    return f"graded on {row['graded_on'] or 'no day told'}" + (f", {direction}" if direction else "")
