"""What happened to a case and by when it was due (办理记录与时限): entries and deadlines, read.

What does not live here: writing them (desk, sheaf), checking the chain (journal), who may see which line (visibility).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, insert, or_, select, update

from cases.ids import new_id
from cases.store.among import among
from cases.store.sheaf import table


def entries_of(connection: Connection, case_id: str, verbs: Sequence[str] = ()) -> list[dict[str, Any]]:
    """The entries of a case in order, each with its payload; an erased payload is its tombstone. With ``verbs`` only
    those of these steps."""
    entry, payload = table("entry"), table("entry_payload")
    question = (
        select(entry, payload.c.body, payload.c.tombstone)
        .join(payload, (payload.c.case_id == entry.c.case_id) & (payload.c.seq == entry.c.seq), isouter=True)
        .where(entry.c.case_id == case_id)
        .order_by(entry.c.seq)
    )
    if verbs:
        question = question.where(entry.c.verb.in_(verbs))
    found: list[dict[str, Any]] = []
    for row in connection.execute(question):
        found.append(
            {
                "seq": row.seq,
                "at": row.at,
                "actor": row.actor,
                "actor_org": row.actor_org,
                "role": row.role,
                "verb": row.verb,
                "from_state": row.from_state,
                "to_state": row.to_state,
                "hash": row.hash,
                "payload": {"erased": row.tombstone or ""} if row.body is None else json.loads(row.body),
            }
        )
    return found


def milestones_of(connection: Connection, case_id: str) -> list[tuple[datetime, str]]:
    """When a case entered which state, in order."""
    entry = table("entry")
    question = select(entry.c.at, entry.c.to_state).where(entry.c.case_id == case_id).order_by(entry.c.seq)
    return [(row.at, row.to_state) for row in connection.execute(question)]


def deadlines_of(connection: Connection, case_id: str) -> list[dict[str, Any]]:
    """The clocks of a case, running and stopped, in the order they were started."""
    deadline = table("deadline")
    question = select(deadline).where(deadline.c.case_id == case_id).order_by(deadline.c.started_at, deadline.c.id)
    return [dict(row) for row in connection.execute(question).mappings()]


def changes_of(connection: Connection, case_id: str) -> dict[str, list[dict[str, Any]]]:
    """What moved each clock of a case, by the clock's id, in order."""
    change = table("deadline_change")
    question = select(change).where(change.c.case_id == case_id).order_by(change.c.at, change.c.id)
    found: dict[str, list[dict[str, Any]]] = {}
    for row in connection.execute(question).mappings():
        found.setdefault(row["deadline_id"], []).append(dict(row))
    return found


@dataclass(frozen=True, slots=True)
class ClockMark:
    """What the row of a running clock says that its case does not: due moment, whether a rung was reached, 暂算, since
    when it stands still."""

    due_at: datetime
    warned: bool
    provisional: bool
    stands_since: datetime | None


def clock_marks(connection: Connection, ids: Sequence[str]) -> dict[str, dict[str, ClockMark]]:
    """For each of these cases the running clocks, by code, that are marked in any way; one question for all of them."""
    if not ids:
        return {}
    found: dict[str, dict[str, ClockMark]] = {}
    for case_id, code, due_at, rung, provisional, stands_since in connection.execute(
        _marked(connection.dialect.name), {"ids": list(ids)}
    ):
        found.setdefault(case_id, {})[code] = ClockMark(due_at, rung > 0, provisional, stands_since)
    return found


@cache
def _marked(kind: str) -> Select[Any]:
    """The question for the marked clocks of some cases, put into words once."""
    deadline = table("deadline").c
    marked = or_(deadline.rung > 0, deadline.provisional.is_(True), deadline.stands_since.is_not(None))
    columns = (deadline.case_id, deadline.code, deadline.due_at, deadline.rung, deadline.provisional)
    return select(*columns, deadline.stands_since).where(
        among(kind, deadline.case_id, "ids"), deadline.stopped_at.is_(None), marked
    )


def reporters_of(connection: Connection, ids: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Who reported these cases; the query code's hash stays behind."""
    if not ids:
        return {}
    reporter = table("reporter")
    kept = (reporter.c.org, reporter.c.name, reporter.c.phone, reporter.c.anonymous, reporter.c.secrecy)
    asked = among(connection.dialect.name, reporter.c.case_id, ids)
    rows = connection.execute(select(reporter.c.case_id, *kept).where(asked)).mappings()
    return {row["case_id"]: {k: v for k, v in row.items() if k != "case_id"} for row in rows}


def code_hash_of(connection: Connection, case_id: str) -> str:
    """The hash of the query code of a report; empty when there is none."""
    reporter = table("reporter")
    return connection.execute(select(reporter.c.code_hash).where(reporter.c.case_id == case_id)).scalar() or ""


def keep_code_hash(connection: Connection, case_id: str, kept: str) -> None:
    """Let another query code open a report; the earlier one is worth nothing from now on."""
    reporter = table("reporter")
    connection.execute(update(reporter).where(reporter.c.case_id == case_id).values(code_hash=kept))


def note_identity_view(connection: Connection, case_id: str, actor: str, reason: str, now: datetime) -> None:
    """Write down that somebody looked at the identity of a reporter or a party, and why (查看身份记录)."""
    row = {"id": new_id(), "case_id": case_id, "actor": actor, "reason": reason, "at": now}
    connection.execute(insert(table("identity_view")).values(**row))
