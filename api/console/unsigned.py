"""What a department has not signed for (待签收): how many tasks lie before it, and since when the oldest does.

A task that was sent and not yet received is in nobody's hands of the department, so it stands in no view of what is
theirs. What does not live here: which tasks those are (saved views).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from api.console.entrance import Seat
from api.counter import Counter

VIEW = "unsigned"
DEPARTMENT = frozenset({"dept_officer", "dept_head"})


@dataclass(frozen=True, slots=True)
class Unsigned:
    """So many tasks, and when the oldest of them was sent."""

    count: int
    since: datetime


def unsigned_at(seat: Seat) -> Unsigned | None:
    """The tasks the seat's department has not signed for; None for everybody else, and where there are none."""
    org = seat.caller.actor.org
    if not org or not seat.roles & DEPARTMENT:
        return None
    count, since = Counter(seat.house).unsigned(org)
    return Unsigned(count, since) if since else None
