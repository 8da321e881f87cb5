"""The working calendar (工作日历): which days are worked, why, and during which office hours.

Lives here: the calendar as a value, and the reader of its yearly CSV files (one per State Council notice).
Does not live here: counting a limit (``counting``), time worked between two moments (``worktime``), and any holiday of
a particular year: those are rows of the pack. A notice that moves the last days of the December before it is entered
in the file of the year in which those days lie.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from pathlib import Path
from typing import Literal, get_args

from cases.errors import Malformed, PackBroken
from cases.ports import BEIJING
from cases.rules.tables import read_table

Kind = Literal["off", "work"]

WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
COLUMNS = ("date", "kind", "name", "notice")
SATURDAY = 5
EARLIEST_YEAR, LATEST_YEAR = 1900, 9000

STATUTORY_DAYS: Mapping[tuple[int, int], str] = {
    (1, 1): "元旦",
    (5, 1): "劳动节",
    (5, 2): "劳动节",
    (10, 1): "国庆节",
    (10, 2): "国庆节",
    (10, 3): "国庆节",
}
"""Holidays on fixed Gregorian days, off in every year (全国年节及纪念日放假办法 2, text of 2024); no lunar ones."""


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
    ``known_years`` Saturday, Sunday and the fixed-date holidays are off and nothing else is assumed, so whatever is
    counted there is provisional (暂算). Raises ``PackBroken`` when the office hours are empty, reversed or overlapping.
    """

    version: str
    days: Mapping[date, CalendarDay]
    known_years: frozenset[int]
    windows: tuple[Window, ...] = OFFICE_HOURS

    def __post_init__(self) -> None:
        edges = [edge for window in self.windows for edge in (window.opens, window.closes)]
        rising = all(early < late for early, late in zip(edges[::2], edges[1::2], strict=True))
        if not edges or not rising or edges != sorted(edges):
            raise PackBroken("办公时间有误:各时段须按先后排列,不重叠,且开始早于结束", windows=self.windows)

    def __hash__(self) -> int:
        return hash((self.version, self.known_years, self.windows))

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
        return all(year in self.known_years for year in range(first.year, last.year + 1))

    def is_working(self, day: date) -> bool:
        """是否工作日: weekdays but holidays, and weekend days turned into working days (rule CR8)."""
        listed = self.days.get(day)
        if listed is not None:
            return listed.kind == "work"
        return day.weekday() < SATURDAY and (self.knows(day) or (day.month, day.day) not in STATUTORY_DAYS)

    def why(self, day: date) -> str:
        """Why the day is worked or not, in Chinese: "周六,调休上班", "国庆节放假", "周日", "工作日"."""
        listed = self.days.get(day)
        weekday = WEEKDAYS[day.weekday()]
        if listed is not None:
            return f"{weekday},调休上班" if listed.kind == "work" else f"{listed.name}放假"
        known = self.knows(day)
        statutory = None if known else STATUTORY_DAYS.get((day.month, day.day))
        if statutory is not None:
            return f"{statutory}放假(固定假日推定,{day.year}年放假通知未收录)"
        plain = weekday if day.weekday() >= SATURDAY else "工作日"
        return plain if known else f"{plain}(暂定,{day.year}年放假通知未收录,农历节日和调休未推算)"

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


def windows_of(text: str) -> tuple[Window, ...]:
    """Office hours from text such as "09:00-12:00,13:30-17:30"; ``PackBroken`` when it cannot be read."""
    found = re.findall(r"(?:^|,)\s*([0-9]{2}:[0-9]{2})-([0-9]{2}:[0-9]{2})\s*(?=,|$)", text)
    if not found or len(found) != text.count(",") + 1:
        raise PackBroken(f"办公时间无法识别:{text!r},应形如 09:00-12:00,13:30-17:30")
    try:
        return tuple(Window(time.fromisoformat(opens), time.fromisoformat(closes)) for opens, closes in found)
    except ValueError as error:
        raise PackBroken(f"办公时间无法识别:{text!r},时刻不存在") from error


def read_calendar(folder: Path, windows: tuple[Window, ...] = OFFICE_HOURS) -> Calendar:
    """Read every ``<year>.csv`` of the folder; the version is a digest of the days and the office hours.

    Raises ``PackBroken`` naming file, line and reason: a file name without a year, a missing year between two files,
    a day twice, outside its file's year or of unknown kind, "work" on a weekday, and a file that lacks one of the
    fixed statutory holidays (a half-entered file would pass for a known year and give wrong deadlines unmarked).
    """
    files = sorted(folder.glob("*.csv"))
    if not files:
        raise PackBroken(f"{folder.name}: 没有任何年份的放假安排文件", file=str(folder))
    days: dict[date, CalendarDay] = {}
    for file in files:
        days.update(_read_year(file))
    years = [int(file.stem) for file in files]
    missing = sorted(set(range(years[0], years[-1] + 1)) - set(years))
    if missing:
        raise PackBroken(f"{folder.name}: 缺少{missing[0]}年的放假安排,年份必须连续", file=str(folder))
    return Calendar(_version(days, years, windows), days, frozenset(years), windows)


def _read_year(file: Path) -> dict[date, CalendarDay]:
    if not re.fullmatch(r"(19|20|21)[0-9]{2}", file.stem):
        raise PackBroken(f"{file.name}: 文件名须为四位年份,例如 2026.csv", file=file.name)
    days: dict[date, CalendarDay] = {}
    for place, row in read_table(file, COLUMNS):
        entry = _read_day(place, int(file.stem), row)
        if entry.day in days:
            raise PackBroken(f"{place}: {entry.day} 重复", place=place)
        days[entry.day] = entry
    for month, day in STATUTORY_DAYS:
        fixed = date(int(file.stem), month, day)
        if fixed not in days or days[fixed].kind != "off":
            raise PackBroken(f"{file.name}: 缺少法定假日 {fixed},文件不完整", file=file.name)
    return days


def _read_day(place: str, year: int, row: Mapping[str, str]) -> CalendarDay:
    if not all(row.values()):
        raise PackBroken(f"{place}: 须填满 {len(COLUMNS)} 列", place=place)
    text, kind, name, notice = (row[column] for column in COLUMNS)
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise PackBroken(f"{place}: 日期 {text!r} 无法识别,应形如 {year}-01-01", place=place) from error
    if day.year != year:
        raise PackBroken(f"{place}: {day} 不在{year}年内", place=place)
    if kind not in get_args(Kind):
        raise PackBroken(f"{place}: kind 只能是 off 或 work,不能是 {kind!r}", place=place)
    if kind == "work" and day.weekday() < SATURDAY:
        raise PackBroken(f"{place}: {day} 是{WEEKDAYS[day.weekday()]},不是周末,不能标为调休上班", place=place)
    return CalendarDay(day, "work" if kind == "work" else "off", name, notice)


def _version(days: Mapping[date, CalendarDay], years: list[int], windows: tuple[Window, ...]) -> str:
    lines = [f"{entry.day}|{entry.kind}|{entry.name}|{entry.notice}" for _, entry in sorted(days.items())]
    lines += [f"{window.opens}-{window.closes}" for window in windows]
    digest = hashlib.sha256("\n".join(lines).encode()).hexdigest()[:12]
    return f"{years[0]}-{years[-1]}.{digest}"


def _seconds(clock: time) -> int:
    return clock.hour * 3600 + clock.minute * 60 + clock.second
