"""The obviously correct way to count, one day or one second at a time: the yardstick for the fast one."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from pathlib import Path

from cases.ports import BEIJING
from cases.rules.calendar import Calendar, CalendarDay, Window
from cases.rules.years import read_calendar

BASE = Path(__file__).parents[3] / "cases" / "packs" / "base"
CALENDAR = read_calendar(BASE / "calendar")
LUNCH = (Window(time(9), time(12)), Window(time(13, 30), time(17, 30)))
WITH_LUNCH = read_calendar(BASE / "calendar", LUNCH)

ONE_DAY = timedelta(days=1)


def at(text: str) -> datetime:
    """A moment in legal time from "2026-02-13" or "2026-02-13T10:00"."""
    return datetime.fromisoformat(text).replace(tzinfo=BEIJING)


def end_of(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 23, 59, 59, tzinfo=BEIJING)


def slow_working_days(start: date, amount: int, calendar: Calendar) -> date:
    day = start
    while amount:
        day += ONE_DAY
        amount -= calendar.is_working(day)
    return day


def slow_natural_days(start: date, amount: int, calendar: Calendar, rolls: bool) -> date:
    day = start
    for _ in range(amount):
        day += ONE_DAY
    while rolls and not calendar.is_working(day):
        day += ONE_DAY
    return day


def slow_office_minutes(start: datetime, end: datetime, calendar: Calendar) -> int:
    """Office minutes between two whole minutes, looking at each minute."""
    minutes, moment = 0, start
    while moment < end:
        inside = any(window.opens <= moment.time() < window.closes for window in calendar.windows)
        minutes += calendar.is_working(moment.date()) and inside
        moment += timedelta(minutes=1)
    return minutes


def with_day_off(calendar: Calendar, day: date) -> Calendar:
    """The same calendar with one day more off."""
    days = {**calendar.days, day: CalendarDay(day, "off", "测试假", "测试通知")}
    return Calendar.of(days.values(), calendar.known_years, calendar.windows, calendar.statutory)
