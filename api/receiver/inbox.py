"""The inbox (收件箱) of a receiver: each message has its effect exactly once, however often it is delivered.

SQLite of the standard library, one file, one connection. The message id and the effect are written in the same
transaction: either both are there or neither. What does not live here: verification (``signature``) and the effect.
"""

from __future__ import annotations

import hashlib
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cases.errors import Conflict

Effect = Callable[[sqlite3.Connection], None]

SCHEMA = """
    CREATE TABLE IF NOT EXISTS inbox (
        id TEXT PRIMARY KEY, digest TEXT NOT NULL, body BLOB NOT NULL, at TEXT NOT NULL
    );
    CREATE TABLE IF NOT EXISTS knock (
        id TEXT NOT NULL, n INTEGER NOT NULL, at TEXT NOT NULL, outcome TEXT NOT NULL, PRIMARY KEY (id, n)
    );
    CREATE TABLE IF NOT EXISTS turned_away (at TEXT NOT NULL, reason TEXT NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class Tally:
    """The log of the door: messages received, those that came more than once, all attempts seen, those turned away
    as unverified, and the ids received."""

    received: int
    repeated: int
    attempts: int
    turned_away: int
    ids: tuple[str, ...]


class Inbox:
    """Messages received so far. Safe to use from several threads of one process."""

    def __init__(self, path: Path | str, schema: str = "") -> None:
        """Open or create the file; ``schema`` adds the receiver's own tables, for effects to write to."""
        self._lock = threading.RLock()
        self._connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None, timeout=30)
        self._connection.row_factory = sqlite3.Row
        self._connection.execute("PRAGMA journal_mode=WAL")
        self._connection.execute("PRAGMA synchronous=FULL")
        self._connection.executescript(SCHEMA + schema)

    def close(self) -> None:
        """Give the file back."""
        with self._lock:
            self._connection.close()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction on the inbox's file; committed at the end, or nothing happened."""
        with self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def receive(self, message_id: str, body: bytes, at: str, effect: Effect) -> bool:
        """Take a verified message in: True if it is new and ``effect`` was applied, False if it is a repetition.

        Conflict when the id came before with another body. An effect that raises leaves nothing behind, so that the
        next attempt finds the door open.
        """
        digest = hashlib.sha256(body).hexdigest()
        with self.writing() as connection:
            known = connection.execute("SELECT digest FROM inbox WHERE id = ?", (message_id,)).fetchone()
            if known is not None:
                if known["digest"] != digest:
                    raise Conflict("同一消息编号收到了不同的内容", id=message_id)
                return False
            connection.execute("INSERT INTO inbox VALUES (?, ?, ?, ?)", (message_id, digest, body, at))
            effect(connection)
            return True

    def knock(self, message_id: str, at: str, outcome: str) -> int:
        """Log an attempt and answer which one it is, from 1; ``outcome`` can be corrected with :meth:`answer`."""
        with self.writing() as connection:
            found = connection.execute("SELECT count(*) FROM knock WHERE id = ?", (message_id,)).fetchone()
            n = int(found[0]) + 1
            connection.execute("INSERT INTO knock VALUES (?, ?, ?, ?)", (message_id, n, at, outcome))
            return n

    def answer(self, message_id: str, n: int, outcome: str) -> None:
        """How an attempt was answered."""
        with self.writing() as connection:
            connection.execute("UPDATE knock SET outcome = ? WHERE id = ? AND n = ?", (outcome, message_id, n))

    def turn_away(self, at: str, reason: str) -> None:
        """Log an attempt that could not be verified."""
        with self.writing() as connection:
            connection.execute("INSERT INTO turned_away VALUES (?, ?)", (at, reason))

    def tally(self) -> Tally:
        """What the log says."""
        with self._lock:
            ids = tuple(row[0] for row in self._connection.execute("SELECT id FROM inbox ORDER BY rowid"))
            repeated = self._count("SELECT count(*) FROM (SELECT id FROM knock GROUP BY id HAVING count(*) > 1)")
            attempts = self._count("SELECT count(*) FROM knock")
            turned_away = self._count("SELECT count(*) FROM turned_away")
        return Tally(len(ids), repeated, attempts, turned_away, ids)

    def _count(self, question: str) -> int:
        return int(self._connection.execute(question).fetchone()[0])
