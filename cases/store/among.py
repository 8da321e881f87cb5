"""Membership of a column in some values (编号集合), as each database knows it best.

PostgreSQL takes the values as one array, so the statement and its plan stay the same for any number; SQLite looks up
its index for values written out one by one. What does not live here: any question.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, String, any_, bindparam
from sqlalchemy.dialects.postgresql import ARRAY


def among(kind: str, column: ColumnElement[Any], values: Collection[str] | str) -> ColumnElement[bool]:
    """Whether a text column is one of some values: of those given, or of those filled in under a name; ``kind`` is the
    database's."""
    if kind == "sqlite":
        return column.in_(bindparam(values, expanding=True) if isinstance(values, str) else values)
    array: Any = ARRAY(String())
    given = bindparam(values, type_=array) if isinstance(values, str) else bindparam(None, list(values), type_=array)
    return column == any_(given)
