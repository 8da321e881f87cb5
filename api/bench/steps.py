"""``step`` and ``batch``: steps through the desk against a bare driver writing the very same rows.

The base replays rows the desk composed for other cases, statement by statement in one transaction with the same
durability. Ours and base take turns in short rounds, so that a busy machine disturbs both.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import psycopg

from api.bench.figure import Figure, figure, median, seconds
from api.bench.ground import NOW, offices, operator, reported
from cases.desk.desk import Desk, Order
from cases.office import Office
from cases.store.database import sqlite_driver
from cases.store.sheaf import INSERT_ORDER, UPDATES, Sheaf, Writer, sqlite_value

ROUNDS = 7
SINGLES = 60
BATCH = 100


class Catching(Writer):
    """A writer that keeps the sheaf instead of writing it."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.caught: list[Sheaf] = []

    def write(self, connection: Any, sheaf: Sheaf) -> None:  # noqa: ARG002  the face of a writer
        self.caught.append(sheaf)


def run_step() -> list[Figure]:
    """Steps a second, one a transaction."""
    return [_measure(kind, office, single=True) for kind, office in _each()]


def run_batch() -> list[Figure]:
    """Steps a second, a hundred a transaction."""
    return [_measure(kind, office, single=False) for kind, office in _each()]


def _each() -> Any:
    with offices() as found:
        yield from found


def _measure(kind: str, office: Office, *, single: bool) -> Figure:
    size = SINGLES if single else BATCH
    ids = reported(office, 2 * (ROUNDS + 1) * size)
    mine, theirs = ids[: len(ids) // 2], ids[len(ids) // 2 :]
    ours: list[float] = []
    base: list[float] = []
    bare = Bare(kind, office)
    for turn in range(ROUNDS + 1):
        some = mine[turn * size : (turn + 1) * size]
        others = theirs[turn * size : (turn + 1) * size]
        sheaves = _caught(office, others, single=single)
        ours.append(size / seconds(lambda some=some: _take(office, some, single=single)))
        base.append(size / seconds(lambda sheaves=sheaves: [bare.write(s) for s in sheaves]))
    bare.close()
    name, goal = ("step", ">= 0.35, aim 0.6") if single else ("batch", ">= 0.15, aim 0.4")
    if single and kind == "postgresql":
        goal = ">= 0.35, aim 1.0"
    return figure(name, kind, median(ours[1:]), median(base[1:]), goal, "steps/s")


def _take(office: Office, ids: list[str], *, single: bool) -> None:
    actor = operator(office)
    if single:
        for case_id in ids:
            with office.database.stepping() as connection:
                office.desk.take_step(connection, Order(case_id, "accept", {}), actor, NOW)
    else:
        with office.database.writing() as connection:
            office.desk.take_steps(connection, [Order(i, "accept", {}) for i in ids], actor, NOW)


def _caught(office: Office, ids: list[str], *, single: bool) -> list[Sheaf]:
    desk = Desk(office.database.kind, office.shelf, office.desk.calendar)
    catching = Catching(office.database.kind)
    desk.writer = catching
    actor = operator(office)
    with office.database.reading() as connection:
        for group in [[i] for i in ids] if single else [ids]:
            desk.take_steps(connection, [Order(i, "accept", {}) for i in group], actor, NOW)
    return catching.caught


class Bare:
    """The bare driver: one connection, BEGIN, one statement a row or executemany a table, COMMIT."""

    def __init__(self, kind: str, office: Office) -> None:
        self.kind = kind
        self.write: Callable[[Sheaf], None]
        if kind == "sqlite":
            self.connection: Any = sqlite_driver().connect(office.database.url.database, isolation_level=None)
            self.connection.execute("PRAGMA synchronous=FULL")
            self.connection.execute("PRAGMA foreign_keys=ON")
            self.write = self._sqlite
        else:
            address = office.database.url.set(drivername="postgresql").render_as_string(hide_password=False)
            self.connection = psycopg.connect(address, autocommit=True)
            self.write = self._postgres

    def close(self) -> None:
        self.connection.close()

    def _sqlite(self, sheaf: Sheaf) -> None:
        cursor = self.connection.cursor()
        cursor.execute("BEGIN IMMEDIATE")
        for sql, rows in self._statements(sheaf, "?"):
            if len(rows) == 1:
                cursor.execute(sql, [sqlite_value(v) for v in rows[0]])
            else:
                cursor.executemany(sql, [[sqlite_value(v) for v in row] for row in rows])
        cursor.execute("COMMIT")

    def _postgres(self, sheaf: Sheaf) -> None:
        cursor = self.connection.cursor()
        cursor.execute("BEGIN")
        for sql, rows in self._statements(sheaf, "%s"):
            if len(rows) == 1:
                cursor.execute(sql, rows[0])
            else:
                cursor.executemany(sql, rows)
        cursor.execute("COMMIT")

    def _statements(self, sheaf: Sheaf, mark: str) -> list[tuple[str, list[Any]]]:
        found: list[tuple[str, list[Any]]] = []
        for table in INSERT_ORDER:
            rows = sheaf.inserts.get(table)
            if rows:
                names = list(rows[0])
                columns = ", ".join(f'"{n}"' for n in names)
                sql = f"INSERT INTO {table} ({columns}) VALUES ({', '.join([mark] * len(names))})"
                found.append((sql, [tuple(row[n] for n in names) for row in rows]))
        for name, changes in sheaf.updates.items():
            table, sets, keys, also = UPDATES[name]
            where = " AND ".join(f"{k} = {mark}" for k in keys) + (f" AND {also}" if also else "")
            sql = f"UPDATE {table} SET {', '.join(f'{s} = {mark}' for s in sets)} WHERE {where}"
            found.append((sql, list(changes)))
        return found
