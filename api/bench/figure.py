"""One measured figure (指标) and the ground it stands on: our rate, the base's rate in the same run, and the goal.

What does not live here: how anything is measured.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

Figure = dict[str, Any]
"""Keys: name, database, ours, base, ratio, goal, unit."""


def figure(name: str, database: str, ours: float, base: float, goal: str, unit: str) -> Figure:
    """Build a figure; the ratio is ours to base."""
    return {
        "name": name,
        "database": database,
        "ours": round(ours, 4),
        "base": round(base, 4),
        "ratio": round(ours / base, 4) if base else 0.0,
        "goal": goal,
        "unit": unit,
    }


def seconds(deed: Callable[[], Any]) -> float:
    """How long a deed takes, in seconds of the monotonic clock."""
    start = time.perf_counter()
    deed()
    return time.perf_counter() - start


def median(values: list[float]) -> float:
    """The middle value."""
    ordered = sorted(values)
    return ordered[len(ordered) // 2]
