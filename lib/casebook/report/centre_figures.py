"""The data centre's figures as Vega-Lite specifications: plain rows in, SVG out.

The five colours of the bins stand for bins only; these figures use others, and each bar has its number or word beside it.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from casebook.case.id_quality import CLASSES
from casebook.report.drawing import INK, draw
from casebook.report.words import Words

Row = Mapping[str, Any]
Spec = dict[str, Any]
SLATE, PALE, TAN, BRICK, PLUM, GREY = "#6F8699", "#BCC8D2", "#C9AC74", "#B4533C", "#8A6BAE", "#9A9A9A"
ID_COLOURS: Final = {
    "valid": PALE, "repaired": SLATE, "check_digit": BRICK, "digits_lost": PLUM, "other": TAN, "blank": "transparent",
}  # fmt: skip
LINE, WIDE, NARROW = 24, 300, 150


def received(rows: Sequence[Row], words: Words) -> str:
    """Rows read of each `source` with their `label`; beside them how many of a thousand were `rejected` or are in `question`."""
    x = _x("rows", words.say("head.rows_read"), top=_most(rows, "rows") * 1.4)
    left = {
        "width": WIDE,
        "height": LINE * len(rows),
        "layer": [
            {"mark": _bar(SLATE), "encoding": {"x": x}},
            {"mark": _text(), "encoding": {"x": x, "text": {"field": "label"}}},
        ],
        "encoding": {"y": _y("source")},
    }
    parts = {"rejected": words.say("centre.rejected"), "question": words.say("centre.in_question")}
    values = [
        {"source": r["source"], "number": n, "part": title, "share": 1000 * r[part] / max(1, r["rows"])}
        for n, r in enumerate(rows)
        for part, title in parts.items()
    ]
    right = {
        "data": {"values": values},
        "width": NARROW,
        "height": LINE * len(rows),
        "mark": {"type": "bar", "height": 12},
        "encoding": {
            "y": {**_y("source"), "axis": None},
            "x": _x("share", words.say("centre.per_thousand")),
            "color": _colours("part", list(parts.values()), [BRICK, TAN]),
        },
    }
    numbered = [{**r, "number": n} for n, r in enumerate(rows)]
    beside = {"hconcat": [left, right], "spacing": 18, "resolve": {"legend": {"color": "independent"}}}
    return draw({"data": {"values": numbered}, **beside})


def fills(rows: Sequence[Row], words: Words) -> str:
    """A strip for each `name`: the share `now` as a bar, the share `before` (or null) as a tick, the `label` at its right."""
    track = [{**r, "whole": 1.0, "number": n} for n, r in enumerate(rows)]
    x = {"type": "quantitative", "scale": {"domain": [0, 1.34]}}
    axis = {"title": words.say("head.filled"), "format": ".0%", "values": [0, 0.25, 0.5, 0.75, 1]}
    tick = {"type": "tick", "color": INK, "thickness": 2.5, "size": 18}
    layers = [
        {"mark": _bar(GREY, 0.2), "encoding": {"x": {**x, "field": "whole", "axis": axis}}},
        {"mark": _bar(SLATE), "encoding": {"x": {**x, "field": "now"}}},
        {"mark": tick, "encoding": {"x": {**x, "field": "before"}}},
        {"mark": _text(), "encoding": {"x": {**x, "field": "whole"}, "text": {"field": "label"}}},
    ]
    return draw({
        "data": {"values": track}, "width": 340, "height": LINE * max(1, len(rows)),
        "encoding": {"y": _y("name")}, "layer": layers,
    })  # fmt: skip


def ids(rows: Sequence[Row], words: Words) -> str:
    """One whole bar for each `name`, cut by the share of each class of ids; `label` says what is usable."""
    titles = {one: words.say(f"centre.id_{one}") for one in CLASSES}
    values = [
        {"name": r["name"], "number": n, "class": titles[one], "order": at, "share": r[one]}
        for n, r in enumerate(rows)
        for at, one in enumerate(CLASSES)
    ]
    ends = [{"name": r["name"], "number": n, "share": 1.0, "label": r["label"]} for n, r in enumerate(rows)]
    x = _x("share", words.say("centre.share_of_rows"), top=1.2)
    x["axis"] |= {"format": ".0%", "values": [0, 0.25, 0.5, 0.75, 1]}
    bars = {
        "mark": {"type": "bar", "height": 14, "stroke": INK, "strokeWidth": 0.4},
        "encoding": {
            "x": {**x, "stack": "zero"},
            "y": _y("name"),
            "order": {"field": "order"},
            "color": _colours("class", list(titles.values()), [ID_COLOURS[one] for one in CLASSES], columns=3),
        },
    }
    told = {
        "data": {"values": ends},
        "mark": _text(),
        "encoding": {"x": x, "y": _y("name"), "text": {"field": "label"}},
    }
    return draw({
        "data": {"values": values}, "width": 380, "height": LINE * max(1, len(rows)), "layer": [bars, told],
    })  # fmt: skip


def changes(rows: Sequence[Row], words: Words) -> str:
    """Rows `removed` to the left, `changed` and `added` to the right, as shares of the delivery before; `label` has the counts."""
    titles = {one: words.say(f"centre.{one}") for one in ("removed", "changed", "added")}
    signs = {"removed": -1, "changed": 1, "added": 1}
    values = [
        {"source": r["source"], "number": n, "part": titles[one], "order": at, "share": signs[one] * r[one]}
        for n, r in enumerate(rows)
        for at, one in enumerate(titles)
    ]
    least, most = min(-0.01, *(-r["removed"] for r in rows)), max(0.01, *(r["changed"] + r["added"] for r in rows))
    ends = [
        {"source": r["source"], "number": n, "share": r["changed"] + r["added"], "label": r["label"]}
        for n, r in enumerate(rows)
    ]
    axis = {"title": words.say("centre.share_of_before"), "format": ".0%", "tickCount": 5}
    x = {
        "field": "share",
        "type": "quantitative",
        "axis": axis,
        "scale": {"domain": [least, most + 0.4 * (most - least)]},
    }
    bars = {
        "mark": {"type": "bar", "height": 14},
        "encoding": {
            "x": {**x, "stack": "zero"},
            "y": _y("source"),
            "order": {"field": "order"},
            "color": _colours("part", list(titles.values()), [BRICK, TAN, SLATE]),
        },
    }
    told = {
        "data": {"values": ends},
        "mark": _text(),
        "encoding": {"x": x, "y": _y("source"), "text": {"field": "label"}},
    }
    return draw({
        "data": {"values": values}, "width": 420, "height": LINE * max(1, len(rows)), "layer": [bars, told],
    })  # fmt: skip


def drift(rows: Sequence[Row], words: Words) -> str:
    """Two bars for each `value`: its share `before` and `now`; the `label` names both, or that it is new or gone."""
    titles = [words.say("centre.before"), words.say("centre.now")]
    values = [
        {"value": r["value"], "number": n, "side": title, "share": r[side] or 0.0, "label": r[f"{side}_label"]}
        for n, r in enumerate(rows)
        for side, title in zip(("before", "now"), titles, strict=True)
    ]
    top = max((v["share"] for v in values), default=1.0) * 1.35 or 1.0
    x = _x("share", words.say("centre.share_of_values"), top=top)
    x["axis"] |= {"format": ".0%"}
    offset = {"field": "side", "sort": titles}
    layers = [
        {"mark": {"type": "bar"}, "encoding": {"color": _colours("side", titles, [PALE, SLATE])}},
        {"mark": _text(), "encoding": {"text": {"field": "label"}}},
    ]
    return draw({
        "data": {"values": values}, "width": 340, "height": {"step": 15},
        "encoding": {"x": x, "y": _y("value"), "yOffset": offset}, "layer": layers,
    })  # fmt: skip


def _most(rows: Sequence[Row], field: str) -> float:
    return max((float(r[field]) for r in rows), default=1.0) or 1.0


def _x(field: str, title: str | None, top: float | None = None) -> Spec:
    axis = None if title is None else {"title": title, "tickCount": 4}
    scale = {} if top is None else {"scale": {"domain": [0, top]}}
    return {"field": field, "type": "quantitative", "axis": axis, **scale}


def _y(field: str) -> Spec:
    """One line for each name, in the order of the rows."""
    axis = {"title": None, "ticks": False, "labelPadding": 8}
    return {"field": field, "type": "nominal", "sort": {"field": "number", "op": "min"}, "axis": axis}


def _bar(colour: str, opacity: float = 1.0) -> Spec:
    return {"type": "bar", "height": 14, "color": colour, "opacity": opacity}


def _text() -> Spec:
    return {"type": "text", "align": "left", "dx": 6}


def _colours(field: str, domain: list[str], colours: list[str], columns: int = 0) -> Spec:
    legend: Spec = {"title": None, "orient": "top", "symbolStrokeColor": INK, "symbolStrokeWidth": 0.5}
    if columns:
        legend["columns"] = columns
    return {"field": field, "type": "nominal", "scale": {"domain": domain, "range": colours}, "legend": legend}
