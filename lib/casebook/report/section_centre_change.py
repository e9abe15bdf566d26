"""What changed since the delivery before: rows by key, columns, categories."""

from collections.abc import Iterator

from casebook.case.categories import LEAST_ROWS, Category, Spread
from casebook.case.centre import Centre
from casebook.case.holding import Before, Facts, Holding
from casebook.report import centre_figures
from casebook.report.blocks import Block, Cell, Figure, Head, Lines, Table, heads
from casebook.report.centre_words import header, share
from casebook.report.render import Fragment, fragment
from casebook.report.words import Words, count

FIGURES = 6
_MOVED = 0.02


def changes(centre: Centre, language: str = "zh") -> Fragment:
    """Rows added, removed, changed against the delivery before, by the contract's key; columns in which rows changed."""
    words = Words(language)
    found = [(one, f, f.before) for one, f in centre.read if f.before is not None]
    if not found:
        said = (
            words.say("centre.first_delivery", sources=len(centre.read))
            if centre.read
            else words.say("centre.nothing_read")
        )
        return fragment("changes", Lines((said,)))
    moved = [(one, before) for one, _, before in found if _moved(before)]
    told = Lines(
        (words.say("centre.with_before", sources=len(centre.read), before=len(found), same=len(found) - len(moved)),)
    )
    rows = tuple(_row(one, f, before, words) for one, f, before in found)
    table = Table(words.say("caption.table_behind" if moved else "caption.changes"), _change_heads(words), rows)
    if not moved:
        return fragment("changes", told, table)
    bars = [_bar(one, before, words) for one, before in sorted(moved, key=lambda pair: -_moved(pair[1]))]
    cells = tuple(row for one, before in moved for row in _cells(one, before))
    changed = Table(words.say("caption.cells"), heads(words, "contract", "header", "#rows"), cells)
    figure = Figure(centre_figures.changes(bars, words), words.say("caption.changes"), table)
    return fragment("changes", told, figure, *([changed] if cells else []))


def _moved(before: Before) -> float:
    """Rows added, removed and changed, as a share of the rows before."""
    made = before.difference
    return (made.added + made.removed + made.changed) / max(1, made.rows_before)


def _change_heads(words: Words) -> tuple[Head, ...]:
    counts = ("#rows_before", "#removed", "#changed", "#unchanged", "#added", "#untold", "#rows_kept")
    return heads(words, "contract", "compared_with", "told_by", *counts)


def _bar(one: Holding, before: Before, words: Words) -> dict[str, object]:
    made, base = before.difference, max(1, before.difference.rows_before)
    label = words.say("centre.changes_label", added=made.added, changed=made.changed, removed=made.removed)
    parts = {"added": made.added, "changed": made.changed, "removed": made.removed}
    return {"source": one.contract.title, "label": label, **{name: number / base for name, number in parts.items()}}


def _row(one: Holding, facts: Facts, before: Before, words: Words) -> tuple[Cell, ...]:
    made = before.difference
    by = words.both("、", ", ").join(header(one, name) for name in made.key) or words.say("centre.whole_row")
    untold = made.outside_now.blank + made.outside_now.repeated
    return (
        one.contract.title, str(before.obtained), by, count(made.rows_before), count(made.removed), count(made.changed),
        count(made.unchanged), count(made.added), count(untold), count(facts.rows_kept),
    )  # fmt: skip


def _cells(one: Holding, before: Before) -> list[tuple[str, str, str]]:
    ordered = sorted(before.difference.cells.items(), key=lambda entry: (-entry[1], entry[0]))
    return [(one.contract.title, header(one, name), count(number)) for name, number in ordered]


def drift(centre: Centre, language: str = "zh") -> Fragment:
    """Categories whose values came, went or moved most; the shares of all others in one table."""
    words = Words(language)
    found = [(one, c) for one, f in centre.read for c in f.categories if c.before is not None]
    moved = sorted((p for p in found if _has_moved(p[1])), key=lambda p: -_weight(p[1]))
    key = "centre.categories" if found else "centre.no_categories"
    told = Lines((words.say(key, columns=len(found), moved=len(moved), least=LEAST_ROWS),))
    blocks: list[Block] = [told, *(_figure(one, c, words) for one, c in moved[:FIGURES])]
    listed = [pair for pair in _with_categories(centre) if pair not in moved[:FIGURES]]
    rows = tuple((one.contract.title, header(one, c.column), _spread(c, words)) for one, c in listed)
    if rows:
        blocks.append(Table(words.say("caption.categories"), heads(words, "contract", "header", "values_now"), rows))
    return fragment("drift", *blocks)


def _spread(one: Category, words: Words) -> str:
    """The values of a category in one line, each with its share."""
    named = [f"{value} {_share(one.now, value, words)}" for value in one.now.named]
    rest = words.say("centre.more_values", values=one.now.unnamed, least=LEAST_ROWS) if one.now.unnamed else ""
    return words.both("、", ", ").join([*named, *([rest] if rest else [])])


def _with_categories(centre: Centre) -> list[tuple[Holding, Category]]:
    return [(one, c) for one, f in centre.read for c in f.categories]


def _has_moved(one: Category) -> bool:
    return bool(one.new or one.vanished) or one.shift > _MOVED


def _weight(one: Category) -> float:
    return len(one.new) + len(one.vanished) + one.shift


def _figure(one: Holding, category: Category, words: Words) -> Block:
    """Two bars a value, before and now."""
    bars = [
        {
            "value": value, "now": category.now.named.get(value), "now_label": _share(category.now, value, words),
            "before": category.before.named.get(value) if category.before else None,
            "before_label": _share(category.before, value, words),
        }
        for value in _values(category)
    ]  # fmt: skip
    between = words.both("、", ", ")
    facts = {"new": between.join(category.new), "gone": between.join(category.vanished)}
    caption = words.say("caption.drift", table=one.contract.title, column=header(one, category.column))
    caption += "".join(words.say(f"centre.drift_{name}", values=values) for name, values in facts.items() if values)
    table = Table(
        words.say("caption.table_behind"), heads(words, "value", "#now", "#before"), tuple(_rows(category, words))
    )
    if not bars:
        return table
    return Figure(centre_figures.drift(bars, words), caption, table)


def _values(category: Category) -> list[str]:
    return list(dict.fromkeys([*category.now.named, *(category.before.named if category.before else ())]))


def _rows(category: Category, words: Words) -> Iterator[tuple[Cell, ...]]:
    for value in _values(category):
        yield value, _share(category.now, value, words), _share(category.before, value, words)
    others = [
        words.say("centre.unnamed", values=s.unnamed) if s and s.unnamed else "–"
        for s in (category.now, category.before)
    ]
    if others != ["–", "–"]:
        yield words.say("centre.others", least=LEAST_ROWS), others[0], others[1]


def _share(spread: Spread | None, value: str, words: Words) -> str:
    """The share of a value; a sign where it is not told, a word where the value is not named."""
    if spread is None:
        return "–"
    if value not in spread.named:
        return words.say("centre.not_named") if spread.unnamed else "0%"
    told = spread.named[value]
    return words.say("centre.not_told") if told is None else share(told)
