"""Stand-ins for the world outside, never for our own code: a clock that moves only when told."""

from __future__ import annotations

from datetime import datetime, timedelta

from tests.builders import FRIDAY


class FakeClock:
    """A clock at a moment of the test's choice."""

    def __init__(self, at: datetime = FRIDAY) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    def ahead(self, **length: float) -> datetime:
        """Move on by so many days, hours, minutes or seconds."""
        self.at += timedelta(**length)
        return self.at

    def jump(self, to: datetime) -> datetime:
        """Move to a moment, never backwards."""
        assert to >= self.at, "time does not run backwards"
        self.at = to
        return self.at
