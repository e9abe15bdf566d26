"""The index of one batch: the five business lines side by side, the models, what failed; one screen, no script."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from casebook.case.assess import BINS
from casebook.report.blocks import SIGNS
from casebook.report.page import text_of
from casebook.report.policy import content_policy
from casebook.report.render import render
from casebook.report.words import Words, count

INDEX = "index.html"
LINES = ("criminal", "civil", "administrative", "public_interest", "minors")
LINE_NAMES = {
    "刑事": "criminal",
    "民事": "civil",
    "行政": "administrative",
    "公益": "public_interest",
    "未检": "minors",
}


@dataclass(frozen=True)
class Outcome:
    """What one scenario of a batch came to.

    `kinds` counts leads by kind, named as readers name them; `amounts_fen` the leads' amounts by direction; `report` is the path of the
    report below the run folder; `error` one sentence when the run failed.
    """

    scenario: str
    line: str
    title: str
    status: Literal["done", "failed"]
    bins: Mapping[str, int] = field(default_factory=dict)
    kinds: Mapping[str, int] = field(default_factory=dict)
    leads: int = 0
    rows: int = 0
    amounts_fen: Mapping[str, int] = field(default_factory=dict)
    error: str = ""
    report: str = ""


@dataclass(frozen=True)
class Line:
    """One business line: its three figures, and how many models came to an end or failed."""

    name: str
    kinds: tuple[tuple[str, str], ...]
    rows: str
    leads: str
    models: int
    failed: int


def write_index(run_folder: Path, results: Sequence[Outcome], language: str = "zh") -> Path:
    """Write `index.html` of the run."""
    words = Words(language)
    style = text_of("report.css")
    html = render(
        "index.html",
        words=words,
        run=run_folder.name,
        style=style,
        policy=content_policy(style),
        lines=[line_of(name, results, words) for name in LINES],
        models=[_model(r, words) for r in results if r.status == "done"],
        failed=[r for r in results if r.status == "failed"],
        bins=[(b, f"{SIGNS[b]} {words.say(f'bin.{b}')}") for b in BINS],
    )
    path = run_folder / INDEX
    path.write_text(str(html), encoding="utf-8")
    return path


def line_key(line: str) -> str:
    """The line by its key: 公益 and public_interest are the same."""
    return LINE_NAMES.get(line, line)


def line_of(name: str, results: Sequence[Outcome], words: Words) -> Line:
    """The three figures of a line: cases per kind, rows received, leads."""
    every = [r for r in results if line_key(r.line) == name]
    ours = [r for r in every if r.status == "done"]
    kinds = [(kind, number) for r in ours for kind, number in r.kinds.items() if number]
    ordered = sorted(kinds, key=lambda entry: (-entry[1], entry[0]))
    return Line(
        words.say(f"line.{name}"),
        tuple((kind, count(number)) for kind, number in ordered),
        count(sum(r.rows for r in ours)),
        count(sum(r.leads for r in ours)),
        len(ours),
        len(every) - len(ours),
    )


def _model(result: Outcome, words: Words) -> dict[str, Any]:
    amounts = [f"{words.say(f'side.{d}')} {words.yuan(fen)}" for d, fen in sorted(result.amounts_fen.items()) if fen]
    return {
        "line": words.known("line", line_key(result.line)),
        "scenario": result.scenario,
        "title": result.title,
        "report": result.report or f"{result.scenario}/report.html",
        "rows": count(result.rows),
        "leads": count(result.leads),
        "bins": [count(result.bins.get(b, 0)) for b in BINS],
        "amounts": amounts or [words.yuan(0)],
    }
