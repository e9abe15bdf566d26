"""What the data centre's sections say in words: names of columns, shares, changes, and a sentence for each thing to look at."""

from typing import Any

from casebook.case.attention import Look
from casebook.case.centre import Centre
from casebook.case.holding import Facts, Holding
from casebook.intake import sentences
from casebook.intake.rulebook.rowrule import OWN
from casebook.report.words import Words


def header(one: Holding, column: str) -> str:
    """The column's header as delivered; the contract's first where the delivery lacks it."""
    parts = one.facts.parts if one.facts else ()
    given = (part.headers[column] for part in parts if column in part.headers)
    return next(given, next(iter(one.contract.column(column).headers), column))


def named(one: Holding, column: str) -> str:
    """Table and header, for a figure that shows several tables."""
    return f"{one.contract.title} · {header(one, column)}"


def share(part: float) -> str:
    """A share in percent; 100% only when it is all, 0% only when it is nothing.

    >>> share(1.0), share(0.99996), share(0.00001), share(0.0)
    ('100%', '99.9%', '0.1%', '0%')
    """
    if part in (0.0, 1.0):
        return f"{part:.0%}"
    return f"{min(99.9, max(0.1, 100 * part)):.1f}%"


def change(now: float, before: float | None, words: Words) -> str:
    """The change of a share in percentage points, or that there is nothing to compare.

    >>> change(0.5, 0.75, Words("en")), change(0.5, 0.5, Words("en"))
    ('−25.0', '=')
    """
    if before is None:
        return words.say("centre.no_before")
    points = round(100 * (now - before), 1)
    return "=" if points == 0 else f"{points:+.1f}".replace("-", "−")


def sentence(look: Look, centre: Centre, words: Words) -> str:
    """What is to be looked at, in one sentence."""
    one = centre.holding(look.contract)
    facts = {key: _told(key, value, one, words) for key, value in look.facts.items()}
    return words.say(f"look.{look.code}", **facts)


def _told(key: str, value: Any, one: Holding, words: Words) -> Any:  # noqa: ANN401
    if key == "column":
        return header(one, str(value))
    if key == "sentence":
        return words.both(*value)
    if key == "values":
        return words.both("、", ", ").join(value)
    return share(value) if isinstance(value, float) else value


def reasons(one: Holding, use: sentences.Use, words: Words) -> list[tuple[str, int]]:
    """Why rows of the source were rejected, or what is in question, with the rows; the most frequent first."""
    if one.facts is None:
        return []
    said = {
        **sentences.of(use),
        **{rule.code: (rule.zh, rule.en) for rule in one.contract.rules.rows if rule.code.startswith(OWN)},
    }
    counts = one.facts.rejects if use == "reject" else one.facts.flags
    ordered = sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))
    return [(words.both(*said[code]) if code in said else code, number) for code, number in ordered]


def missing_sum(facts: Facts, column: str) -> float:
    """How far a column is from being filled, now or against the delivery before: what makes it worth showing."""
    now = facts.filled.get(column, 0.0)
    before = facts.before.filled.get(column, now) if facts.before else now
    return max(1 - now, abs(before - now))
