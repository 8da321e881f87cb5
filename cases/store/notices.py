"""The outbox (待发箱): claiming notices under a lease, and the question whether there is anything to claim.

Order is kept per lane (one case at one recipient): only the earliest undelivered notice of a lane is claimed, and a
waiting or parked one holds its own lane and nothing else. Recipients are claimed for one by one, so that the backlog of
one costs the others nothing. What lies before an organisation without a receiving address goes to its inbox. Leases run
on the database's clock, so that no worker's clock matters. What does not live here: what became of a try (fates),
sending (gates) and the retry schedule (rules).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from cases.ids import new_id
from cases.rules.retrying import SCHEDULE
from cases.store.both import moments_read, run
from cases.store.fates import Claimed, Fate, replay, settle

FIELDS = ("id", "case_id", "seq", "recipient", "event", "body", "on_arrival", "attempt", "created_at", "next_at")
BEHIND_SENDING = timedelta(seconds=2)
BEHIND_WAITING = timedelta(minutes=10)
"""When a notice behind another is looked at again, should the word that its lane is free get lost."""

SHELVED_AT_ONCE, DEFERRED_AT_ONCE = 5000, 1000

_WAITING_RECIPIENTS = """
    WITH RECURSIVE r(org) AS (
      SELECT min(recipient) FROM notice WHERE state = 'waiting'
      UNION ALL
      SELECT (SELECT min(recipient) FROM notice WHERE state = 'waiting' AND recipient > r.org)
      FROM r WHERE r.org IS NOT NULL
    )
"""
"""The recipients with anything waiting, by one look into the index for each, however many rows wait."""

_REACHABLE = (
    "(r.org = 'reporter' OR substr(r.org, 1, 6) = 'party:' "
    "OR EXISTS (SELECT 1 FROM endpoint e WHERE e.org = r.org AND e.active))"
)
"""People are always reached, if only under their query code; organisations by their receiving address."""

_DUE = "EXISTS (SELECT 1 FROM notice n WHERE n.recipient = r.org AND n.state = 'waiting' AND n.next_at <= ?)"
_FIRST = """(SELECT p.id FROM notice p WHERE p.recipient = n.recipient AND p.case_id = n.case_id
    AND p.state IN ('waiting','sending','parked') ORDER BY p.seq, p.id LIMIT 1)"""
"""The head of a notice's lane: the earliest that has not been delivered."""

_CLAIM = """
    UPDATE notice SET state = 'sending', attempt = attempt + 1, lease_token = ?, lease_until = {until}
    WHERE id IN (SELECT n.id FROM notice n WHERE n.recipient = ? AND n.state = 'waiting' AND n.next_at <= ?
                 AND n.id = {first} ORDER BY n.next_at, n.id LIMIT ? {lock})
    RETURNING {fields}
"""
_UNTIL = {
    "sqlite": "strftime('%Y-%m-%d %H:%M:%f', 'now', '+' || ? || ' seconds') || '000'",
    "postgresql": "clock_timestamp() + make_interval(secs => ?)",
}
_LOCK = {"sqlite": "", "postgresql": "FOR UPDATE SKIP LOCKED"}

_DEFER = f"""
    UPDATE notice AS n SET next_at = CASE WHEN EXISTS (SELECT 1 FROM notice h WHERE h.id = {_FIRST}
      AND (h.state = 'parked' OR (h.state = 'waiting' AND h.next_at > ?))) THEN {{later}} ELSE {{soon}} END
    WHERE n.id IN (SELECT n.id FROM notice n WHERE n.recipient = ? AND n.state = 'waiting' AND n.next_at <= ?
      AND n.id <> {_FIRST} LIMIT {DEFERRED_AT_ONCE})
"""
_SHELVE = """
    UPDATE notice SET state = 'shelved', channel = 'inbox' WHERE id IN (
      SELECT n.id FROM notice n WHERE n.recipient = ? AND n.state = 'waiting' LIMIT ?)
"""
_UNSHELVE = """
    UPDATE notice SET state = 'waiting', channel = NULL, next_at = ?
    WHERE state = 'shelved' AND recipient IN (SELECT org FROM endpoint WHERE active)
"""
_FREED = "SELECT 1 FROM endpoint e JOIN notice n ON n.recipient = e.org AND n.state = 'shelved' WHERE e.active"
_EXPIRED = "SELECT 1 FROM notice WHERE state = 'sending' AND lease_until < {clock}"


def claim(
    connection: Connection,
    now: datetime,
    many: int,
    lease_seconds: int,
    *,
    busy: Collection[str] = (),
    at_most: Collection[tuple[str, int]] = (),
) -> list[Claimed]:
    """Take up to ``many`` due notices, the head of each lane only, under a lease of our own.

    ``busy`` recipients are passed over; ``at_most`` names those for whom fewer may be taken. What waits for an
    organisation without a receiving address is put into its inbox on the way.
    """
    sort_shelf(connection, now)
    token, found, limits = new_id(), list[Claimed](), dict(at_most)
    for recipient in _reachable(connection, now):
        room = min(many - len(found), limits.get(recipient, many))
        if room > 0 and recipient not in busy:
            taken = _claim_for(connection, recipient, now, room, (token, lease_seconds))
            if len(taken) < room:
                _defer(connection, recipient, now)
            found += taken
    return sorted(found, key=lambda n: (n.next_at, n.id))


def _claim_for(
    connection: Connection, recipient: str, now: datetime, many: int, lease: tuple[str, int]
) -> list[Claimed]:
    kind = connection.dialect.name
    statement = _CLAIM.format(until=_UNTIL[kind], first=_FIRST, lock=_LOCK[kind], fields=", ".join(FIELDS))
    rows = run(connection, statement, *lease, recipient, now, many).fetchall()
    return [Claimed(*_read(row), token=lease[0]) for row in rows]


def _read(row: Sequence[Any]) -> list[Any]:
    values = moments_read(row, (8, 9))
    values[5] = bytes(values[5])
    return values


def _reachable(connection: Connection, now: datetime) -> list[str]:
    """The recipients with a receiving address for whom something is due."""
    sql = f"{_WAITING_RECIPIENTS} SELECT r.org FROM r WHERE r.org IS NOT NULL AND {_REACHABLE} AND {_DUE}"
    return [row[0] for row in run(connection, sql, now).fetchall()]


def _defer(connection: Connection, recipient: str, now: datetime) -> None:
    """Due notices behind another wait without being looked at; they are called when their lane is free."""
    cast = "?::timestamptz" if connection.dialect.name == "postgresql" else "?"
    run(
        connection,
        _DEFER.format(later=cast, soon=cast),
        now,
        now + BEHIND_WAITING,
        now + BEHIND_SENDING,
        recipient,
        now,
    )


def sort_shelf(connection: Connection, now: datetime) -> int:
    """Put what waits for organisations without a receiving address into their inboxes, and take out again what lies
    there for one that has got an address; answers how many were put in."""
    run(connection, _UNSHELVE, now)
    without = f"{_WAITING_RECIPIENTS} SELECT r.org FROM r WHERE r.org IS NOT NULL AND NOT {_REACHABLE}"
    orgs = [row[0] for row in run(connection, without).fetchall()]
    return sum(run(connection, _SHELVE, org, SHELVED_AT_ONCE).rowcount for org in orgs)


def release_expired(connection: Connection) -> int:
    """Give back what a dead sender held: its lease has run out. Counts as a try; one on which sender after sender
    died is parked."""
    sql = (
        f"UPDATE notice SET state = CASE WHEN attempt > {len(SCHEDULE)} THEN 'parked' ELSE 'waiting' END, "
        "lease_token = NULL, lease_until = NULL WHERE state = 'sending' AND lease_until < {clock}"
    )
    return run(connection, sql).rowcount


def waiting(connection: Connection, now: datetime, busy: Collection[str] = ()) -> bool:
    """Whether anything is due to be sent or put into an inbox, or a lease has run out; the question that wakes the
    delivery lane. Its cost grows with the number of recipients, not with what waits. ``busy`` ones do not count."""
    others = f"AND r.org NOT IN ({', '.join('?' * len(busy))})" if busy else ""
    sql = (
        f"{_WAITING_RECIPIENTS} SELECT EXISTS (SELECT 1 FROM r WHERE r.org IS NOT NULL {others} AND {_DUE}) "
        f"OR EXISTS ({_FREED}) OR EXISTS ({_EXPIRED})"
    )
    return bool(run(connection, sql, *busy, now).scalar())


__all__ = ["Claimed", "Fate", "claim", "release_expired", "replay", "settle", "sort_shelf", "waiting"]
