"""One statement for both databases (两种数据库): ``?`` for a value, ``{clock}`` for the database's own clock.

For the few hand-written statements that differ in nothing else. What does not live here: any statement.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, CursorResult

from cases.store.sheaf import sqlite_moment, sqlite_value

_CLOCKS = {"sqlite": "(strftime('%Y-%m-%d %H:%M:%f', 'now') || '000')", "postgresql": "clock_timestamp()"}


def run(connection: Connection, statement: str, *values: Any) -> CursorResult[Any]:
    """Run a statement written once; moments are stored as each database keeps them."""
    kind = connection.dialect.name
    said = statement.replace("{clock}", _CLOCKS[kind])
    if kind == "sqlite":
        return connection.exec_driver_sql(said, tuple(sqlite_value(value) for value in values))
    return connection.exec_driver_sql(said.replace("?", "%s"), tuple(values))


def moments_read(row: Sequence[Any], places: Sequence[int]) -> list[Any]:
    """A row with the moments at these places aware, whichever database it came from."""
    values = list(row)
    for place in places:
        if isinstance(values[place], str):
            values[place] = sqlite_moment(values[place])
    return values
