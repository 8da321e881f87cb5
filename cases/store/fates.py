"""What became of a notice (投递结果): tries written down, lanes freed, parked notices replayed, inbox notices seen.

Every change of a whole batch is one statement. What does not live here: claiming (notices) and the steps an arrival
brings about (courier).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from cases.store.both import run
from cases.store.sheaf import Sheaf, Writer, sqlite_value

ERROR_LENGTH, DETAIL_LENGTH = 500, 2000
_STATES = {"delivered": "delivered", "parked": "parked"}
_WRITERS = {kind: Writer(kind) for kind in ("sqlite", "postgresql")}


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
    """What became of one try: "delivered", "retry" (with the next moment), "parked", or "given_back" (not tried after
    all; looked at again at ``next_at``); with what the other side said. ``at`` is the office's moment.
    """

    notice: Claimed
    outcome: str
    channel: str
    at: datetime
    next_at: datetime | None = None
    status: int | None = None
    milliseconds: int = 0
    detail: str = ""


_COLUMNS = ("id", "token", "state", "channel", "next_at", "delivered_at", "error", "back")
_TYPES = ("text", "text", "text", "text", "timestamptz", "timestamptz", "text", "bigint")
_ROWS = {
    "sqlite": "(SELECT "
    + ", ".join(f"json_extract(value, '$[{i}]') AS {name}" for i, name in enumerate(_COLUMNS))
    + " FROM json_each(?)) AS u",
    "postgresql": f"unnest({', '.join(f'?::{kind}[]' for kind in _TYPES)}) AS u({', '.join(_COLUMNS)})",
}
_CHANGE = """
    UPDATE notice SET state = u.state, channel = u.channel, next_at = COALESCE(u.next_at, notice.next_at),
           delivered_at = u.delivered_at, last_error = u.error, attempt = notice.attempt - u.back,
           lease_token = NULL, lease_until = NULL
    FROM {rows}
    WHERE notice.id = u.id AND notice.lease_token = u.token AND notice.state = 'sending' RETURNING notice.id
"""
_LANES = {
    "sqlite": "(SELECT json_extract(value, '$[0]') AS r, json_extract(value, '$[1]') AS c FROM json_each(?)) AS u",
    "postgresql": "unnest(?::text[], ?::text[]) AS u(r, c)",
}
_CALL = """
    UPDATE notice SET next_at = ? FROM {lanes}
    WHERE notice.recipient = u.r AND notice.case_id = u.c AND notice.state = 'waiting' AND notice.next_at > ?
"""


def settle(connection: Connection, fates: Sequence[Fate]) -> set[str]:
    """Write the tries down; answers the ids of those whose lease was still ours and whose state therefore changed.

    A try that comes back after its lease was lost is written as "late" and changes nothing. What waits behind a
    delivered notice in its lane becomes due.
    """
    if not fates:
        return set()
    kind = connection.dialect.name
    rows = [_row(fate) for fate in fates]
    ours = {row[0] for row in run(connection, _CHANGE.format(rows=_ROWS[kind]), *_bound(kind, rows)).fetchall()}
    _call_lanes(connection, [f for f in fates if f.outcome == "delivered" and f.notice.id in ours])
    log = Sheaf()
    for fate in fates:
        if fate.outcome != "given_back":
            _log(log, fate, fate.outcome if fate.notice.id in ours else "late")
    _WRITERS[kind].write(connection, log)
    return ours


def _row(fate: Fate) -> tuple[Any, ...]:
    state = _STATES.get(fate.outcome, "waiting")
    delivered = fate.at if state == "delivered" else None
    error = "" if delivered else fate.detail[:ERROR_LENGTH]
    back = 1 if fate.outcome == "given_back" else 0
    return (fate.notice.id, fate.notice.token, state, fate.channel, fate.next_at, delivered, error, back)


def _bound(kind: str, rows: Sequence[tuple[Any, ...]]) -> list[Any]:
    """The rows as the values of one statement: a JSON text, or an array for each column."""
    if kind == "sqlite":
        return [json.dumps([[sqlite_value(value) for value in row] for row in rows])]
    return [list(column) for column in zip(*rows, strict=True)]


def _call_lanes(connection: Connection, delivered: Sequence[Fate]) -> None:
    if delivered:
        kind, at = connection.dialect.name, delivered[0].at
        lanes = list({(fate.notice.recipient, fate.notice.case_id) for fate in delivered})
        run(connection, _CALL.format(lanes=_LANES[kind]), at, *_bound(kind, lanes), at)


def _log(log: Sheaf, fate: Fate, outcome: str) -> None:
    log.insert(
        "attempt",
        notice_id=fate.notice.id,
        n=fate.notice.attempt,
        lease_token=fate.notice.token,
        at=fate.at,
        channel=fate.channel,
        status=fate.status,
        milliseconds=fate.milliseconds,
        outcome=outcome,
        detail=fate.detail[:DETAIL_LENGTH],
    )


def replay(connection: Connection, recipient: str | None, now: datetime, station: str | None = None) -> int:
    """Set parked notices waiting again with a new schedule, of one recipient or of all, about the cases of one station
    or of all; answers how many."""
    sql, bound = "UPDATE notice SET state = 'waiting', attempt = 0, next_at = ? WHERE state = 'parked'", list[str]()
    if recipient is not None:
        sql, bound = sql + " AND recipient = ?", [recipient]
    if station is not None:
        sql, bound = sql + " AND case_id IN (SELECT id FROM case_file WHERE station = ?)", [*bound, station]
    return run(connection, sql, now, *bound).rowcount


def replay_one(connection: Connection, notice_id: str, now: datetime) -> bool:
    """Set one parked notice waiting again; False when it is not parked."""
    sql = "UPDATE notice SET state = 'waiting', attempt = 0, next_at = ? WHERE state = 'parked' AND id = ?"
    return bool(run(connection, sql, now, notice_id).rowcount)


_SEEN = "UPDATE notice SET seen_at = COALESCE(seen_at, ?) WHERE id = ? AND recipient = ? RETURNING case_id, on_arrival"
_ARRIVED = """
    UPDATE notice SET state = 'delivered', channel = 'inbox', delivered_at = ?, last_error = ''
    WHERE id = ? AND (state IN ('shelved', 'parked') OR (state = 'waiting' AND NOT EXISTS (
      SELECT 1 FROM endpoint e WHERE e.org = notice.recipient AND e.active)))
"""


def mark_seen(connection: Connection, notice_id: str, org: str, now: datetime) -> tuple[str, str | None] | None:
    """A person of the organisation has read the notice. Where no other way is left it is thereby delivered; one that
    is still on its way to the organisation's system goes on.

    Answers the case and the step that waits for the arrival, if it arrived just now; ("", None) when it had arrived
    or is on its way; None when the organisation has no such notice.
    """
    row = run(connection, _SEEN, now, notice_id, org).fetchone()
    if row is None:
        return None
    if not run(connection, _ARRIVED, now, notice_id).rowcount:
        return "", None
    kind = connection.dialect.name
    run(connection, _CALL.format(lanes=_LANES[kind]), now, *_bound(kind, [(org, row[0])]), now)
    return row[0], row[1]
