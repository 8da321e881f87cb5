"""Due clocks (到点时限): the rows the sweep asks for, by ``next_at`` alone, so that cost grows with what is due.

What does not live here: what a rung does (sweeping).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select

from cases.rules.terms import Term, read, written
from cases.store.sheaf import CHANGED, Sheaf, sqlite_moment, sqlite_value, table

STUCK = "stuck"
"""The lane of cases that no flow takes any more; ``huiyin doctor`` counts them."""

FIELDS = ("id", "case_id", "code", "started_at", "hours", *CHANGED)


@dataclass(frozen=True, slots=True)
class RunningClock:
    """A running clock as its row has it. ``stood`` is still the text of the row; ``term`` reads it."""

    id: str
    case_id: str
    code: str
    started_at: datetime
    hours: str
    limit_code: str
    amount: int
    unit: str
    rolls: bool
    extra: int
    extensions: int
    due_at: datetime
    next_at: datetime | None
    rung: int
    stood: str
    stands_since: datetime | None
    stands_until: datetime | None
    ground: str
    provisional: bool
    pack_id: int
    calendar: str

    @property
    def term(self) -> Term:
        """The clock as a running limit."""
        return Term(
            self.limit_code, self.amount, self.unit, self.rolls, self.started_at, self.extra, self.extensions,
            read(self.stood), self.stands_since,
        )  # fmt: skip

    def under(self, term: Term, **changed: Any) -> RunningClock:
        """The clock with another term and other values."""
        return replace(
            self,
            limit_code=term.limit,
            amount=term.amount,
            unit=term.unit,
            rolls=term.rolls,
            extra=term.extra,
            extensions=term.extensions,
            stood=written(term.stood),
            stands_since=term.stands_since,
            **changed,
        )

    def write(self, sheaf: Sheaf) -> None:
        """Put the clock's changed row into a sheaf."""
        sheaf.update("deadline_move", *(getattr(self, name) for name in CHANGED), self.id, self.case_id, self.code)


def running_clocks(connection: Connection, case_id: str) -> list[RunningClock]:
    """The clocks of a case that run or stand still."""
    deadline = table("deadline")
    question = select(*(deadline.c[name] for name in FIELDS)).where(
        deadline.c.case_id == case_id, deadline.c.stopped_at.is_(None)
    )
    return [RunningClock(*row) for row in connection.execute(question)]


def provisional_clocks(
    connection: Connection, many: int, after: str = "", *, every: bool = False, looking: bool = False
) -> list[RunningClock]:
    """Running clocks whose end may still move with a calendar, in the order of their ids, behind ``after``; ``every``
    running clock where a known year was replaced. On PostgreSQL locked, passing over those somebody is at, unless they
    are only looked at."""
    deadline = table("deadline")
    question = (
        select(*(deadline.c[name] for name in FIELDS))
        .where(*_movable(every), deadline.c.id > after)
        .order_by(deadline.c.id)
        .limit(many)
    )
    if not looking:
        question = question.with_for_update(skip_locked=True)
    return [RunningClock(*row) for row in connection.execute(question)]


def count_provisional(connection: Connection, *, every: bool = False) -> int:
    """How many running clocks are provisional (暂算), or how many run at all."""
    question = select(func.count()).select_from(table("deadline")).where(*_movable(every))
    return int(connection.execute(question).scalar_one())


def _movable(every: bool) -> list[ColumnElement[bool]]:
    deadline = table("deadline")
    running = deadline.c.stopped_at.is_(None)
    return [running] if every else [deadline.c.provisional.is_(True), running]


def due_clocks(connection: Connection, now: datetime, many: int) -> list[RunningClock]:
    """The earliest due clocks; on PostgreSQL locked, passing over those another worker holds."""
    sqlite = connection.dialect.name == "sqlite"
    mark = "?" if sqlite else "%s"
    sql = (
        f"SELECT {', '.join(FIELDS)} FROM deadline WHERE stopped_at IS NULL AND next_at IS NOT NULL "
        f"AND next_at <= {mark} ORDER BY next_at, id LIMIT {mark}"
    )
    if not sqlite:
        sql += " FOR UPDATE SKIP LOCKED"
    rows = connection.exec_driver_sql(sql, (sqlite_value(now) if sqlite else now, many)).fetchall()
    return [RunningClock(*_read(row)) for row in rows]


def anything_due(connection: Connection, now: datetime) -> bool:
    """The question that wakes the deadline lane."""
    sqlite = connection.dialect.name == "sqlite"
    sql = (
        "SELECT EXISTS (SELECT 1 FROM deadline WHERE stopped_at IS NULL AND next_at IS NOT NULL "
        f"AND next_at <= {'?' if sqlite else '%s'})"
    )
    return bool(connection.exec_driver_sql(sql, (sqlite_value(now) if sqlite else now,)).scalar())


def waiting_in_lane(connection: Connection, lane: str, many: int) -> list[str]:
    """Ids of cases waiting in a lane, oldest first; on PostgreSQL locked, passing over those another worker holds."""
    sqlite = connection.dialect.name == "sqlite"
    mark = "?" if sqlite else "%s"
    sql = f"SELECT id FROM case_file WHERE lane = {mark} AND lane IS NOT NULL ORDER BY id LIMIT {mark}"
    if not sqlite:
        sql += " FOR UPDATE SKIP LOCKED"
    return [row[0] for row in connection.exec_driver_sql(sql, (lane, many)).fetchall()]


def set_aside(connection: Connection, case_ids: list[str]) -> None:
    """Take cases out of their lane without deciding anything: they are broken and need a person."""
    mark = "?" if connection.dialect.name == "sqlite" else "%s"
    for case_id in case_ids:
        connection.exec_driver_sql(f"UPDATE case_file SET lane = {mark} WHERE id = {mark}", (STUCK, case_id))


def stuck_cases(connection: Connection) -> int:
    """How many cases were set aside."""
    mark = "?" if connection.dialect.name == "sqlite" else "%s"
    sql = f"SELECT count(*) FROM case_file WHERE lane = {mark} AND lane IS NOT NULL"
    return int(connection.exec_driver_sql(sql, (STUCK,)).scalar_one())


def anything_in_lane(connection: Connection, lane: str) -> bool:
    """The question that wakes the routing lane."""
    mark = "?" if connection.dialect.name == "sqlite" else "%s"
    sql = f"SELECT EXISTS (SELECT 1 FROM case_file WHERE lane = {mark} AND lane IS NOT NULL)"
    return bool(connection.exec_driver_sql(sql, (lane,)).scalar())


_MOMENTS = tuple(i for i, name in enumerate(FIELDS) if name.endswith("_at") or name.startswith("stands_"))
_TRUTHS = tuple(FIELDS.index(name) for name in ("rolls", "provisional"))


def _read(row: Any) -> list[Any]:
    values = list(row)
    for i in _MOMENTS:
        if isinstance(values[i], str):
            values[i] = sqlite_moment(values[i])
    for i in _TRUTHS:
        values[i] = bool(values[i])
    return values
