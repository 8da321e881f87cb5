"""Errands (长任务): what takes a while, how far it is, and what came of it, for whoever asks from any process.

What does not live here: doing them (the edge).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, insert, select, update

from cases.errors import NotFound
from cases.ids import new_id
from cases.store.records import By
from cases.store.sheaf import table

SILENT = timedelta(minutes=3)
"""An errand that was not heard of for so long was broken off with its process."""


@dataclass(frozen=True, slots=True)
class Progress:
    """An errand as its row has it."""

    id: str
    kind: str
    what: dict[str, Any]
    by: str
    began_at: datetime
    heard_at: datetime
    done: int
    total: int
    found: dict[str, Any]
    failed: str
    ended_at: datetime | None

    def running(self, now: datetime) -> bool:
        """Whether it is still at work, as far as can be known."""
        return self.ended_at is None and now - self.heard_at < SILENT

    def broken_off(self, now: datetime) -> bool:
        """Whether its process went away before the end."""
        return self.ended_at is None and not self.running(now)


def begin(connection: Connection, kind: str, what: Mapping[str, Any], by: By, now: datetime) -> str:
    """Note an errand that begins and answer its id."""
    errand_id = new_id()
    connection.execute(
        insert(table("errand")).values(
            id=errand_id, kind=kind, what=json.dumps(what, ensure_ascii=False), actor=by.id, actor_name=by.name,
            began_at=now, heard_at=now, done=0, total=0, found="{}", failed="",
        )
    )  # fmt: skip
    return errand_id


def hear(connection: Connection, errand_id: str, done: int, total: int, now: datetime) -> None:
    """Note how far it is."""
    row = table("errand")
    connection.execute(update(row).where(row.c.id == errand_id).values(done=done, total=total, heard_at=now))


def end(connection: Connection, errand_id: str, now: datetime, found: Mapping[str, Any], failed: str = "") -> None:
    """Note what came of it, or why it failed."""
    row = table("errand")
    said = json.dumps(found, ensure_ascii=False)
    connection.execute(
        update(row).where(row.c.id == errand_id).values(found=said, failed=failed, heard_at=now, ended_at=now)
    )


def errand(connection: Connection, errand_id: str) -> Progress:
    """One errand; NotFound for an unknown id."""
    row = table("errand")
    found = connection.execute(select(row).where(row.c.id == errand_id)).first()
    if found is None:
        raise NotFound("没有这个任务")
    return _progress(found)


def newest(connection: Connection, kind: str, many: int = 1) -> list[Progress]:
    """The newest errands of a kind; ids are made in the order of time."""
    row = table("errand")
    question = select(row).where(row.c.kind == kind).order_by(row.c.id.desc()).limit(many)
    return [_progress(found) for found in connection.execute(question)]


def _progress(row: Any) -> Progress:
    return Progress(
        row.id, row.kind, json.loads(row.what), row.actor_name, row.began_at, row.heard_at, row.done, row.total,
        json.loads(row.found), row.failed, row.ended_at,
    )  # fmt: skip
