"""Pictures of the guide to matching: the cascade, how often each reason is wrong, the curve, one waterfall."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from casebook.link import wording
from casebook.report.drawing import INK, draw

BLUE, ORANGE, GREY, PALE, DARK = "#0072B2", "#E69F00", "#8A8A8A", "#D6E6F2", "#1A1A1A"
WIDE: Final = 560
PAPER: Final = {"background": "white"}
STEPS: Final = (
    ("T1", "same valid number", "号码有效且相同"),
    ("T2", "documented repair + name agrees", "有记录的修复，姓名一致"),
    ("T2", "slip corrected + name + second attribute", "改正一处笔误，姓名与另一属性一致"),
    ("T3", "slip corrected + name only", "改正一处笔误，只有姓名一致"),
    ("T3", "weighed: name + others, probability ≥ 0.9", "逐项加权，概率不低于 0.9"),
    ("T4", "weak or ambiguous: told only when asked", "证据弱或有两个候选：问及才列"),
)
Spec = dict[str, Any]


def pictures(figures: Mapping[str, Any], shipped: Sequence[Mapping[str, float]]) -> dict[str, str]:
    """SVG by name."""
    return {
        "cascade": _drawn(_cascade()),
        "wrong": _drawn(_wrong(figures["reasons"])),
        "curve": _drawn(_curve(figures["curve"], shipped)),
        "waterfall": _drawn(_waterfall(figures["waterfall"])),
    }


def _drawn(spec: Spec) -> str:
    """On white paper in dark ink: a picture in a document cannot follow the colours of its page."""
    return draw({**spec, "config": PAPER}).replace(INK, DARK)


def _cascade() -> Spec:
    rows = [
        {"step": at, "tier": tier, "en": en, "zh": zh, "from": at * 18, "to": 560}
        for at, (tier, en, zh) in enumerate(STEPS)
    ]
    y = {"field": "step", "type": "ordinal", "axis": None}
    x = {"field": "from", "type": "quantitative", "axis": None, "scale": {"domain": [0, 560], "nice": False}}
    colour = {"field": "tier", "type": "nominal", "legend": None, "scale": {"range": [BLUE, "#56B4E9", ORANGE, GREY]}}
    bar = {
        "mark": {"type": "bar", "height": 40, "opacity": 0.25},
        "encoding": {"y": y, "x": x, "x2": {"field": "to"}, "color": colour},
    }
    return {"data": {"values": rows}, "width": WIDE, "height": 50 * len(rows), "layer": [bar, *_lines(x, y)]}


def _lines(x: Spec, y: Spec) -> list[Spec]:
    def text(field: str, dx: int, dy: int, weight: str) -> Spec:
        mark = {"type": "text", "align": "left", "dx": dx, "dy": dy, "fontWeight": weight, "fontSize": 12.5}
        return {"mark": mark, "encoding": {"x": x, "y": y, "text": {"field": field}}}

    return [text("tier", 10, 0, "bold"), text("en", 46, -8, "normal"), text("zh", 46, 9, "normal")]


def _wrong(reasons: Sequence[Mapping[str, Any]]) -> Spec:
    """Wrong pairs in ten thousand of each reason of persons; links that say the names conflict stand apart."""
    rows = [
        {
            "reason": f"{row['tier']} {row['reason']}" + (" · names conflict" if row["name_conflict"] else ""),
            "wrong": round(10_000 * (row["pairs"] - row["right"]) / row["pairs"], 1),
            "said": "names conflict: never a lead" if row["name_conflict"] else "taken for the same subject",
            "note": f"{row['pairs'] - row['right']:,} of {row['pairs']:,}",
        }
        for row in reasons
        if row["entity"] == "person"
    ]
    y = {
        "field": "reason",
        "type": "nominal",
        "sort": None,
        "axis": {"title": None, "ticks": False, "labelPadding": 8, "labelLimit": 420},
    }
    scale = {"type": "symlog", "domain": [0, 40_000]}
    ticks = {"title": "wrong pairs in 10,000 (0 to 10,000, logarithmic)", "values": [0, 1, 10, 100, 1_000, 10_000]}
    x = {"field": "wrong", "type": "quantitative", "scale": scale, "axis": ticks}
    colour = {
        "field": "said",
        "type": "nominal",
        "scale": {"range": [ORANGE, BLUE]},
        "legend": {"title": None, "orient": "top"},
    }
    bar = {"mark": "bar", "encoding": {"y": y, "x": x, "color": colour}}
    note = {"mark": {"type": "text", "align": "left", "dx": 5}, "encoding": {"y": y, "x": x, "text": {"field": "note"}}}
    return {"data": {"values": rows}, "width": 380, "height": 24 * len(rows), "layer": [bar, note]}


def _curve(told: Sequence[Mapping[str, float]], shipped: Sequence[Mapping[str, float]]) -> Spec:
    """Left: the shipped curve, bits to probability. Right: told against right on persons it has not seen, with the diagonal."""
    axis = {"type": "quantitative", "scale": {"domain": [0, 1]}}
    line = {
        "data": {"values": [dict(row) for row in shipped]}, "width": 240, "height": 240, "mark": {"type": "line", "color": BLUE},
        "encoding": {
            "x": {"field": "bits", "type": "quantitative", "title": "weight of evidence, bits"},
            "y": {"field": "probability", **axis, "title": "measured probability"},
        },
    }  # fmt: skip
    equal = {"data": {"values": [{"x": 0, "y": 0}, {"x": 1, "y": 1}]}, "mark": {"type": "line", "color": GREY, "strokeDash": [4, 4]},
             "encoding": {"x": {"field": "x", **axis}, "y": {"field": "y", **axis}}}  # fmt: skip
    dots = {
        "data": {"values": [dict(row) for row in told]}, "mark": {"type": "circle", "color": ORANGE, "opacity": 1, "size": 90},
        "encoding": {
            "x": {"field": "told", **axis, "title": "probability told"}, "y": {"field": "right", **axis, "title": "share that is right"},
        },
    }  # fmt: skip
    return {"hconcat": [line, {"width": 240, "height": 240, "layer": [equal, dots]}]}


def _waterfall(lines: Sequence[Mapping[str, Any]]) -> Spec:
    """Bits added and taken, from two rows at random to the pair."""
    steps = [line for line in lines if line["bits"] is not None]
    rows = [
        {
            "at": at,
            "line": wording.comparison(line["comparison"], "en")
            + (f": {wording.level(line['level'], 'en')}" if line["level"] else ""),
            "from": round(line["cumulative"] - line["bits"], 2),
            "to": line["cumulative"],
            "note": f"{line['bits']:+.1f}",
            "sign": "for" if line["bits"] > 0 else "against",
        }
        for at, line in enumerate(steps)
    ]
    y = {
        "field": "line",
        "type": "nominal",
        "sort": {"field": "at", "op": "min"},
        "axis": {"title": None, "ticks": False, "labelPadding": 8, "labelLimit": 420},
    }
    x = {"field": "from", "type": "quantitative", "title": "bits (log2 of the odds)"}
    colour = {
        "field": "sign",
        "type": "nominal",
        "scale": {"domain": ["for", "against"], "range": [BLUE, ORANGE]},
        "legend": None,
    }
    bar = {"mark": "bar", "encoding": {"y": y, "x": x, "x2": {"field": "to"}, "color": colour}}
    note = {
        "mark": {"type": "text", "align": "left", "dx": 6},
        "encoding": {"y": y, "x": {"field": "end", "type": "quantitative"}, "text": {"field": "note"}},
    }
    for row in rows:
        row["end"] = max(row["from"], row["to"])
    return {"data": {"values": rows}, "width": 340, "height": 28 * len(rows), "layer": [bar, note]}
