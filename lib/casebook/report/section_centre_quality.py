"""How well the sources are filled and how good their ids are: pictures first, the whole table behind each."""

from collections.abc import Iterator

from casebook.case.centre import Centre
from casebook.case.holding import Facts, Holding
from casebook.case.id_quality import CLASSES
from casebook.report import centre_figures
from casebook.report.blocks import Block, Cell, Figure, Lines, Table, heads
from casebook.report.centre_words import change, header, missing_sum, named, share
from casebook.report.render import Fragment, fragment
from casebook.report.words import Words, count

SHOWN = 24
_NOTICED = 0.0005


def fill_rates(centre: Centre, language: str = "zh") -> Fragment:
    """The columns with most gaps or most change, each as a strip; the table behind has every column of every source."""
    words = Words(language)
    every = [(missing_sum(f, name), one, f, name) for one, f in centre.read for name in filled_names(f)]
    odd = sorted((entry for entry in every if entry[0] > _NOTICED), key=lambda entry: -entry[0])
    key = "centre.columns_full" if every else "centre.nothing_read"
    told = Lines((words.say(key, columns=len(every), fine=len(every) - len(odd)),))
    if not odd:
        return fragment("fill_rates", told)
    strips = [strip(f, column, named(one, column), words) for _, one, f, column in odd[:SHOWN]]
    rows = tuple(row for one, f in centre.read for row in ((one.contract.title,), *fill_rows(one, f, words)))
    table = Table(
        words.say("caption.table_behind"), heads(words, "header", "column", "#filled", "#before", "#change"), rows
    )
    caption = words.say("caption.fill_rates", shown=len(strips))
    return fragment("fill_rates", told, Figure(centre_figures.fills(strips, words), caption, table))


def filled_names(facts: Facts) -> tuple[str, ...]:
    """Columns of this delivery and of the one before."""
    return tuple(dict.fromkeys([*facts.filled, *(facts.before.filled if facts.before else ())]))


def strip(facts: Facts, column: str, name: str, words: Words) -> dict[str, object]:
    """One strip of the figure of fill rates."""
    now, before = facts.filled.get(column, 0.0), _before(facts, column)
    moved = "" if before is None or abs(now - before) < _NOTICED else f" ({change(now, before, words)})"
    return {"name": name, "now": now, "before": before, "label": share(now) + moved}


def fill_rows(one: Holding, facts: Facts, words: Words) -> Iterator[tuple[Cell, ...]]:
    """Header, column, share filled now and before, change in points."""
    for name in filled_names(facts):
        now, before = facts.filled.get(name, 0.0), _before(facts, name)
        yield header(one, name), name, share(now), "–" if before is None else share(before), change(now, before, words)


def _before(facts: Facts, column: str) -> float | None:
    return facts.before.filled.get(column, 0.0) if facts.before else None


def id_quality(centre: Centre, language: str = "zh") -> Fragment:
    """The id columns that are not valid throughout, each as a bar of its classes; the table behind has all of them."""
    words = Words(language)
    every = [(one, quality) for one, f in centre.read for quality in f.ids if quality.rows]
    odd = [(one, q) for one, q in every if q.counts["valid"] < q.rows]
    odd.sort(key=lambda pair: (pair[1].counts["valid"] / pair[1].rows, pair[0].contract.id))
    key = "centre.ids_valid" if every else "centre.no_ids"
    told = Lines((words.say(key, columns=len(every), fine=len(every) - len(odd)),))
    rows = tuple(
        (one.contract.title, header(one, q.column), *(count(q.counts[c]) for c in CLASSES), share(q.usable / q.rows))
        for one, q in every
    )
    names = heads(words, "contract", "header", *(f"#id_{c}" for c in CLASSES), "#usable")
    table = Table(words.say("caption.table_behind" if odd else "caption.ids"), names, rows)
    blocks: list[Block] = [told]
    if odd:
        bars = [
            {
                "name": named(one, q.column), **{c: q.counts[c] / q.rows for c in CLASSES},
                "label": words.say("centre.usable", share=share(q.usable / q.rows)),
            }
            for one, q in odd
        ]  # fmt: skip
        blocks.append(Figure(centre_figures.ids(bars, words), words.say("caption.ids"), table))
    elif rows:
        blocks.append(table)
    return fragment("id_quality", *blocks)
