"""A sheaf (一束): all rows one step or one batch writes, collected first and written at once.

On PostgreSQL the whole sheaf is one statement with one round trip; on SQLite a handful of prepared statements. Both
are derived from the tables. What does not live here: what the rows mean (desk).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from psycopg import RawCursor
from sqlalchemy import BigInteger, Boolean, Connection, Date, Integer, LargeBinary, Table
from sqlmodel import SQLModel

from cases.errors import Overtaken
from cases.models import Instant, Words
from cases.store.changes import CASE_CHANGES, CHANGED, UPDATES

TABLES = SQLModel.metadata.tables

INSERT_ORDER = (
    "case_file", "reporter", "entry", "entry_payload", "holding", "dissuasion", "deadline", "deadline_change", "notice",
    "case_words", "attachment", "foreign_reference", "idempotency", "attempt", "party", "consent", "shared_fact",
    "shredding", "task_link_use",
)  # fmt: skip


@dataclass(slots=True)
class Sheaf:
    """Rows to insert by table, and rows for the named updates."""

    inserts: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    updates: dict[str, list[tuple[Any, ...]]] = field(default_factory=dict)
    stops: list[tuple[int, datetime]] = field(default_factory=list)
    """Clocks that are started and stopped in this very sheaf: place among the inserts, and when they stop."""

    def insert(self, table: str, **values: Any) -> None:
        self.inserts.setdefault(table, []).append(values)

    def update(self, name: str, *values: Any) -> None:
        self.updates.setdefault(name, []).append(values)

    def stop_clock(self, case_id: str, code: str, at: datetime) -> None:
        """Stop a running clock of a case, whether its row stands in the database or is only about to."""
        rows = self.inserts.get("deadline", ())
        for place in range(len(rows) - 1, -1, -1):
            if rows[place]["case_id"] == case_id and rows[place]["code"] == code:
                self.stops.append((place, at))
                return
        self.update("deadline_stop", at, case_id, code)

    def finish(self) -> None:
        """Write the stops and changes of clocks this sheaf itself starts into their rows, and keep of several changes
        of one clock the last, together with its stop: one statement must not touch a row twice."""
        for place, at in self.stops:
            self.inserts["deadline"][place]["stopped_at"] = at
        self.stops.clear()
        changes = self.updates.get("deadline_move")
        if changes:
            self._fold(changes)

    def _fold(self, changes: list[tuple[Any, ...]]) -> None:
        fresh = {row["id"]: row for row in self.inserts.get("deadline", ())}
        stopped = {(case_id, code): at for at, case_id, code in self.updates.get("deadline_stop", ())}
        last: dict[str, tuple[Any, ...]] = {}
        for change in changes:
            clock = change[-3]
            if clock in fresh:
                fresh[clock].update(zip(CHANGED, change[:-3], strict=True))
            else:
                last[clock] = change
        ended = {tuple(change[-2:]) for change in last.values()} & set(stopped)
        changes[:] = [change for change in last.values() if change[-2:] not in ended]
        for change in last.values():
            if change[-2:] in ended:
                self.update("deadline_end", *change[:-3], stopped[change[-2:]], *change[-3:])
        if ended:
            stops = self.updates["deadline_stop"]
            stops[:] = [stop for stop in stops if stop[1:] not in ended]

    def swap(self, changed: dict[str, Any], case_id: str, old_version: int) -> None:
        """Move a case on, if it still has the version it was read with."""
        self.update("case_swap", *(changed[name] for name in CASE_CHANGES), case_id, old_version)


FEW_ROWS = 24
"""Up to this many rows a sheaf is written on PostgreSQL as plain values."""


def sqlite_value(value: Any) -> Any:
    """A value as SQLAlchemy itself stores it in SQLite."""
    if type(value) is str:
        return value
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(" ", "microseconds")[:26]
    if isinstance(value, date):
        return value.isoformat()
    return value


def sqlite_moment(text: str) -> datetime:
    """A moment as SQLite keeps it, read back. The zone is added to the text: to the moment it costs six times that."""
    return datetime.fromisoformat(f"{text}+00:00")


def column_type(table: str, column: str) -> str:
    """The PostgreSQL type of a column."""
    kind = TABLES[table].columns[column].type
    if isinstance(kind, Instant):
        return "timestamptz"
    if isinstance(kind, Boolean):
        return "boolean"
    if isinstance(kind, Words):
        return "tsvector"
    if isinstance(kind, Date):
        return "date"
    if isinstance(kind, Integer | BigInteger):
        return "bigint"
    return "bytea" if isinstance(kind, LargeBinary) else "text"


class Writer:
    """Writes sheaves for one kind of database; the statements are built once and kept.

    Goes to the driver's own cursor inside SQLAlchemy's transaction: the hot path of the house.
    """

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self._sql: dict[Any, str] = {}

    def write(self, connection: Connection, sheaf: Sheaf) -> None:
        """Write all of it or nothing; Overtaken if a case has moved on since it was read."""
        driver = connection.dialect.loaded_dbapi
        raw: Any = connection.connection.driver_connection
        cursor = raw.cursor() if self.kind == "sqlite" else RawCursor(raw)
        try:
            if self.kind == "sqlite":
                self._sqlite(cursor, sheaf)
            else:
                self._postgres(cursor, sheaf)
        except (driver.IntegrityError, driver.OperationalError) as error:
            if _somebody_was_faster(str(error)):
                raise Overtaken(FASTER) from error
            raise
        finally:
            cursor.close()

    def _sqlite(self, cursor: Any, sheaf: Sheaf) -> None:
        """The updates first: they speak of rows that stood before, as they do in PostgreSQL's one statement."""
        for name, changes in sheaf.updates.items():
            if not changes:
                continue
            cursor.executemany(self._update_sql(name), [[sqlite_value(v) for v in row] for row in changes])
            if name == "case_swap" and cursor.rowcount != len(changes):
                raise Overtaken(FASTER)
        for table in INSERT_ORDER:
            rows = sheaf.inserts.get(table)
            if rows:
                names = tuple(rows[0])
                values = [[sqlite_value(row[n]) for n in names] for row in rows]
                cursor.executemany(self._insert_sql(table, names), values)

    def _insert_sql(self, table: str, names: tuple[str, ...]) -> str:
        key = (table, names)
        if key not in self._sql:
            marks = ",".join("?" * len(names))
            self._sql[key] = f"INSERT INTO {table} ({_quoted(names)}) VALUES ({marks})"
        return self._sql[key]

    def _update_sql(self, name: str) -> str:
        if name not in self._sql:
            table, sets, keys, also = UPDATES[name]
            where = " AND ".join(f'"{k}" = ?' for k in keys) + (f" AND {also}" if also else "")
            assign = ", ".join(f'"{s}" = ?' for s in sets)
            self._sql[name] = f"UPDATE {table} SET {assign} WHERE {where}"
        return self._sql[name]

    def _postgres(self, cursor: Any, sheaf: Sheaf) -> None:
        """One statement, so one round trip. A few rows go as plain values, which the server plans at once; a batch
        goes as one JSON parameter the server takes apart."""
        parts: list[tuple[str, tuple[str, ...], int]] = []
        for name in UPDATES:
            if sheaf.updates.get(name):
                parts.append((name, (), len(sheaf.updates[name])))
        for table in INSERT_ORDER:
            rows = sheaf.inserts.get(table)
            if rows:
                parts.append((table, tuple(rows[0]), len(rows)))
        if not parts:
            return
        few = sum(many for _, _, many in parts) <= FEW_ROWS
        key = tuple(parts) if few else tuple((name, columns) for name, columns, _ in parts)
        if key not in self._sql:
            self._sql[key] = _by_values(parts) if few else _by_json(parts)
        cursor.execute(self._sql[key], _values(parts, sheaf) if few else _bundle(parts, sheaf))


FASTER = "这件案件刚刚被别人办理过,请刷新后再办"


Parts = Sequence[tuple[str, tuple[str, ...], int]]


def _values(parts: Parts, sheaf: Sheaf) -> list[Any]:
    values: list[Any] = []
    for name, columns, _ in parts:
        if columns:
            for row in sheaf.inserts[name]:
                values.extend(row.values())
        else:
            for change in sheaf.updates[name]:
                values.extend(change)
    return values


def _bundle(parts: Parts, sheaf: Sheaf) -> tuple[str]:
    bundle: dict[str, Any] = {}
    for name, columns, _ in parts:
        bundle[name] = sheaf.inserts[name] if columns else [_keyed(name, row) for row in sheaf.updates[name]]
    return (json.dumps(bundle, default=_said, ensure_ascii=False),)


def _keyed(name: str, row: tuple[Any, ...]) -> dict[str, Any]:
    _, sets, keys, _ = UPDATES[name]
    return dict(zip((*(f"s_{s}" for s in sets), *(f"k_{k}" for k in keys)), row, strict=True))


def _said(value: Any) -> str:
    """A value JSON has no word for: moments and days as ISO, bytes as hexadecimal."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.hex()
    raise TypeError(f"a {type(value).__name__} cannot be written")


def _quoted(names: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _by_values(parts: Parts) -> str:
    pieces: list[str] = []
    mark = (f"${i}" for i in count(1))
    for name, columns, many in parts:
        if columns:
            rows = ", ".join(f"({', '.join(next(mark) for _ in columns)})" for _ in range(many))
            pieces.append(f"INSERT INTO {name} ({_quoted(columns)}) VALUES {rows}")
            continue
        table, sets, keys, also = UPDATES[name]
        for _ in range(many):
            assign = ", ".join(f'"{s}" = {next(mark)}' for s in sets)
            where = " AND ".join(f'"{k}" = {next(mark)}' for k in keys) + (f" AND {also}" if also else "")
            pieces.append(f"UPDATE {table} SET {assign} WHERE {where}")
    return f"WITH {', '.join(f'w{i} AS ({sql})' for i, sql in enumerate(pieces))} SELECT 1"


def _by_json(parts: Parts) -> str:
    pieces = ["bundle AS MATERIALIZED (SELECT $1::json AS all_rows)"]
    for i, (name, columns, _) in enumerate(parts):
        pieces.append(f"w{i} AS ({_insert_from(name, columns) if columns else _update_from(name)})")
    return f"WITH {', '.join(pieces)} SELECT 1"


def _rows_of(name: str, columns: Sequence[tuple[str, str]]) -> str:
    """The rows of one part of the bundle, as a table of the given columns and types."""
    listed = ", ".join(f'"{column}" {kind}' for column, kind in columns)
    return f"bundle, json_to_recordset(bundle.all_rows->'{name}') AS u({listed})"


def _update_from(name: str) -> str:
    table, sets, keys, also = UPDATES[name]
    columns = [(f"s_{s}", column_type(table, s)) for s in sets] + [(f"k_{k}", column_type(table, k)) for k in keys]
    assign = ", ".join(f'"{s}" = u."s_{s}"' for s in sets)
    where = " AND ".join(f'{table}."{k}" = u."k_{k}"' for k in keys) + (f" AND {also}" if also else "")
    return f"UPDATE {table} SET {assign} FROM {_rows_of(name, columns)} WHERE {where}"


def _insert_from(table: str, names: tuple[str, ...]) -> str:
    columns = [(n, "text" if column_type(table, n) == "bytea" else column_type(table, n)) for n in names]
    picked = ", ".join(f"decode(u.\"{n}\", 'hex')" if column_type(table, n) == "bytea" else f'u."{n}"' for n in names)
    return f"INSERT INTO {table} ({_quoted(names)}) SELECT {picked} FROM {_rows_of(table, columns)}"


def _somebody_was_faster(said: str) -> bool:
    """The next entry of the case, or the answer to the same request, is already there: the chain is the lock."""
    return (
        "entry_pkey" in said
        or "entry_payload_pkey" in said
        or "entry.case_id, entry.seq" in said
        or "idempotency_pkey" in said
        or "idempotency.principal" in said
        or "deadlock detected" in said
    )


def table(name: str) -> Table:
    """A table by its name."""
    return TABLES[name]
