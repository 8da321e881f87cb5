"""The light of a deadline (红黄绿灯): late, close, in time, or standing still. When close begins is said by the pack.

What does not live here: when a rung is reached and what it does (desk, pack), and 暂算, which is a mark of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

GREEN, YELLOW, RED, GREY, NONE = "green", "yellow", "red", "grey", "none"
WORST_FIRST = (RED, YELLOW, GREEN, GREY)


def light_of(
    due_at: datetime | None,
    now: datetime,
    *,
    warned: bool,
    stopped_at: datetime | None = None,
    stands_since: datetime | None = None,
) -> str:
    """Red when late, or stopped or standing late; grey while it stands still; yellow when the first rung was reached;
    none without a clock."""
    if due_at is None:
        return NONE
    if ended_at(now, stopped_at, stands_since) > due_at:
        return RED
    if stopped_at is not None:
        return GREEN
    if stands_since is not None:
        return GREY
    return YELLOW if warned else GREEN


def ended_at(now: datetime, stopped_at: datetime | None, stands_since: datetime | None) -> datetime:
    """Up to when a clock has run: one that stands still, or was stopped while it stood, no further than its stand."""
    return stands_since or stopped_at or now


def worst(lights: Iterable[str]) -> str:
    """The light of a case: the worst of its clocks; grey only where every clock stands still."""
    seen = set(lights)
    return next((light for light in WORST_FIRST if light in seen), NONE)
