"""What administrators did (管理记录): written with the change it tells of, read newest first, never changed; beside it
what was refused, and who looked at identities.

What does not live here: who may read it (the edge).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, insert, or_, select

from cases.ids import new_id
from cases.store.accounts import names_of
from cases.store.sheaf import table


@dataclass(frozen=True, slots=True)
class Deed:
    """A change: ``code`` says what was done, ``subject`` to whom or what (an account's id, a key's prefix, a year);
    ``said`` are values, or ``[before, after]``. Never a password, never a key."""

    code: str
    subject: str
    subject_name: str
    said: Mapping[str, Any] = field(default_factory=dict)
    reason: str = ""


@dataclass(frozen=True, slots=True)
class By:
    """Who did it."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Sought:
    """Which records: of one kind of deed, with these words in a name, those before a record; how many."""

    deed: str = ""
    words: str = ""
    before: str = ""
    many: int = 50


def note(connection: Connection, by: By, deed: Deed, now: datetime) -> None:
    """Write a change down, in the transaction of the change."""
    connection.execute(
        insert(table("admin_record")).values(
            id=new_id(),
            at=now,
            actor=by.id,
            actor_name=by.name,
            deed=deed.code,
            subject=deed.subject,
            subject_name=deed.subject_name,
            said=json.dumps(deed.said, ensure_ascii=False),
            reason=deed.reason,
        )
    )


def noted(connection: Connection, sought: Sought) -> list[dict[str, Any]]:
    """The records sought, the newest first; ids are made in the order of time."""
    row = table("admin_record").c
    question = select(table("admin_record")).order_by(row.id.desc()).limit(sought.many)
    if sought.deed:
        question = question.where(row.deed == sought.deed)
    if sought.before:
        question = question.where(row.id < sought.before)
    if sought.words:
        parts = [column.contains(sought.words, autoescape=True) for column in (row.subject_name, row.actor_name)]
        question = question.where(or_(*parts))
    return [{**found, "said": json.loads(found["said"])} for found in connection.execute(question).mappings()]


def noted_about(connection: Connection, subject: str, many: int) -> list[dict[str, Any]]:
    """The newest records about one subject."""
    row = table("admin_record").c
    question = select(table("admin_record")).where(row.subject == subject).order_by(row.id.desc()).limit(many)
    return [{**found, "said": json.loads(found["said"])} for found in connection.execute(question).mappings()]


def how_many_noted(connection: Connection) -> int:
    """How many records there are."""
    return int(connection.execute(select(func.count()).select_from(table("admin_record"))).scalar_one())


def refusals(connection: Connection, before: str, many: int) -> list[dict[str, Any]]:
    """What was refused to whom (拒绝访问记录), the newest first, those before one."""
    row = table("refused")
    question = select(row).order_by(row.c.id.desc()).limit(many)
    if before:
        question = question.where(row.c.id < before)
    return _with_names(connection, [dict(found) for found in connection.execute(question).mappings()])


def looks(connection: Connection, before: str, many: int) -> list[dict[str, Any]]:
    """Who looked at the identity of which case's reporter (查看身份记录), the newest first, those before one."""
    row, case = table("identity_view"), table("case_file")
    columns = (row.c.id, row.c.at, row.c.actor, row.c.reason, case.c.number)
    question = select(*columns).join(case, case.c.id == row.c.case_id).order_by(row.c.id.desc()).limit(many)
    if before:
        question = question.where(row.c.id < before)
    return _with_names(connection, [dict(found) for found in connection.execute(question).mappings()])


def _with_names(connection: Connection, found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    names = names_of(connection, (one["actor"] for one in found))
    return [{**one, "actor_name": names.get(one["actor"], one["actor"])} for one in found]
