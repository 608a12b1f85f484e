"""Choices that look random and are always the same."""

import hashlib
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """A stream of choices that depends on its seed alone, on every machine and Python."""

    def __init__(self, *seed: str) -> None:
        self._seed = "\n".join(seed).encode()
        self._thrown = 0

    def number(self, low: int, high: int) -> int:
        """Return a whole number from low to high, both possible."""
        self._thrown += 1
        digest = hashlib.sha256(self._seed + b"\n" + str(self._thrown).encode()).digest()
        return low + int.from_bytes(digest[:8], "big") % (high - low + 1)

    def share(self, low: float, high: float) -> float:
        """Return a number between low and high."""
        return low + (high - low) * self.number(0, 10_000) / 10_000

    def pick(self, choices: Sequence[T]) -> T:
        """Return one of the choices."""
        return choices[self.number(0, len(choices) - 1)]
