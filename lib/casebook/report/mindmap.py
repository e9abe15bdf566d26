"""The mind map of a model: a tree of three levels drawn from its conditions, as SVG with attributes only."""

from collections.abc import Mapping, Sequence

from casebook.case.scenario import Condition, Scenario
from casebook.report.plain import width
from casebook.report.render import render
from casebook.report.words import Words, label_of, title_of

LINE, LEFT, GAP = 26, 12, 70
CHARACTER = 7.0
ROOT_COLUMNS = 24

Branches = tuple[tuple[str, tuple[str, ...]], ...]


def branches(scenario: Scenario, words: Words, titles: Mapping[str, str]) -> Branches:
    """Tables (by their titles where known), scope, kinds by direction and exemptions by effect, each under its short name."""
    groups: list[tuple[str, list[str]]] = [
        (words.say("map.inputs"), [titles.get(i.contract, i.contract) for i in scenario.inputs]),
        (words.say("map.scope"), _titles(scenario.scope, words)),
    ]
    groups += [
        (words.say(f"map.{d}"), _labels(tuple(k for k in scenario.kinds if k.direction == d), words))
        for d in ("over", "under")
    ]
    groups += [
        (words.say(f"map.{e}"), _labels(tuple(x for x in scenario.exemptions if x.effect == e), words))
        for e in ("excluded", "flagged")
    ]
    return tuple((name, tuple(leaves)) for name, leaves in groups if leaves)


def _labels(conditions: tuple[Condition, ...], words: Words) -> list[str]:
    return [label_of(c, words.language) for c in conditions]


def _titles(conditions: tuple[Condition, ...], words: Words) -> list[str]:
    return [title_of(c, words.language) for c in conditions]


def draw(title: str, tree: Branches) -> str:
    """SVG of the tree: title left, branches in the middle, leaves right, joined by lines."""
    root = _wrapped(title)
    leaves = [leaf for _, group in tree for leaf in group]
    middle = LEFT + _long(root) + GAP
    right = middle + _long([name for name, _ in tree]) + GAP
    height = LINE * (len(leaves) + 1)
    columns = {
        "left": LEFT,
        "root_end": LEFT + _long(root) + 8,
        "middle": middle,
        "middle_end": right - GAP + 8,
        "right": right,
    }
    size = {"width": round(right + _long(leaves) + LEFT), "height": height}
    return str(render("mindmap.html", root=root, branches=_places(tree), at=columns, size=size))


def _long(texts: Sequence[str]) -> float:
    """Length of the longest text in the drawing's units."""
    return CHARACTER * max(map(width, texts), default=0)


def _places(tree: Branches) -> list[dict[str, object]]:
    """Branches with the height of their middle, and each leaf with its own."""
    placed: list[dict[str, object]] = []
    top = LINE
    for name, group in tree:
        leaves = [{"text": text, "y": top + LINE * i} for i, text in enumerate(group)]
        placed.append(
            {"text": name, "y": top + LINE * (len(group) - 1) / 2, "leaves": leaves, "end": CHARACTER * width(name)}
        )
        top += LINE * len(group)
    return placed


def _wrapped(title: str) -> list[str]:
    """The title in lines of at most `ROOT_COLUMNS` columns."""
    lines = [""]
    for character in title:
        if width(lines[-1] + character) > ROOT_COLUMNS:
            lines.append("")
        lines[-1] += character
    return [line.strip() for line in lines]
