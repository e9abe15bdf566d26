"""The one sentence that opens the dossier of a lead that is none yet: what is in doubt, what was proven, why nothing was compared."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from casebook.case import unread
from casebook.case.scenario import Scenario
from casebook.report.words import Words, catalogue, label_of

Lead = Mapping[str, Any]
WEAK = "weak_match"


def first_sentence(lead: Lead, scenario: Scenario, words: Words) -> str:
    """The sentence for a flagged, excluded or unmatched lead; empty for a lead, whose rule speaks for itself."""
    if lead["bin"] == "unmatched":
        return words.say("doubt.unmatched", reason=why_not_compared(lead["pattern"], words))
    if lead["bin"] == "excluded":
        return words.say(
            "doubt.excluded", names=words.both("、", ", ").join(_answered(lead, scenario, words, "excluded"))
        )
    if lead["bin"] == "flagged":
        reasons = tuple(_doubts(lead, scenario, words)) or _missing(lead, words)
        return words.say("doubt.flagged", reasons=words.say("word.and").join(reasons))
    return ""


def why_not_compared(reason: str, words: Words) -> str:
    """Why rows without a key could not be compared, without a full stop; a reason nobody knows is no usable key."""
    return words.known("unmatched", reason if f"unmatched.{reason}" in catalogue() else "bad_key")


def _doubts(lead: Lead, scenario: Scenario, words: Words) -> Iterator[str]:
    """Each exemption that may apply, a weak match."""
    for name in _answered(lead, scenario, words, "unknown"):
        yield words.say("doubt.may_apply", name=name)
    for doubt in unread.DOUBTS:
        if any(x["name"] == doubt for x in lead["exemptions"]):
            yield words.say(f"doubt.{doubt}")
    if lead["tier"] == "T3":
        yield words.say("doubt.weak_match")


def _answered(lead: Lead, scenario: Scenario, words: Words, answer: str) -> Iterator[str]:
    """Short names of the exemptions with that answer; a weak match and unread rows have sentences of their own."""
    known = {x.name: label_of(x, words.language) for x in scenario.exemptions}
    for x in lead["exemptions"]:
        if x["answer"] == answer and x["name"] not in {WEAK, *unread.DOUBTS}:
            yield known.get(x["name"], x["name"])


def _missing(lead: Lead, words: Words) -> tuple[str]:
    """Facts of the lead's kinds that are not recorded: with no exemption in doubt, the kind itself could not be told."""
    values = json.loads(lead["rule_values"] or "{}").values()
    missing = dict.fromkeys(name for facts in values for name, value in facts.items() if value is None)
    names = words.both("、", ", ").join(words.known("fact", name) for name in missing)
    return (words.say("doubt.missing", names=names) if names else words.say("doubt.unknown"),)
