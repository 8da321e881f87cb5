"""Due clocks (到点时限): the rows the sweep asks for, by ``next_at`` alone, so that cost grows with what is due.

What does not live here: what a rung does (sweeping).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection

from cases.store.sheaf import sqlite_value

STUCK = "stuck"
"""The lane of cases that no flow takes any more; ``huiyin doctor`` counts them."""

FIELDS = ("id", "case_id", "code", "unit", "started_at", "due_at", "next_at", "rung", "pack_id")


@dataclass(frozen=True, slots=True)
class DueClock:
    """A running clock whose next rung has been reached."""

    id: str
    case_id: str
    code: str
    unit: str
    started_at: datetime
    due_at: datetime
    next_at: datetime
    rung: int
    pack_id: int


def due_clocks(connection: Connection, now: datetime, many: int) -> list[DueClock]:
    """The earliest due clocks; on PostgreSQL locked, passing over those another worker holds."""
    sqlite = connection.dialect.name == "sqlite"
    mark = "?" if sqlite else "%s"
    sql = (
        f"SELECT {', '.join(FIELDS)} FROM deadline WHERE stopped_at IS NULL AND next_at IS NOT NULL "
        f"AND next_at <= {mark} ORDER BY next_at, id LIMIT {mark}"
    )
    if not sqlite:
        sql += " FOR UPDATE SKIP LOCKED"
    rows = connection.exec_driver_sql(sql, (sqlite_value(now) if sqlite else now, many)).fetchall()
    return [DueClock(*_read(row)) for row in rows]


def anything_due(connection: Connection, now: datetime) -> bool:
    """The question that wakes the deadline lane."""
    sqlite = connection.dialect.name == "sqlite"
    sql = (
        "SELECT EXISTS (SELECT 1 FROM deadline WHERE stopped_at IS NULL AND next_at IS NOT NULL "
        f"AND next_at <= {'?' if sqlite else '%s'})"
    )
    return bool(connection.exec_driver_sql(sql, (sqlite_value(now) if sqlite else now,)).scalar())


def waiting_in_lane(connection: Connection, lane: str, many: int) -> list[str]:
    """Ids of cases waiting in a lane, oldest first; on PostgreSQL locked, passing over those another worker holds."""
    sqlite = connection.dialect.name == "sqlite"
    mark = "?" if sqlite else "%s"
    sql = f"SELECT id FROM case_file WHERE lane = {mark} AND lane IS NOT NULL ORDER BY id LIMIT {mark}"
    if not sqlite:
        sql += " FOR UPDATE SKIP LOCKED"
    return [row[0] for row in connection.exec_driver_sql(sql, (lane, many)).fetchall()]


def set_aside(connection: Connection, case_ids: list[str]) -> None:
    """Take cases out of their lane without deciding anything: they are broken and need a person."""
    mark = "?" if connection.dialect.name == "sqlite" else "%s"
    for case_id in case_ids:
        connection.exec_driver_sql(f"UPDATE case_file SET lane = {mark} WHERE id = {mark}", (STUCK, case_id))


def stuck_cases(connection: Connection) -> int:
    """How many cases were set aside."""
    mark = "?" if connection.dialect.name == "sqlite" else "%s"
    sql = f"SELECT count(*) FROM case_file WHERE lane = {mark} AND lane IS NOT NULL"
    return int(connection.exec_driver_sql(sql, (STUCK,)).scalar_one())


def anything_in_lane(connection: Connection, lane: str) -> bool:
    """The question that wakes the routing lane."""
    mark = "?" if connection.dialect.name == "sqlite" else "%s"
    sql = f"SELECT EXISTS (SELECT 1 FROM case_file WHERE lane = {mark} AND lane IS NOT NULL)"
    return bool(connection.exec_driver_sql(sql, (lane,)).scalar())


def _read(row: Any) -> list[Any]:
    values = list(row)
    for i in (4, 5, 6):
        if isinstance(values[i], str):
            values[i] = datetime.fromisoformat(values[i]).replace(tzinfo=UTC)
    return values
