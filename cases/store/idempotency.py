"""Stored answers (幂等): a request that carries a key is carried out once and answered the same ever after.

The answer is written in the same sheaf as its effect, so there is never an effect without its answer. A refused request
has no effect and is judged anew each time. What does not live here: the request itself (the edge).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import Connection, insert, select
from sqlalchemy.exc import IntegrityError

from cases.errors import Conflict, Refusal
from cases.store.database import Database
from cases.store.sheaf import Sheaf, table


class OtherRequest(Conflict):
    """幂等键已用于另一请求: the key was used before, with other contents."""

    kind: ClassVar[str] = "idempotency_mismatch"


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as it was, or would have been, sent."""

    status: int
    body: bytes


@dataclass(frozen=True, slots=True)
class Once:
    """A request that may be repeated: who asks, under which key, for what. An empty key means: no such wish."""

    principal: str
    key: str
    route: str
    fingerprint: str

    @classmethod
    def of(cls, principal: str, key: str | None, route: str, content: Any) -> Once:
        """The request with the fingerprint of its contents."""
        text = json.dumps([route, content], ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
        return cls(principal, key or "", route, hashlib.sha256(text.encode()).hexdigest())

    def stored(self, connection: Connection) -> Answer | None:
        """The answer given before; OtherRequest when the key belongs to other contents."""
        if not self.key:
            return None
        kept = table("idempotency")
        question = select(kept.c.fingerprint, kept.c.status, kept.c.body)
        row = connection.execute(question.where(kept.c.principal == self.principal, kept.c.key == self.key)).first()
        if row is None:
            return None
        if row.fingerprint != self.fingerprint:
            raise OtherRequest("这个幂等键已用于内容不同的另一请求,请换一个")
        return Answer(row.status, bytes(row.body))

    def row(self, answer: Answer, now: datetime) -> dict[str, Any]:
        """The row that keeps the answer."""
        return {
            "principal": self.principal,
            "key": self.key,
            "route": self.route,
            "fingerprint": self.fingerprint,
            "status": answer.status,
            "body": answer.body,
            "created_at": now,
        }

    def keep(self, sheaf: Sheaf, answer: Answer, now: datetime) -> None:
        """Lay the answer into the sheaf that carries the effect."""
        if self.key:
            sheaf.insert("idempotency", **self.row(answer, now))

    def keep_now(self, connection: Connection, answer: Answer, now: datetime) -> None:
        """Write the answer in the transaction that carries the effect, where there is no sheaf to lay it into."""
        if self.key:
            connection.execute(insert(table("idempotency")).values(**self.row(answer, now)))

    def settle(self, database: Database, carry_out: Callable[[], Answer]) -> Answer:
        """Carry the request out, or give the stored answer, also when a twin of it was faster by a moment."""
        if not self.key:
            return carry_out()
        with database.reading() as connection:
            known = self.stored(connection)
        if known is not None:
            return known
        try:
            return carry_out()
        except (Refusal, IntegrityError):
            with database.reading() as connection:
                known = self.stored(connection)
            if known is None:
                raise
            return known
