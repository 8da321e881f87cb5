"""The published years of the calendar (历书): revisions in the database, laid over the years that came with the house.

A revision never changes; the newest one of a year counts, for every pack and every process. What does not live here:
reading notices and what must hold of a year (rules).
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select

from cases.errors import Malformed
from cases.models import CalendarYear
from cases.rules.calendar import Calendar
from cases.rules.revisions import Revision, revise
from cases.rules.years import Arrangement, Year, with_years

LOOK_SECONDS = 5.0
"""How long a process may go on without looking whether another one has published a year."""

_TABLE: Any = CalendarYear.__table__  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Signed:
    """Who takes a year in, when, and why, if it is to ``replace`` another."""

    by: str
    at: datetime
    reason: str = ""
    replace: bool = False


class Almanac:
    """The calendar in force. Shared by all threads of a process.

    ``built_in`` are the years that came with the house and the office hours. ``tick`` says only how long ago the
    database was looked at; no moment of a case comes from it.
    """

    def __init__(self, built_in: Calendar, tick: Callable[[], float] = time.monotonic) -> None:
        self._built_in = built_in
        self._tick = tick
        self._known = (0, built_in)
        self._look_at = float("-inf")
        self._looking = threading.Lock()

    @property
    def calendar(self) -> Calendar:
        """The calendar as it was last looked at."""
        return self._known[1]

    @property
    def stale(self) -> bool:
        """Whether the last look is more than a few seconds ago."""
        return self._tick() >= self._look_at

    def look(self, connection: Connection) -> Calendar:
        """The calendar in force, after a look into the database if the last one was more than a few seconds ago."""
        if not self.stale or not self._looking.acquire(blocking=False):
            return self._known[1]
        try:
            self._read(connection)
        finally:
            self._looking.release()
        return self._known[1]

    def _read(self, connection: Connection) -> None:
        newest = int(connection.execute(select(func.max(_TABLE.c.id))).scalar() or 0)
        if newest != self._known[0]:
            self._known = (newest, with_years(self._built_in, published_years(connection)))
        self._look_at = self._tick() + LOOK_SECONDS

    def take_in(self, connection: Connection, arrangement: Arrangement, signed: Signed) -> Revision:
        """Publish what an arrangement changes, in this transaction; the same content twice is one revision.

        Raises what ``revise`` refuses, and ``Malformed`` for replacing without a reason; then nothing is written.
        """
        if signed.replace and not signed.reason.strip():
            raise Malformed("替换已收录的年份须写明理由")
        if connection.dialect.name == "postgresql":
            # Two imports at once would both take the same number; on SQLite there is one writer anyway.
            connection.exec_driver_sql("LOCK TABLE calendar_year IN SHARE ROW EXCLUSIVE MODE")
        now = with_years(self._built_in, published_years(connection))
        revision = revise(now, arrangement, replace=signed.replace)
        for year in revision.years:
            _publish(connection, year, signed)
        # Looked at again only when this transaction is over: it may still be given up.
        self._look_at = float("-inf")
        return revision


def published_years(connection: Connection) -> list[Year]:
    """The newest revision of every published year."""
    rows = connection.execute(select(_TABLE.c.year, _TABLE.c.days).order_by(_TABLE.c.year, _TABLE.c.revision))
    newest = {int(year): str(days) for year, days in rows}
    return [Year.from_canonical(year, days) for year, days in newest.items()]


def revisions(connection: Connection) -> list[dict[str, Any]]:
    """Every revision, by year and number, without its days."""
    kept = [column for column in _TABLE.c if column.name != "days"]
    rows = connection.execute(select(*kept).order_by(_TABLE.c.year, _TABLE.c.revision)).mappings()
    return [dict(row) for row in rows]


def _publish(connection: Connection, year: Year, signed: Signed) -> None:
    last = connection.execute(select(func.max(_TABLE.c.revision)).where(_TABLE.c.year == year.year)).scalar()
    connection.execute(
        insert(_TABLE).values(
            year=year.year,
            revision=int(last or 0) + 1,
            notice=year.notice,
            days=year.canonical,
            digest=year.digest,
            imported_at=signed.at,
            imported_by=signed.by,
            reason=signed.reason,
        )
    )
