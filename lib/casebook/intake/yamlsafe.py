"""YAML read strictly: a hand-written file means what it shows, or it is refused.

Plain YAML has surprises that change values without a word: `no` is false, `12:30:00` is 45000, `010` is 8, a date becomes an
object, the last of two equal keys wins, and seven lines of aliases grow to gigabytes. None of these can happen here: anchors,
aliases, merge keys and duplicate keys are refused; only `true`/`false`, decimal integers, plain decimals and `null` are typed;
everything else, dates included, stays text.
"""

import re
from pathlib import Path
from typing import Any, Final

import yaml

from casebook.errors import CasebookError, SourceError

MAX_BYTES: Final = 256 * 1024
MAX_DEPTH: Final = 20

_STR: Final = "tag:yaml.org,2002:str"


class _StrictLoader(yaml.SafeLoader):
    """A SafeLoader without aliases, merge keys, duplicate keys and surprising scalars."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012 (PyYAML's own declaration)

    depth = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        event = self.peek_event()  # type: ignore[no-untyped-call]
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise yaml.MarkedYAMLError(problem="anchors and aliases are not allowed", problem_mark=event.start_mark)
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise yaml.MarkedYAMLError(problem=f"nested deeper than {MAX_DEPTH} levels", problem_mark=event.start_mark)
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode) or key.value == "<<":
                raise yaml.MarkedYAMLError(problem="keys must be plain text", problem_mark=key.start_mark)
            if key.value in seen:
                raise yaml.MarkedYAMLError(problem=f"key {key.value!r} stands twice", problem_mark=key.start_mark)
            seen.add(key.value)
            key.tag = _STR
        return super().construct_mapping(node, deep=deep)


for _tag, _pattern, _first in (
    ("bool", r"^(?:true|false)$", "tf"),
    ("int", r"^(?:0|-?[1-9][0-9]*)$", "-0123456789"),
    ("float", r"^-?(?:0|[1-9][0-9]*)\.[0-9]+$", "-0123456789"),
    ("null", r"^(?:null|~|)$", ["n", "~", ""]),
):
    _StrictLoader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(_pattern), list(_first))


def parse(text: str, name: str, error: type[CasebookError] = SourceError) -> object:
    """The value the text shows.

    Raises:
        error: of the class asked for, naming the file, line and column; never quoting a value.
    """
    if len(text.encode()) > MAX_BYTES:
        raise error(f"{name} is larger than {MAX_BYTES // 1024} KiB, which no hand-written YAML needs; split it.")
    try:
        return yaml.load(text, Loader=_StrictLoader)  # noqa: S506 (a stricter SafeLoader)
    except yaml.MarkedYAMLError as bad:
        mark = bad.problem_mark or bad.context_mark
        place = f", line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        raise error(f"{name}{place}: not readable as strict YAML: {bad.problem or bad.context}.") from None
    except (yaml.YAMLError, ValueError, RecursionError):
        raise error(f"{name} is not readable as strict YAML; check its indentation and characters.") from None


def load(path: Path, error: type[CasebookError] = SourceError) -> object:
    """The value of a UTF-8 YAML file."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise error(
                f"{path.name} is larger than {MAX_BYTES // 1024} KiB, which no hand-written YAML needs; split it."
            )
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise error(f"{path.name} must be UTF-8; save it again in that encoding.") from None
    except OSError as bad:
        raise error(f"{path.name} cannot be opened: {bad.strerror}.") from None
    return parse(text, path.name, error)
