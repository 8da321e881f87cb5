"""Red, yellow, green."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cases.rules.lights import light_of
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
