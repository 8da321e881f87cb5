"""Time used up, shares of a limit, the service clock, and pauses."""

from __future__ import annotations

import math
from datetime import date, datetime, timedelta
from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cases.errors import Malformed
from cases.rules.calendar import Calendar
from cases.rules.counting import Pause, Span, due, elapsed, explain_lines, moment_at_share, parse_rule, sla_start
from tests.cases.rules.slow_count import CALENDAR, WITH_LUNCH, at, end_of, slow_office_minutes, with_day_off

MOMENTS = st.timedeltas(timedelta(0), timedelta(days=395)).map(lambda offset: at("2025-12-01") + offset)
SPANS = st.builds(Span, st.integers(1, 60), st.sampled_from(["wd", "d", "h", "work_h", "min", "m"]))
CALENDARS = st.sampled_from([CALENDAR, WITH_LUNCH])


@st.composite
def pauses_after(draw: st.DrawFn, start: datetime) -> list[Pause]:
    """Up to three pauses from shortly before the start on; they may overlap."""
    spells = draw(st.lists(st.tuples(st.integers(-3000, 60_000), st.integers(0, 30_000)), max_size=3))
    begins = [(start + timedelta(minutes=minute), length) for minute, length in spells]
    return [Pause(begin, begin + timedelta(minutes=length), "鉴定") for begin, length in begins]


def test_office_time_equals_the_minute_by_minute_count() -> None:
    random = Random(20261121)
    for calendar in (CALENDAR, WITH_LUNCH):
        for _ in range(30):
            start = at("2025-12-20") + timedelta(minutes=random.randrange(400 * 1440))
            end = start + timedelta(minutes=random.randrange(6 * 1440))
            assert elapsed(start, end, "wd", calendar) == 60 * slow_office_minutes(start, end, calendar)
            assert elapsed(start, end, "h", calendar) == (end - start).total_seconds()


def test_elapsed_in_each_unit() -> None:
    start, end = at("2026-09-30T16:00"), at("2026-10-08T11:30")
    assert elapsed(start, end, "work_h", CALENDAR) == elapsed(start, end, "wd", CALENDAR) == 4 * 3600
    assert elapsed(start, end, "d", CALENDAR) == (end - start).total_seconds()
    assert elapsed(end, start, "wd", CALENDAR) == elapsed(end, start, "h", CALENDAR) == 0
    assert elapsed(start + timedelta(microseconds=999_999), end, "h", CALENDAR) == (end - start).total_seconds()


@given(st.data(), MOMENTS, SPANS, st.floats(0, 1), CALENDARS)
def test_share_and_elapsed_agree(
    data: st.DataObject, start: datetime, span: Span, share: float, calendar: Calendar
) -> None:
    pauses = data.draw(pauses_after(start))
    end = due(start, span, calendar, pauses=pauses).at
    total = elapsed(start, end, span.unit, calendar, pauses)
    moment = moment_at_share(start, end, share, span.unit, calendar, pauses)
    assert start <= moment <= end
    if total:
        assert elapsed(start, moment, span.unit, calendar, pauses) == math.ceil(total * share - 1e-6)


@pytest.mark.parametrize(
    ("start", "limit", "share", "expected"),
    [
        ("2026-11-23T10:00", "10h", 0.8, "2026-11-23T18:00"),
        ("2026-11-23T17:30", "5wd", 0.8, "2026-11-27T17:30"),
        ("2026-11-23T17:30", "5wd", 0.5, "2026-11-26T13:15"),
        ("2026-11-23T17:30", "5wd", 1, "2026-11-30T17:30"),
        ("2026-11-23T17:30", "5wd", 0, "2026-11-23T17:30"),
        ("2026-09-30T17:30", "1wd", 0.5, "2026-10-08T13:15"),
    ],
)
def test_the_share_of_a_working_limit_falls_into_office_hours(
    start: str, limit: str, share: float, expected: str
) -> None:
    span = parse_rule(limit)
    end = due(at(start), span, CALENDAR).at
    assert moment_at_share(at(start), end, share, span.unit, CALENDAR) == at(expected)


def test_a_share_that_makes_no_sense_is_refused() -> None:
    start, end = at("2026-11-23T10:00"), at("2026-11-24T10:00")
    for share in (-0.1, 1.01, math.nan):
        with pytest.raises(Malformed):
            moment_at_share(start, end, share, "h", CALENDAR)
    with pytest.raises(Malformed):
        moment_at_share(end, start, 0.5, "h", CALENDAR)
    with pytest.raises(Malformed):
        elapsed(start, end, "week", CALENDAR)
    with pytest.raises(Malformed):
        elapsed(start.replace(tzinfo=None), end, "h", CALENDAR)


def test_a_limit_without_office_time_is_used_up_at_its_end() -> None:
    start, end = at("2026-10-02T10:00"), at("2026-10-03T10:00")
    assert moment_at_share(start, end, 0.5, "wd", CALENDAR) == end


@pytest.mark.parametrize(
    ("received", "starts"),
    [
        ("2026-11-23T10:00", "2026-11-23T10:00"),
        ("2026-11-23T17:30", "2026-11-23T17:30"),
        ("2026-11-23T17:30:01", "2026-11-24T09:00"),
        ("2026-11-23T08:00", "2026-11-23T09:00"),
        ("2026-11-23T12:00", "2026-11-23T12:00"),
        ("2026-11-23T12:30", "2026-11-23T13:30"),
        ("2026-11-20T20:00", "2026-11-23T09:00"),
        ("2026-09-30T18:00", "2026-10-08T09:00"),
        ("2026-10-09T18:00", "2026-10-10T09:00"),
        ("2026-10-04T10:00", "2026-10-08T09:00"),
    ],
)
def test_the_service_clock_starts_in_office_hours(received: str, starts: str) -> None:
    assert sla_start(at(received), WITH_LUNCH) == at(starts)


@given(MOMENTS, CALENDARS)
def test_no_office_time_is_lost_before_the_service_clock_starts(moment: datetime, calendar: Calendar) -> None:
    starts = sla_start(moment, calendar)
    assert starts >= moment
    assert elapsed(moment, starts, "work_h", calendar) == 0
    assert sla_start(starts, calendar) == starts


@pytest.mark.parametrize(
    ("start", "limit", "begins", "ends", "end"),
    [
        ("2026-11-02", "30d", "2026-11-10T10:00", "2026-11-20T10:00", "2026-12-14T23:59:59"),
        ("2026-11-02", "30d!", "2026-11-10T10:00", "2026-11-20T10:00", "2026-12-12T23:59:59"),
        ("2026-11-02", "5wd", "2026-11-04T10:00", "2026-11-06T10:00", "2026-11-11T23:59:59"),
        ("2026-11-02", "5wd", "2026-11-06T10:00", "2026-11-08T10:00", "2026-11-09T23:59:59"),
        ("2026-11-02", "1m", "2026-11-10T10:00", "2026-11-12T10:00", "2026-12-04T23:59:59"),
        ("2026-11-02", "5wd", "2026-11-04T09:00", "2026-11-04T17:00", "2026-11-09T23:59:59"),
        ("2026-11-02", "5wd", "2026-11-20T09:00", "2026-11-25T17:00", "2026-11-09T23:59:59"),
        ("2026-11-02", "5wd", "2026-11-09T09:00", "2026-11-11T17:00", "2026-11-11T23:59:59"),
        ("2026-11-02", "5wd", "2026-11-09T09:00", "2026-11-14T17:00", "2026-11-16T23:59:59"),
        ("2026-11-02", "5wd", "2026-11-09T09:00", "2026-11-09T17:00", "2026-11-09T23:59:59"),
        ("2026-11-02", "5d", "2026-11-08T09:00", "2026-11-11T10:00", "2026-11-11T23:59:59"),
        ("2026-11-02", "5d!", "2026-11-07T09:00", "2026-11-14T10:00", "2026-11-14T23:59:59"),
        ("2026-11-02T10:00", "24h", "2026-11-02T12:00", "2026-11-02T13:30", "2026-11-03T11:30"),
        ("2026-11-02T10:00", "4work_h", "2026-11-02T11:00", "2026-11-02T14:00", "2026-11-02T17:00"),
    ],
)
def test_a_pause_pushes_the_end_out(start: str, limit: str, begins: str, ends: str, end: str) -> None:
    pause = Pause(at(begins), at(ends), "鉴定")
    assert due(at(start), parse_rule(limit), CALENDAR, pauses=[pause]).at == at(end)


@given(st.data(), MOMENTS, SPANS)
def test_pauses_only_push_out_and_their_order_is_nothing(data: st.DataObject, start: datetime, span: Span) -> None:
    pauses = data.draw(pauses_after(start))
    paused = due(start, span, CALENDAR, pauses=pauses, explain=True)
    assert paused.at >= due(start, span, CALENDAR).at
    assert due(start, span, CALENDAR, pauses=[*reversed(pauses), *pauses]).at == paused.at
    if span.unit in ("wd", "d"):
        assert sum(entry.counted for entry in paused.days) == span.amount


@given(MOMENTS, st.integers(1, 60), st.integers(0, 40), st.integers(1, 20))
def test_a_pause_of_working_days_is_like_those_days_off(start: datetime, amount: int, offset: int, length: int) -> None:
    begins = start + timedelta(days=offset)
    # A limit does not run out in a pause, but on the eve of days off it does.
    assume(begins.date() != due(start, Span(amount, "wd"), CALENDAR).at.date())
    calendar = CALENDAR
    for n in range(1, length + 1):
        calendar = with_day_off(calendar, begins.date() + timedelta(days=n))
    pause = Pause(begins, begins + timedelta(days=length))
    assert due(start, Span(amount, "wd"), CALENDAR, pauses=[pause]).at == due(start, Span(amount, "wd"), calendar).at


def test_a_pause_is_told() -> None:
    pause = Pause(at("2026-11-03T10:00"), at("2026-11-05T10:00"), "鉴定")
    lines = explain_lines(due(at("2026-11-02"), parse_rule("3wd"), CALENDAR, explain=True, pauses=[pause]))
    assert "2026-11-04至2026-11-05:不计入,暂停:鉴定" in lines
    assert due(at("2026-11-02"), parse_rule("3wd"), CALENDAR, pauses=[pause]).at == end_of(date(2026, 11, 9))
    hours = due(at("2026-11-02T10:00"), parse_rule("24h"), CALENDAR, explain=True, pauses=[pause, pause])
    assert not any(entry.counted for entry in hours.days if entry.day == date(2026, 11, 4))
    nameless = Pause(at("2026-11-03T10:00"), at("2026-11-05T10:00"))
    office = due(at("2026-11-03T09:00"), parse_rule("4work_h"), CALENDAR, explain=True, pauses=[nameless])
    assert [(entry.counted, entry.why) for entry in office.days][1] == (False, "暂停")


def test_a_pause_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(Malformed):
        Pause(at("2026-11-05"), at("2026-11-03"))
