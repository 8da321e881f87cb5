"""Counting one day after another (逐日计算): slow, and obviously right; the yardstick for the fast counter.

It shares nothing with the rules but the written form of a limit: it reads the calendar files itself, asks of every day
whether it is worked, and takes away what is not counted piece by piece. What does not live here: the comparison.
"""

from __future__ import annotations

import csv
from calendar import monthrange
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path

BEIJING = timezone(timedelta(hours=8))
ONE_DAY = timedelta(days=1)
LAST_SECOND = time(23, 59, 59)

Spell = tuple[datetime, datetime]
Stretch = tuple[int, int]


class DayByDay:
    """A counter over the files of a calendar folder, with office hours as stretches of seconds since midnight.

    ``holidays`` are the holidays of the law in years without a file.
    """

    def __init__(self, folder: Path, shifts: Sequence[Stretch], holidays: frozenset[date] = frozenset()) -> None:
        self.shifts = shifts
        self.holidays = holidays
        self.listed: dict[date, bool] = {}
        self._asked: dict[date, bool] = {}
        self.years: set[int] = set()
        for file in folder.glob("[0-9][0-9][0-9][0-9].csv"):
            self.years.add(int(file.stem))
            with file.open(encoding="utf-8-sig", newline="") as rows:
                self.listed.update({date.fromisoformat(r["date"]): r["kind"] == "work" for r in csv.DictReader(rows)})

    def works(self, day: date) -> bool:
        """Whether a day is worked; looked up once a day."""
        if day not in self._asked:
            self._asked[day] = self._works(day)
        return self._asked[day]

    def _works(self, day: date) -> bool:
        if day in self.listed:
            return self.listed[day]
        if day.year not in self.years and day in self.holidays:
            return False
        return day.weekday() not in (5, 6)

    def end(self, start: datetime, limit: tuple[int, str, bool], pauses: Sequence[Spell]) -> datetime:
        """When a limit (amount, unit, whether it rolls) from a start in Beijing time ends."""
        amount, unit, rolls = limit
        if unit in ("min", "h", "work_h"):
            seconds = amount * (60 if unit == "min" else 3600)
            return self._after_seconds(start, seconds, unit == "work_h", pauses)
        if unit == "wd":
            last = self._after_days(start.date(), amount, True, pauses)
        else:
            natural = amount if unit == "d" else _months(start.date(), amount if unit == "m" else 12 * amount)
            last = self._after_days(start.date(), natural, False, pauses)
            last = self._rolled(last, rolls)
        for begins, ends in sorted(pauses):
            # No limit runs out while it stands still.
            if begins.date() <= last < ends.date():
                last = self._rolled(ends.date(), rolls or unit == "wd")
        return datetime.combine(last, LAST_SECOND, BEIJING)

    def _rolled(self, day: date, rolls: bool) -> date:
        while rolls and not self.works(day):
            day += ONE_DAY
        return day

    def _after_days(self, day: date, amount: int, worked: bool, pauses: Sequence[Spell]) -> date:
        """The starting day is not counted; of a pause the first day still is and the last one is not."""
        spells = [(begins.date(), ends.date()) for begins, ends in pauses]
        while amount:
            day += ONE_DAY
            for first, last in spells:
                if first < day <= last:
                    break
            else:
                amount -= not worked or self.works(day)
        return day

    def _after_seconds(self, start: datetime, left: int, worked: bool, pauses: Sequence[Spell]) -> datetime:
        """Every day gives the stretches in which it counts, less the pauses, until nothing is left."""
        midnight = datetime.combine(start.date(), time(), BEIJING)
        while True:
            open_for = (self.shifts if self.works(midnight.date()) else ()) if worked else ((0, 86_400),)
            here = [(max(a, int((start - midnight).total_seconds())), b) for a, b in open_for]
            for begins, ends in pauses:
                low, high = int((begins - midnight).total_seconds()), int((ends - midnight).total_seconds())
                here = [part for a, b in here for part in ((a, min(b, low)), (max(a, high), b))]
            for a, b in sorted(part for part in here if part[0] < part[1]):
                if left <= b - a:
                    return midnight + timedelta(seconds=a + left)
                left -= b - a
            midnight += ONE_DAY


def _months(day: date, months: int) -> int:
    """How many days lie between a day and the matching day so many months on, or that month's last day."""
    year, month = day.year, day.month
    for _ in range(months):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return (date(year, month, min(day.day, monthrange(year, month)[1])) - day).days
