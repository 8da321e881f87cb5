"""When a limit ends: the known vectors, the laws of arithmetic, and the reasons given."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.errors import Malformed
from cases.rules.counting import Pause, Span, due, explain_lines, later, parse_rule, plan_by, span_of
from tests.cases.rules.slow_count import (
    CALENDAR,
    WITH_LUNCH,
    at,
    end_of,
    slow_natural_days,
    slow_working_days,
    with_day_off,
)

MOMENTS = st.timedeltas(timedelta(0), timedelta(days=910)).map(lambda offset: at("2025-01-01") + offset)
SPANS = st.one_of(
    st.builds(Span, st.integers(1, 120), st.sampled_from(["wd", "d", "h", "work_h", "min"])),
    st.builds(Span, st.integers(1, 24), st.sampled_from(["d", "m", "y"]), st.booleans()),
)

VECTORS = [
    ("2026-02-13", "3wd", "2026-02-25"),
    ("2026-02-13", "7wd", "2026-03-02"),
    ("2026-09-18", "7wd", "2026-09-29"),
    ("2026-09-24", "5wd", "2026-10-09"),
    ("2026-09-30", "5wd", "2026-10-13"),
    ("2025-12-31", "1wd", "2026-01-04"),
    ("2026-09-01", "30d", "2026-10-08"),
    ("2026-07-03", "90d", "2026-10-08"),
    ("2026-01-16", "30d", "2026-02-24"),
    ("2026-08-21", "30d", "2026-09-20"),
    ("2026-01-05", "40d", "2026-02-14"),
    ("2026-11-21", "15d", "2026-12-07"),
]
OWN_VECTORS = [
    ("2026-09-01", "30d!", "2026-10-01"),
    ("2026-01-31", "1m", "2026-02-28"),
    ("2025-01-31", "1m", "2025-02-28"),
    ("2024-01-31", "1m!", "2024-02-29"),
    ("2024-02-29", "1y!", "2025-02-28"),
    ("2026-03-31", "1m", "2026-04-30"),
    ("2025-11-15", "3m", "2026-02-24"),
    ("2025-12-03", "1m", "2026-01-04"),
    ("2026-02-14", "1d", "2026-02-24"),
    ("2026-10-03", "1wd", "2026-10-08"),
]


@pytest.mark.parametrize("clock", ["00:00", "10:00", "23:59:59"])
@pytest.mark.parametrize(("start", "limit", "last"), VECTORS + OWN_VECTORS)
def test_day_limits_end_with_their_last_day(start: str, limit: str, last: str, clock: str) -> None:
    found = due(at(f"{start}T{clock}"), parse_rule(limit), CALENDAR)
    assert found.at == end_of(date.fromisoformat(last))
    assert found.at.isoformat() == f"{last}T23:59:59+08:00"
    assert not found.provisional
    assert found.days == ()


@pytest.mark.parametrize(
    ("start", "limit", "end"),
    [
        ("2026-10-02T10:00", "24h", "2026-10-03T10:00"),
        ("2026-09-30T23:50", "30min", "2026-10-01T00:20"),
        ("2026-10-02T10:00:00.250000", "1h", "2026-10-02T11:00:00.250000"),
        ("2026-09-30T16:00", "4work_h", "2026-10-08T11:30"),
        ("2026-11-23T09:00", "8work_h", "2026-11-23T17:00"),
        ("2026-11-20T18:00", "17work_h", "2026-11-24T17:30"),
    ],
)
def test_hour_limits_end_at_the_exact_moment(start: str, limit: str, end: str) -> None:
    assert due(at(start), parse_rule(limit), CALENDAR).at == at(end)


@pytest.mark.parametrize(
    ("start", "limit", "end"),
    [
        ("2026-11-23T10:00", "2work_h", "2026-11-23T12:00"),
        ("2026-11-23T11:00", "4work_h", "2026-11-23T16:30"),
        ("2026-11-23T12:15", "1work_h", "2026-11-23T14:30"),
        ("2026-11-20T17:29:59", "1work_h", "2026-11-23T09:59:59"),
    ],
)
def test_the_lunch_break_is_no_office_time(start: str, limit: str, end: str) -> None:
    assert due(at(start), parse_rule(limit), WITH_LUNCH).at == at(end)


def test_a_start_in_another_zone_counts_from_its_day_in_legal_time() -> None:
    utc = datetime.fromisoformat("2026-11-23T17:00:00+00:00")
    assert due(utc, parse_rule("1wd"), CALENDAR).at == end_of(date(2026, 11, 25))


@given(MOMENTS, SPANS)
def test_a_limit_never_ends_before_it_starts(start: datetime, span: Span) -> None:
    assert due(start, span, CALENDAR).at >= start


@given(MOMENTS, SPANS)
def test_a_longer_limit_never_ends_earlier(start: datetime, span: Span) -> None:
    longer = Span(span.amount + 1, span.unit, span.rolls)
    assert due(start, longer, CALENDAR).at >= due(start, span, CALENDAR).at


@given(MOMENTS, SPANS, st.integers(0, 900))
def test_a_further_day_off_only_pushes_out(start: datetime, span: Span, offset: int) -> None:
    day = date(2025, 1, 1) + timedelta(days=offset)
    before, after = due(start, span, CALENDAR).at, due(start, span, with_day_off(CALENDAR, day)).at
    assert after >= before
    if span.unit == "wd" and CALENDAR.is_working(day) and start.date() < day <= before.date():
        assert after > before


@given(MOMENTS, SPANS)
def test_the_days_told_are_the_days_counted(start: datetime, span: Span) -> None:
    found = due(start, span, CALENDAR, explain=True)
    days = [entry.day for entry in found.days]
    assert days == [days[0] + timedelta(days=n) for n in range(len(days))]
    assert days[-1] == found.at.date()
    if span.unit in ("wd", "d"):
        assert sum(entry.counted for entry in found.days) == span.amount
        assert not found.days[0].counted


@pytest.mark.parametrize(
    ("start", "limit", "provisional"),
    [
        ("2026-12-25", "4wd", False),
        ("2026-12-25", "5wd", True),
        ("2026-12-01", "30d", False),
        ("2026-12-01", "31d", True),
        ("2026-12-01", "31d!", False),
        ("2026-12-31T20:00", "24h", False),
        ("2026-12-31T17:00", "1work_h", True),
        ("2026-06-30", "1y", True),
        ("2024-12-30", "1wd", True),
        ("2024-12-31", "1wd", False),
    ],
)
def test_what_asks_an_unknown_year_is_provisional(start: str, limit: str, provisional: bool) -> None:
    found = due(at(start), parse_rule(limit), CALENDAR)
    assert found.provisional is provisional
    assert any(line.startswith("暂算") for line in explain_lines(found)) is provisional


def test_a_moment_without_a_zone_is_refused() -> None:
    naive = at("2026-11-21").replace(tzinfo=None)
    for question in (due, later, plan_by):
        with pytest.raises(Malformed):
            question(naive, parse_rule("3wd"), CALENDAR)
    with pytest.raises(Malformed):
        Pause(naive, at("2026-11-22"))


@pytest.mark.parametrize(
    "text", ["", "wd", "3", "3 wd", "0d", "-1d", "3wd!", "24h!", "1.5h", "3WD", "101y", "3wd\n4wd"]
)
def test_a_limit_that_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(Malformed):
        parse_rule(text)


@pytest.mark.parametrize(("amount", "unit"), [(0, "d"), (-1, "wd"), (True, "d"), (3, "week"), (10**9, "min")])
def test_a_span_that_makes_no_sense_is_refused(amount: int, unit: str) -> None:
    with pytest.raises(Malformed):
        span_of(amount, unit)


@given(SPANS)
def test_a_limit_is_read_back_as_written(span: Span) -> None:
    assert parse_rule(str(span)) == span
    assert span_of(span.amount, span.unit, span.rolls) == span


def test_roll_over_is_dropped_where_it_means_nothing() -> None:
    assert span_of(24, "h", rolls=False) == Span(24, "h")
    assert span_of(30, "d", rolls=False) == Span(30, "d", rolls=False)
    assert parse_rule("4work_h").spoken == "4个工作小时"


@pytest.mark.parametrize(
    ("moment", "offset", "expected"),
    [
        ("2026-09-30T23:59:59", "1wd", "2026-10-08T23:59:59"),
        ("2026-10-09T23:59:59", "1wd", "2026-10-10T23:59:59"),
        ("2026-10-03T10:00", "1h", "2026-10-03T11:00"),
        ("2026-11-21T10:00", "1wd", "2026-11-23T10:00"),
        ("2026-11-20T10:00", "1d", "2026-11-23T10:00"),
        ("2026-11-20T10:00", "1d!", "2026-11-21T10:00"),
        ("2026-11-20T16:30", "2work_h", "2026-11-23T10:00"),
        ("2026-01-31T08:00", "1m!", "2026-02-28T08:00"),
    ],
)
def test_an_offset_keeps_the_time_of_day(moment: str, offset: str, expected: str) -> None:
    assert later(at(moment), parse_rule(offset), CALENDAR) == at(expected)


@pytest.mark.parametrize(
    ("start", "limit", "planned"),
    [
        ("2026-09-01", "30d", "2026-09-30T23:59:59"),
        ("2026-09-01", "30d!", "2026-09-30T23:59:59"),
        ("2026-11-21", "15d", "2026-12-04T23:59:59"),
        ("2026-10-02", "1d", "2026-10-03T23:59:59"),
        ("2026-02-13", "3wd", "2026-02-25T23:59:59"),
        ("2026-10-02T10:00", "24h", "2026-10-03T10:00"),
    ],
)
def test_an_authority_plans_for_the_working_day_before(start: str, limit: str, planned: str) -> None:
    assert plan_by(at(start), parse_rule(limit), CALENDAR) == at(planned)


def test_the_reasons_name_every_day_that_moved_the_end() -> None:
    lines = explain_lines(due(at("2026-02-13T09:00"), parse_rule("3wd"), CALENDAR, explain=True))
    assert lines[0] == "起算:2026-02-13 09:00:00,期限:3个工作日"
    assert lines[1].startswith("计算规则:按工作日计算")
    assert lines[2:] == [
        "2026-02-13:不计入,起算当日不计",
        "2026-02-14:计入,第1日,周六,调休上班",
        "2026-02-15至2026-02-23:不计入,春节放假",
        "2026-02-24至2026-02-25:计入,第2至3日,工作日",
        "期限届满:2026-02-25 23:59:59",
    ]


def test_the_reasons_name_the_roll_over() -> None:
    lines = explain_lines(due(at("2026-09-01"), parse_rule("30d"), CALENDAR, explain=True))
    assert lines[3:] == [
        "2026-09-02至2026-09-30:计入,第1至29日,自然日",
        "2026-10-01:计入,第30日,末日,国庆节放假,须顺延",
        "2026-10-02至2026-10-07:不计入,国庆节放假,继续顺延",
        "2026-10-08:不计入,顺延至此,工作日",
        "期限届满:2026-10-08 23:59:59",
    ]
    fixed = explain_lines(due(at("2026-09-01"), parse_rule("30d!"), CALENDAR, explain=True))
    assert fixed[-2] == "2026-10-01:计入,第30日,末日,国庆节放假,不顺延"


def test_the_reasons_of_hour_limits() -> None:
    lines = explain_lines(due(at("2026-10-02T10:00"), parse_rule("24h"), CALENDAR, explain=True))
    assert lines[2] == "2026-10-02至2026-10-03:计入,连续计算,节假日不停"
    lines = explain_lines(due(at("2026-09-30T18:00"), parse_rule("4work_h"), CALENDAR, explain=True))
    assert lines[2:5] == [
        "2026-09-30:不计入,当日办公时间已过",
        "2026-10-01至2026-10-07:不计入,国庆节放假",
        "2026-10-08:计入,工作日",
    ]


def test_the_slow_count_itself_meets_the_vectors() -> None:
    for start, limit, last in VECTORS:
        span, day = parse_rule(limit), date.fromisoformat(start)
        if span.unit == "wd":
            found = slow_working_days(day, span.amount, CALENDAR)
        else:
            found = slow_natural_days(day, span.amount, CALENDAR, rolls=True)
        assert found == date.fromisoformat(last)
