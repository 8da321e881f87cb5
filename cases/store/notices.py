"""The outbox (待发箱): claiming notices under a lease, writing down what became of them, replaying parked ones.

Order is kept per lane (one case at one recipient): only the earliest undelivered notice of a lane is claimed, and a
waiting or parked one holds its own lane and nothing else. Leases run on the database's clock, so that no worker's
clock matters. What does not live here: sending (gates) and the retry schedule (rules).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection

from cases.ids import new_id
from cases.store.sheaf import sqlite_value

FIELDS = ("id", "case_id", "seq", "recipient", "event", "body", "on_arrival", "attempt", "created_at", "next_at")


@dataclass(frozen=True, slots=True)
class Claimed:
    """A notice under our lease; ``attempt`` counts this try."""

    id: str
    case_id: str
    seq: int
    recipient: str
    event: str
    body: bytes
    on_arrival: str | None
    attempt: int
    created_at: datetime
    next_at: datetime
    token: str


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of one try: "delivered", "retry" (with the next moment) or "parked"; with what the other side said.

    ``real_at`` is the real moment of the try, ``at`` the office's.
    """

    notice: Claimed
    outcome: str
    channel: str
    at: datetime
    next_at: datetime | None = None
    status: int | None = None
    milliseconds: int = 0
    detail: str = ""


_HEAD = """
    NOT EXISTS (SELECT 1 FROM notice p WHERE p.recipient = n.recipient AND p.case_id = n.case_id
                AND p.state IN ('waiting','sending','parked')
                AND (p.seq < n.seq OR (p.seq = n.seq AND p.id < n.id)))
"""

_CLAIM_POSTGRES = f"""
    UPDATE notice SET state = 'sending', attempt = attempt + 1, lease_token = %s,
           lease_until = clock_timestamp() + make_interval(secs => %s)
    WHERE id IN (SELECT n.id FROM notice n WHERE n.state = 'waiting' AND n.next_at <= %s AND {_HEAD}
                 ORDER BY n.next_at, n.id LIMIT %s FOR UPDATE SKIP LOCKED)
    RETURNING {", ".join(FIELDS)}
"""

_CLAIM_SQLITE = f"""
    UPDATE notice SET state = 'sending', attempt = attempt + 1, lease_token = ?,
           lease_until = strftime('%Y-%m-%d %H:%M:%f', 'now', '+' || ? || ' seconds') || '000'
    WHERE id IN (SELECT n.id FROM notice n WHERE n.state = 'waiting' AND n.next_at <= ? AND {_HEAD}
                 ORDER BY n.next_at, n.id LIMIT ?)
    RETURNING {", ".join(FIELDS)}
"""


def claim(connection: Connection, now: datetime, many: int, lease_seconds: int) -> list[Claimed]:
    """Take up to ``many`` due notices, the head of each lane only, under a lease of our own."""
    token = new_id()
    if connection.dialect.name == "sqlite":
        rows = connection.exec_driver_sql(_CLAIM_SQLITE, (token, lease_seconds, sqlite_value(now), many)).fetchall()
    else:
        rows = connection.exec_driver_sql(_CLAIM_POSTGRES, (token, lease_seconds, now, many)).fetchall()
    found = [Claimed(*_read(row), token) for row in rows]
    return sorted(found, key=lambda n: (n.next_at, n.id))


def _read(row: Sequence[Any]) -> list[Any]:
    values = list(row)
    values[5] = bytes(values[5])
    for i in (8, 9):
        if isinstance(values[i], str):
            values[i] = datetime.fromisoformat(values[i]).replace(tzinfo=UTC)
    return values


def release_expired(connection: Connection) -> int:
    """Give back what a dead sender held: its lease has run out. Counts as a try."""
    clock = "strftime('%Y-%m-%d %H:%M:%f', 'now')" if connection.dialect.name == "sqlite" else "clock_timestamp()"
    done = connection.exec_driver_sql(
        "UPDATE notice SET state = 'waiting', lease_token = NULL, lease_until = NULL "
        f"WHERE state = 'sending' AND lease_until < {clock}"
    )
    return done.rowcount


def settle(connection: Connection, fates: Sequence[Fate]) -> set[str]:
    """Write the tries down; answers the ids of those whose lease was still ours and whose state therefore changed.

    A try that comes back after its lease was lost is written as "late" and changes nothing.
    """
    sqlite = connection.dialect.name == "sqlite"
    mark = "?" if sqlite else "%s"
    change = (
        f"UPDATE notice SET state = {mark}, channel = {mark}, next_at = COALESCE({mark}, next_at), "
        f"delivered_at = {mark}, last_error = {mark}, lease_token = NULL, lease_until = NULL "
        f"WHERE id = {mark} AND lease_token = {mark} AND state = 'sending'"
    )
    log = (
        "INSERT INTO attempt (notice_id, n, lease_token, at, channel, status, milliseconds, outcome, detail) "
        f"VALUES ({', '.join([mark] * 9)})"
    )
    ours: set[str] = set()
    for fate in fates:
        notice = fate.notice
        state = {"delivered": "delivered", "parked": "parked"}.get(fate.outcome, "waiting")
        delivered = fate.at if state == "delivered" else None
        next_at = None if fate.next_at is None else (sqlite_value(fate.next_at) if sqlite else fate.next_at)
        done = connection.exec_driver_sql(
            change,
            (
                state,
                fate.channel,
                next_at,
                sqlite_value(delivered) if sqlite else delivered,
                "" if delivered else fate.detail[:500],
                notice.id,
                notice.token,
            ),
        )
        if done.rowcount:
            ours.add(notice.id)
        at = sqlite_value(fate.at) if sqlite else fate.at
        outcome = fate.outcome if done.rowcount else "late"
        row = (notice.id, notice.attempt, notice.token, at, fate.channel, fate.status, fate.milliseconds, outcome)
        connection.exec_driver_sql(log, (*row, fate.detail[:2000]))
    return ours


def replay(connection: Connection, recipient: str | None, now: datetime) -> int:
    """Set parked notices waiting again, of one recipient or of all; answers how many."""
    sqlite = connection.dialect.name == "sqlite"
    mark = "?" if sqlite else "%s"
    sql = f"UPDATE notice SET state = 'waiting', attempt = 0, next_at = {mark} WHERE state = 'parked'"
    values: list[Any] = [sqlite_value(now) if sqlite else now]
    if recipient is not None:
        sql += f" AND recipient = {mark}"
        values.append(recipient)
    return connection.exec_driver_sql(sql, tuple(values)).rowcount


def waiting(connection: Connection, now: datetime) -> bool:
    """Whether anything is due to be sent or a lease has run out; the question that wakes the delivery lane."""
    sqlite = connection.dialect.name == "sqlite"
    mark = "?" if sqlite else "%s"
    clock = "strftime('%Y-%m-%d %H:%M:%f', 'now')" if sqlite else "clock_timestamp()"
    sql = (
        f"SELECT EXISTS (SELECT 1 FROM notice n WHERE n.state = 'waiting' AND n.next_at <= {mark} AND {_HEAD}) "
        f"OR EXISTS (SELECT 1 FROM notice WHERE state = 'sending' AND lease_until < {clock})"
    )
    return bool(connection.exec_driver_sql(sql, (sqlite_value(now) if sqlite else now,)).scalar())
