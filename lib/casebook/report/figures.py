"""The library's own figures as Vega-Lite specifications: each takes plain rows and gives SVG.

Texts of data stand under `values` only. Anywhere else (`sort`, `domain`, a test) Vega-Lite would paste them into an expression.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from casebook.case.ledger import Step
from casebook.report.drawing import INK, draw
from casebook.report.words import Words, brief, count

Spec = dict[str, Any]
ROW = 30
WIDE = 520
MUTED, STRONG, SECOND = "#B8B8B8", "#0072B2", "#E69F00"
PALE = "#D6E6F2"


def waterfall(steps: Sequence[Step], words: Words) -> str:
    """Rows left after each step as bars, what the step took away as a pale rest; counts stand beside the bars."""
    rows = _waterfall_rows(steps, words)
    top = max((r["before"] for r in rows), default=1)
    y = {
        "field": "step",
        "type": "nominal",
        "sort": _by("number"),
        "axis": {"title": None, "labelPadding": 8, "ticks": False},
    }
    x = {"type": "quantitative", "scale": {"domain": [0, top * 1.14]}}
    layers = [
        _bar({**x, "field": "before", "axis": _quiet(words.say("head.rows"))}, y, MUTED, 0.35),
        _bar({**x, "field": "after", "axis": None}, y, STRONG, 1),
        {
            "mark": {"type": "text", "align": "left", "dx": 6},
            "encoding": {"x": {**x, "field": "before"}, "y": y, "text": {"field": "label"}},
        },
    ]
    return draw({"data": {"values": rows}, "width": WIDE, "height": ROW * max(1, len(rows)), "layer": layers})


def _waterfall_rows(steps: Sequence[Step], words: Words) -> list[Spec]:
    received = steps[0].before if steps else 0
    name = f"0 {words.say('word.received')}"
    rows: list[Spec] = [{"number": 0, "step": name, "before": received, "after": received, "label": count(received)}]
    for number, s in enumerate(steps, 1):
        name = f"{number} {brief(s.title(words.language))}"
        label = f"{count(s.after)} ({s.after - s.before:+,})".replace("(-", "(−").replace("(+0)", "(0)")
        rows.append(
            {"number": number, "step": name, "before": max(s.before, s.after), "after": s.after, "label": label}
        )
    return rows


def _by(field: str) -> Spec:
    """Order of an axis by a number that stands beside each text."""
    return {"field": field, "op": "min"}


def _bar(x: Spec, y: Spec, colour: str, opacity: float) -> Spec:
    return {
        "mark": {"type": "bar", "height": 16, "color": colour, "opacity": opacity},
        "encoding": {"x": x, "y": y},
    }


def _quiet(title: str) -> Spec:
    return {"title": title, "format": ",d", "tickCount": 5}


def heat(rows: Sequence[Mapping[str, Any]]) -> str:
    """Cells `x`, `y`, `shade` (0 when hidden), `hidden` and `label`: darker is more, a hidden cell is grey. Axes keep the rows' order."""
    top = max(1, *(r["shade"] for r in rows))
    xs, ys = list(dict.fromkeys(r["x"] for r in rows)), list(dict.fromkeys(r["y"] for r in rows))
    encoding = {
        "x": {
            "field": "x",
            "type": "nominal",
            "sort": _by("column"),
            "axis": {"title": None, "labelAngle": 0, "ticks": False},
        },
        "y": {"field": "y", "type": "nominal", "sort": _by("line"), "axis": {"title": None, "ticks": False}},
    }
    shade = {
        "field": "shade",
        "type": "quantitative",
        "legend": None,
        "scale": {"domain": [0, top], "range": ["#F4F8FB", "#7FB2D6"]},
    }
    layers = [
        {
            "mark": {"type": "rect", "stroke": "#FFFFFF", "strokeWidth": 2},
            "encoding": {"color": {**shade, "condition": {"test": "datum.hidden", "value": "#DDDDDD"}}},
        },
        {"mark": {"type": "text", "color": "#1A1A1A"}, "encoding": {"text": {"field": "label"}}},
    ]
    values = [{**r, "column": xs.index(r["x"]), "line": ys.index(r["y"])} for r in rows]
    size = {"width": {"step": 58}, "height": {"step": 28}}
    return draw({"data": {"values": values}, **size, "encoding": encoding, "layer": layers})


def pairs(rows: Sequence[Mapping[str, Any]], words: Words, title: str) -> str:
    """Two bars a group (`group`, `side` due or paid, `amount` in yuan): due beside paid."""
    names = [words.say("word.due"), words.say("word.paid")]
    values = [{"group": r["group"], "side": words.say(f"word.{r['side']}"), "amount": r["amount"]} for r in rows]
    return draw(
        {
            "data": {"values": values},
            "width": {"step": 34},
            "height": 220,
            "mark": {"type": "bar", "stroke": INK, "strokeWidth": 0.5},
            "encoding": {
                "x": {"field": "group", "type": "nominal", "axis": {"title": None, "labelAngle": 0}},
                "xOffset": {"field": "side", "sort": names},
                "y": {
                    "field": "amount",
                    "type": "quantitative",
                    "axis": {"title": title, "format": ",d", "tickCount": 5},
                },
                "color": {
                    "field": "side",
                    "type": "nominal",
                    "scale": {"domain": names, "range": [SECOND, STRONG]},
                    "legend": {"title": None, "orient": "top"},
                },
            },
        }
    )
