"""The published packs (地区包书架): immutable versions in the database, each read once a process.

What does not live here: reading and checking files (packs).
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any, NamedTuple, cast

from sqlalchemy import Connection, func, insert, select

from cases.errors import PackBroken
from cases.models import PackVersion
from cases.packs.schema import Pack
from cases.store.database import prepared
from cases.store.sheaf import table

_TABLE: Any = PackVersion.__table__  # type: ignore[attr-defined]


class Version(NamedTuple):
    """A published version of a pack: its row id, what it is called, and what it says as a digest."""

    id: int
    version: str
    digest: str


class Shelf:
    """Published packs by row id; a version never changes, so what was read stays right."""

    def __init__(self) -> None:
        self._packs: dict[int, Pack] = {}

    def pack(self, connection: Connection, pack_id: int) -> Pack:
        """The pack a case was opened under; PackBroken if the row is missing."""
        if pack_id not in self._packs:
            text = connection.execute(select(_TABLE.c.document).where(_TABLE.c.id == pack_id)).scalar()
            if text is None:
                raise PackBroken(f"数据库中没有第 {pack_id} 号地区包版本")
            self._packs[pack_id] = Pack.from_document(json.loads(text))
        return self._packs[pack_id]

    def newest(self, connection: Connection, name: str) -> tuple[int, Pack]:
        """The newest published version of a pack; PackBroken if none was published."""
        question = select(_TABLE.c.id).where(_TABLE.c.name == name).order_by(_TABLE.c.id.desc()).limit(1)
        with prepared():
            pack_id = connection.execute(question).scalar()
        if pack_id is None:
            raise PackBroken(f"地区包“{name}”尚未发布")
        return int(pack_id), self.pack(connection, int(pack_id))

    def versions(self, connection: Connection, name: str) -> list[Version]:
        """The published versions of a pack, oldest first; empty when there is none."""
        question = select(_TABLE.c.id, _TABLE.c.version, _TABLE.c.digest).where(_TABLE.c.name == name)
        with prepared():
            return [Version(*row) for row in connection.execute(question.order_by(_TABLE.c.id))]

    def every(self, connection: Connection) -> list[dict[str, Any]]:
        """Every published version of every pack, the newest first, with when it was published and how many open cases
        lie under it."""
        case = table("case_file").c
        under = select(case.pack_id, func.count().label("open")).where(case.is_open.is_(True)).group_by(case.pack_id)
        counted = under.subquery()
        columns = (_TABLE.c.id, _TABLE.c.name, _TABLE.c.version, _TABLE.c.digest, _TABLE.c.published_at)
        question = (
            select(*columns, func.coalesce(counted.c.open, 0).label("open"))
            .outerjoin(counted, counted.c.pack_id == _TABLE.c.id)
            .order_by(_TABLE.c.id.desc())
        )
        return [dict(row) for row in connection.execute(question).mappings()]

    def publish(self, connection: Connection, pack: Pack, now: datetime) -> int:
        """Publish a checked pack and answer its row id; the same content is published only once."""
        found = connection.execute(select(_TABLE.c.id).where(_TABLE.c.digest == pack.digest)).scalar()
        if found is not None:
            return int(found)
        document = json.dumps(pack.document(), ensure_ascii=False)
        done = connection.execute(
            insert(_TABLE).values(
                name=pack.name, version=pack.version, digest=pack.digest, document=document, published_at=now
            )
        )
        return int(cast("tuple[int]", done.inserted_primary_key)[0])
