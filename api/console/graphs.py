"""Bars a server draws (图形): where each stands, for a template to write down as SVG.

Numbers in, places out; every graph stands beside a table of the same numbers. What does not live here: colours and
sizes on a page (style sheets).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, FOOT, HEAD = 700, 180, 22, 14
"""The drawing, in its own units: the foot is for the names under the bars, the head for the highest figure."""

STEPS = (1, 2, 5)


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: which of its group, where it stands, and how high it is."""

    series: int
    x: float
    y: float
    width: float
    height: float
    value: int


@dataclass(frozen=True, slots=True)
class Bars:
    """A drawing: its bars, the names under them (with their middles), and the lines of the scale (value, height)."""

    width: int
    height: int
    bars: list[Bar]
    names: list[tuple[str, float]]
    lines: list[tuple[int, float]]


def bars_of(groups: Sequence[tuple[str, Sequence[int]]]) -> Bars:
    """Groups of bars side by side."""
    top = ceiling(max((value for _, values in groups for value in values), default=0))
    floor, left = HEIGHT - FOOT, 34
    room = (WIDTH - left) / max(1, len(groups))
    scale = (floor - HEAD) / top
    bars: list[Bar] = []
    names: list[tuple[str, float]] = []
    for n, (name, values) in enumerate(groups):
        begins = left + n * room
        names.append((name, round(begins + room / 2, 1)))
        wide = room * 0.72 / max(1, len(values))
        for series, value in enumerate(values):
            high = round(value * scale, 1)
            bars.append(Bar(series, round(begins + room * 0.14 + series * wide, 1), round(floor - high, 1),
                            round(wide - 1, 1), high, value))  # fmt: skip
    lines = [(value, round(floor - value * scale, 1)) for value in (0, top // 2, top) if value * 2 != top or top > 1]
    return Bars(WIDTH, HEIGHT, bars, names, sorted(set(lines)))


def ceiling(value: int) -> int:
    """The end of a scale that holds a value: one, two or five of a power of ten, and even from two on."""
    size = 1
    while True:
        for step in STEPS:
            if step * size >= value and (step * size) % 2 == 0:
                return step * size
        size *= 10
