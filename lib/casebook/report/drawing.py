"""Vega-Lite specification → SVG that needs no style, no script and no font of its own.

The specifications are plain Vega-Lite (an analyst's Altair chart hands its own over by `to_dict`): importing Altair would cost
each kernel 1.3 CPU seconds. Colours of text and axes are `currentColor`, so that a drawing follows light and dark pages.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from typing import Any

import vl_convert

FONT = '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif'
INK = "currentColor"
CONFIG: dict[str, Any] = {
    "background": None,
    "font": FONT,
    "axis": {
        "labelColor": INK, "titleColor": INK, "domainColor": "#8A8A8A", "tickColor": "#8A8A8A",
        "gridColor": "#8A8A8A", "gridOpacity": 0.25, "labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal",
        "labelLimit": 260,
    },
    "legend": {"labelColor": INK, "titleColor": INK, "labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal"},
    "title": {"color": INK}, "header": {"labelColor": INK, "titleColor": INK},
    "text": {"color": INK, "fontSize": 12},
    "view": {"stroke": None}, "range": {"category": ["#0072B2", "#E69F00", "#009E73", "#CC79A7", "#8A8A8A"]},
}  # fmt: skip
REMOTE = ("url", "href")
CLIP = re.compile(r'(?<=[#"])clip([0-9]+)(?=[)"])')


def draw(spec: Mapping[str, Any]) -> str:
    """SVG of a Vega-Lite specification in the house style, its ids unique to its content.

    Raises:
        ValueError: the specification asks for an address outside the report.
    """
    _refuse_remote(spec)
    styled = {**spec, "config": {**CONFIG, **spec.get("config", {})}}
    svg = str(vl_convert.vegalite_to_svg(styled))
    return _own_ids(svg)


def of_chart(chart: Any) -> str:  # noqa: ANN401
    """SVG of an analyst's Altair chart."""
    return draw(chart.to_dict())


def joined(drawings: Sequence[str]) -> str:
    """The first drawing of a section: the one a front end without HTML shows."""
    return drawings[0] if drawings else ""


def _own_ids(svg: str) -> str:
    """Ids made of the drawing's hash: two drawings of a page share none, and the renderer's running numbers leave no trace."""
    numbers = list(dict.fromkeys(CLIP.findall(svg)))
    counted = CLIP.sub(lambda found: f"clip-{numbers.index(found.group(1))}", svg)
    mark = "d" + hashlib.sha256(counted.encode()).hexdigest()[:8]
    return counted.replace('id="clip-', f'id="{mark}-').replace("url(#clip-", f"url(#{mark}-")


def _refuse_remote(spec: Any) -> None:  # noqa: ANN401
    if isinstance(spec, Mapping):
        for key, value in spec.items():
            if key in REMOTE:
                raise ValueError(f"a chart may not refer to an address ({key}): give it its data as values")
            if key not in {"values", "datasets"}:
                _refuse_remote(value)
    elif isinstance(spec, list | tuple):
        for part in spec:
            _refuse_remote(part)
