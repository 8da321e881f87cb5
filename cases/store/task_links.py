"""Links to tasks and what was done with them (办件链接): rows written and read.

What does not live here: codes (desk) and whether a link still opens anything (rules).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from cases.ids import new_id
from cases.store.sheaf import table

Row = dict[str, Any]


def add_link(connection: Connection, row: Row) -> None:
    """Write a link down."""
    connection.execute(insert(table("task_link")).values(**row))


def link(connection: Connection, link_id: str) -> Row | None:
    """A link, or None."""
    kept = table("task_link")
    row = connection.execute(select(kept).where(kept.c.id == link_id)).mappings().first()
    return dict(row) if row else None


def links_of(connection: Connection, case_id: str) -> list[Row]:
    """The links of a case, newest first."""
    kept = table("task_link")
    question = select(kept).where(kept.c.case_id == case_id).order_by(kept.c.id.desc())
    return [dict(row) for row in connection.execute(question).mappings()]


def take_back(connection: Connection, link_id: str, actor: str, now: datetime) -> bool:
    """Revoke a link; False when it was revoked before."""
    kept = table("task_link")
    change = update(kept).where(kept.c.id == link_id, kept.c.revoked_at.is_(None))
    return bool(connection.execute(change.values(revoked_at=now, revoked_by=actor)).rowcount)


def use_row(link_id: str, deed: str, actor: str, now: datetime) -> Row:
    """The line that tells what was done with a link."""
    return {"id": new_id(), "link_id": link_id, "at": now, "deed": deed, "actor": actor}


def note_use(connection: Connection, link_id: str, deed: str, actor: str, now: datetime) -> None:
    """Write down what was done with a link."""
    connection.execute(insert(table("task_link_use")).values(**use_row(link_id, deed, actor, now)))


def uses_of(connection: Connection, link_ids: Sequence[str]) -> dict[str, list[Row]]:
    """What was done with these links, in order, by link."""
    kept = table("task_link_use")
    question = select(kept).where(kept.c.link_id.in_(link_ids)).order_by(kept.c.id)
    found: dict[str, list[Row]] = {}
    for row in connection.execute(question).mappings():
        found.setdefault(row["link_id"], []).append(dict(row))
    return found


def notices_to(connection: Connection, case_id: str, org: str) -> list[str]:
    """The notices of a case to an organisation that nobody there has seen, in the order they were written."""
    notice = table("notice").c
    unseen = (notice.case_id == case_id, notice.recipient == org, notice.seen_at.is_(None))
    return list(connection.execute(select(notice.id).where(*unseen).order_by(notice.seq, notice.id)).scalars())
