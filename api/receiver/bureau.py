"""A demo department or court at work (演示部门、法院): its door, its inbox, its clerk's plan, kept in one SQLite file.

The inbox is the witness of every delivery. The clerk does what is planned for the time it was told and rests. What
does not live here: HTTP (``windows``), what a clerk decides (``clerk``, ``court``) and which mishaps happen (``mood``).
"""

from __future__ import annotations

import json
import logging
import sqlite3
import threading
from datetime import UTC, datetime
from typing import Any

from api.receiver.clerk import OFFICERS
from api.receiver.client import MOVED_ON, Client, Problem, Unreachable
from api.receiver.court import COURT
from api.receiver.inbox import Inbox
from api.receiver.mood import Mishap, mishap
from api.receiver.pace import turn
from api.receiver.roster import COURT as COURT_KIND
from api.receiver.roster import Department
from api.receiver.signature import Door, Unverified
from cases.errors import Conflict
from cases.ports import Clock

log = logging.getLogger(__name__)

TASKS = """
    CREATE TABLE IF NOT EXISTS task (
        case_id TEXT PRIMARY KEY, number TEXT NOT NULL, next_at TEXT, begun INTEGER NOT NULL DEFAULT 0,
        done INTEGER NOT NULL DEFAULT 0,
        troubles INTEGER NOT NULL DEFAULT 0, trouble TEXT NOT NULL DEFAULT ''
    );
    CREATE INDEX IF NOT EXISTS task_next ON task (next_at) WHERE done = 0;
"""
REST_SECONDS = 0.2


class Bureau:
    """One department at work: its door, its inbox, its clerk."""

    def __init__(self, department: Department, client: Client, clock: Clock) -> None:
        """``clock`` is the real one: it stamps attempts and checks their freshness."""
        self.department = department
        self.clerk = COURT if department.kind == COURT_KIND else OFFICERS
        self.inbox = Inbox(department.inbox, TASKS)
        self.door = Door(department.secret, clock)
        self.accepting = not department.behaviour.deaf
        self._client = client
        self._clock = clock
        self._now = self._left_off() if department.prompt else None
        self._wake = threading.Event()
        self._closing = False

    def _left_off(self) -> datetime | None:
        """The time at which a prompt one has work left from before, if it has."""
        with self.inbox.writing() as connection:
            (found,) = connection.execute("SELECT max(next_at) FROM task WHERE done = 0").fetchone()
        return datetime.fromisoformat(found) if found else None

    def tell(self, now: datetime) -> None:
        """The office clock has moved."""
        self._now = now if self._now is None else max(now, self._now)
        self._wake.set()

    def knock(self, headers: dict[str, str], body: bytes) -> tuple[int, Mishap]:
        """An attempt at the door: the status to answer with, and whether the answer is held back."""
        at = self._clock.now().isoformat()
        try:
            message = self.door.admit(headers, body)
        except Unverified as refusal:
            self.inbox.turn_away(at, refusal.sentence)
            return 401, "none"
        n = self.inbox.knock(message.id, at, "began")
        status, mood = self._answer(message.id, n, body, at)
        self.inbox.answer(message.id, n, f"{status} {mood}")
        return status, mood

    def _answer(self, message_id: str, n: int, body: bytes, at: str) -> tuple[int, Mishap]:
        if not self.accepting:
            return 503, "none"
        mood = mishap(self.department.behaviour, self.department.seed, message_id, n)
        if mood == "fail":
            return 500, mood
        try:
            message = json.loads(body)
            self.inbox.receive(message_id, body, at, lambda connection: self._file(connection, message))
        except Conflict:
            return 409, mood
        except (ValueError, KeyError, TypeError):
            log.warning("%s: message %s cannot be read", self.department.org, message_id)
            return 422, mood
        self._wake.set()
        return 204, mood

    def _file(self, connection: sqlite3.Connection, message: dict[str, Any]) -> None:
        """The effect of a message: somebody looks at the task within half an hour. Other messages are only kept."""
        if message["type"] not in self.clerk.waking:
            return
        case, sent = message["data"], datetime.fromisoformat(message["timestamp"])
        now = sent if self._now is None else max(self._now, sent)
        if self.department.prompt:
            self._now = now
        connection.execute(
            "INSERT INTO task (case_id, number, next_at) VALUES (?, ?, ?) "
            "ON CONFLICT (case_id) DO UPDATE SET next_at = excluded.next_at, done = 0",
            (case["case_id"], case["number"], _stored(now if self.department.prompt else turn(now, 1, emergency=True))),
        )

    def plan(self) -> dict[str, Any]:
        """What is under way, when the clerk goes on, how many tasks are done and how many gave only trouble."""
        now = _stored(self._now) if self._now else ""
        with self.inbox.writing() as connection:
            row = connection.execute(
                "SELECT count(*) FILTER (WHERE done = 0 AND next_at <= :now), min(next_at) FILTER (WHERE done = 0), "
                "count(*) FILTER (WHERE done = 1), count(*) FILTER (WHERE done = 2) FROM task",
                {"now": now},
            ).fetchone()
            stuck = connection.execute("SELECT number, trouble FROM task WHERE done = 2").fetchall()
        return {
            "org": self.department.org,
            "in_flight": int(row[0]),
            "next_at": row[1],
            "done": int(row[2]),
            "stuck": [f"{number}: {trouble}" for number, trouble in stuck],
        }

    def work(self) -> None:
        """The clerk's day: do what is planned for now, rest, until the department closes. Runs in its own thread."""
        while not self._closing:
            self._wake.wait(REST_SECONDS)
            self._wake.clear()
            self.round()

    def round(self) -> int:
        """Do once what is planned for now; answers how many tasks were looked at."""
        now = self._now
        due = self._due(now) if now is not None else []
        for case_id in due:
            if self._closing or now is None:
                break
            self._go_on(case_id, now)
        return len(due)

    def close(self) -> None:
        """Stop working; the inbox stays as it is."""
        self._closing = True
        self._wake.set()

    def _due(self, now: datetime) -> list[str]:
        question = "SELECT case_id FROM task WHERE done = 0 AND next_at <= ? ORDER BY next_at, case_id"
        with self.inbox.writing() as connection:
            return [row[0] for row in connection.execute(question, (_stored(now),))]

    def _go_on(self, case_id: str, now: datetime) -> None:
        try:
            case = self._client.case(case_id)
            if self._begins_later(case, now):
                return
            deed = self.clerk.deed_for(self.department, case, now)
            if deed is not None:
                case = self._client.take(case, deed.verb, deed.form)["case"]
        except Unreachable as error:
            log.warning("%s: %s", self.department.org, error)
            return
        except Problem as problem:
            self._trouble(case_id, now, problem)
            return
        at = self.clerk.next_turn(self.department, case, now)
        if at is not None and self.department.prompt:
            at = now
        waits = at is None and case["state"] in self.clerk.waiting
        with self.inbox.writing() as connection:
            connection.execute(
                "UPDATE task SET next_at = ?, done = ?, troubles = 0 WHERE case_id = ?",
                (_stored(at) if at else None, int(at is None and not waits), case_id),
            )

    def _begins_later(self, case: dict[str, Any], now: datetime) -> bool:
        """Whether a task read for the first time is put off to its proper turn."""
        at = now if self.department.prompt else self.clerk.first_turn(self.department, case, now)
        with self.inbox.writing() as connection:
            fresh = connection.execute(
                "UPDATE task SET begun = 1 WHERE case_id = ? AND begun = 0", (case["id"],)
            ).rowcount
            if not fresh or at <= now or case["state"] not in self.clerk.fresh:
                return False
            connection.execute("UPDATE task SET next_at = ? WHERE case_id = ?", (_stored(at), case["id"]))
        return True

    def _trouble(self, case_id: str, now: datetime, problem: Problem) -> None:
        """A refusal: the clerk looks again at the next turns, and leaves the task to a person after too many. That
        somebody was faster is no refusal: the task is read again and decided again."""
        log.warning("%s: task %s: %s", self.department.org, case_id, problem)
        counts, again = problem.code not in MOVED_ON, now if self.department.prompt else turn(now, 1)
        with self.inbox.writing() as connection:
            connection.execute(
                "UPDATE task SET troubles = troubles + ?, trouble = ?, next_at = ?, "
                "done = CASE WHEN troubles + ? >= ? THEN 2 ELSE 0 END WHERE case_id = ?",
                (counts, str(problem), _stored(again), counts, self.clerk.refusals, case_id),
            )


def _stored(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
