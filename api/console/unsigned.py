"""What a department has not signed for (待签收): how many tasks lie before it, and since when the oldest does.

A task that was sent and not yet received is in nobody's hands of the department, so it stands in no view of what is
theirs. What does not live here: which tasks those are (saved views).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from api.console.entrance import Seat
from api.counter import Counter
from cases.rules.saved_views import NEWEST
from cases.store.queue.asked import Asked

VIEW = "unsigned"
DEPARTMENT = frozenset({"dept_officer", "dept_head"})
MOST = 100


@dataclass(frozen=True, slots=True)
class Unsigned:
    """So many tasks, or ``more``, and when the oldest of them was sent."""

    count: int
    more: bool
    since: datetime


def unsigned_at(seat: Seat) -> Unsigned | None:
    """The tasks the seat's department has not signed for; None for everybody else, and where there are none."""
    if not seat.roles & DEPARTMENT:
        return None
    found = Counter(seat.house).cases(seat.reader, Asked(view=VIEW, limit=MOST, sort=NEWEST), schemas=False)
    sent = [one["opened_at"] for one in found["items"] if one["assignee"] == seat.caller.actor.org]
    return Unsigned(len(sent), bool(found["next"]), min(sent)) if sent else None
