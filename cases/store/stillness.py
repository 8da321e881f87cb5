"""Is anything under way (有无在办): read-only questions for whoever moves a simulated clock.

Time may jump only while nothing is due, being sent or waiting to be routed; then the next moment is the nearest
``next_at`` of a notice that heads its lane or of a running clock. What does not live here: jumping (clocks).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection

from cases.store.sheaf import sqlite_value

_HEADS = """
    FROM notice n WHERE n.state = 'waiting'
    AND NOT EXISTS (SELECT 1 FROM notice p WHERE p.recipient = n.recipient AND p.case_id = n.case_id
                    AND p.state IN ('waiting','sending','parked')
                    AND (p.seq < n.seq OR (p.seq = n.seq AND p.id < n.id)))
"""
_CLOCKS = "FROM deadline WHERE stopped_at IS NULL AND next_at IS NOT NULL"


@dataclass(frozen=True, slots=True)
class Stillness:
    """How things stand. ``entries`` counts the lines of history, so that an unchanged number means nothing happened;
    ``next_at`` is the nearest moment at which something becomes due, None if nothing ever will."""

    waiting_now: int
    sending: int
    routing: int
    due_now: int
    parked: int
    open_clues: int
    entries: int
    next_at: datetime | None

    @property
    def still(self) -> bool:
        """Nothing is due, being sent or waiting to be routed."""
        return not (self.waiting_now or self.sending or self.routing or self.due_now)


def stillness(connection: Connection, now: datetime) -> Stillness:
    """How things stand at ``now``. A notice behind an undelivered one of its lane is not due, whatever its time."""
    sqlite = connection.dialect.name == "sqlite"
    mark = "?" if sqlite else "%s"
    sql = f"""SELECT
        (SELECT count(*) {_HEADS} AND n.next_at <= {mark}),
        (SELECT count(*) FROM notice WHERE state = 'sending'),
        (SELECT count(*) FROM case_file WHERE lane IS NOT NULL),
        (SELECT count(*) {_CLOCKS} AND next_at <= {mark}),
        (SELECT count(*) FROM notice WHERE state = 'parked'),
        (SELECT count(*) FROM case_file WHERE case_type = 'clue' AND is_open),
        (SELECT count(*) FROM entry),
        (SELECT min(n.next_at) {_HEADS}),
        (SELECT min(next_at) {_CLOCKS})"""
    moment: Any = sqlite_value(now) if sqlite else now
    *counts, notice_at, clock_at = connection.exec_driver_sql(sql, (moment, moment)).one()
    moments = [moment for moment in (_read(notice_at), _read(clock_at)) if moment is not None]
    return Stillness(*counts, next_at=min(moments, default=None))


def _read(value: Any) -> datetime | None:
    return datetime.fromisoformat(value).replace(tzinfo=UTC) if isinstance(value, str) else value
