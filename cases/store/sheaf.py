"""A sheaf (一束): all rows one step or one batch writes, collected first and written at once.

On PostgreSQL the whole sheaf is one statement with one round trip; on SQLite a handful of prepared statements. Both
are derived from the tables. What does not live here: what the rows mean (desk).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import BigInteger, Boolean, Connection, Date, Integer, LargeBinary, Table
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlmodel import SQLModel

from cases import models
from cases.errors import Overtaken
from cases.models import Instant

TABLES = SQLModel.metadata.tables

INSERT_ORDER = (
    "case_file", "reporter", "entry", "entry_payload", "dissuasion", "deadline", "notice", "attachment",
    "foreign_reference", "idempotency", "attempt",
)  # fmt: skip

_CASE_FIXED = {"id", "number", "case_type", "pack_id", "opened_at"}
_CASE_CHANGES = tuple(c.name for c in models.CaseFile.__table__.columns if c.name not in _CASE_FIXED)  # type: ignore[attr-defined]

UPDATES: dict[str, tuple[str, tuple[str, ...], tuple[str, ...], str]] = {
    "case_swap": ("case_file", _CASE_CHANGES, ("id", "version"), ""),
    "deadline_stop": ("deadline", ("stopped_at",), ("case_id", "code"), "deadline.stopped_at IS NULL"),
    "deadline_move": ("deadline", ("rung", "next_at"), ("id", "rung"), "deadline.stopped_at IS NULL"),
}
"""Named updates: table, columns set, key columns, further condition. Rows give the set values, then the key values."""


@dataclass(slots=True)
class Sheaf:
    """Rows to insert by table, and rows for the named updates."""

    inserts: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    updates: dict[str, list[tuple[Any, ...]]] = field(default_factory=dict)

    def insert(self, table: str, **values: Any) -> None:
        self.inserts.setdefault(table, []).append(values)

    def update(self, name: str, *values: Any) -> None:
        self.updates.setdefault(name, []).append(values)

    def swap(self, changed: dict[str, Any], case_id: str, old_version: int) -> None:
        """Move a case on, if it still has the version it was read with."""
        self.update("case_swap", *(changed[name] for name in _CASE_CHANGES), case_id, old_version)


def sqlite_value(value: Any) -> Any:
    """A value as SQLAlchemy itself stores it in SQLite."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(" ", "microseconds")[:26]
    if isinstance(value, date):
        return value.isoformat()
    return value


def array_type(table: str, column: str) -> str:
    """The PostgreSQL array type for a column."""
    kind = TABLES[table].columns[column].type
    if isinstance(kind, Instant):
        return "timestamptz[]"
    if isinstance(kind, Boolean):
        return "boolean[]"
    if isinstance(kind, Date):
        return "date[]"
    if isinstance(kind, Integer | BigInteger):
        return "bigint[]"
    return "bytea[]" if isinstance(kind, LargeBinary) else "text[]"


class Writer:
    """Writes sheaves for one kind of database; the statements are built once and kept."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self._sql: dict[Any, str] = {}

    def write(self, connection: Connection, sheaf: Sheaf) -> None:
        """Write all of it or nothing; Overtaken if a case has moved on since it was read."""
        writer: Callable[[Connection, Sheaf], None] = self._sqlite if self.kind == "sqlite" else self._postgres
        try:
            writer(connection, sheaf)
        except (IntegrityError, OperationalError) as error:
            if _somebody_was_faster(error):
                raise Overtaken("这件案件刚刚被别人办理过,请刷新后再办") from error
            raise

    def _sqlite(self, connection: Connection, sheaf: Sheaf) -> None:
        for table in INSERT_ORDER:
            rows = sheaf.inserts.get(table)
            if rows:
                names = tuple(rows[0])
                values = [tuple(sqlite_value(row[n]) for n in names) for row in rows]
                connection.exec_driver_sql(self._insert_sql(table, names), values if len(values) > 1 else values[0])
        for name, changes in sheaf.updates.items():
            values = [tuple(sqlite_value(v) for v in row) for row in changes]
            done = connection.exec_driver_sql(self._update_sql(name), values if len(values) > 1 else values[0])
            if name == "case_swap" and done.rowcount != len(values):
                raise Overtaken("这件案件刚刚被别人办理过,请刷新后再办")

    def _insert_sql(self, table: str, names: tuple[str, ...]) -> str:
        key = (table, names)
        if key not in self._sql:
            marks = ",".join("?" * len(names))
            self._sql[key] = f"INSERT INTO {table} ({_quoted(names)}) VALUES ({marks})"
        return self._sql[key]

    def _update_sql(self, name: str) -> str:
        if name not in self._sql:
            table, sets, keys, also = UPDATES[name]
            where = " AND ".join(f"{k} = ?" for k in keys) + (f" AND {also}" if also else "")
            self._sql[name] = f"UPDATE {table} SET {', '.join(f'{s} = ?' for s in sets)} WHERE {where}"
        return self._sql[name]

    def _postgres(self, connection: Connection, sheaf: Sheaf) -> None:
        shape: list[Any] = [name for name in UPDATES if sheaf.updates.get(name)]
        values: list[Any] = []
        for name in shape:
            values += [list(column) for column in zip(*sheaf.updates[name], strict=True)]
        for table in INSERT_ORDER:
            rows = sheaf.inserts.get(table)
            if rows:
                names = tuple(rows[0])
                shape.append((table, names))
                values += [[row[n] for row in rows] for n in names]
        if not shape:
            return
        key = tuple(shape)
        if key not in self._sql:
            self._sql[key] = _one_statement(shape)
        connection.exec_driver_sql(self._sql[key], tuple(values))


def _quoted(names: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _one_statement(shape: list[Any]) -> str:
    parts: list[str] = []
    for i, item in enumerate(shape):
        parts.append(f"w{i} AS ({_update_from_arrays(item) if isinstance(item, str) else _insert_from_arrays(*item)})")
    return f"WITH {', '.join(parts)} SELECT 1"


def _update_from_arrays(name: str) -> str:
    table, sets, keys, also = UPDATES[name]
    columns = [f"s_{s}" for s in sets] + [f"k_{k}" for k in keys]
    arrays = ", ".join(f"%s::{array_type(table, c)}" for c in (*sets, *keys))
    assign = ", ".join(f'"{s}" = u.s_{s}' for s in sets)
    where = " AND ".join(f"{table}.{k} = u.k_{k}" for k in keys) + (f" AND {also}" if also else "")
    return f"UPDATE {table} SET {assign} FROM unnest({arrays}) AS u({', '.join(columns)}) WHERE {where}"


def _insert_from_arrays(table: str, names: tuple[str, ...]) -> str:
    arrays = ", ".join(f"%s::{array_type(table, c)}" for c in names)
    return f"INSERT INTO {table} ({_quoted(names)}) SELECT * FROM unnest({arrays})"


def _somebody_was_faster(error: IntegrityError | OperationalError) -> bool:
    """The next entry of the case is already there: the chain itself is the lock."""
    said = str(error.orig)
    return (
        "entry_pkey" in said
        or "entry_payload_pkey" in said
        or "entry.case_id, entry.seq" in said
        or "deadlock detected" in said
    )


def table(name: str) -> Table:
    """A table by its name."""
    return TABLES[name]
