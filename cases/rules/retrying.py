"""When a failed delivery is tried again (重试间隔): the schedule of the Standard Webhooks specification, with jitter.

After the last interval the notice is parked with an alert and waits for a replay. What does not live here: sending.
"""

from __future__ import annotations

from datetime import datetime, timedelta

SCHEDULE = tuple(timedelta(seconds=s) for s in (5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400))
"""Seconds between the tries: 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h, 24 h; together 75 h 35 min 5 s."""

JITTER = 0.2


def next_try(attempt: int, failed_at: datetime, chance: float, retry_after: timedelta | None = None) -> datetime | None:
    """The moment of the next try after the ``attempt``-th (from 1) failed; None when the schedule is over.

    ``chance`` in 0..1 spreads the moment by ±20 %. A receiver's Retry-After may lengthen the interval to twice its
    length, never shorten it.
    """
    if attempt > len(SCHEDULE):
        return None
    base = SCHEDULE[attempt - 1]
    wait = base * (1 - JITTER + 2 * JITTER * chance)
    if retry_after is not None:
        wait = max(wait, min(retry_after, 2 * base))
    return failed_at + wait
