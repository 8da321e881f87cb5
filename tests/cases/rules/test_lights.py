"""Red, yellow, green, grey."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cases.rules.lights import light_of, worst
from tests.builders import FRIDAY

HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("due", "stopped", "warned", "light"),
    [
        (None, None, False, "none"),
        (HOUR, None, False, "green"),
        (HOUR, None, True, "yellow"),
        (timedelta(0), None, True, "yellow"),
        (-HOUR, None, True, "red"),
        (-HOUR, -HOUR * 2, True, "green"),
        (-HOUR, timedelta(0), False, "red"),
    ],
)
def test_lights(due: timedelta | None, stopped: timedelta | None, warned: bool, light: str):
    due_at = None if due is None else FRIDAY + due
    stopped_at = None if stopped is None else FRIDAY + stopped
    assert light_of(due_at, FRIDAY, warned=warned, stopped_at=stopped_at) == light


@pytest.mark.parametrize(
    ("due", "stood", "stopped", "light"),
    [
        (HOUR, -HOUR, None, "grey"),
        (-HOUR, -HOUR * 2, None, "grey"),
        (-HOUR, timedelta(0), None, "red"),
        (-HOUR, -HOUR * 2, timedelta(0), "green"),
        (-HOUR * 2, -HOUR, timedelta(0), "red"),
    ],
)
def test_a_clock_that_stands_does_not_run_out(due: timedelta, stood: timedelta, stopped: timedelta | None, light: str):
    stopped_at = None if stopped is None else FRIDAY + stopped
    found = light_of(FRIDAY + due, FRIDAY, warned=True, stopped_at=stopped_at, stands_since=FRIDAY + stood)
    assert found == light


@pytest.mark.parametrize(
    ("lights", "light"),
    [
        ((), "none"),
        (("grey",), "grey"),
        (("grey", "green"), "green"),
        (("green", "yellow"), "yellow"),
        (("yellow", "grey", "red"), "red"),
    ],
)
def test_a_case_shows_the_worst_of_its_clocks(lights: tuple[str, ...], light: str):
    assert worst(lights) == light
