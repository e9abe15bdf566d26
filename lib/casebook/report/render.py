"""Blocks as HTML: one Jinja2 environment, everything escaped, an unknown name is an error.

`Markup` is given to our own rendered templates and to Pygments' output only, never to data.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape
from pygments import highlight  # type: ignore[import-untyped]
from pygments.formatters.html import HtmlFormatter  # type: ignore[import-untyped]
from pygments.lexers.python import PythonLexer  # type: ignore[import-untyped]

from casebook.report import drawing
from casebook.report.blocks import Block, Cell, Figure, Head, shape
from casebook.report.clean_html import cleaned
from casebook.report.plain import text_of
from casebook.report.words import FOLDER

MARK = "casebook"
TOOL_MARKS = re.compile(r"[ \t]*# (?:noqa|fmt:|type: ignore)[^\n]*")


@cache
def environment() -> Environment:
    """The one environment of all templates."""
    made = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["python"] = python
    made.filters["drawn"] = drawn
    made.filters["own"] = own
    made.filters["shape"] = shape
    made.filters["cells"] = cells
    return made


def render(template: str, **values: Any) -> Markup:  # noqa: ANN401
    """A template with its values, as markup that may stand inside another."""
    return Markup(environment().get_template(template).render(**values))  # noqa: S704 (autoescaped template)


def python(source: str) -> Markup:
    """Python source with classes for its tokens, without the marks meant for checking tools; no style attribute."""
    return Markup(highlight(TOOL_MARKS.sub("", source), PythonLexer(), HtmlFormatter(nowrap=True)))  # noqa: S704 (Pygments escapes)


def cells(row: Sequence[Cell], heads: Sequence[Head]) -> Markup:
    """The cells of a table's row; a page has tens of thousands, too many for a macro each."""
    return Markup("".join(_cell(value, head.number) for value, head in zip(row, heads, strict=False)))  # noqa: S704 (escaped below)


def _cell(value: Cell, is_number: bool) -> str:
    text = value if isinstance(value, str) else value.text
    classes = " ".join(filter(None, ("number" if is_number else "", shape(text))))
    shown = (
        escape(text) if isinstance(value, str) else f'<span class="bin bin-{escape(value.bin)}">{escape(text)}</span>'
    )
    return f'<td class="{classes}">{shown}</td>' if classes else f"<td>{shown}</td>"


def drawn(svg: str) -> Markup:
    """A drawing reduced to the elements and attributes a drawing needs."""
    return cleaned(svg)


def own(text: str) -> Markup:
    """A style or script of this package, verbatim: escaping would change its hash.

    Raises:
        ValueError: the text would end its element early.
    """
    if "</" in text:
        raise ValueError("a style or script of the page may not hold '</'")
    return Markup(text)  # noqa: S704 (a file of this package)


@dataclass(frozen=True)
class Fragment:
    """One section as a notebook shows it: HTML, the same facts as plain text, the drawing if there is one.

    `section` names what it is, so that the report page can put the full lead list where the notebook showed its first rows.
    """

    html: Markup
    text: str
    svg: str = ""
    section: str = ""

    def _repr_mimebundle_(
        self,
        include: Sequence[str] | None = None,  # noqa: ARG002
        exclude: Sequence[str] | None = None,  # noqa: ARG002
    ) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
        data = {"text/html": str(self.html), "text/plain": self.text}
        if self.svg:
            data["image/svg+xml"] = self.svg
        return data, {MARK: {"section": self.section}}

    def __repr__(self) -> str:
        return self.text


def fragment(section: str, *blocks: Block) -> Fragment:
    """The blocks as one section."""
    html = render("blocks.html", blocks=blocks)
    drawings = [block.svg for block in blocks if isinstance(block, Figure)]
    return Fragment(html, text_of(blocks), drawing.joined(drawings), section)
