"""The executed notebook as parts of the page: prose of one language, the parameters as a table, code and outputs.

Nothing of a notebook is trusted: Markdown and HTML pass the cleaner, text is escaped, numbers that look like a citizen id are masked,
and a data frame shown as it is (rows of persons, unmasked) is left out.
"""

import ast
import io
import re
import tokenize
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import mistune
from markupsafe import Markup

from casebook.case.masking import mask_citizen_id
from casebook.report.blocks import Table, heads
from casebook.report.clean_html import cleaned
from casebook.report.render import MARK, render
from casebook.report.words import LANGUAGES, Words

PERSONAL = re.compile(r"(?<![0-9A-Za-z])[0-9]{15,19}[0-9Xx]?(?![0-9A-Za-z])")
FRAME = re.compile(r'class="dataframe"|^shape: \(', re.MULTILINE)
BOTH = re.compile(r"(.*[\u4e00-\u9fff）。])\s+(\(?[A-Za-z].*)")
TITLE_ONLY = re.compile(r"# [^\n]+")  # the page has the model's own title
TITLE = re.compile(r"^# ", re.MULTILINE)
CONTROL = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
HIDDEN_INPUT = frozenset(["plumbing", "hide-input", "remove-input"])


@dataclass(frozen=True)
class Part:
    """One piece of the page in order; `section` names a library section (`leads`), `code` is the source shown with it."""

    html: Markup
    section: str = ""
    code: str = ""
    heading: str = ""


def parts(notebook: Mapping[str, Any], parameters: Mapping[str, Any], words: Words) -> Iterator[Part]:
    """The parts of an executed notebook in order."""
    for number, cell in enumerate(notebook["cells"]):
        tags = set(cell.get("metadata", {}).get("tags", ()))
        if "injected-parameters" in tags or _is_other_language(tags, words):
            continue
        if number == 0 and cell["cell_type"] == "markdown" and TITLE_ONLY.fullmatch(cell["source"].strip()):
            continue
        if cell["cell_type"] == "markdown":
            yield Part(prose(cell["source"]), heading=_heading(cell["source"]))
        elif "parameters" in tags:
            table = parameter_table(cell["source"], parameters, words)
            yield Part(render("blocks.html", blocks=[table]), section="parameters")
        elif cell["cell_type"] == "code":
            yield from _code(cell, tags, words)


def _is_other_language(tags: set[str], words: Words) -> bool:
    spoken = {f"lang-{language}" for language in LANGUAGES} & tags
    return bool(spoken) and f"lang-{words.language}" not in spoken


def prose(markdown: str) -> Markup:
    """Markdown as clean HTML, a first heading as a second one: the page has one first heading, its title."""
    return cleaned(str(mistune.html(TITLE.sub("## ", markdown))))


def _heading(markdown: str) -> str:
    """First heading of the cell, empty when it has none."""
    found = re.search(r"^#{1,2} (.+)$", markdown, re.MULTILINE)
    return found.group(1).strip() if found else ""


def parameter_table(source: str, parameters: Mapping[str, Any], words: Words) -> Table:
    """Name, value as used in the run, meaning (the comment of the line) of each parameter."""
    comments = _comments(source)
    rows = tuple(
        (name, str(parameters.get(name, default)), meaning(comments.get(line, ""), words))
        for name, default, line in _assigned(source)
    )
    return Table(words.say("caption.parameters"), heads(words, "name", "value", "meaning"), rows)


def meaning(comment: str, words: Words) -> str:
    """The half of a comment `中文 English` in the report's language; the whole where it is written otherwise.

    >>> meaning("换证宽限 months of grace (months)", Words("en")), meaning("limit", Words("zh"))
    ('months of grace (months)', 'limit')
    """
    found = BOTH.fullmatch(comment)
    return words.both(found.group(1), found.group(2)) if found else comment


def _assigned(source: str) -> Iterator[tuple[str, str, int]]:
    """Name, default, last line of each annotated assignment."""
    for node in ast.parse(source).body:
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value:
            yield node.target.id, ast.unparse(node.value), node.end_lineno or node.lineno


def _comments(source: str) -> dict[int, str]:
    """Comment of each line, without its mark; a `#` inside a text is none."""
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    return {t.start[0]: t.string.lstrip("# ") for t in tokens if t.type == tokenize.COMMENT}


def _code(cell: Mapping[str, Any], tags: set[str], words: Words) -> Iterator[Part]:
    """Code with its outputs; plumbing keeps its outputs only."""
    outputs = [part for output in cell.get("outputs", ()) for part in _output(output, words)]
    if not tags & HIDDEN_INPUT:
        yield Part(Markup(""), code=cell["source"])
    yield from outputs


def _output(output: Mapping[str, Any], words: Words) -> Iterator[Part]:
    """One output: our own sections as HTML, drawings as SVG, anything else as text; an error as one sentence."""
    if output["output_type"] == "error":
        yield Part(_text(words.say("note.cell_failed")))
        return
    if output["output_type"] == "stream":
        if output["name"] == "stdout":
            yield Part(_text(_joined(output["text"])))
        return
    data, ours = output["data"], output.get("metadata", {}).get(MARK)
    if not ours and FRAME.search(_joined(data.get("text/html", "")) + _joined(data.get("text/plain", ""))):
        yield Part(_text(words.say("note.frame_hidden")))
        return
    if ours and "text/html" in data:
        yield Part(cleaned(_joined(data["text/html"])), section=ours["section"])
    elif "image/svg+xml" in data:
        yield Part(Markup("<figure>{}</figure>").format(cleaned(_joined(data["image/svg+xml"]))))
    elif "text/plain" in data:
        yield Part(_text(_joined(data["text/plain"])))


def _joined(text: str | list[str]) -> str:
    return text if isinstance(text, str) else "".join(text)


def _text(text: str) -> Markup:
    """Text escaped, terminal colours dropped, whatever looks like a citizen id masked."""
    hidden = PERSONAL.sub(lambda found: mask_citizen_id(found.group()), CONTROL.sub("", text))
    return Markup("<pre>{}</pre>").format(hidden)
