"""Post boxes and deliveries (收件箱与投递记录): what was said to an organisation, and how it travelled.

What does not live here: writing notices (desk), claiming and replaying them (notices), sending (gates).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, select

from cases.store.queues import read_cursor, write_cursor
from cases.store.sheaf import table

_notice = table("notice").c

FAILED = "failed"
"""No state of a notice, but a filter."""

Rows = list[dict[str, Any]]


def inbox(
    connection: Connection, org: str, cursor: str | None, limit: int, *, unseen: bool = False
) -> tuple[Rows, str | None]:
    """Notices to an organisation, newest first, and the mark of the next page."""
    conditions: list[ColumnElement[bool]] = [_notice.recipient == org]
    if unseen:
        conditions.append(_notice.seen_at.is_(None))
    columns = (_notice.id, _notice.case_id, _notice.event, _notice.created_at, _notice.seen_at, _notice.body)
    return _page(connection, columns, conditions, cursor, limit)


def seen_at(connection: Connection, notice_id: str) -> datetime | None:
    """When a notice was first read, if it was."""
    return connection.execute(select(_notice.seen_at).where(_notice.id == notice_id)).scalar()


def deliveries(
    connection: Connection,
    filters: dict[str, str | None],
    cursor: str | None,
    limit: int,
    stations: Collection[str] | None = None,
) -> tuple[Rows, str | None]:
    """Notices with every try to deliver them, newest first; never their contents.

    ``filters`` may name a recipient, a state or ``failed``, or one notice by its id; ``stations`` narrows to the cases
    of some stations.
    """
    conditions: list[ColumnElement[bool]] = [_asked(name, value) for name, value in filters.items() if value]
    if stations is not None:
        case = table("case_file").c
        conditions.append(_notice.case_id.in_(select(case.id).where(case.station.in_(sorted(stations)))))
    names = ("id", "case_id", "seq", "recipient", "event", "state", "channel", "attempt", "created_at", "next_at")
    columns = tuple(_notice[name] for name in (*names, "delivered_at", "seen_at", "last_error"))
    rows, mark = _page(connection, columns, conditions, cursor, limit)
    tries = _tries(connection, [row["id"] for row in rows])
    return [{**row, "attempts": tries.get(row["id"], [])} for row in rows], mark


def _asked(name: str, value: str) -> ColumnElement[bool]:
    """A filter; a failed notice is one that was tried in vain and waits for another try."""
    if (name, value) == ("state", FAILED):
        return and_(_notice.state == "waiting", _notice.attempt > 0)
    return _notice[name] == value


def _tries(connection: Connection, ids: Sequence[str]) -> dict[str, Rows]:
    attempt = table("attempt")
    names = ("n", "at", "channel", "status", "milliseconds", "outcome", "detail")
    columns = [attempt.c[name] for name in names]
    question = select(attempt.c.notice_id, *columns).where(attempt.c.notice_id.in_(ids))
    found: dict[str, Rows] = {}
    for row in connection.execute(question.order_by(attempt.c.at, attempt.c.n)):
        found.setdefault(row.notice_id, []).append({name: getattr(row, name) for name in names})
    return found


def _page(
    connection: Connection,
    columns: Sequence[Any],
    conditions: list[ColumnElement[bool]],
    cursor: str | None,
    limit: int,
) -> tuple[Rows, str | None]:
    if cursor:
        conditions = [*conditions, _notice.id < read_cursor(cursor)]
    question = select(*columns).where(*conditions).order_by(_notice.id.desc()).limit(limit + 1)
    rows = [dict(row) for row in connection.execute(question).mappings()]
    return rows[:limit], write_cursor(rows[limit - 1]["id"]) if len(rows) > limit else None
