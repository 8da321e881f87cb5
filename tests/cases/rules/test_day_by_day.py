"""The fast counter and one that counts day by day, which shares nothing with it, come to the same moments."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from api.bench import counting
from api.bench.counting import HOURS, MOST, compare, pairs
from api.bench.day_by_day import DayByDay
from cases.office import CALENDARS
from cases.rules.calendar import Calendar, CalendarDay
from cases.rules.spans import parse_rule
from tests.cases.rules.slow_count import at, end_of
from tests.cases.rules.test_counting import OWN_VECTORS, VECTORS

SHIFTS = ((9 * 3600, 12 * 3600), (13 * 3600 + 1800, 17 * 3600 + 1800))
PLODDER = DayByDay(CALENDARS, SHIFTS)


def test_twenty_thousand_random_limits_end_the_same_way() -> None:
    found = compare(20_000)
    assert found.pairs == 20_000
    assert found.differing == []


def test_the_random_limits_are_of_every_kind_and_the_same_each_time() -> None:
    some = list(pairs(3_000, seed=5))
    assert some == list(pairs(3_000, seed=5))
    assert some != list(pairs(3_000, seed=6))
    assert {one.span.kind for one in some} == {*MOST, "d!", "m!", "y!"}
    assert {len(one.pauses) for one in some} == {0, 1, 2, 3}
    assert {one.hours for one in some} == set(range(len(HOURS)))
    assert {one.start.year for one in some} == {2024, 2025, 2026, 2027}


def test_a_counter_that_is_wrong_by_a_day_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """One make-up day less in the fast counter's calendar: the comparison must not stay silent."""
    read = counting.read_calendar

    def wrong(*given: object) -> Calendar:
        right = read(CALENDARS)
        days = {**right.days, date(2026, 2, 28): CalendarDay(date(2026, 2, 28), "off", "春节", "误录")}
        return replace(right, version="wrong", days=days)

    monkeypatch.setattr(counting, "read_calendar", wrong)
    found = compare(3_000)
    assert found.differing
    assert "day by day" in found.differing[0]


@pytest.mark.parametrize(("start", "limit", "last"), VECTORS + OWN_VECTORS)
def test_the_one_that_counts_day_by_day_meets_the_vectors(start: str, limit: str, last: str) -> None:
    span = parse_rule(limit)
    found = PLODDER.end(at(start), (span.amount, span.unit, span.rolls), ())
    assert found == end_of(date.fromisoformat(last))


@pytest.mark.parametrize(
    ("start", "limit", "pause", "end"),
    [
        ("2026-10-02T10:00", "24h", None, "2026-10-03T10:00"),
        ("2026-11-23T11:00", "4work_h", None, "2026-11-23T16:30"),
        ("2026-11-20T17:29:59", "1work_h", None, "2026-11-23T09:59:59"),
        ("2026-11-02T10:00", "24h", ("2026-11-02T12:00", "2026-11-02T13:30"), "2026-11-03T11:30"),
        ("2026-11-02", "5wd", ("2026-11-04T10:00", "2026-11-06T10:00"), "2026-11-11T23:59:59"),
        ("2026-11-02", "30d", ("2026-11-10T10:00", "2026-11-20T10:00"), "2026-12-14T23:59:59"),
    ],
)
def test_it_counts_hours_and_leaves_out_pauses(start: str, limit: str, pause: tuple[str, str] | None, end: str) -> None:
    span = parse_rule(limit)
    spells: list[tuple[datetime, datetime]] = [(at(pause[0]), at(pause[1]))] if pause else []
    assert PLODDER.end(at(start), (span.amount, span.unit, span.rolls), spells) == at(end)
    assert PLODDER.works(date(2026, 2, 14)) is not PLODDER.works(date(2026, 2, 14) + timedelta(days=1))
