"""What is not counted: every unit is delayed by exactly what its pauses took of it, and the days told add up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.ports import BEIJING
from cases.rules.calendar import Calendar
from cases.rules.counting import Pause, Span, due, parse_rule
from tests.cases.rules.slow_count import CALENDAR, WITH_LUNCH, at, slow_office_minutes

STARTS = st.integers(0, 700 * 1440).map(lambda minutes: at("2025-01-01") + timedelta(minutes=minutes))
UNITS = st.sampled_from(["min", "h", "work_h", "wd", "d", "m", "y"])
MOST = {"min": 900, "h": 60, "work_h": 20, "wd": 15, "d": 60, "m": 4, "y": 1}
ONE_DAY = timedelta(days=1)


def days_between(low: datetime, high: datetime, counts: Callable[[date], bool]) -> int:
    """The days after the first up to the last that count, one by one."""
    first, last = low.date(), high.date()
    return sum(counts(first + ONE_DAY * n) for n in range(1, (last - first).days + 1))


def taken(unit: str, low: datetime, high: datetime) -> int:
    """How much of a unit's own measure (minutes, office minutes, working or natural days) lies between two moments."""
    if unit in ("min", "h"):
        return int((high - low).total_seconds()) // 60
    if unit == "work_h":
        return slow_office_minutes(low, high, WITH_LUNCH)
    return days_between(low, high, WITH_LUNCH.is_working if unit == "wd" else lambda _: True)


@st.composite
def paused_limits(draw: st.DrawFn) -> tuple[datetime, Span, list[Pause]]:
    """A limit without roll-over and up to five pauses, one after the other, each beginning while the limit runs."""
    unit = draw(UNITS)
    start, span = draw(STARTS), Span(draw(st.integers(1, MOST[unit])), unit, rolls=False)
    pauses: list[Pause] = []
    floor = start
    for _ in range(draw(st.integers(1, 5))):
        end = due(start, span, WITH_LUNCH, pauses=pauses).at
        room = int((end - floor).total_seconds()) // 60 - 1
        if room < 1:
            break
        begins = floor + timedelta(minutes=draw(st.integers(0, room)))
        # in a limit by days, one that begins on the last day takes nothing of it, but holds its end up
        if unit not in ("min", "h", "work_h") and begins.date() >= end.date():
            break
        floor = begins + timedelta(minutes=draw(st.integers(1, 6000)))
        pauses.append(Pause(begins, floor, "鉴定"))
    return start, span, pauses


@given(paused_limits())
def test_a_limit_is_delayed_by_exactly_what_its_pauses_took(given: tuple[datetime, Span, list[Pause]]) -> None:
    """Summed over all pauses, in the counted unit: minutes, office minutes, working days or natural days."""
    start, span, pauses = given
    plain, paused = due(start, span, WITH_LUNCH).at, due(start, span, WITH_LUNCH, pauses=pauses).at
    lost = sum(taken(span.unit, pause.begins, pause.ends) for pause in pauses)
    assert taken(span.unit, start, paused) == taken(span.unit, start, plain) + lost


@given(paused_limits())
def test_the_days_told_add_up_to_the_limit(given: tuple[datetime, Span, list[Pause]]) -> None:
    start, span, pauses = given
    found = due(start, span, WITH_LUNCH, pauses=pauses, explain=True)
    assert found.at == due(start, span, WITH_LUNCH, pauses=pauses).at
    days = [entry.day for entry in found.days]
    assert days == [start.date() + ONE_DAY * n for n in range(len(days))]
    assert days[-1] == found.at.date()
    counted = {entry.day for entry in found.days if entry.counted}
    if span.unit in ("min", "h", "work_h"):
        assert counted == {day for day in days if used_on(day, span.unit, start, found.at, pauses)}
    else:
        plain = due(start, span, WITH_LUNCH).at
        assert len(counted) == taken(span.unit, start, plain)


def used_on(day: date, unit: str, start: datetime, end: datetime, pauses: list[Pause]) -> int:
    """Minutes of a day that were used, the pauses taken away."""
    midnight = datetime.combine(day, time(), BEIJING)
    low, high = max(start, midnight), min(end, midnight + ONE_DAY)
    used = taken(unit, low, high)
    for pause in pauses:
        begins, ends = max(pause.begins, low), min(pause.ends, high)
        used -= taken(unit, begins, ends) if ends > begins else 0
    return used


@given(STARTS, st.integers(1, 60), st.sampled_from(["d", "m", "y"]))
def test_rolling_is_only_ever_on_to_the_next_working_day(start: datetime, amount: int, unit: str) -> None:
    amount = min(amount, MOST[unit])
    fixed = due(start, Span(amount, unit, rolls=False), CALENDAR).at
    rolled = due(start, Span(amount, unit), CALENDAR).at
    assert rolled.date() == CALENDAR.working_from(fixed.date())
    assert not any(CALENDAR.is_working(fixed.date() + ONE_DAY * n) for n in range((rolled - fixed).days))


@pytest.mark.parametrize(
    ("start", "limit", "pause", "told"),
    [
        (
            "2026-11-02T10:00",
            "24h",
            ("2026-11-02T12:00", "2026-11-02T13:30"),
            [("2026-11-02", True, "连续计算,节假日不停;其间暂停:鉴定"), ("2026-11-03", True, "连续计算,节假日不停")],
        ),
        (
            "2026-11-02T00:00",
            "24h",
            None,
            [("2026-11-02", True, "连续计算,节假日不停"), ("2026-11-03", False, "零时届满")],
        ),
        (
            "2026-11-02T16:30",
            "2work_h",
            ("2026-11-03T08:00", "2026-11-03T19:00"),
            [
                ("2026-11-02", True, "工作日"),
                ("2026-11-03", False, "暂停:鉴定"),
                ("2026-11-04", True, "工作日"),
            ],
        ),
        (
            "2026-11-02T16:30",
            "2work_h",
            ("2026-11-03T09:30", "2026-11-03T11:00"),
            [("2026-11-02", True, "工作日"), ("2026-11-03", True, "工作日;其间暂停:鉴定")],
        ),
    ],
)
def test_a_pause_is_told_on_the_days_it_took(
    start: str, limit: str, pause: tuple[str, str] | None, told: list[tuple[str, bool, str]]
) -> None:
    pauses = [Pause(at(pause[0]), at(pause[1]), "鉴定")] if pause else []
    found = due(at(start), parse_rule(limit), WITH_LUNCH, explain=True, pauses=pauses)
    assert [(str(one.day), one.counted, one.why) for one in found.days] == told


@given(st.data(), STARTS)
def test_one_pause_in_two_pieces_is_one_pause(data: st.DataObject, start: datetime) -> None:
    unit = data.draw(UNITS)
    span = Span(data.draw(st.integers(1, MOST[unit])), unit, rolls=False)
    begins = start + timedelta(minutes=data.draw(st.integers(0, 3000)))
    middle = begins + timedelta(minutes=data.draw(st.integers(0, 3000)))
    ends = middle + timedelta(minutes=data.draw(st.integers(0, 3000)))
    calendar: Calendar = WITH_LUNCH
    whole = due(start, span, calendar, pauses=[Pause(begins, ends)]).at
    assert due(start, span, calendar, pauses=[Pause(begins, middle), Pause(middle, ends)]).at == whole
