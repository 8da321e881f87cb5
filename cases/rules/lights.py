"""The light of a deadline (红黄绿灯): late, close, or in time. When close begins is said by the ladder of the pack.

What does not live here: when a rung is reached and what it does (desk, pack).
"""

from __future__ import annotations

from datetime import datetime

GREEN, YELLOW, RED, NONE = "green", "yellow", "red", "none"


def light_of(due_at: datetime | None, now: datetime, *, warned: bool, stopped_at: datetime | None = None) -> str:
    """Red when late, or stopped late; yellow when the first rung was reached; none without a clock."""
    if due_at is None:
        return NONE
    if (stopped_at or now) > due_at:
        return RED
    return YELLOW if warned and stopped_at is None else GREEN
