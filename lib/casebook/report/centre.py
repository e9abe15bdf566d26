"""The page of the data centre: one HTML file that opens offline, needs no script, and prints."""

from pathlib import Path

from markupsafe import Markup

from casebook.case.centre import NAME, Centre
from casebook.report import section_centre, section_centre_change, section_centre_quality
from casebook.report.centre_words import sentence
from casebook.report.page import text_of
from casebook.report.policy import content_policy
from casebook.report.render import Fragment, render
from casebook.report.section_centre_source import source_blocks
from casebook.report.words import Words, count

PAGE = f"{NAME}.html"
LOOKS_FIRST = 8
_SECTIONS = (
    section_centre.holdings,
    section_centre.refused,
    section_centre_quality.fill_rates,
    section_centre_quality.id_quality,
    section_centre_change.changes,
    section_centre_change.drift,
    section_centre.retention,
)


def write_centre(run_folder: Path, centre: Centre, language: str = "zh") -> Path:
    """Write `data_centre.html` of the run, whole or not at all."""
    words, style = Words(language), text_of("report.css")
    looks = [
        (
            look.contract,
            centre.holding(look.contract).contract.title,
            words.say(f"look_name.{look.code}"),
            sentence(look, centre, words),
        )
        for look in centre.attention
    ]
    html = render(
        "centre.html",
        words=words,
        style=style,
        policy=content_policy(style),
        about=words.say("centre.about", set=centre.sources.set, as_of=centre.sources.as_of, today=centre.today),
        figures=_figures(centre, len(looks), words),
        looks=looks[:LOOKS_FIRST],
        more_looks=looks[LOOKS_FIRST:],
        sections=[_section(make(centre, language), words) for make in _SECTIONS],
        sources=[(one.contract.id, one.contract.title, source_blocks(one, words)) for one in centre.holdings],
    )
    path = run_folder / PAGE
    temporary = run_folder / f".{PAGE}"
    temporary.write_text(str(html), encoding="utf-8")
    return temporary.replace(path)


def _figures(centre: Centre, looks: int, words: Words) -> list[tuple[str, str]]:
    """The numbers of the first screen."""
    rejected = sum(facts.rows_rejected for _, facts in centre.read)
    question = sum(facts.rows_in_question for _, facts in centre.read)
    return [
        (words.say("centre.sources"), count(len(centre.holdings))),
        (words.say("head.rows_read"), count(centre.rows_read)),
        (words.say("head.rows_rejected"), count(rejected)),
        (words.say("head.in_question"), count(question)),
        (words.say("centre.look"), count(looks)),
    ]


def _section(made: Fragment, words: Words) -> tuple[str, str, Markup]:
    """Its id, its heading, its HTML."""
    return made.section, words.say(f"centre.section_{made.section}"), made.html
