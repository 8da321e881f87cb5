"""重试间隔: the schedule, its spread, and what a receiver's Retry-After may change."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.rules.retrying import JITTER, SCHEDULE, next_try
from tests.builders import FRIDAY

CHANCES = st.floats(0, 1)
LAST = len(SCHEDULE)


def wait(attempt: int, chance: float = 0.5, retry_after: timedelta | None = None) -> timedelta:
    at = next_try(attempt, FRIDAY, chance, retry_after)
    assert at is not None
    return at - FRIDAY


def test_the_schedule_is_that_of_standard_webhooks():
    hours = [round(wait(n).total_seconds() / 3600, 4) for n in range(1, LAST + 1)]
    assert hours == [0.0014, 0.0833, 0.5, 2, 5, 10, 14, 20, 24]
    assert sum(SCHEDULE, timedelta()) == timedelta(hours=75, minutes=35, seconds=5)


@pytest.mark.parametrize("attempt", [LAST + 1, LAST + 2, 100])
def test_after_the_last_interval_it_is_parked(attempt: int):
    assert next_try(attempt, FRIDAY, 0.5) is None
    assert next_try(attempt, FRIDAY, 0.5, timedelta(hours=1)) is None


@given(st.integers(1, LAST), CHANCES)
def test_chance_spreads_the_moment_by_a_fifth(attempt: int, chance: float):
    base = SCHEDULE[attempt - 1]
    assert base * (1 - JITTER) <= wait(attempt, chance) <= base * (1 + JITTER)


@given(st.integers(1, LAST - 1), CHANCES, CHANCES)
def test_each_wait_is_longer_than_the_one_before_but_for_the_spread(attempt: int, chance: float, other: float):
    assert wait(attempt + 1, chance) > wait(attempt, other) * 0.8


@given(st.integers(1, LAST), CHANCES, st.timedeltas(timedelta(-1), timedelta(30)))
def test_retry_after_lengthens_to_twice_at_most_and_never_shortens(attempt: int, chance: float, after: timedelta):
    plain, asked = wait(attempt, chance), wait(attempt, chance, after)
    assert plain <= asked <= max(plain, 2 * SCHEDULE[attempt - 1])
    if plain <= after <= 2 * SCHEDULE[attempt - 1]:
        assert asked == after
