"""Calendar feeds (日历订阅): the keys in their addresses; only hashes are kept.

What does not live here: making keys and the text of a calendar (the edge).
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from cases.errors import NotFound
from cases.ids import new_id
from cases.store.accounts import barred
from cases.store.sheaf import table


def add_feed_key(connection: Connection, mediator_id: str, key_hash: str, by: str, now: datetime) -> str:
    """Keep the hash of a new key and answer its id."""
    made = new_id()
    row = {"id": made, "mediator_id": mediator_id, "key_hash": key_hash, "created_by": by, "created_at": now}
    connection.execute(insert(table("feed_key")).values(**row))
    return made


def feed_keys_of(connection: Connection, mediator_id: str) -> list[dict[str, Any]]:
    """The keys of a mediator, without their hashes."""
    kept = table("feed_key")
    columns = (kept.c.id, kept.c.created_by, kept.c.created_at, kept.c.revoked_at)
    question = select(*columns).where(kept.c.mediator_id == mediator_id).order_by(kept.c.created_at, kept.c.id)
    return [dict(row) for row in connection.execute(question).mappings()]


def opens(connection: Connection, mediator_id: str, key_hash: str) -> bool:
    """Whether this is the hash of a key of this mediator that was not revoked, and neither whoever made it nor the
    mediator has been barred."""
    kept, mediator = table("feed_key"), table("mediator")
    right = (kept.c.key_hash == key_hash) & (kept.c.mediator_id == mediator_id) & kept.c.revoked_at.is_(None)
    question = select(kept.c.created_by, mediator.c.account_id).join(mediator, mediator.c.id == kept.c.mediator_id)
    found = connection.execute(question.where(right)).first()
    return found is not None and not any(barred(connection, one) for one in found if one)


def revoke_feed_key(connection: Connection, mediator_id: str, key_id: str, now: datetime) -> None:
    """Make a key worthless; NotFound when this mediator has none of this id."""
    kept = table("feed_key")
    mine = (kept.c.id == key_id) & (kept.c.mediator_id == mediator_id)
    if not connection.execute(update(kept).where(mine).values(revoked_at=now)).rowcount:
        raise NotFound("没有这个订阅密钥")
