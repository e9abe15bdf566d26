"""The small language of rules between columns: text becomes a tree of known nodes, or is refused.

    until >= from AND (state IN ('正常', '注销') OR days_between(from, until) <= 366)

There are comparisons, + - * /, AND OR NOT, IN, BETWEEN, IS NULL, a dozen named functions, texts in single quotes, numbers and the
declared columns; nothing else, and nothing of it is ever run as code or as a query. `casebook.intake.rulebook.predicates` gives it meaning.
"""

import re
from collections.abc import Callable, Collection
from typing import Final

from casebook.errors import ContractError, short
from casebook.intake.rulebook.tree import (
    COMPARISONS,
    Between,
    Both,
    Call,
    Compare,
    IsNull,
    Member,
    Name,
    Node,
    Not,
    Number,
    Sum,
    Text,
)

MAX_LENGTH: Final = 500
MAX_DEPTH: Final = 20
MAX_DIGITS: Final = 15
MAX_FRACTION: Final = 10
FUNCTIONS: Final[dict[str, tuple[int, int]]] = {
    "length": (1, 1), "lower": (1, 1), "upper": (1, 1), "left": (2, 2), "abs": (1, 1), "year": (1, 1), "month": (1, 1),
    "days_between": (2, 2), "starts_with": (2, 2), "ends_with": (2, 2), "contains_text": (2, 2), "coalesce": (2, 8),
}  # fmt: skip
_SIGNS: Final = (*COMPARISONS, "<>")
_KEYWORDS: Final = frozenset({"AND", "OR", "NOT", "IN", "BETWEEN", "IS", "NULL"})
_TOKEN: Final = re.compile(
    r"\s*(?:(?P<number>[0-9]+(?:\.[0-9]+)?)(?![0-9A-Za-z_.])|(?P<text>'(?:[^']|'')*')|(?P<word>[A-Za-z_][A-Za-z0-9_]*)"
    r"|(?P<sign><=|>=|<>|!=|[=<>+\-*/(),]))"
)


def parse(text: str, columns: Collection[str]) -> Node:
    """The tree of an expression over the declared columns.

    Raises:
        ContractError: saying what is wrong and what is allowed; the place is for the caller to add.

    >>> parse("until >= from", ("from", "until"))
    Compare(sign='>=', left=Name(column='until'), right=Name(column='from'))
    """
    if len(text) > MAX_LENGTH:
        raise ContractError(f"the expression has {len(text)} characters, at most {MAX_LENGTH} are allowed")
    parser = _Parser(_tokens(text), columns)
    node = parser.condition(0)
    if (rest := parser.next()) != ("end", ""):
        raise ContractError(f"{_shown(rest)} is not expected after a complete expression")
    return node


Token = tuple[str, str]


def _tokens(text: str) -> list[Token]:
    found, at, end = [], 0, len(text.rstrip())
    while at < end:
        token = _TOKEN.match(text, at, end)
        if token is None or token.lastgroup is None:
            raise ContractError(
                f"character {at + 1} begins nothing that is allowed; texts stand in single quotes ('…')"
            )
        found.append(_token(token.lastgroup, token[token.lastgroup]))
        at = token.end()
    return [*found, ("end", "")]


def _token(group: str, said: str) -> Token:
    if group == "word" and said.upper() in _KEYWORDS:
        return "keyword", said.upper()
    if group == "text":
        return "text", said[1:-1].replace("''", "'")
    if group == "number":
        whole, _, fraction = said.partition(".")
        if len(whole.lstrip("0")) > MAX_DIGITS or len(fraction) > MAX_FRACTION:
            raise ContractError(f"a number may have {MAX_DIGITS} digits before the point and {MAX_FRACTION} after it")
    return group, said


def _shown(token: Token) -> str:
    return "the end" if token[0] == "end" else f"{short(token[1])!r}"


class _Parser:
    """Recursive descent over the tokens; `depth` counts how far a part is nested."""

    def __init__(self, tokens: list[Token], columns: Collection[str]) -> None:
        self._tokens = tokens
        self._columns = columns

    def next(self) -> Token:
        return self._tokens.pop(0)

    def _is(self, group: str, *said: str) -> bool:
        return self._tokens[0][0] == group and self._tokens[0][1] in said

    def _takes(self, group: str, said: str) -> bool:
        if self._is(group, said):
            self.next()
            return True
        return False

    def _demand(self, group: str, said: str) -> None:
        if not self._takes(group, said):
            raise ContractError(f"{said!r} is expected where {_shown(self._tokens[0])} stands")

    def condition(self, depth: int) -> Node:
        return self._joined("OR", lambda: self._joined("AND", lambda: self._negated(depth)))

    def _joined(self, word: str, part: Callable[[], Node]) -> Node:
        parts = [part()]
        while self._takes("keyword", word):
            parts.append(part())
        return parts[0] if len(parts) == 1 else Both(word, tuple(parts))

    def _negated(self, depth: int) -> Node:
        _refuse_deep(depth)
        if self._takes("keyword", "NOT"):
            return Not(self._negated(depth + 1))
        return self._compared(depth)

    def _compared(self, depth: int) -> Node:
        left = self._sum(depth)
        if self._tokens[0][0] == "sign" and self._tokens[0][1] in _SIGNS:
            sign = self.next()[1]
            return Compare("!=" if sign == "<>" else sign, left, self._sum(depth))
        if self._takes("keyword", "IS"):
            is_negated = self._takes("keyword", "NOT")
            self._demand("keyword", "NULL")
            return self._is_null(left, is_negated=is_negated)
        is_negated = self._takes("keyword", "NOT")
        if self._takes("keyword", "IN"):
            found: Node = Member(left, self._listed(depth))
        elif self._takes("keyword", "BETWEEN"):
            low = self._sum(depth)
            self._demand("keyword", "AND")
            found = Between(left, low, self._sum(depth))
        elif is_negated:
            raise ContractError(f"IN or BETWEEN is expected after NOT where {_shown(self._tokens[0])} stands")
        else:
            return left
        return Not(found) if is_negated else found

    @staticmethod
    def _is_null(left: Node, *, is_negated: bool) -> Node:
        if not isinstance(left, Name):
            raise ContractError("IS NULL asks about a column, not about something computed")
        return Not(IsNull(left.column)) if is_negated else IsNull(left.column)

    def _listed(self, depth: int) -> tuple[Node, ...]:
        self._demand("sign", "(")
        items = [self._sum(depth)]
        while self._takes("sign", ","):
            items.append(self._sum(depth))
        self._demand("sign", ")")
        return tuple(items)

    def _sum(self, depth: int) -> Node:
        return self._chain(("+", "-"), depth, lambda at: self._chain(("*", "/"), at, self._signed))

    def _chain(self, signs: tuple[str, ...], depth: int, part: Callable[[int], Node]) -> Node:
        left, length = part(depth), depth
        while self._is("sign", *signs):
            length += 1
            _refuse_deep(length)
            left = Sum(self.next()[1], left, part(depth))
        return left

    def _signed(self, depth: int) -> Node:
        _refuse_deep(depth)
        if self._takes("sign", "-"):
            return Sum("-", Number("0"), self._signed(depth + 1))
        return self._atom(depth)

    def _atom(self, depth: int) -> Node:
        group, said = token = self.next()
        if group == "number":
            return Number(said)
        if group == "text":
            return Text(said)
        if group == "word":
            return self._call(said, depth) if self._is("sign", "(") else self._name(said)
        if token == ("sign", "("):
            inner = self.condition(depth + 1)
            self._demand("sign", ")")
            return inner
        raise ContractError(f"a column, a number, a text or a function is expected where {_shown(token)} stands")

    def _name(self, said: str) -> Node:
        if said not in self._columns:
            raise ContractError(f"there is no column {short(said)!r}; the contract has {', '.join(self._columns)}")
        return Name(said)

    def _call(self, said: str, depth: int) -> Node:
        if said not in FUNCTIONS:
            raise ContractError(f"there is no function {short(said)!r}; there are {', '.join(FUNCTIONS)}")
        arguments = self._listed(depth + 1)
        least, most = FUNCTIONS[said]
        if not least <= len(arguments) <= most:
            wanted = str(least) if least == most else f"{least} to {most}"
            raise ContractError(f"{said} takes {wanted} argument(s), {len(arguments)} are given")
        return Call(said, arguments)


def _refuse_deep(depth: int) -> None:
    if depth > MAX_DEPTH:
        raise ContractError(f"the expression is nested deeper than {MAX_DEPTH} levels")
