"""The fictional district in numbers: how much of everything, and one independent random stream per name."""

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

DIVISION: Final = "900001"
"""A code that GB/T 2260 has never assigned: no id made here can be a real person's or firm's."""
DISTRICT: Final = "云州市青禾区"
AS_OF: Final = date(2026, 3, 31)
SEED_PAYMENTS: Final = 400_000
_SAMPLE = (7_000, 550, 400, 220, 5_000)
_SEED = (SEED_PAYMENTS, 12_000, 8_000, 4_000, 120_000)


@dataclass(frozen=True)
class Scale:
    """How many rows each model's main tables hold; the actual tables come out within some per cent of it."""

    name: str
    payments: int
    parcels: int
    holders: int
    shops: int
    dishes: int

    @classmethod
    def of(cls, text: str | int) -> "Scale":
        """The scale called `sample` (about 20,000 rows in all), `seed` (400,000 payments), or N payment rows.

        Raises:
            ValueError: the text is none of the three, or N is under 7,000 (the planted cases need room).
        """
        if text == "sample":
            return cls("sample", *_SAMPLE)
        if text == "seed":
            return cls("seed", *_SEED)
        payments = int(text) if str(text).isdecimal() else 0
        if payments < _SAMPLE[0]:
            raise ValueError(f"scale must be sample, seed or a number of payments from {_SAMPLE[0]}, not {text!r}")
        # Between and beyond the two named scales every table grows along the line through them.
        share = (payments - _SAMPLE[0]) / (_SEED[0] - _SAMPLE[0])
        return cls(str(payments), *(round(a + share * (b - a)) for a, b in zip(_SAMPLE, _SEED, strict=True)))


@dataclass(frozen=True)
class World:
    """One reproducible district: same seed and scale, same bytes."""

    seed: int
    scale: Scale

    def __post_init__(self) -> None:
        if self.seed < 0:
            raise ValueError(f"seed must be 0 or a positive whole number, not {self.seed}")

    def rng(self, name: str) -> np.random.Generator:
        """A stream that depends on the seed and the name only, never on what was drawn elsewhere before."""
        digest = hashlib.sha256(name.encode()).digest()
        return np.random.default_rng(np.random.SeedSequence([self.seed, int.from_bytes(digest[:8], "big")]))
