"""Shares that may be said (占比): so many of so many, as per cent only where there are enough to speak of a share.

Three of four is no seventy-five per cent; what is few is told as it is. What does not live here: counting (store).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, median

FEW = 5
"""Fewer than these are no base for a per cent."""

HOUR = 3600.0


@dataclass(frozen=True, slots=True)
class Share:
    """``count`` out of ``of``."""

    count: int
    of: int

    @property
    def percent(self) -> int | None:
        """As whole per cent; None where the base is too small to say one."""
        return None if self.of < FEW else (200 * self.count + self.of) // (2 * self.of)


@dataclass(frozen=True, slots=True)
class Lengths:
    """How long some things took: how many they are, their mean and their median in hours; None where they are few."""

    count: int
    mean: float | None
    middle: float | None


def lengths_of(seconds: Sequence[float]) -> Lengths:
    """What can be said of how long things took."""
    if len(seconds) < FEW:
        return Lengths(len(seconds), None, None)
    return Lengths(len(seconds), round(fmean(seconds) / HOUR, 1), round(median(seconds) / HOUR, 1))
