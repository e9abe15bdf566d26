"""Sections on the pattern across leads: by month, by year, by place, and an analyst's own chart. Small cells are hidden."""

from collections.abc import Sequence
from typing import Any

import polars as pl

from casebook.case.run import Result
from casebook.errors import CasebookError
from casebook.report import drawing, figures
from casebook.report.blocks import Figure, Head, Lines, Table, heads
from casebook.report.render import Fragment, fragment
from casebook.report.words import Words, count, month_name, yuan

SMALL_CELL = 5
LANES = ("judged", "paid", "entitled", "lead")


def shown(number: int) -> str:
    """A count as a pattern table may show it: one to four persons become `<5`.

    >>> shown(0), shown(3), shown(5)
    ('0', '<5', '5')
    """
    return f"<{SMALL_CELL}" if 0 < number < SMALL_CELL else count(number)


def figure(chart: Any, caption_zh: str, caption_en: str, table: pl.DataFrame, language: str = "zh") -> Fragment:  # noqa: ANN401
    """An analyst's Altair chart as SVG with its caption and the table behind it."""
    words = Words(language)
    columns = tuple(Head(words.known("head", name), number=dtype.is_numeric()) for name, dtype in table.schema.items())
    rows = tuple(tuple(_cell(value) for value in row) for row in table.iter_rows())
    behind = Table(words.say("caption.table_behind"), columns, rows)
    return fragment("figure", Figure(drawing.of_chart(chart), words.both(caption_zh, caption_en), behind))


def _cell(value: Any) -> str:  # noqa: ANN401
    if value is None:
        return "–"
    if isinstance(value, float):
        return f"{value:,.2f}"
    return count(value) if isinstance(value, int) and not isinstance(value, bool) else str(value)


def months(result: Result, paid: str = "paid_fen", entitled: str = "is_entitled") -> Fragment:
    """Units by month in lanes: judged, paid, entitled (where the model has the columns), leads.

    Args:
        result: the run's result.
        paid: column of the judged rows that is true or positive where something was paid.
        entitled: column that is true or positive where something was due.
    """
    words = Words(result.parameters.language)
    judged = result.judged
    claims = {"paid": paid, "entitled": entitled}
    tests = {"judged": pl.col("unit").is_not_null(), "lead": pl.col("bin") == "lead"}
    tests |= {lane: _holds(judged, column) for lane, column in claims.items() if column in judged.columns}
    counted = judged.group_by("period").agg(
        tests[lane].sum().cast(pl.Int64).alias(lane) for lane in LANES if lane in tests
    )
    cells = [
        (month_name(row["period"]), lane, row[lane])
        for row in counted.sort("period").iter_rows(named=True)
        for lane in LANES
        if lane in tests
    ]
    return _heat_section("months", [(m, words.say(f"lane.{lane}"), n) for m, lane, n in cells], words)


def _holds(judged: pl.DataFrame, column: str) -> pl.Expr:
    """True where the column is true or positive; one row a judged row."""
    claim = pl.col(column) if judged.schema[column] == pl.Boolean else pl.col(column) > 0
    return claim.fill_null(value=False)


def places(result: Result) -> Fragment:
    """Leads by place and month in which they begin; counts below five are hidden and no totals stand beside them."""
    words = Words(result.parameters.language)
    found = result.leads.filter(bin="lead").with_columns(
        pl.col("place").replace("", words.say("word.no_place")),
        month=pl.col("period_start").dt.strftime("%Y-%m"),
    )
    counts = {(m, p): n for m, p, n in found.group_by("month", "place").len().iter_rows()}
    grid = [
        (m, p, counts.get((m, p), 0))
        for p in found["place"].unique().sort().to_list()
        for m in found["month"].unique().sort().to_list()
    ]
    return _heat_section("places", grid, words)


def _heat_section(name: str, cells: Sequence[tuple[str, str, int]], words: Words) -> Fragment:
    """A heat map of (column, row, count) with its table, small counts hidden in both."""
    if not cells:
        return fragment(name, Lines((words.say("note.no_leads"),)))
    xs, ys = list(dict.fromkeys(c[0] for c in cells)), list(dict.fromkeys(c[1] for c in cells))
    known = {(x, y): shown(n) for x, y, n in cells}
    drawn = [_drawn(x, y, n) for x, y, n in cells]
    rows = tuple((y, *(known.get((x, y), "0") for x in xs)) for y in ys)
    table = Table(words.say("caption.table_behind"), (Head(""), *(Head(x, number=True) for x in xs)), rows)
    svg = figures.heat(drawn)
    return fragment(name, Figure(svg, words.say(f"caption.{name}", least=SMALL_CELL), table))


def _drawn(x: str, y: str, number: int) -> dict[str, Any]:
    """A cell of a heat map; a hidden count does not reach the drawing."""
    hidden = 0 < number < SMALL_CELL
    return {"x": x, "y": y, "shade": 0 if hidden else number, "hidden": hidden, "label": shown(number)}


def years(result: Result, due: str = "due_fen", paid: str = "paid_fen") -> Fragment:
    """Amount due beside amount paid, year by year, over the leads' units.

    Raises:
        CasebookError: the judged rows have no such column; the sentence lists what they have.
    """
    words = Words(result.parameters.language)
    judged = result.judged
    for column in (due, paid):
        if column not in judged.columns:
            known = ", ".join(c for c in judged.columns if c.endswith("_fen"))
            raise CasebookError(f"show.years: the judged rows have no column {column!r}; amounts they have: {known}")
    by_year = (
        judged.filter(bin="lead")
        .with_columns(year=pl.col("period_start").dt.year())
        .group_by("year")
        .agg(units=pl.len(), due=pl.col(due).sum().cast(pl.Int64), paid=pl.col(paid).sum().cast(pl.Int64))
        .sort("year")
        .to_dicts()
    )
    if not by_year:
        return fragment("years", Lines((words.say("note.no_leads"),)))
    bars = [
        {"group": str(r["year"]), "side": side, "amount": r[side] / 100} for r in by_year for side in ("due", "paid")
    ]
    rows = tuple(
        (str(r["year"]), shown(r["units"]), yuan(r["due"]), yuan(r["paid"]), yuan(r["due"] - r["paid"]))
        for r in by_year
    )
    table = Table(
        words.say("caption.table_behind"), heads(words, "#year", "#units", "#due_yuan", "#paid_yuan", "#gap_yuan"), rows
    )
    return fragment(
        "years", Figure(figures.pairs(bars, words, words.say("head.yuan")), words.say("caption.years"), table)
    )
