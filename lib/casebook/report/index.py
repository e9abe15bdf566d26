"""The index of one batch: the five business lines side by side, the models, what failed; one screen, no script."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal

from casebook.case.assess import BINS
from casebook.report import centre
from casebook.report.blocks import SIGNS
from casebook.report.page import text_of
from casebook.report.policy import content_policy
from casebook.report.render import render
from casebook.report.words import Words, count, line_key

INDEX = "index.html"
KINDS_SHOWN = 4
LINES = ("criminal", "civil", "administrative", "public_interest", "minors")
Entries = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Outcome:
    """What one scenario of a batch came to.

    `kinds` counts leads by kind, under the short names readers know; `amounts_fen` the leads' amounts by direction, empty for a model
    without amounts; `report` is the path of the report below the run folder; `error` one sentence when the run failed.
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
class About:
    """What the batch ran on: each source set with the day its data stand for, and when the run was finished."""

    sets: tuple[tuple[str, date], ...] = ()
    finished: datetime | None = None


@dataclass(frozen=True)
class Group:
    """Cases per kind of one model, the most frequent first; `more` holds the kinds beyond the first four."""

    model: str
    kinds: Entries
    more: Entries


@dataclass(frozen=True)
class Line:
    """One business line: its three figures, and how many models came to an end or failed."""

    name: str
    groups: tuple[Group, ...]
    rows: str
    leads: str
    models: int
    failed: int


def write_index(run_folder: Path, results: Sequence[Outcome], language: str = "zh", about: About | None = None) -> Path:
    """Write `index.html` of the run; it leads to the data centre where the run has its page."""
    words = Words(language)
    style = text_of("report.css")
    html = render(
        "index.html",
        words=words,
        about=_about(about or About(), words),
        style=style,
        policy=content_policy(style),
        lines=[line_of(name, results, words) for name in LINES],
        models=[_model(r, words) for r in results if r.status == "done"],
        failed=[r for r in results if r.status == "failed"],
        centre=centre.PAGE if (run_folder / centre.PAGE).is_file() else "",
        bins=[(b, f"{SIGNS[b]} {words.say(f'bin.{b}')}") for b in BINS],
    )
    path = run_folder / INDEX
    path.write_text(str(html), encoding="utf-8")
    return path


def _about(about: About, words: Words) -> str:
    """The head line: sets, their days, when the run was finished; what is not known is left out."""
    parts = [words.say("index.about", set=name, as_of=day) for name, day in about.sets]
    if about.finished:
        parts.append(words.say("index.finished", at=f"{about.finished:%Y-%m-%d %H:%M}"))
    return " · ".join(parts)


def line_of(name: str, results: Sequence[Outcome], words: Words) -> Line:
    """The three figures of a line: leads, rows received, cases per kind by model; a dash where no model finished."""
    every = [r for r in results if line_key(r.line) == name]
    ours = [r for r in every if r.status == "done"]
    return Line(
        words.say(f"line.{name}"),
        tuple(_group(r, words) for r in ours),
        count(sum(r.rows for r in ours)) if ours else "–",
        count(sum(r.leads for r in ours)) if ours else "–",
        len(ours),
        len(every) - len(ours),
    )


def _group(result: Outcome, words: Words) -> Group:
    ordered = sorted(((k, n) for k, n in result.kinds.items() if n), key=lambda entry: (-entry[1], entry[0]))
    shown = tuple((kind, count(number)) for kind, number in ordered)
    return Group(_short(result, words), shown[:KINDS_SHOWN], shown[KINDS_SHOWN:])


def _short(result: Outcome, words: Words) -> str:
    """The short name of a known model, the title of any other."""
    known = words.known("model", result.scenario)
    return result.title if known == result.scenario else known


def _model(result: Outcome, words: Words) -> dict[str, Any]:
    amounts = [f"{words.say(f'side.{d}')} {words.yuan(fen)}" for d, fen in sorted(result.amounts_fen.items()) if fen]
    nothing = words.yuan(0) if result.amounts_fen else words.say("word.no_amount")
    return {
        "line": words.known("line", line_key(result.line)),
        "scenario": result.scenario,
        "title": result.title,
        "report": result.report or f"{result.scenario}/report.html",
        "rows": count(result.rows),
        "leads": count(result.leads),
        "bins": [count(result.bins.get(b, 0)) for b in BINS],
        "amounts": amounts or [nothing],
    }
