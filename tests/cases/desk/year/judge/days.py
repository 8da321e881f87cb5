"""Counting one day after another (逐日计算): the judge's own arithmetic, slow and obviously right.

It asks the calendar of every day whether it is worked, and takes away what is not counted piece by piece. It shares
nothing with the rules it judges. What does not live here: which limit applies (``law``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time, timedelta, timezone
from functools import cache

HERE = timezone(timedelta(hours=8))
ONE_DAY = timedelta(days=1)
LAST_SECOND = time(23, 59, 59)
WHOLE_DAY = ((0, 86_400),)
IN_SECONDS = {"min": 60, "h": 3600, "work_h": 3600}

Spell = tuple[datetime, datetime]
Stretch = tuple[int, int]


def shifts_of(hours: str) -> tuple[Stretch, ...]:
    """Office hours such as "09:00-12:00,13:30-17:30" as stretches of seconds since midnight."""

    def seconds(clock: str) -> int:
        hour, minute = clock.split(":")
        return int(hour) * 3600 + int(minute) * 60

    windows = [window.split("-") for window in hours.split(",")]
    return tuple((seconds(opens), seconds(closes)) for opens, closes in windows)


class Days:
    """A calendar under office hours; ``works`` says whether a day is worked."""

    def __init__(self, works: Callable[[date], bool], shifts: tuple[Stretch, ...]) -> None:
        self.works, self.shifts = cache(works), shifts

    def end(self, start: datetime, amount: int, unit: str, rolls: bool, stands: Sequence[Spell]) -> datetime:
        """When a limit that starts at a moment ends, given the times at which it stood still."""
        start = start.astimezone(HERE)
        if unit in IN_SECONDS:
            return self.passed(start, amount * IN_SECONDS[unit], unit, stands)
        last, left = start.date(), amount
        while left:
            last += ONE_DAY
            left -= self._counts(last, unit, stands)
        return datetime.combine(self._settled(last, unit, rolls, stands), LAST_SECOND, HERE)

    def _counts(self, day: date, unit: str, stands: Sequence[Spell]) -> bool:
        """The day a stand begins still counts, the day it ends does not."""
        stood = any(begins.astimezone(HERE).date() < day <= ends.astimezone(HERE).date() for begins, ends in stands)
        return not stood and (unit == "d" or self.works(day))

    def _settled(self, last: date, unit: str, rolls: bool, stands: Sequence[Spell]) -> date:
        """The last day after what happens on it: a day off rolls on, and a limit never runs out while it stands."""
        while unit == "d" and rolls and not self.works(last):
            last += ONE_DAY
        midnight = datetime.combine(last, LAST_SECOND, HERE)
        over = next((ends for begins, ends in stands if begins <= midnight < ends), None)
        if over is None:
            return last
        last = over.astimezone(HERE).date()
        while (unit == "wd" or rolls) and not self.works(last):
            last += ONE_DAY
        return self._settled(last, unit, rolls, stands)

    def passed(self, start: datetime, seconds: int, unit: str, stands: Sequence[Spell]) -> datetime:
        """The first moment at which so many seconds of the unit's own time have passed."""
        if seconds == 0:
            return start
        for begins, ends in self._running(start, unit, stands):
            length = int((ends - begins).total_seconds())
            if seconds <= length:
                return begins + timedelta(seconds=seconds)
            seconds -= length
        raise AssertionError("time has no end")

    def used(self, start: datetime, until: datetime, unit: str, stands: Sequence[Spell]) -> int:
        """Seconds of the unit's own time between two moments, stands left out."""
        total = 0
        for begins, ends in self._running(start, unit, stands):
            if begins >= until:
                break
            total += int((min(ends, until) - begins).total_seconds())
        return total

    def share(self, start: datetime, due: datetime, percent: int, unit: str, stands: Sequence[Spell]) -> datetime:
        """The moment at which so many percent of the way to a due moment are used up, to the next full second."""
        start, due = start.astimezone(HERE), due.astimezone(HERE)
        total = self.used(start, due, unit, stands)
        return self.passed(start, -(-total * percent // 100), unit, stands) if total else due

    def later(self, moment: datetime, amount: int, unit: str) -> datetime:
        """An offset from a moment; in days the time of day stays."""
        moment = moment.astimezone(HERE)
        if unit in IN_SECONDS:
            return self.passed(moment, amount * IN_SECONDS[unit], unit, ())
        day = moment.date()
        while amount:
            day += ONE_DAY
            amount -= unit == "d" or self.works(day)
        while not self.works(day):
            day += ONE_DAY
        return datetime.combine(day, moment.timetz())

    def opening(self, moment: datetime) -> datetime:
        """When the service clock of something that comes in at a moment starts: at once in office hours, else as soon
        as the office opens again."""
        moment = moment.astimezone(HERE)
        day = moment.date()
        while True:
            midnight = datetime.combine(day, time(), HERE)
            for opens, closes in self.shifts if self.works(day) else ():
                if moment <= midnight + timedelta(seconds=closes):
                    return max(moment, midnight + timedelta(seconds=opens))
            day += ONE_DAY

    def _running(self, start: datetime, unit: str, stands: Sequence[Spell]) -> Iterator[Spell]:
        """The stretches of time from a start in which a clock of this unit runs."""
        start = start.astimezone(HERE)
        day = start.date()
        while True:
            midnight = datetime.combine(day, time(), HERE)
            inside = WHOLE_DAY if unit in ("min", "h", "d") else self.shifts if self.works(day) else ()
            here = [(max(midnight + timedelta(seconds=a), start), midnight + timedelta(seconds=b)) for a, b in inside]
            for begins, ends in stands:
                here = [part for a, b in here for part in ((a, min(b, begins)), (max(a, ends), b))]
            yield from sorted((a, b) for a, b in here if a < b)
            day += ONE_DAY
