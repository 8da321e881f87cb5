"""Counting provisional deadlines again (重算暂算时限) once the calendar says more about their days.

A case whose due moment moves takes a step, so the change is in its history and its holder is told; a clock whose end
stays where it was only loses its mark. What does not live here: importing a calendar (store, command line).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection

from cases.desk.desk import Desk, Order, Taken
from cases.desk.timing import with_hours
from cases.machines.clock_steps import Recount
from cases.machines.roles import TIMEKEEPER, inside
from cases.rules.calendar import Calendar
from cases.rules.reasons import Due
from cases.store.dues import RunningClock, provisional_clocks
from cases.store.sheaf import Sheaf

AT_ONCE = 500


@dataclass(slots=True)
class Recounted:
    """What a batch came to: clocks looked at, those settled or moved, numbers of the cases that were told, and where
    the next batch goes on."""

    clocks: int = 0
    settled: int = 0
    moved: int = 0
    numbers: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    after: str = ""

    def add(self, other: Recounted) -> None:
        """Count another batch in."""
        self.clocks += other.clocks
        self.settled += other.settled
        self.moved += other.moved
        self.numbers += other.numbers
        self.refused += other.refused
        self.after = other.after


@dataclass(slots=True)
class Foreseen:
    """What another calendar would come to: clocks looked at, ends that would move, in how many cases; ``more``: not all
    clocks were looked at."""

    clocks: int = 0
    moved: int = 0
    cases: int = 0
    more: bool = False


def foresee(connection: Connection, calendar: Calendar, *, every: bool, most: int = 20_000) -> Foreseen:
    """How many clocks of how many cases would end at another moment under a calendar; changes nothing."""
    found, cases, after = Foreseen(), set[str](), ""
    while found.clocks < most:
        clocks = provisional_clocks(connection, AT_ONCE, after, every=every, looking=True)
        if not clocks:
            break
        after = clocks[-1].id
        found.clocks += len(clocks)
        for clock in clocks:
            ends = clock.term.ends(with_hours(calendar, clock.hours))
            if clock.stands_since is None and ends.at != clock.due_at:
                found.moved += 1
                cases.add(clock.case_id)
    else:
        found.more = bool(provisional_clocks(connection, 1, after, every=every, looking=True))
    found.cases = len(cases)
    return found


def recount_batch(
    desk: Desk, connection: Connection, now: datetime, many: int, after: str = "", *, every: bool = False
) -> Recounted:
    """Count up to ``many`` provisional clocks (``every`` running one, where a known year was replaced) again, in one
    transaction, going on behind ``after``; ``clocks`` is 0 when there is none left. Safe to repeat: what was counted
    with the present calendar is left alone."""
    desk.almanac.look(connection)
    clocks = provisional_clocks(connection, many, after, every=every)
    found = Recounted(clocks=len(clocks), after=clocks[-1].id if clocks else after)
    ends = {clock.id: clock.term.ends(desk.calendar_of(clock.hours)) for clock in clocks}
    moved = [clock for clock in clocks if clock.stands_since is None and ends[clock.id].at != clock.due_at]
    late = {clock.case_id for clock in moved}
    found.settled = _settle(desk, connection, [c for c in clocks if c.case_id not in late], ends, now)
    orders = _orders(desk, moved, ends)
    for order, taken in zip(orders, desk.take_steps(connection, orders, inside(TIMEKEEPER), now), strict=True):
        if isinstance(taken, Taken):
            found.numbers.append(taken.number)
        else:
            found.refused.append(order.case_id)
    found.moved = len(moved)
    return found


def _orders(desk: Desk, moved: list[RunningClock], ends: dict[str, Due]) -> list[Order]:
    changes: dict[str, list[str]] = {}
    for clock in moved:
        before, after = clock.due_at.astimezone(ends[clock.id].at.tzinfo), ends[clock.id].at
        line = f"{clock.code}: {before:%Y-%m-%d %H:%M:%S} -> {after:%Y-%m-%d %H:%M:%S}"
        changes.setdefault(clock.case_id, []).append(line)
    version = desk.calendar.version
    return [Order(i, "recount", Recount(calendar=version, changes=tuple(lines))) for i, lines in changes.items()]


def _settle(desk: Desk, connection: Connection, clocks: list[RunningClock], ends: dict[str, Due], now: datetime) -> int:
    """Clocks whose end stays where it was: their mark goes as far as the calendar lets it. Their rungs may fall
    on other days than before, so the sweep is to look at them at once."""
    sheaf, settled = Sheaf(), 0
    for clock in clocks:
        version = desk.calendar_of(clock.hours).version
        if clock.calendar == version:
            continue
        provisional = ends[clock.id].provisional
        settled += clock.provisional and not provisional
        look = now if clock.next_at is not None and clock.stands_since is None else clock.next_at
        clock.under(clock.term, provisional=provisional, calendar=version, next_at=look).write(sheaf)
    if sheaf.updates:
        desk.writer.write(connection, sheaf)
    return settled
