"""HTML reduced to what a report may hold: allow-listed elements and attributes; no script, style, event or outside address.

Notebook outputs and Markdown pass through here on their way into the report page, whoever made them.
"""

from functools import lru_cache
from html.parser import HTMLParser

from markupsafe import Markup, escape

TEXT = (
    "a abbr b blockquote br caption code col colgroup dd del details div dl dt em figcaption figure h2 h3 h4 h5 h6 hr i ins "
    "kbd li mark ol p pre q s samp section small span strong sub summary sup table tbody td tfoot th thead time tr ul var"
)
DRAWING = "svg g path rect circle ellipse line polyline polygon text tspan defs clippath lineargradient stop title desc"
ELEMENTS = frozenset(f"{TEXT} {DRAWING}".split())
DROPPED_WHOLE = frozenset(["script", "style", "iframe", "object", "template", "noscript", "textarea", "select", "head"])
VOID = frozenset(["br", "hr", "col"])
NAMES = (
    "class id lang dir title scope colspan rowspan open href role aria-label aria-hidden aria-labelledby datetime tabindex "
    "d x y x1 y1 x2 y2 dx dy cx cy r rx ry width height viewbox transform points fill fill-opacity stroke stroke-width "
    "stroke-opacity stroke-dasharray stroke-linecap stroke-linejoin stroke-miterlimit opacity font-family font-size font-weight "
    "font-style text-anchor dominant-baseline clip-path offset stop-color stop-opacity preserveaspectratio"
)
ATTRIBUTES = frozenset(NAMES.split(" "))
SCHEMES = ("https://", "http://", "#")
REFUSED = "#harmful-link"  # what mistune makes of a javascript: address


def cleaned(html: str) -> Markup:
    """The allowed part of `html`; text is kept, unknown elements lose their tags, active ones their content."""
    parser = _Cleaner()
    parser.feed(html)
    parser.close()
    parser.end()
    return Markup("".join(parser.out))  # noqa: S704 (text and values escaped, names from the lists above)


class _Cleaner(HTMLParser):
    """Re-emits what is allowed, closing every element it opened; what stands in `out` is escaped already."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.out: list[str] = []
        self.open: list[str] = []
        self.dropped = ""
        self.depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.dropped:
            self.depth += tag == self.dropped
        elif tag in DROPPED_WHOLE:
            self.dropped, self.depth = tag, 1
        elif tag in ELEMENTS:
            self.out.append(_tag(tag, tuple(attrs)))
            if tag not in VOID:
                self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if not self.dropped and tag in ELEMENTS:
            self.out.append(_tag(tag, tuple(attrs)))
            if tag not in VOID:
                self.out.append(f"</{tag}>")

    def handle_endtag(self, tag: str) -> None:
        if self.dropped:
            self.depth -= tag == self.dropped
            if self.depth == 0:
                self.dropped = ""
        elif tag in self.open:
            while True:
                last = self.open.pop()
                self.out.append(f"</{last}>")
                if last == tag:
                    break

    def handle_data(self, data: str) -> None:
        if not self.dropped:
            self.out.append(escape(data))

    def end(self) -> None:
        """Close what was left open."""
        while self.open:
            self.out.append(f"</{self.open.pop()}>")


@lru_cache(maxsize=1024)
def _tag(tag: str, attrs: tuple[tuple[str, str | None], ...]) -> str:
    """The opening tag of an allowed element; tables repeat a few of them for every cell."""
    kept = [f' {name}="{escape(value or "")}"' for name, value in attrs if name in ATTRIBUTES and _safe(name, value)]
    return f"<{tag}{''.join(kept)}>"


def _safe(name: str, value: str | None) -> bool:
    """An address is a fragment or a web page; a paint or clip refers inside the page only."""
    text = (value or "").strip().lower()
    if name == "href":
        return text.startswith(SCHEMES) and text != REFUSED
    return "url(" not in text or text.startswith("url(#")
