"""The grammar of `numeral_grammar` worked out as arrays, for a column to run through."""

from collections import deque
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt

from casebook.text import numeral_grammar
from casebook.text.numeral_grammar import End, State

_ALIKE: Final = {
    "拾": "十",
    "佰": "百",
    "仟": "千",
    "萬": "万",
    "億": "亿",
    "圆": "元",
    "圓": "元",
    "块": "元",
    "毛": "角",
    "正": "整",
    "念": "廿",
}
WIDTH: Final = 64  # signs per state in the table, a power of two


@dataclass(frozen=True)
class Table:
    """`following` and `worth` by (state | sign); states are multiples of `WIDTH`, the first ones are the `End`s."""

    signs: npt.NDArray[np.uint8]  # by code point
    following: npt.NDArray[np.int32]
    worth: npt.NDArray[np.int64]
    number: int
    amount: int


@cache
def table() -> Table:
    """The grammar worked out for every state that can be reached."""
    states: dict[State | End, int] = {end: end.value for end in End}
    states |= {start: len(states) + place for place, start in enumerate(numeral_grammar.STARTS)}
    rows: list[list[numeral_grammar.Step]] = []
    waiting = deque(numeral_grammar.STARTS)
    while waiting:
        state = waiting.popleft()
        rows.append([numeral_grammar.left_of(state, sign) for sign in numeral_grammar.SIGNS])
        for found, _ in rows[-1]:
            if isinstance(found, State) and found not in states:
                states[found] = len(states)
                waiting.append(found)
    return _arrays(states, rows)


def _arrays(states: dict[State | End, int], rows: list[list[numeral_grammar.Step]]) -> Table:
    count = len(numeral_grammar.SIGNS)
    following = np.zeros((len(states), WIDTH), np.int32)
    worth = np.zeros((len(states), WIDTH), np.int64)
    following[: len(End)] = np.arange(len(End))[:, None] * WIDTH
    for place, row in enumerate(rows, start=len(End)):
        following[place, :count] = [states[found] * WIDTH for found, _ in row]
        worth[place, :count] = [value for _, value in row]
    by_code = np.full(0x10000, count, np.uint8)  # any other sign leads nowhere
    for place, sign in enumerate(numeral_grammar.SIGNS):
        by_code[ord(sign)] = place
    for each in numeral_grammar.CHINESE:
        by_code[[ord(sign) for sign in each]] = by_code[ord(each[0])]
    for other, sign in _ALIKE.items():
        by_code[ord(other)] = by_code[ord(sign)]
    first = len(End)
    return Table(by_code, following.ravel(), worth.ravel(), first * WIDTH, (first + 1) * WIDTH)
