"""Single draws from one random stream, taken in blocks because one draw of numpy costs a microsecond."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final, TypeVar

import numpy as np

T = TypeVar("T")
_BLOCK: Final = 65_536


class Dice:
    """Even draws in a reproducible order."""

    def __init__(self, rng: np.random.Generator) -> None:
        self._rng = rng
        self._draws: list[float] = []

    def unit(self) -> float:
        """A number from 0 up to, but not including, 1."""
        if not self._draws:
            self._draws = self._rng.random(_BLOCK).tolist()
        return self._draws.pop()

    def between(self, low: int, high: int) -> int:
        """An integer from low to high, both included."""
        return low + int(self.unit() * (high - low + 1))

    def pick(self, choices: Sequence[T]) -> T:
        """One of the choices."""
        return choices[int(self.unit() * len(choices))]

    def chance(self, share: float) -> bool:
        """True in the given share of draws."""
        return self.unit() < share

    def day(self, first: date, last: date) -> date:
        """A day from first to last, both included."""
        return first + timedelta(days=self.between(0, (last - first).days))
