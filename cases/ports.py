"""What the domain asks of the world (端口): a clock, an identifier, the zone of local time. Protocols, no doing.

What does not live here: implementations that touch a network or a database.
"""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Protocol

BEIJING = timezone(timedelta(hours=8), "Asia/Shanghai")
"""Local time of every case (北京时间); China keeps one zone without summer time."""


class Clock(Protocol):
    """A source of the present moment, always aware."""

    def now(self) -> datetime:
        """The present moment."""
        ...
