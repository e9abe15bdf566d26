"""Why a lead's rows are taken for its subject's: one line for each file and way of comparison, the rows named.

The same key stands first, then repaired keys, then comparisons of attributes: where a reviewer should doubt first comes last.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from casebook.link import explain, wording
from casebook.link.reasons import REASONS
from casebook.report.blocks import Block, Table, heads
from casebook.report.words import Words, catalogue

MOST_PERCENT = 99
ROWS_NAMED = 12


def table(rows: Sequence[Mapping[str, Any]], titles: Mapping[str, str], words: Words) -> list[Block]:
    """The block, or none where no row was tied to a subject.

    Args:
        rows: source rows of one lead (`Evidence.to_json`).
        titles: title of a table by contract id.
        words: the catalogue in the report's language.
    """
    told: dict[tuple[str, ...], list[int]] = {}
    for row in rows:
        if row.get("tie"):
            where = row["file"] + (f" [{row['sheet']}]" if row["sheet"] else "")
            told.setdefault((row["tie"]["tier"], row["contract"], where, _why(row, words)), []).append(row["row"])
    lines = tuple(
        (titles.get(contract, contract), where, _numbers(told[key], words), tier, why)
        for key in sorted(told)
        for tier, contract, where, why in (key,)
    )
    return (
        [Table(words.say("caption.ties"), heads(words, "contract", "file", "row", "tier", "tie"), lines)]
        if lines
        else []
    )


def _why(row: Mapping[str, Any], words: Words) -> str:
    """The reason of the tie, how far attributes agree, and a conflict of names."""
    tie = row["tie"]
    told = [_reason(tie["reason"], words, is_main=row["role"] == "main")]
    if tie["levels"]:
        told.append(_weighed(tie, words))
    if tie["name_conflict"]:
        told.append(words.both(*explain.CONFLICT))
    return words.both("", " ").join(told)


def _weighed(tie: Mapping[str, Any], words: Words) -> str:
    """How far each attribute agrees, and how often links of this weight were right where the truth is known: never told as certain."""
    share = words.say("note.measured", share=min(int(tie["probability"] * 100), MOST_PERCENT))
    born = words.say("note.birth_from_id") if "birth_date=" in tie["levels"] else ""
    told = (wording.levels(tie["levels"], _language(words)), born, share)
    return words.both("", " ").join(sentence for sentence in told if sentence)


def _reason(reason: str, words: Words, *, is_main: bool) -> str:
    """The subject has one key, so a row met by it is told against that key: how the subject came by it, its main rows tell."""
    if f"tie.{reason}" in catalogue():
        return words.say(f"tie.{reason}")
    if reason in REASONS:
        return explain.sentence(reason, _language(words))
    own = explain.entity_sentence(reason, _language(words))
    return own if is_main else words.both("", " ").join((words.say("tie.same_key"), own))


def _language(words: Words) -> wording.Language:
    return "en" if words.language == "en" else "zh"


def _numbers(rows: Sequence[int], words: Words) -> str:
    """The first row numbers; how many more there are."""
    named = words.both("、", ", ").join(str(row) for row in sorted(rows)[:ROWS_NAMED])
    left = len(rows) - ROWS_NAMED
    return named + words.say("note.rows_more", rows=left) if left > 0 else named
