"""Reading cases as pieces (读取案件), and turning a piece back into a row.

The hot path uses prepared text statements derived from the table; what does not live here: lists and searches
(queues), and any decision.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, Date
from sqlalchemy.exc import OperationalError

from cases.errors import Overtaken
from cases.models import CaseFile, Instant
from cases.piece import Piece
from cases.store.sheaf import FASTER, sqlite_moment

_COLUMNS = tuple(c.name for c in CaseFile.__table__.columns)  # type: ignore[attr-defined]
_LIST = ", ".join(_COLUMNS)
_JSON = {"facts", "clocks"}

KNOWN = "huiyin_known"
"""The option of a connection under which cases are remembered that were read with it."""


def _moment(value: Any) -> Any:
    if isinstance(value, str):
        return sqlite_moment(value)
    return value.astimezone(UTC) if isinstance(value, datetime) else value


def _day(value: Any) -> Any:
    return date.fromisoformat(value) if isinstance(value, str) else value


_CONVERT: dict[int, Callable[[Any], Any]] = {}
for _i, _column in enumerate(CaseFile.__table__.columns):  # type: ignore[attr-defined]
    if isinstance(_column.type, Instant):
        _CONVERT[_i] = _moment
    elif isinstance(_column.type, Date):
        _CONVERT[_i] = _day
    elif _column.name in _JSON:
        _CONVERT[_i] = json.loads
    elif _column.name in {"emergency", "sealed", "is_open"}:
        _CONVERT[_i] = bool
_CONVERTED = tuple(_CONVERT.items())


def piece_of(row: Sequence[Any]) -> Piece:
    """A row of case_file, in column order, as a piece, whose fields stand in that order too."""
    values = list(row)
    for i, convert in _CONVERTED:
        if values[i] is not None:
            values[i] = convert(values[i])
    return Piece(*values)


def row_of(piece: Piece) -> dict[str, Any]:
    """The piece as the values of its row."""
    row = {name: getattr(piece, name) for name in _COLUMNS}
    for name in _JSON:
        row[name] = json.dumps(row[name], ensure_ascii=False, separators=(",", ":"))
    return row


def _question(kind: str, where: str, lock: bool = False) -> str:
    if kind == "sqlite":
        return f"SELECT {_LIST} FROM case_file WHERE {where} IN (SELECT value FROM json_each(?))"
    return f"SELECT {_LIST} FROM case_file WHERE {where} = ANY(%s){' ORDER BY id FOR UPDATE' if lock else ''}"


class Pieces:
    """Questions about cases by id, number or parent."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        mark = "?" if kind == "sqlite" else "%s"
        self._by_id = f"SELECT {_LIST} FROM case_file WHERE id = {mark}"

    def one(self, connection: Connection, case_id: str) -> Piece | None:
        """The case of this id, or None; read once where questions share a moment."""
        known = _known(connection)
        if known is not None and case_id in known:
            return known[case_id]
        piece = self._read(connection, case_id)
        if known is not None and piece is not None:
            known[case_id] = piece
        return piece

    def _read(self, connection: Connection, case_id: str) -> Piece | None:
        cursor = connection.connection.cursor()
        try:
            cursor.execute(self._by_id, (case_id,))
            row = cursor.fetchone()
        finally:
            cursor.close()
        return piece_of(row) if row else None

    def many(self, connection: Connection, ids: Iterable[str], by: str = "id", *, lock: bool = False) -> list[Piece]:
        """The cases whose ``by`` column (id, number, parent_id) is among the values; in no order. ``lock`` keeps
        them from other writers until the transaction ends (PostgreSQL; SQLite has one writer anyway); Overtaken when
        two writers wait for each other."""
        wanted = list(dict.fromkeys(ids))
        if len(wanted) == 1 and by == "id" and not lock:
            one = self.one(connection, wanted[0])
            return [one] if one else []
        found: list[Piece] = []
        for start in range(0, len(wanted), 500):
            some = wanted[start : start + 500]
            values = (json.dumps(some) if self.kind == "sqlite" else some,)
            try:
                rows = connection.exec_driver_sql(_question(self.kind, by, lock), values).fetchall()
            except OperationalError as error:
                if lock and "deadlock detected" in str(error.orig):
                    raise Overtaken(FASTER) from error
                raise
            found += [piece_of(row) for row in rows]
        known = _known(connection)
        if known is not None:
            known.update((piece.id, piece) for piece in found)
        return found


def _known(connection: Connection) -> dict[str, Piece] | None:
    """The cases that were read in this moment, where questions share one."""
    return connection.get_execution_options().get(KNOWN)
