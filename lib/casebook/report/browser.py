"""The lead browser of a notebook: filter leads, open one, move a number of the parameters and see the five bins change.

Values of data stand in text fields only, never in an HTML widget. Without a widget front end (batch runs, GitHub, print) the same
call shows its printed counterpart.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ipywidgets as widgets
import polars as pl
from pydantic import ValidationError

from casebook.case.assess import BINS
from casebook.case.job import JOB_FILE
from casebook.case.run import Result, Run
from casebook.report import browsing, dossier
from casebook.report.blocks import SIGNS, Lines, Table, heads, mark
from casebook.report.browsing import Wanted
from casebook.report.plain import text_of
from casebook.report.render import Fragment, fragment
from casebook.report.section_leads import in_order, lead_table
from casebook.report.words import Words, count, label_of, yuan

WIDGET = "application/vnd.jupyter.widget-view+json"
LISTED = 200
PRINTED = 5
FULL = widgets.Layout(width="100%")
TALL = widgets.Layout(width="100%", height="320px")


def browse(run: Run, result: Result) -> "Browser":
    """The browser over the result's leads."""
    return Browser(run, result, in_order(result.leads, result.scenario))


@dataclass(frozen=True)
class Browser:
    """Leads in reading order with the run they came from; shows widgets where there is a front end for them."""

    run: Run
    result: Result
    leads: pl.DataFrame

    @property
    def words(self) -> Words:
        """The language of the run."""
        return Words(self.result.parameters.language)

    def printed(self) -> Fragment:
        """The first leads and the numbers of the parameters, as a table: what stays when nobody can click."""
        words = self.words
        rows = tuple((name, str(value)) for name, value in browsing.numbers_of(self.result.parameters).items())
        numbers = Table(words.say("caption.numbers"), heads(words, "fact", "#value"), rows)
        return fragment(
            "browse",
            Lines((words.say("note.browse", shown=min(PRINTED, self.leads.height), all=self.leads.height),)),
            lead_table(self.leads.head(PRINTED), self.result.scenario, words),
            numbers,
        )

    def widget(self) -> widgets.VBox:
        """The widgets, live."""
        return widgets.VBox([_lead_panel(self), _number_panel(self)])

    def _repr_mimebundle_(
        self, include: Sequence[str] | None = None, exclude: Sequence[str] | None = None
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        data, facts = self.printed()._repr_mimebundle_(include, exclude)
        if (Path.cwd() / JOB_FILE).is_file():
            return dict(data), dict(facts)
        live = self.widget()._repr_mimebundle_()
        return {**data, WIDGET: live[WIDGET]}, dict(facts)

    def __repr__(self) -> str:
        return self.printed().text


def _lead_panel(browser: Browser) -> widgets.VBox:
    """Choices, the list of matching leads, the opened lead."""
    words, scenario = browser.words, browser.result.scenario
    every = (words.say("word.all"), "")
    bins = [every, *((f"{SIGNS[b]} {words.say(f'bin.{b}')}", b) for b in BINS if b != "clear")]
    kinds = [every, *((label_of(k, words.language), k.name) for k in scenario.kinds)]
    chosen_bin = widgets.Dropdown(options=bins, description=words.say("head.bin"))
    chosen_kind = widgets.Dropdown(options=kinds, description=words.say("head.kind"))
    place = widgets.Text(description=words.say("head.place"), continuous_update=False)
    least = widgets.BoundedFloatText(min=0, max=1e12, description=words.say("head.least_yuan"))
    found = widgets.Select(options=[], rows=8, layout=FULL)
    opened = widgets.Textarea(disabled=True, layout=TALL)
    number = widgets.Label()

    def refresh(_: object = None) -> None:
        wanted = Wanted(chosen_bin.value, chosen_kind.value, place.value, least.value or None)
        rows = browsing.matching(browser.leads, wanted)
        number.value = words.say("note.matching", found=rows.height, shown=min(LISTED, rows.height))
        found.options = [(_line(r), r["lead_id"]) for r in rows.head(LISTED).iter_rows(named=True)]

    def open_lead(_: object = None) -> None:
        opened.value = opened_text(browser, found.value) if found.value else ""

    for choice in (chosen_bin, chosen_kind, place, least):
        choice.observe(refresh, names="value")
    found.observe(open_lead, names="value")
    refresh()
    return widgets.VBox([widgets.HBox([chosen_bin, chosen_kind, place, least]), number, found, opened])


def _line(lead: dict[str, Any]) -> str:
    parts = (SIGNS[lead["bin"]], lead["lead_id"], lead["subject"], lead["place"], yuan(lead["amount_fen"]))
    return "  ".join(part for part in parts if part)


def opened_text(browser: Browser, lead_id: str) -> str:
    """One lead worked in full, as plain text."""
    lead = browser.leads.filter(lead_id=lead_id).to_dicts()[0]
    held = next((e.to_json() for e in browser.result.evidence if e.lead_id == lead_id), None)
    return text_of(dossier.blocks(lead, held, dossier.setting_of(browser.result, browser.run)))


def _number_panel(browser: Browser) -> widgets.VBox:
    """One number of the parameters, a new value for it, the five bins before and after."""
    words = browser.words
    numbers = browsing.numbers_of(browser.result.parameters)
    name = widgets.Dropdown(options=list(numbers), description=words.say("head.parameter"))
    value = widgets.FloatText(description=words.say("head.value"))
    judge = widgets.Button(description=words.say("word.judge_again"))
    said = widgets.Textarea(disabled=True, layout=FULL, rows=7)

    def choose(_: object = None) -> None:
        value.value = float(numbers[name.value]) if name.value else 0.0

    def move(_: object = None) -> None:
        said.value = moved_text(browser, name.value, value.value)

    name.observe(choose, names="value")
    judge.on_click(move)
    choose()
    return widgets.VBox([widgets.HBox([name, value, judge]), said]) if numbers else widgets.VBox([])


def moved_text(browser: Browser, name: str, value: float) -> str:
    """The five bins before and after the move, or the sentence why the value is refused."""
    words = browser.words
    exact = int(value) if float(value).is_integer() else value
    try:
        bins = browsing.shift(browser.run, browser.result, name, exact)
    except ValidationError as refused:
        return words.say("note.refused", name=name, reason=refused.errors()[0]["msg"])
    rows = tuple((mark(b, words), count(old), count(new), f"{new - old:+,}") for b, (old, new) in bins.items())
    caption = words.say("caption.moved", name=name, value=str(exact))
    return text_of([Table(caption, heads(words, "bin", "#before", "#after", "#change"), rows)])
