"""Which columns of the two tables `casebook match` compares: as asked, or by well-known headers."""

from pathlib import Path

from casebook.clean import headerless, tables
from casebook.cli import say
from casebook.cli.match_gaps import Given, not_compared
from casebook.cli.match_words import words as said
from casebook.errors import LinkError, short
from casebook.link import role_headers, roles
from casebook.link.residual import Entity
from casebook.link.wording import Language

Mapping = dict[str, list[tuple[str, str]]]


def chosen(
    words: list[str] | None, paths: tuple[Path, Path], entity: Entity, language: Language
) -> tuple[Mapping, list[str]]:
    """Role → columns of both tables, and a sentence for each thing that will not be compared; what is assumed is told."""
    files = (paths[0].name, paths[1].name)
    if words:
        found, given = asked(words, entity), Given(files)
    else:
        headers = (tables.header_of(paths[0]), tables.header_of(paths[1]))
        given = Given(files, headers)
        found = _proposed(given, entity, language)
    return found, not_compared(found, entity, given, language)


def asked(words: list[str], entity: Entity) -> Mapping:
    """Role → columns of both tables, as asked."""
    found: Mapping = {}
    for word in (part for text in words for part in text.split(",") if part.strip()):
        role, equals, columns = word.partition("=")
        one, _, two = columns.partition(":")
        if not equals or not role.strip() or not one.strip():
            say.wrong_call(f"--map wants ROLE=LEFT_COLUMN[:RIGHT_COLUMN], got {short(word.strip())}")
        found.setdefault(short(role.strip()), []).append((one.strip(), two.strip() or one.strip()))
    try:
        roles.check({role: [] for role in found}, entity)
    except LinkError as caught:
        say.wrong_call(str(caught))
    _check_columns(found)
    return found


def _check_columns(mapping: Mapping) -> None:
    """No column plays two parts: its one value would count as two that agree."""
    for place, side in enumerate(("left", "right")):
        roles_of: dict[str, list[str]] = {}
        for role, pairs in mapping.items():
            for name in dict.fromkeys(pair[place] for pair in pairs):
                roles_of.setdefault(name, []).append(role)
        for name, found in roles_of.items():
            if found[1:]:
                clash = f"--map names the {side} column {short(name)} in the roles {', '.join(found)}"
                say.wrong_call(f"{clash}; one column has one role")


def _proposed(given: Given, entity: Entity, language: Language) -> Mapping:
    """Roles by well-known headers, told before they are used."""
    headers = given.headers or ((), ())
    found = role_headers.proposed(*headers, entity)
    try:
        roles.check(found, entity)
    except LinkError:
        shown = " | ".join(headerless.shown(*side) for side in zip(given.files, headers, strict=True))
        say.wrong_call(f"the headers do not say by which columns to link; name them with --map. There are: {shown}")
    mapped = ",".join(f"{role}={one}:{two}" for role, (one, two) in found.items())
    say.line(f"casebook: {said('taken', language, asked=mapped)}", err=True)
    return {role: [pair] for role, pair in found.items()}
