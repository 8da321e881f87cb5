"""What the domain asks of the world (端口): a clock, an identifier, the zone of local time. Protocols, no doing.

What does not live here: implementations that touch a network or a database.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Protocol

BEIJING = timezone(timedelta(hours=8), "Asia/Shanghai")
"""Local time of every case (北京时间); China keeps one zone without summer time."""


class Clock(Protocol):
    """A source of the present moment, always aware."""

    def now(self) -> datetime:
        """The present moment."""
        ...


@dataclass(frozen=True, slots=True)
class Door:
    """Where an organisation receives, with the secret both sides share and its approved networks, comma-separated."""

    org: str
    url: str
    secret: str
    networks: str


@dataclass(frozen=True, slots=True)
class Knocked:
    """What came of one message: ``accepted``, ``refused``, ``gone``, ``silent``, or ``unsafe`` (not even asked)."""

    kind: str
    status: int | None
    milliseconds: int
    detail: str


class Knock(Protocol):
    """Sends one signed message the way notices are sent, and waits for the answer."""

    def __call__(self, door: Door, message_id: str, body: bytes) -> Knocked:
        """One try; never raises for anything the other side does."""
        ...
