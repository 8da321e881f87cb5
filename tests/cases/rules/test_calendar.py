"""The working calendar: every day of the known years, the unknown years, and office hours."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import chinese_calendar
import holidays
import pytest

from cases.errors import Malformed, PackBroken
from cases.rules.calendar import OFFICE_HOURS, Calendar, Window, hours_of, local, windows_of
from tests.cases.rules.slow_count import CALENDAR, LUNCH, WITH_LUNCH, at

KNOWN_DAYS = [date(2025, 1, 1) + timedelta(days=n) for n in range(730)]


def test_every_day_of_two_years_agrees_with_two_other_calendars() -> None:
    other = holidays.country_holidays("CN", years=(2025, 2026))
    assert (KNOWN_DAYS[-1], len(KNOWN_DAYS)) == (date(2026, 12, 31), 730)
    for day in KNOWN_DAYS:
        verdicts = (CALENDAR.is_working(day), chinese_calendar.is_workday(day), other.is_working_day(day))
        assert len(set(verdicts)) == 1, f"{day}: {verdicts}"


@pytest.mark.parametrize("year", [2025, 2026])
def test_each_year_has_248_working_days(year: int) -> None:
    assert sum(CALENDAR.is_working(day) for day in KNOWN_DAYS if day.year == year) == 248
    assert CALENDAR.working_between(date(year - 1, 12, 31), date(year, 12, 31)) == 248


@pytest.mark.parametrize(
    ("day", "works", "why"),
    [
        ("2026-02-14", True, "周六,调休上班"),
        ("2026-01-04", True, "周日,调休上班"),
        ("2026-10-01", False, "国庆节放假"),
        ("2025-10-06", False, "国庆节、中秋节放假"),
        ("2026-11-22", False, "周日"),
        ("2026-11-21", False, "周六"),
        ("2026-11-23", True, "工作日"),
    ],
)
def test_a_day_says_why(day: str, works: bool, why: str) -> None:
    assert CALENDAR.is_working(date.fromisoformat(day)) is works
    assert CALENDAR.why(date.fromisoformat(day)) == why


def test_an_unknown_year_takes_weekends_and_the_holidays_of_the_law_and_says_so() -> None:
    assert not CALENDAR.knows(date(2027, 1, 1))
    assert CALENDAR.knows_all(date(2025, 1, 1), date(2026, 12, 31))
    assert not CALENDAR.knows_all(date(2026, 12, 31), date(2027, 1, 1))
    off = [date(2027, 1, 1) + timedelta(days=n) for n in range(365)]
    off = [f"{day:%m-%d}" for day in off if day.weekday() < 5 and not CALENDAR.is_working(day)]
    # the eve of the Spring Festival is a Friday, so is the second of its days a Sunday; 05-01, 10-02 are Saturdays
    assert off == ["01-01", "02-05", "02-08", "04-05", "06-09", "09-15", "10-01"]
    assert CALENDAR.why(date(2027, 10, 1)).startswith("国庆节放假(法定假日推定")
    assert CALENDAR.why(date(2027, 2, 5)) == "春节放假(法定假日推定,2027年放假通知未收录)"
    assert CALENDAR.why(date(2027, 2, 9)) == "工作日(暂定,2027年放假通知未收录,调休未推算)"
    assert "2027年放假通知未收录" in CALENDAR.why(date(2027, 2, 27))
    assert "农历节日和调休未推算" in CALENDAR.why(date(2060, 2, 9))


def test_working_days_are_found_forwards_and_backwards() -> None:
    assert CALENDAR.working_from(date(2026, 10, 1)) == date(2026, 10, 8)
    assert CALENDAR.working_from(date(2026, 10, 10)) == date(2026, 10, 10)
    assert CALENDAR.working_until(date(2026, 10, 7)) == date(2026, 9, 30)
    assert CALENDAR.working_until(date(2026, 9, 20)) == date(2026, 9, 20)
    assert CALENDAR.working_between(date(2026, 10, 8), date(2026, 10, 1)) == 0


def test_counting_past_the_last_year_is_refused() -> None:
    with pytest.raises(Malformed):
        CALENDAR.working_after(date(9999, 12, 30), 5)


def test_other_office_hours_are_another_version_of_the_same_days() -> None:
    lunch = CALENDAR.with_hours(LUNCH)
    assert lunch == WITH_LUNCH
    assert lunch.version != CALENDAR.version
    assert lunch.days is CALENDAR.days
    assert lunch.shift_seconds == 7 * 3600
    assert CALENDAR.with_hours(LUNCH) is lunch
    assert lunch.with_hours(OFFICE_HOURS) is CALENDAR
    assert [lunch.is_working(day) for day in KNOWN_DAYS] == [CALENDAR.is_working(day) for day in KNOWN_DAYS]


@pytest.mark.parametrize(
    "windows",
    [
        (),
        (Window(time(12), time(9)),),
        (Window(time(9), time(9)),),
        (Window(time(13), time(17)), Window(time(9), time(12))),
        (Window(time(9), time(13)), Window(time(12), time(17))),
    ],
)
def test_office_hours_that_make_no_sense_are_refused(windows: tuple[Window, ...]) -> None:
    with pytest.raises(PackBroken):
        Calendar("x", {}, frozenset(), windows)


def test_office_hours_are_read_from_text() -> None:
    assert windows_of("09:00-12:00, 13:30-17:30") == LUNCH
    assert windows_of("09:00-17:30") == OFFICE_HOURS
    assert hours_of(("09:00-12:00", "13:30-17:30")) == LUNCH


@pytest.mark.parametrize(
    "text", ["", "9-12", "09:00-12:00;13:30-17:30", "09:00-25:00", "09:00-12:00,", "x,09:00-12:00"]
)
def test_office_hours_that_cannot_be_read_are_refused(text: str) -> None:
    with pytest.raises(PackBroken):
        windows_of(text)


def test_a_moment_is_told_in_legal_time_and_needs_a_zone() -> None:
    assert local(datetime.fromisoformat("2026-11-21T16:30:00+00:00")).isoformat() == "2026-11-22T00:30:00+08:00"
    with pytest.raises(Malformed, match="时区"):
        local(at("2026-11-21").replace(tzinfo=None))
    with pytest.raises(Malformed, match="年份"):
        local(at("1899-12-31"))
