"""余时: office seconds and the phrase, for clocks that run, stand still, are late, were stopped."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from cases.office import CALENDARS
from cases.ports import BEIJING
from cases.rules.calendar import windows_of
from cases.rules.pauses import Pause
from cases.rules.remaining import Run, spoken_clock, spoken_office, standing_of
from cases.rules.years import read_calendar

CALENDAR = read_calendar(CALENDARS, windows_of("09:00-12:00,13:30-17:30"))
HOUR, DAY = 3600, 7 * 3600


def at(day: int, hour: int = 0, minute: int = 0, second: int = 0) -> datetime:
    """A moment of November 2026; the 20th is a Friday."""
    return datetime(2026, 11, day, hour, minute, second, tzinfo=BEIJING)


BY_THE_CLOCK: dict[str, Any] = {"unit": "h", "started": at(20, 17), "due_at": at(21, 17)}


def a_run(**changed: Any) -> Run:
    fields: dict[str, Any] = {"unit": "wd", "started": at(20, 9), "due_at": at(25, 23, 59, 59)}
    return Run(**(fields | changed))


@pytest.mark.parametrize(
    ("now", "left", "words"),
    [
        (at(24, 14, 30), 3 * HOUR + DAY, "还剩1个工作日3小时"),
        (at(25, 9), DAY, "还剩1个工作日"),
        (at(25, 10, 40), 5 * HOUR + 20 * 60, "还剩5小时20分钟"),
        (at(25, 17, 29, 30), 30, "还剩不到1分钟"),
        (at(25, 20), 0, "未届满,办公时间已用完"),
        (at(25, 23, 59, 59), 0, "未届满,办公时间已用完"),
        (at(26, 3), 0, "已超期"),
        (at(26, 11), -2 * HOUR, "已超期2小时"),
        (at(28, 12), -2 * DAY, "已超期2个工作日"),
    ],
)
def test_what_is_left_is_said_in_office_time(now: datetime, left: int, words: str):
    found = standing_of(a_run(), now, CALENDAR)
    assert (found.left, found.words, found.kept) == (left, words, None)


def test_hours_by_the_clock_are_said_by_the_clock():
    run = a_run(**BY_THE_CLOCK)
    found = standing_of(run, at(20, 20, 30), CALENDAR)
    assert found.words == "还剩20小时30分钟"
    assert found.left == 0, "no office hour lies ahead, and that is said too"
    assert standing_of(run, at(23, 18), CALENDAR).words == "已超期2天1小时"


def test_a_stand_uses_nothing_up_and_leaves_what_was_left():
    stood = (Pause(at(23, 10), at(24, 10)),)
    run = a_run(stands_since=at(24, 14, 30), stood=stood)
    for later in (at(24, 15), at(30, 9)):
        found = standing_of(run, later, CALENDAR)
        assert (found.left, found.words) == (DAY + 3 * HOUR, "停表,还剩1个工作日3小时")
        # Friday, the hour of Monday, and Tuesday from ten to half past two
        assert found.used == DAY + HOUR + 3 * HOUR


@pytest.mark.parametrize(
    ("changed", "kept", "said"),
    [
        ({"stopped_at": at(24, 11)}, True, "未超期,用时2个工作日2小时"),
        ({"stopped_at": at(26, 11)}, False, "超期2小时,用时4个工作日2小时"),
        ({"stopped_at": at(30, 9), "stands_since": at(24, 11)}, True, "未超期,用时2个工作日2小时"),
        (BY_THE_CLOCK | {"stopped_at": at(21, 19)}, False, "超期2小时,用时1天2小时"),
    ],
)  # fmt: skip
def test_a_stopped_clock_says_whether_it_was_kept(changed: dict[str, Any], kept: bool, said: str):
    found = standing_of(a_run(**changed), at(30, 9), CALENDAR)
    assert (found.left, found.kept, f"{found.words},{found.spent}") == (None, kept, said)


def test_a_working_day_is_as_long_as_the_office_is_open():
    longer = CALENDAR.with_hours(windows_of("08:00-20:00"))
    assert spoken_office(12 * HOUR, longer) == "1个工作日"
    assert spoken_office(12 * HOUR, CALENDAR) == "1个工作日5小时"
    assert spoken_clock(26 * HOUR + 59) == "1天2小时"
