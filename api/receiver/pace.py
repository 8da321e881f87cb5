"""When a demo department gets to its tasks (办事节奏): fixed half-days in the week, every half hour for an emergency.

All moments are of the simulated office clock. What does not live here: limits and holidays (rules over the pack): a
department is a person with habits, not a calendar.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta

from cases.ports import BEIJING

ROUNDS = (time(9, 30), time(14, 30))
EMERGENCY_GRID = timedelta(minutes=30)


def turn(after: datetime, ahead: int, *, emergency: bool = False) -> datetime:
    """The ``ahead``-th turn (from 1) after a moment."""
    if emergency:
        day = after.astimezone(BEIJING).replace(hour=0, minute=0, second=0, microsecond=0)
        passed = (after - day) // EMERGENCY_GRID
        return day + EMERGENCY_GRID * (passed + ahead)
    moment = after
    for _ in range(ahead):
        moment = _next_round(moment)
    return moment


def _next_round(after: datetime) -> datetime:
    local = after.astimezone(BEIJING)
    for days in range(4):
        day = (local + timedelta(days=days)).date()
        if day.weekday() >= 5:
            continue
        for clock in ROUNDS:
            moment = datetime.combine(day, clock, BEIJING)
            if moment > local:
                return moment
    raise AssertionError("every four days hold a working one")
