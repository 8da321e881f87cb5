"""Limitation of claims (诉讼时效) of a period of monthly fees: which months have lapsed on a day.

Each month's fee is taken to fall due at the month's end and runs for itself; a written demand in time begins the period
anew (民法典 188, 195). Whether all months of one contract run from the last (189) is judged differently from court to
court, so the stricter reading decides what is asked about, and only a claim lapsed under both is rejected. The last day
is not moved off a holiday (203), since no rejection hangs on a few days: it also needs the firm's own statement. What
does not live here: the number of years (the pack), and what the answer means for a suit (``claim``).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

from cases.rules.screening.reckoning import months_after, months_of


@dataclass(frozen=True)
class Standing:
    """How a period stands: ``last_day`` of its newest month's claim, and the ``first_alive`` month's first day.

    ``first_alive`` is the period's own first day when nothing has lapsed, ``None`` when everything has.
    """

    last_day: date
    first_alive: date | None


def last_day(due: date, demands: Sequence[date], years: int) -> date:
    """The last day on which a fee due on ``due`` can be claimed; ``demands`` are in order of time."""
    end = months_after(due, years * 12)
    for demand in demands:
        if due < demand <= end:
            end = months_after(demand, years * 12)
    return end


def standing(start: date, end: date, demands: Sequence[date], years: int, today: date) -> Standing:
    """How the months from ``start`` to ``end`` stand on ``today``, given written demands."""
    months = range(ceil(months_of(start, end)))
    ordered = sorted(demands)

    def claimable_until(month: int) -> date:
        return last_day(min(months_after(start, month + 1) - timedelta(days=1), end), ordered, years)

    # A later month never lapses before an earlier one: every demand that keeps the earlier alive is in time for it too.
    alive = bisect_left(months, today, key=claimable_until)
    first = months_after(start, alive) if alive < len(months) else None
    return Standing(claimable_until(months[-1]), first)
