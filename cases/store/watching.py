"""Which cases changed (变动): the versions of some cases, and the cases that came after one. Both by key alone.

What does not live here: who may know of them (visibility) and how they are shown (desk).
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, func, select

from cases.store.among import among
from cases.store.sheaf import table

_case = table("case_file").c


def newest_id(connection: Connection) -> str:
    """The id of the case that was opened last; ids are made in the order of time."""
    return connection.execute(select(func.max(_case.id))).scalar() or ""


def versions_of(connection: Connection, ids: Collection[str]) -> dict[str, int]:
    """The version of each of these cases."""
    if not ids:
        return {}
    question = select(_case.id, _case.version).where(among(connection.dialect.name, _case.id, ids))
    return {row.id: row.version for row in connection.execute(question)}


def ids_after(connection: Connection, last: str, many: int) -> list[str]:
    """The cases opened after one, in order."""
    question = select(_case.id).where(_case.id > last).order_by(_case.id).limit(many)
    return [row.id for row in connection.execute(question)]
