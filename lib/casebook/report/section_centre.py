"""The data centre at a glance: what was received, what needs a look, what was refused and why, what expires next."""

from datetime import date
from typing import Final

from casebook.case.centre import Centre
from casebook.case.holding import Facts, Holding
from casebook.intake import sentences
from casebook.report import centre_figures
from casebook.report.blocks import Block, Figure, Lines, Table, heads
from casebook.report.centre_words import reasons, sentence
from casebook.report.render import Fragment, fragment
from casebook.report.words import Words, count

USES: Final[tuple[sentences.Use, ...]] = ("reject", "flag")


def holdings(centre: Centre, language: str = "zh") -> Fragment:
    """Rows of each source, and how many of a thousand were rejected or are in question."""
    words = Words(language)
    ordered = sorted(centre.read, key=lambda pair: -pair[1].rows_read)
    bars = [
        {
            "source": one.contract.title, "rows": f.rows_read, "rejected": f.rows_rejected, "question": f.rows_in_question,
            "label": _rows_label(f, words),
        }
        for one, f in ordered
    ]  # fmt: skip
    rows = tuple(
        (
            one.contract.title, one.contract.agency, one.contract.version, str(one.source.obtained), count(f.rows_read),
            count(f.rows_kept), count(f.rows_rejected), count(f.rows_in_question),
        )
        for one, f in ordered
    )  # fmt: skip
    names = ("contract", "agency", "version", "obtained", "#rows_read", "#rows_kept", "#rows_rejected", "#in_question")
    table = Table(words.say("caption.table_behind"), heads(words, *names), rows)
    if not bars:
        return fragment("holdings", Lines((words.say("centre.nothing_read"),)))
    caption = words.say("caption.holdings", sources=len(bars), rows=centre.rows_read)
    figure = Figure(centre_figures.received(bars, words), caption, table)
    return fragment("holdings", figure, *_not_read(centre, words))


def _rows_label(facts: Facts, words: Words) -> str:
    if not facts.rows_rejected:
        return count(facts.rows_read)
    return words.say("centre.rows_label", rows=facts.rows_read, rejected=facts.rows_rejected)


def _not_read(centre: Centre, words: Words) -> list[Block]:
    """Sources of the set that this run had no use for."""
    names = [one.contract.title for one in centre.holdings if one.facts is None and one.refusal is None]
    return [Lines((words.say("centre.not_read", names=words.both("、", ", ").join(names)),))] if names else []


def attention(centre: Centre, language: str = "zh") -> Fragment:
    """What needs a look, the worst first."""
    words = Words(language)
    rows = tuple(
        (
            centre.holding(look.contract).contract.title,
            words.say(f"look_name.{look.code}"),
            sentence(look, centre, words),
        )
        for look in centre.attention
    )
    if not rows:
        return fragment("attention", Lines((words.say("centre.nothing_to_look_at"),)))
    return fragment("attention", Table(words.say("caption.attention"), heads(words, "contract", "what", "look"), rows))


def refused(centre: Centre, language: str = "zh") -> Fragment:
    """Rejected rows by reason and cells in question by kind, source by source."""
    words = Words(language)
    rejects, flags = (
        tuple(
            (one.contract.title, said, count(number))
            for one, _ in centre.read
            for said, number in reasons(one, use, words)
        )
        for use in USES
    )
    blocks: list[Block] = [
        Table(words.say("caption.rejects"), heads(words, "contract", "reason", "#rows"), rejects)
        if rejects
        else Lines((words.say("note.no_rejects"),)),
        Table(words.say("caption.flags"), heads(words, "contract", "looks", "#rows"), flags)
        if flags
        else Lines((words.say("centre.no_flags"),)),
    ]
    return fragment("refused", *blocks)


def _days_left(days: int, words: Words) -> str:
    return count(days) if days >= 0 else words.say("centre.days_over", days=-days)


def retention(centre: Centre, language: str = "zh") -> Fragment:
    """What expires next: sources by their retention date; then sources without one, and contracts the set does not have."""
    words = Words(language)
    between = words.both("、", ", ")
    undated = [one.contract.title for one in centre.holdings if one.source.retain_until is None]
    rows = tuple(
        (str(until), _days_left((until - centre.today).days, words), one.contract.title, one.source.by)
        for until, one in _dated(centre)
    )
    blocks: list[Block] = []
    if rows:
        names = heads(words, "retain_until", "#days_left", "contract", "by")
        blocks.append(Table(words.say("caption.retention", today=centre.today), names, rows))
    if undated:
        blocks.append(Lines((words.say("centre.no_retention", sources=len(undated), names=between.join(undated)),)))
    absent = between.join(
        f"{c.title}（{c.agency}）" if language == "zh" else f"{c.title} ({c.agency})" for c in centre.absent
    )
    blocks.append(Lines((words.say("centre.absent", names=absent) if absent else words.say("centre.none_absent"),)))
    return fragment("retention", *blocks)


def _dated(centre: Centre) -> list[tuple[date, Holding]]:
    """Retention dates with their source, the next to expire first."""
    dated = [(one.source.retain_until, one) for one in centre.holdings if one.source.retain_until is not None]
    return sorted(dated, key=lambda pair: (pair[0], pair[1].contract.id))
