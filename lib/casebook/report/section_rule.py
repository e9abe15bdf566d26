"""Sections on the rule: every condition with its source, the exemptions with their answers, the mind map, the limits."""

from collections.abc import Mapping

from casebook.case.run import Result
from casebook.case.scenario import Condition
from casebook.report import mindmap as drawn_map
from casebook.report.blocks import Figure, Lines, Rule, Table, heads
from casebook.report.render import Fragment, fragment
from casebook.report.told import Model, titles_of, told
from casebook.report.words import LANGUAGES, Words, count, label_of, title_of

Answers = Mapping[str, Mapping[str, int]]
UNKNOWN = {"true": "–", "false": "–", "unknown": "–"}


def rule(model: Model, result: Result | None = None, language: str | None = None) -> Fragment:
    """Each condition in the order it is judged: titles, law, source text, hash; with a result also its answers."""
    scenario, words = told(result or model, language)
    found = result or (model if isinstance(model, Result) else None)
    answers = found.ledger.conditions if found else {}
    head = Lines((words.say("note.rule", version=scenario.version, digest=scenario.digest[:12]),))
    return fragment("rule", head, *(_rule(c, scenario.kinds, words, answers) for c in scenario.conditions))


def _rule(c: Condition, kinds: tuple[Condition, ...], words: Words, answers: Answers) -> Rule:
    facts = [(words.say("head.law"), ", ".join(c.law) or "–"), (words.say("head.digest"), c.digest)]
    if c.part == "kind":
        facts.append((words.say("head.direction"), words.say(f"direction.{c.direction}")))
    if c.part == "exemption":
        facts.append((words.say("head.effect"), words.say(f"effect.{c.effect}")))
        facts.append((words.say("head.covers"), _covered(c, kinds, words)))
    if c.column in answers:
        facts.append((words.say("head.answers"), words.say("note.answers", **answers[c.column])))
    return Rule(c.name, words.say(f"part.{c.part}"), _titles(c, words), tuple(facts), c.source)


def _titles(c: Condition, words: Words) -> tuple[tuple[str, str], ...]:
    """Both titles with their languages, that of the report first."""
    pairs = tuple(zip(LANGUAGES, c.titles, strict=True))
    return pairs if words.language == "zh" else pairs[::-1]


def exemptions(result: Result) -> Fragment:
    """For every exemption its effect and how many judged rows answer yes, no, unknown."""
    words = Words(result.parameters.language)
    kinds = result.scenario.kinds
    rows = tuple(_exemption(x, kinds, words, result.ledger.conditions) for x in result.scenario.exemptions)
    table = Table(
        words.say("caption.exemptions"), heads(words, "exemption", "effect", "covers", "#yes", "#no", "#unknown"), rows
    )
    return fragment("exemptions", table, Lines((words.say("note.exemptions"),)))


def _exemption(x: Condition, kinds: tuple[Condition, ...], words: Words, answers: Answers) -> tuple[str, ...]:
    found = answers.get(x.column)
    numbers = [count(found[a]) if found else UNKNOWN[a] for a in ("true", "false", "unknown")]
    return (title_of(x, words.language), words.say(f"effect.{x.effect}"), _covered(x, kinds, words), *numbers)


def _covered(x: Condition, kinds: tuple[Condition, ...], words: Words) -> str:
    """Short names of the kinds the exemption covers."""
    if not x.covers:
        return words.say("word.all_kinds")
    return words.say("word.and").join(label_of(k, words.language) for k in kinds if k.name in x.covers)


def mindmap(model: Model, language: str | None = None) -> Fragment:
    """The model as a tree drawn from its conditions, so that drawing and rule cannot differ."""
    scenario, words = told(model, language)
    branches = drawn_map.branches(scenario, words, titles_of(model))
    rows = tuple((branch, leaf) for branch, leaves in branches for leaf in leaves)
    table = Table(words.say("caption.mindmap_table"), heads(words, "branch", "condition"), rows)
    svg = drawn_map.draw(scenario.title(words.language), branches)
    return fragment("mindmap", Figure(svg, words.say("caption.mindmap", title=scenario.title(words.language)), table))


def names(model: Model, language: str | None = None) -> dict[str, str]:
    """Short names of the model's kinds and of both directions, for an analyst's own tables and charts."""
    scenario, words = told(model, language)
    kinds = {k.name: label_of(k, words.language) for k in scenario.kinds}
    return kinds | {d: words.say(f"side.{d}") for d in ("over", "under")}


def limits(model: Model, language: str | None = None) -> Fragment:
    """What the model cannot see, after the sentence that a lead is no finding."""
    scenario, words = told(model, language)
    return fragment("limits", Lines((words.say("note.lead_no_finding"), *scenario.limits(words.language))))
