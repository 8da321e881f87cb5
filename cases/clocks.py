"""The clocks the edge hands in (时钟): the only module that asks for the present moment.

In a demonstration time is simulated: one row in the database says which simulated moment stands for which real one,
so that every process sees the same time and it can jump. What does not live here: any rule about time.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime

from sqlalchemy import delete, insert, select

from cases.store.database import Database
from cases.store.sheaf import table

FRESH_SECONDS = 0.2
ALARM_SECONDS = 5.0
"""A difference between this machine's clock and the database's that must be told to a person."""


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """The present moment."""
        return datetime.now(UTC)


class SimulatedClock:
    """A clock all processes of a demonstration share; it runs at real speed and jumps when told to."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._read_at = 0.0
        self._pair: tuple[datetime, datetime] | None = None

    def now(self) -> datetime:
        """The simulated moment; the real one until a simulated one has been set."""
        if time.monotonic() - self._read_at > FRESH_SECONDS:
            self._pair = self._read()
            self._read_at = time.monotonic()
        real = datetime.now(UTC)
        return real if self._pair is None else self._pair[1] + (real - self._pair[0])

    def jump_to(self, moment: datetime) -> None:
        """Set the simulated time."""
        row = table("simulated_time")
        with self._database.writing() as connection:
            connection.execute(delete(row))
            connection.execute(insert(row).values(id=1, real=datetime.now(UTC), simulated=moment))
        self._read_at = 0.0

    def _read(self) -> tuple[datetime, datetime] | None:
        row = table("simulated_time")
        with self._database.reading() as connection:
            found = connection.execute(select(row.c.real, row.c.simulated)).first()
        return (found[0], found[1]) if found else None


def database_drift(database: Database) -> float:
    """Seconds this machine's clock is ahead of the database's; 0.0 on SQLite, which has no clock of its own."""
    if database.kind == "sqlite":
        return 0.0
    with database.reading() as connection:
        theirs = connection.exec_driver_sql("SELECT clock_timestamp()").scalar_one()
    return (datetime.now(UTC) - theirs).total_seconds()
