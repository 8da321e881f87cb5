"""The working calendar (工作日历): which days are worked, why, and during which office hours.

Lives here: the calendar as a value.
Does not live here: one year's arrangement and its files (``years``), the holidays of the law itself (``statutory``),
counting a limit (``counting``), time worked between two moments (``worktime``).
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property, lru_cache
from typing import Literal

from cases.errors import Malformed, PackBroken
from cases.ports import BEIJING
from cases.rules.statutory import Statutory

Kind = Literal["off", "work"]

WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
SATURDAY = 5
EARLIEST_YEAR, LATEST_YEAR = 1900, 9000


@dataclass(frozen=True)
class Window:
    """Office hours without a break (办公时段): open from ``opens`` up to, not including, ``closes``."""

    opens: time
    closes: time


OFFICE_HOURS = (Window(time(9), time(17, 30)),)
"""Office hours where a pack names none (rule CR11); a pack with a lunch break hands in two windows."""


@dataclass(frozen=True)
class CalendarDay:
    """A day the notice speaks of: ``off`` = day off, ``work`` = weekend day turned into a working day (调休上班)."""

    day: date
    kind: Kind
    name: str
    notice: str


@dataclass(frozen=True)
class Calendar:
    """The working calendar: pure, immutable, and cheap to ask.

    ``days`` holds only the days of the notices; every other day follows the weekend. In a year outside
    ``known_years`` Saturday, Sunday and the holidays of the law (``statutory``) are off and nothing else is assumed, so
    whatever is counted there is provisional (暂算). ``version`` names days and hours together. Raises ``PackBroken``
    when the office hours are empty, reversed or overlapping.
    """

    version: str
    days: Mapping[date, CalendarDay]
    known_years: frozenset[int]
    windows: tuple[Window, ...] = OFFICE_HOURS
    statutory: Statutory = field(default_factory=Statutory)

    @classmethod
    def of(
        cls,
        days: Iterable[CalendarDay],
        years: Iterable[int],
        windows: tuple[Window, ...] = OFFICE_HOURS,
        statutory: Statutory | None = None,
    ) -> Calendar:
        """The calendar of these days, its version worked out: the years and a digest of everything in it."""
        known, law = frozenset(years), statutory or Statutory()
        listed = {entry.day: entry for entry in days}
        return cls(_version(listed, known, windows, law), listed, known, windows, law)

    def __post_init__(self) -> None:
        edges = [edge for window in self.windows for edge in (window.opens, window.closes)]
        rising = all(early < late for early, late in zip(edges[::2], edges[1::2], strict=True))
        if not edges or not rising or edges != sorted(edges):
            raise PackBroken("办公时间有误:各时段须按先后排列,不重叠,且开始早于结束", windows=self.windows)

    def __hash__(self) -> int:
        return hash((self.version, self.known_years, self.windows))

    def with_hours(self, windows: tuple[Window, ...]) -> Calendar:
        """The same days under other office hours; made once, and sharing the days that were already worked out."""
        found = self._kin.get(windows)
        if found is None:
            version = _version(self.days, self.known_years, windows, self.statutory)
            found = Calendar(version, self.days, self.known_years, windows, self.statutory)
            # What two calendars of the same days know about them is the same.
            vars(found).update(_kin=self._kin, _working_days=self._working_days)
            self._kin[windows] = found
        return found

    @cached_property
    def _kin(self) -> dict[tuple[Window, ...], Calendar]:
        return {self.windows: self}

    @cached_property
    def shifts(self) -> tuple[tuple[int, int], ...]:
        """The office hours in seconds since midnight, in order."""
        return tuple((_seconds(window.opens), _seconds(window.closes)) for window in self.windows)

    @cached_property
    def shift_seconds(self) -> int:
        """Seconds of office time in one working day."""
        return sum(closes - opens for opens, closes in self.shifts)

    @cached_property
    def _working_days(self) -> dict[int, tuple[int, ...]]:
        return {}

    def knows(self, day: date) -> bool:
        """Whether the notice for the year of ``day`` is in the calendar."""
        return day.year in self.known_years

    def knows_all(self, first: date, last: date) -> bool:
        """Whether every year from ``first`` to ``last`` is known."""
        if first.year == last.year:
            return first.year in self.known_years
        return all(year in self.known_years for year in range(first.year, last.year + 1))

    def is_working(self, day: date) -> bool:
        """是否工作日: weekdays but holidays, and weekend days turned into working days (rule CR8)."""
        listed = self.days.get(day)
        if listed is not None:
            return listed.kind == "work"
        return day.weekday() < SATURDAY and (self.knows(day) or day not in self.statutory.days(day.year))

    def why(self, day: date) -> str:
        """Why the day is worked or not, in Chinese: "周六,调休上班", "国庆节放假", "周日", "工作日"."""
        listed = self.days.get(day)
        weekday = WEEKDAYS[day.weekday()]
        if listed is not None:
            return f"{weekday},调休上班" if listed.kind == "work" else f"{listed.name}放假"
        known = self.knows(day)
        statutory = None if known else self.statutory.days(day.year).get(day)
        if statutory is not None:
            return f"{statutory}放假(法定假日推定,{day.year}年放假通知未收录)"
        plain = weekday if day.weekday() >= SATURDAY else "工作日"
        left_out = "调休" if self.statutory.knows(day.year) else "农历节日和调休"
        return plain if known else f"{plain}(暂定,{day.year}年放假通知未收录,{left_out}未推算)"

    def working_after(self, day: date, count: int) -> date:
        """The ``count``-th working day (1 or more) after ``day``; ``Malformed`` beyond the countable years."""
        year = day.year
        worked = self._working_days_of(year)
        place = bisect_right(worked, day.toordinal()) + count - 1
        while place >= len(worked):
            place -= len(worked)
            year += 1
            worked = self._working_days_of(year)
        return date.fromordinal(worked[place])

    def working_from(self, day: date) -> date:
        """``day`` itself when it is worked, else the next working day."""
        return day if self.is_working(day) else self.working_after(day, 1)

    def working_until(self, day: date) -> date:
        """``day`` itself when it is worked, else the working day before."""
        while not self.is_working(day):
            day -= timedelta(days=1)
        return day

    def working_between(self, after: date, upto: date) -> int:
        """How many working days lie after ``after`` and not after ``upto``; 0 when there is nothing between."""
        if upto <= after:
            return 0
        if upto.year == after.year:
            worked = self._working_days_of(upto.year)
            return bisect_right(worked, upto.toordinal()) - bisect_right(worked, after.toordinal())
        count = bisect_right(self._working_days_of(upto.year), upto.toordinal())
        count -= bisect_right(self._working_days_of(after.year), after.toordinal())
        return count + sum(len(self._working_days_of(year)) for year in range(after.year, upto.year))

    def _working_days_of(self, year: int) -> tuple[int, ...]:
        """Ordinals of the working days of a year, worked out once per calendar."""
        found = self._working_days.get(year)
        if found is None:
            if year > date.max.year:
                raise Malformed("期限超出可计算的年份", {"amount": "期限过长"})
            first, last = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
            found = tuple(n for n in range(first, last + 1) if self.is_working(date.fromordinal(n)))
            self._working_days[year] = found
        return found


def local(moment: datetime) -> datetime:
    """The moment in legal time; ``Malformed`` when it has no time zone or lies outside the countable years."""
    if moment.tzinfo is None or moment.utcoffset() is None:
        raise Malformed("时间缺少时区", {"moment": "须带时区,例如 2026-11-21T09:00:00+08:00"})
    if not EARLIEST_YEAR <= moment.year <= LATEST_YEAR:
        raise Malformed("时间不在可计算的年份内", {"moment": f"年份须在{EARLIEST_YEAR}至{LATEST_YEAR}之间"})
    return moment.astimezone(BEIJING)


@lru_cache(maxsize=256)
def windows_of(text: str) -> tuple[Window, ...]:
    """Office hours from text such as "09:00-12:00,13:30-17:30"; ``PackBroken`` when it cannot be read."""
    found = re.findall(r"(?:^|,)\s*([0-9]{2}:[0-9]{2})-([0-9]{2}:[0-9]{2})\s*(?=,|$)", text)
    if not found or len(found) != text.count(",") + 1:
        raise PackBroken(f"办公时间无法识别:{text!r},应形如 09:00-12:00,13:30-17:30")
    try:
        return tuple(Window(time.fromisoformat(opens), time.fromisoformat(closes)) for opens, closes in found)
    except ValueError as error:
        raise PackBroken(f"办公时间无法识别:{text!r},时刻不存在") from error


def hours_of(texts: Iterable[str]) -> tuple[Window, ...]:
    """Office hours from a pack's or an organisation's windows, such as ("09:00-12:00", "13:30-17:30")."""
    return windows_of(",".join(texts))


def _version(
    days: Mapping[date, CalendarDay], years: frozenset[int], windows: tuple[Window, ...], statutory: Statutory
) -> str:
    lines = [f"{entry.day}|{entry.kind}|{entry.name}|{entry.notice}" for _, entry in sorted(days.items())]
    lines += [f"{window.opens}-{window.closes}" for window in windows]
    digest = hashlib.sha256("\n".join([*lines, statutory.digest]).encode()).hexdigest()[:12]
    return f"{min(years)}-{max(years)}.{digest}" if years else f"none.{digest}"


def _seconds(clock: time) -> int:
    return clock.hour * 3600 + clock.minute * 60 + clock.second
